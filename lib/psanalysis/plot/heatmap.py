"""City by indicator: targets against the national one, in words and colour."""

from __future__ import annotations

import pandas as pd
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from psanalysis.lines import wrap
from psanalysis.plot.canvas import MARGIN, bare, canvas, ems
from psanalysis.plot.rows import ROW, depth, head, placed, room
from psanalysis.style import colour
from psanalysis.wording import say

# tone, opacity of the ground, hatching; the text in a cell says the same
STANDINGS = {
    "above": ("met", 0.30, ""), "equal": ("accent", 0.16, ""), "below": ("expected", 0.30, ""),
    "same_number": ("accent", 0.08, ""), "earlier_year": ("paper", 0.0, "////"), "no_national": ("muted", 0.10, ""),
    "pledge": ("paper", 0.0, ""), "not_comparable": ("paper", 0.0, "////"), "no_target": ("paper", 0.0, ""), "nation": ("paper", 0.0, ""),
}  # fmt: skip
KEYED = ("above", "equal", "same_number", "below", "not_comparable")
WITHOUT_GROUND = ("no_target",)


def heatmap(frame: pd.DataFrame, *, title: str, subtitle: str, source: str, lang: str) -> Figure:
    """A row an indicator, a column a city; each cell holds the target as stated and its standing against the national target.

    Parameters
    ----------
    frame
        One row a cell: label, group (heading), column, standing (see STANDINGS), text, url (empty for no_target). Every row of the chart
        has the same columns in the same order.
    title, subtitle, source
        See `psanalysis.plot.canvas.canvas`.
    lang
        zh or en.
    """
    columns = list(frame["column"].unique())
    rows = placed(frame.drop_duplicates("label"))
    cells = frame.merge(rows[["label", "y"]], on="label").assign(
        place=lambda cells: cells["column"].map(columns.index)
    )
    drawn = canvas(title, subtitle, source, body=depth(rows), axis_room=0.1, head_room=0.3)
    labels = room(rows["label"], rows["group"])
    axes = drawn.axes(labels, drawn.width - MARGIN)
    bare(axes)
    axes.set_ylim(drawn.body_top - drawn.body_bottom, 0)
    axes.set_xlim(0, len(columns))
    head(drawn, rows, labels)
    width = (drawn.width - MARGIN - labels) / len(columns)
    for place, city in enumerate(columns):
        name = wrap(str(city), ems(width - 0.06, 9.0), 1)
        drawn.text(
            labels + (place + 0.5) * width,
            drawn.body_top + 0.11,
            name,
            fontsize=9.0,
            color=colour("muted"),
            ha="center",
            va="baseline",
        )
    for standing, own in cells.groupby("standing", sort=False):
        tone, alpha, hatch = STANDINGS[str(standing)]
        if standing in KEYED:
            boxes = [
                Rectangle((place + 0.03, y - ROW / 2 + 0.02), 0.94, ROW - 0.04)
                for place, y in zip(own["place"], own["y"], strict=True)
            ]
            ground = PatchCollection(boxes, facecolor=colour(tone), alpha=alpha or None, hatch=hatch or None, linewidths=0,
                                     edgecolor=colour("muted"))  # fmt: skip
            ground.set_urls(list(own["url"]))
            axes.add_collection(ground, autolim=False)
    for cell in cells.itertuples():
        tone = (
            "muted" if cell.standing in ("no_target", "no_national", "nation", "pledge") else "ink"
        )
        words = "\n".join(wrap(line, ems(width - 0.12, 8.0), 2) for line in cell.text.split("\n"))
        box = (
            {"boxstyle": "square,pad=0.12", "fc": colour("paper"), "ec": "none"}
            if cell.standing in ("not_comparable", "earlier_year")
            else None
        )
        note = axes.text(
            cell.place + 0.5,
            cell.y,
            words,
            fontsize=8.0,
            ha="center",
            va="center",
            color=colour(tone),
            linespacing=1.05,
            bbox=box,
        )
        note.set_url(cell.url or None)
    drawn.key([
        Patch(facecolor=(colour(tone), alpha) if alpha else colour(tone), hatch=hatch, edgecolor=colour("muted"), lw=0.5, label=say(f"standing.{name}", lang))
        for name, (tone, alpha, hatch) in STANDINGS.items() if name in KEYED and (cells["standing"] == name).any()
    ] + [
        Line2D([], [], ls="", label=say(f"standing.{name}", lang)) for name in WITHOUT_GROUND if (cells["standing"] == name).any()
    ])  # fmt: skip
    return drawn.figure
