"""Charts: each takes a tidy frame of the report modules, returns a matplotlib Figure, and computes nothing.

Common columns of the frames, besides those a chart names: `label` (what a row is called), `url` (where its marks link to, "#row-..."),
and `mark_text` (the row in words, the text alternative of its marks).
"""

from psanalysis.plot.ambition import ambition
from psanalysis.plot.compare import comparison
from psanalysis.plot.dumbbell import dumbbell
from psanalysis.plot.findings import findings
from psanalysis.plot.heatmap import heatmap
from psanalysis.plot.levels import levels
from psanalysis.plot.matrix import matrix
from psanalysis.plot.pace import pace
from psanalysis.plot.progress import progress
from psanalysis.plot.stacks import stacks
from psanalysis.plot.trajectories import trajectories

__all__ = [
    "ambition",
    "comparison",
    "dumbbell",
    "findings",
    "heatmap",
    "levels",
    "matrix",
    "pace",
    "progress",
    "stacks",
    "trajectories",
]
