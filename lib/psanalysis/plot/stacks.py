"""Counts in parts: small multiples of stacked bars with one scale."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from psanalysis.lines import wrap
from psanalysis.plot.canvas import MARGIN, SMALL, Canvas, bare, canvas, ems
from psanalysis.plot.rows import fitted, room, row_name
from psanalysis.style import colour
from psanalysis.wording import say

ROW, GAP, HEAD = 0.3, 0.16, 0.46
# tone, opacity, hatching
PARTS = {
    "binding": ("binding", 1.0, ""), "expected": ("expected", 0.6, ""), "number": ("muted", 0.3, ""), "pledge": ("paper", 1.0, "////"),
    "everywhere": ("accent", 1.0, ""), "shared": ("accent", 0.4, ""), "alone": ("paper", 1.0, "////"),
    "paired": ("accent", 1.0, ""), "unpaired": ("expected", 0.6, ""),
    "stated": ("met", 1.0, ""), "implied": ("met", 0.3, "--"), "undated": ("paper", 1.0, "\\\\\\\\"),
}  # fmt: skip


def stacks(frame: pd.DataFrame, *, title: str, subtitle: str, source: str, lang: str) -> Figure:
    """A panel next to the other, rows in common, in each row a bar of counted parts with its total.

    Parameters
    ----------
    frame
        panel, panel_text (below the panel's name), label (row), part (see PARTS), count, url. Rows and panels in the order of the frame.
    title, subtitle, source
        See `psanalysis.plot.canvas.canvas`.
    lang
        zh or en.
    """
    panels = frame.drop_duplicates("panel")
    labels = list(frame["label"].unique())
    drawn = canvas(title, subtitle, source, body=len(labels) * ROW + HEAD, axis_room=0.1)
    top = drawn.body_top - HEAD
    edge = room(labels, row=ROW)
    width = (drawn.width - MARGIN - edge) / len(panels) - GAP
    longest = frame.groupby(["panel", "label"])["count"].sum().max()
    for place, label in enumerate(labels):
        y = top - (place + 0.5) * ROW
        row_name(drawn, edge, y, *fitted(label, ROW))
        drawn.rule(top - (place + 1) * ROW)
    for place, panel in enumerate(panels.itertuples()):
        left = edge + GAP / 2 + place * (width + GAP)
        drawn.text(
            left,
            top + 0.28,
            wrap(panel.panel, ems(width, 9.5), 1),
            fontsize=9.5,
            color=colour("accent"),
            va="baseline",
        )
        drawn.text(
            left,
            top + 0.09,
            wrap(panel.panel_text, ems(width + GAP, SMALL), 1),
            fontsize=SMALL,
            color=colour("muted"),
            va="baseline",
        )
        _bars(
            drawn, frame[frame["panel"] == panel.panel], labels, (left, left + width, top), longest
        )
    present = frame.loc[frame["count"] > 0, "part"].drop_duplicates()
    present = present.sort_values(key=lambda parts: parts.map(list(frame["part"].unique()).index))
    drawn.key([Patch(**_look(part), label=say(f"part.{part}", lang)) for part in present])
    return drawn.figure


def _look(part: str) -> dict[str, Any]:
    tone, alpha, hatch = PARTS[part]
    return {
        "facecolor": (colour(tone), alpha),
        "hatch": hatch or None,
        "edgecolor": colour("muted") if hatch else "none",
        "linewidth": 0.6 if hatch else 0,
    }


def _bars(
    drawn: Canvas,
    rows: pd.DataFrame,
    labels: list[str],
    place: tuple[float, float, float],
    longest: float,
) -> None:
    left, right, top = place
    axes = drawn.axes(left, right, top, top - len(labels) * ROW)
    bare(axes)
    axes.set_ylim(len(labels), 0)
    scale = (right - left - 0.28) / longest
    axes.set_xlim(0, (right - left) / scale)
    rows = rows.assign(
        end=rows.groupby("label", sort=False)["count"].cumsum(), y=rows["label"].map(labels.index)
    )
    for part, own in rows[rows["count"] > 0].groupby("part", sort=False):
        boxes = [
            Rectangle((row.end - row.count_, row.y + 0.17), row.count_, 0.66)
            for row in own.rename(columns={"count": "count_"}).itertuples()
        ]
        bars = PatchCollection(boxes, **_look(str(part)))
        bars.set_urls(list(own["url"]))
        axes.add_collection(bars, autolim=False)
    for label, own in rows.groupby("label", sort=False):
        total = int(own["count"].sum())
        note = axes.annotate(str(total) if total else "—", (total, labels.index(str(label)) + 0.5), (4, 0), textcoords="offset points",
                             va="center", fontsize=SMALL, color=colour("ink" if total else "muted"))  # fmt: skip
        note.set_url(own["url"].iloc[0] if total else None)
