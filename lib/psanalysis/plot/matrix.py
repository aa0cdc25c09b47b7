"""Which plan has what: a mark where it has it, so that differences stand out."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from psanalysis.plot.canvas import MARGIN, bare, canvas
from psanalysis.plot.rows import depth, fitted, head, placed, room
from psanalysis.style import colour
from psanalysis.wording import say

# a row is high enough for a name in two lines only where there is one
NOTES, ROW, HIGH_ROW, HEADING = 1.4, 0.25, 0.33, 0.34


def matrix(frame: pd.DataFrame, *, title: str, subtitle: str, source: str, lang: str) -> Figure:
    """A row a service, a column a plan; what a single plan has is named at the right.

    Parameters
    ----------
    frame
        One row a cell: label, group (heading), column, state (listed, alone, absent), note (of the row, at the right), url.
    title, subtitle, source
        See `psanalysis.plot.canvas.canvas`.
    lang
        zh or en.
    """
    columns = list(frame["column"].unique())
    rows = frame.drop_duplicates("label")
    row = ROW if not any("\n" in fitted(label, ROW)[1] for label in rows["label"]) else HIGH_ROW
    rows = placed(rows, row, HEADING)
    cells = frame.merge(rows[["label", "y"]], on="label").assign(
        x=lambda cells: cells["column"].map(columns.index) + 0.5
    )
    drawn = canvas(
        title, subtitle, source, body=depth(rows, row, HEADING), axis_room=0.1, head_room=0.3
    )
    labels = room(rows["label"], rows["group"], row)
    axes = drawn.axes(labels, drawn.width - NOTES)
    bare(axes)
    axes.set_ylim(drawn.body_top - drawn.body_bottom, 0)
    axes.set_xlim(0, len(columns))
    head(drawn, rows, labels, row)
    width = (drawn.width - NOTES - labels) / len(columns)
    for place, name in enumerate(columns):
        drawn.text(
            labels + (place + 0.5) * width,
            drawn.body_top + 0.11,
            name,
            fontsize=9.5,
            color=colour("muted"),
            ha="center",
            va="baseline",
        )
    for state, marker, tone, hollow in (
        ("listed", "o", "accent", False),
        ("alone", "D", "expected", False),
        ("absent", "o", "grid", True),
    ):
        own = cells[cells["state"] == state]
        marks = axes.scatter(own["x"], own["y"], s=20 if hollow else 62, marker=marker, facecolors=colour("paper" if hollow else tone),
                             edgecolors=colour("muted" if hollow else tone), linewidths=1.0, zorder=3)  # fmt: skip
        marks.set_urls(list(own["url"]))
    for noted in rows[rows["note"] != ""].itertuples():
        note = drawn.text(
            drawn.width - MARGIN,
            drawn.body_top - noted.y,
            noted.note,
            fontsize=8.5,
            color=colour("expected"),
            ha="right",
            va="center",
        )
        note.set_url(noted.url)
    drawn.key([
        Line2D([], [], marker="o", ls="", ms=8, color=colour("accent"), label=say("chart.key_listed", lang)),
        Line2D([], [], marker="D", ls="", ms=7, color=colour("expected"), label=say("chart.key_alone", lang)),
        Line2D([], [], marker="o", ls="", ms=4.5, mfc=colour("paper"), mec=colour("muted"), label=say("chart.key_absent", lang)),
    ])  # fmt: skip
    return drawn.figure
