"""Findings on the sources: how many of each kind a plan has."""

from __future__ import annotations

import pandas as pd
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from psanalysis.plot.form import Form, chart
from psanalysis.plot.lanes import lanes
from psanalysis.plot.matrix import grid, heads
from psanalysis.plot.rownames import LABEL_SIZE
from psanalysis.style import colour

ROW, LANE, GAP = 0.31, 0.25, 0.02
# Opacity of the ground by the number of findings, up to the last
OPACITIES = (0.12, 0.2, 0.28, 0.36, 0.44)


@chart("label column count")
def findings(frame: pd.DataFrame, form: Form) -> Figure:
    """A row a kind of finding, a column a plan, the number of findings in the cell.

    Parameters
    ----------
    frame
        One row a cell: label, column, count. Every label has the same columns in the same order. It
        may have url.

    Examples
    --------
    >>> import pandas as pd
    >>> import psanalysis as ps
    >>> frame = pd.DataFrame({
    ...     "label": ["Two figures for one target"] * 2, "column": ["Mianyang", "Panjin"],
    ...     "count": [3, 0],
    ... })
    >>> [text.get_text() for text in ps.plot.findings(frame, lang="en").axes[0].texts]
    ['3', '·']
    """
    columns = list(frame["column"].unique())
    rows = frame.drop_duplicates("label").assign(group="", doubted=False)
    placed = lanes(form, rows, row=ROW, lane=LANE)
    cells = frame.merge(placed.rows[["label", "y"]], on="label").assign(
        place=lambda cells: cells["column"].map(columns.index)
    )
    shown = heads(placed, columns)
    drawn = placed.canvas(more=shown.room)
    axes = grid(drawn, placed, shown)
    tall = (LANE if form.narrow else ROW) - 2 * GAP
    for count, own in cells[cells["count"] > 0].groupby("count"):
        boxes = [
            Rectangle((place + 0.02, y - tall / 2), 0.96, tall)
            for place, y in zip(own["place"], own["y"], strict=True)
        ]
        opacity = OPACITIES[min(int(str(count)), len(OPACITIES)) - 1]
        ground = PatchCollection(boxes, facecolor=colour("accent"), alpha=opacity, linewidths=0)
        ground.set_urls([url or None for url in own["url"]])
        axes.add_collection(ground, autolim=False)
    for place, y, count, url in zip(
        cells["place"], cells["y"], cells["count"], cells["url"], strict=True
    ):
        note = axes.text(
            place + 0.5,
            y,
            str(count) if count else "·",
            fontsize=LABEL_SIZE * form.k,
            color=colour("ink" if count else "muted"),
            ha="center",
            va="center",
        )
        note.set_url((url or None) if count else None)
    return drawn.figure
