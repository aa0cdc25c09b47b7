"""Charts: each takes a tidy frame of `psanalysis.report.frames`, returns a matplotlib Figure, and computes nothing.

Common columns of the frames, besides those a chart names: `label` (what a row is called), `url` (where its marks link to, "#row-..."),
and `mark_text` (the row in words, the text alternative of its marks).
"""

from psanalysis.plot.compare import comparison
from psanalysis.plot.dumbbell import dumbbell

__all__ = ["comparison", "dumbbell"]
