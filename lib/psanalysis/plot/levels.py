"""Targets for shares of a whole on their own scale, for plans that state no baselines."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from psanalysis.plot.dumbbell import dashes, target_key, tones
from psanalysis.plot.form import Form, chart
from psanalysis.plot.lanes import lanes
from psanalysis.plot.rowmarks import NATURE_MARKS, beside, dots, doubts, limits, points, stems
from psanalysis.plot.rows import Column
from psanalysis.wording import say

YEARS = 0.8


@chart("label nature status target target_text year_text", commitment="firm")
def levels(frame: pd.DataFrame, form: Form) -> Figure:
    """A stem from nothing to the target a row, with the target year beside it.

    Parameters
    ----------
    frame
        One row a target: label, nature (binding, expected, unstated), status, target (in %),
        target_text, year_text. It may have group, commitment, url, doubted.

    Examples
    --------
    >>> import pandas as pd
    >>> import psanalysis as ps
    >>> frame = pd.DataFrame({
    ...     "label": ["Pension insurance coverage"], "nature": ["expected"], "status": ["hold"],
    ...     "target": [95.0], "target_text": ["95%"], "year_text": ["2025"],
    ... })
    >>> len(ps.plot.levels(frame, lang="en", title="Nine in ten are insured").axes)
    1
    """
    entries = target_key(frame[frame["here"]], form.lang)
    columns = [Column("year_text", say("chart.year_head", form.lang), YEARS)]
    placed = lanes(form, frame, columns, details=("target_text",))
    # one entry alone distinguishes nothing
    key = entries if len(entries) > 1 else []
    drawn = placed.canvas(key, say("chart.levels_scale", form.lang))
    rows = placed.rows
    marks = [(0.0, 0.0, 0.0)] + [
        (target, 0.0, 0.0 if form.narrow else points(words))
        for target, words in zip(frame["target"], frame["target_text"], strict=True)
    ]
    low, high = limits(placed, marks)
    axes = placed.ground(drawn, low, high, floor=0)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}%" if value else "0")
    stems(axes, rows, [0.0] * len(rows), rows["target"], tones(rows), dashes(rows), width=1.6)
    for nature, marker in NATURE_MARKS.items():
        own = rows[rows["nature"] == nature]
        dots(axes, own, own["target"], tones(own), marker=marker)
    doubts(axes, rows, rows["target"])
    if not form.narrow:
        beside(axes, rows, rows["target"], rows["target_text"], [True] * len(rows))
    return drawn.figure
