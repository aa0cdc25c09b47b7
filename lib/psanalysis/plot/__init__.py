"""Charts: each takes a tidy frame, returns a matplotlib Figure, and computes nothing.

Every chart takes the same words and sizes (`title`, `subtitle`, `source`, `lang`, `width_cm`,
`greyscale`); `save` writes its figure as PDF, SVG or PNG. Common columns of the frames, besides
those that a chart names: `label` (what a row is called), `group` (the heading over rows), `url`
(where its marks link to), `mark_text` (the row in words, the text alternative of its marks), and
`doubted` (whether a finding doubts the figure: it gets a mark).
"""

from psanalysis.plot.against import against
from psanalysis.plot.ambition import ambition
from psanalysis.plot.bullet import bullet
from psanalysis.plot.compare import comparison
from psanalysis.plot.dumbbell import dumbbell
from psanalysis.plot.findings import findings
from psanalysis.plot.heatmap import heatmap
from psanalysis.plot.levels import levels
from psanalysis.plot.matrix import matrix
from psanalysis.plot.pace import pace
from psanalysis.plot.progress import progress
from psanalysis.plot.saving import save
from psanalysis.plot.spread import spread
from psanalysis.plot.stacks import stacks
from psanalysis.plot.trajectories import trajectories

__all__ = [
    "against",
    "ambition",
    "bullet",
    "comparison",
    "dumbbell",
    "findings",
    "heatmap",
    "levels",
    "matrix",
    "pace",
    "progress",
    "save",
    "spread",
    "stacks",
    "trajectories",
]
