"""Which plan lists what: a mark for each plan and service."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from psanalysis.lines import head, width_in_ems
from psanalysis.plot.canvas import SMALL, Canvas, ems, scale_of
from psanalysis.plot.form import Form, chart
from psanalysis.plot.lanes import lanes
from psanalysis.plot.rownames import fitted
from psanalysis.plot.rows import Column, Lanes
from psanalysis.style import colour
from psanalysis.wording import say

# HIGH_ROW where a name takes two lines
NOTES, ROW, HIGH_ROW, HEADING, LANE = 1.3, 0.25, 0.33, 0.34, 0.22
HEADS = 0.32
STATES = (
    ("listed", "o", "accent", False),
    ("alone", "D", "accent", False),
    ("within", "o", "accent", True),
    ("absent", "o", "muted", True),
    ("unknown", "s", "muted", True),
)


@chart("label column state", note="")
def matrix(frame: pd.DataFrame, form: Form) -> Figure:
    """A row a service, a column a plan; what a single plan has is named at the right.

    Parameters
    ----------
    frame
        One row a cell: label, column, state (listed, alone, within, absent, unknown). It may have
        group, note (of the row, at the right), url.

    Examples
    --------
    >>> import pandas as pd
    >>> import psanalysis as ps
    >>> frame = pd.DataFrame({
    ...     "label": ["School meals"] * 2, "column": ["Mianyang", "Panjin"],
    ...     "state": ["alone", "absent"], "note": ["only Mianyang"] * 2,
    ... })
    >>> len(ps.plot.matrix(frame, lang="en").axes)
    1
    """
    columns = list(frame["column"].unique())
    rows = frame.drop_duplicates("label")
    high = any("\n" in fitted(label, ROW)[1] for label in rows["label"])
    notes = [Column("note", "", NOTES)] if (rows["note"] != "").any() else []
    row = HIGH_ROW if high else ROW
    placed = lanes(form, rows, notes, row=row, heading=HEADING, lane=LANE)
    cells = frame.merge(placed.rows[["label", "y"]], on="label").assign(
        x=lambda cells: cells["column"].map(columns.index) + 0.5
    )
    shown = heads(placed, columns)
    drawn = placed.canvas(_key(cells, form.lang), more=shown.room)
    axes = grid(drawn, placed, shown)
    k = scale_of(axes)
    for state, marker, tone, hollow in STATES:
        own = cells[cells["state"] == state]
        marks = axes.scatter(
            own["x"],
            own["y"],
            s=(20 if hollow else 58) * k * k,
            marker=marker,
            facecolors=colour("paper" if hollow else tone),
            edgecolors=colour(tone),
            linewidths=1.0 * k,
            zorder=3,
        )
        marks.set_urls([url or None for url in own["url"]])
    return drawn.figure


@dataclass(frozen=True)
class Heads:
    """Names over columns; turned where a column is narrower than its name.

    `room` is how high they are, in inches.
    """

    names: list[str]
    turned: bool
    room: float


def heads(placed: Lanes, columns: list[str]) -> Heads:
    """The names of the columns, broken or turned to fit."""
    room = ems((placed.right - placed.left) / len(columns) - 0.04, SMALL)
    names = [head(name, room) for name in columns]
    lines = [line for name in names for line in name.split("\n")]
    if all(width_in_ems(line) <= room and not line.endswith("…") for line in lines):
        return Heads(names, False, 0.14 * max(name.count("\n") for name in names))
    flat = [head(name, 5).replace("\n", " ") for name in columns]
    high = max(width_in_ems(name) for name in flat) * SMALL / 72
    return Heads(flat, True, high - 0.1)


def grid(drawn: Canvas, placed: Lanes, shown: Heads) -> Axes:
    """Axes with one unit a column and the names of the columns above."""
    axes = placed.axes(drawn, len(shown.names))
    width = (placed.right - placed.left) / len(shown.names)
    for place, name in enumerate(shown.names):
        drawn.text(
            placed.left + (place + 0.5) * width,
            drawn.body_top + 0.06,
            name,
            fontsize=SMALL,
            color=colour("muted"),
            ha="center",
            va="bottom",
            linespacing=1.1,
            rotation=90 if shown.turned else 0,
        )
    return axes


def _key(cells: pd.DataFrame, lang: str) -> list[Line2D]:
    """Legend of the values of `state` that occur."""
    there = set(cells["state"])
    return [
        Line2D(
            [],
            [],
            marker=marker,
            ls="",
            ms=4.5 if hollow else 7.5,
            mfc=colour("paper" if hollow else tone),
            mec=colour(tone),
            label=say(f"chart.key_{state}", lang),
        )
        for state, marker, tone, hollow in STATES
        if state in there
    ]
