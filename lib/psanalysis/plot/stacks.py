"""Counts in parts: small multiples of stacked bars with one scale."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from psanalysis.lines import wrap
from psanalysis.plot.canvas import MARGIN, SMALL, Canvas, bare, canvas, ems, scale_of
from psanalysis.plot.form import Form, chart
from psanalysis.plot.parts import Rows
from psanalysis.plot.rownames import HEADING_SIZE, fitted, room, row_name
from psanalysis.style import colour
from psanalysis.wording import say

ROW, GAP, HEAD = 0.3, 0.16, 0.46
# Inches: least width of a panel beside its names, and width of a total
LEAST, TOTAL = 1.05, 0.28
# colour, opacity, hatching: parts of one whole are shades of one colour
PARTS = {
    "binding": ("accent", 1.0, ""),
    "expected": ("accent", 0.55, ""),
    "number": ("accent", 0.22, ""),
    "pledge": ("paper", 1.0, "////"),
    "everywhere": ("accent", 1.0, ""),
    "shared": ("accent", 0.45, ""),
    "alone": ("paper", 1.0, "////"),
    "paired": ("accent", 1.0, ""),
    "unpaired": ("accent", 0.3, ""),
    "stated": ("accent", 1.0, ""),
    "implied": ("accent", 0.3, "--"),
    "undated": ("paper", 1.0, "\\\\\\\\"),
}


@chart("panel label part count", rows=Rows(("panel",), single=("label",)), panel_text="")
def stacks(frame: pd.DataFrame, form: Form) -> Figure:
    """A panel next to the other, or below it where there is no room, in each row a bar of counted
    parts with its total.

    Parameters
    ----------
    frame
        One row a part: panel, label (row), part (one of `psanalysis.plot.stacks.PARTS`), count. It
        may have panel_text (below the panel's name), url. Rows and panels in the order of the
        frame.

    Examples
    --------
    >>> import pandas as pd
    >>> import psanalysis as ps
    >>> frame = pd.DataFrame({
    ...     "panel": ["Mianyang"] * 2, "label": ["Education", "Health"],
    ...     "part": ["binding", "expected"], "count": [3, 5],
    ... })
    >>> len(ps.plot.stacks(frame, lang="en").axes)
    1
    """
    shown = frame[frame["here"]]
    every, panels = (rows.drop_duplicates("panel") for rows in (frame, shown))
    labels = [label for label in frame["label"].unique() if (shown["label"] == label).any()]
    edge = room(frame["label"].unique(), ROW)
    inner = form.width - MARGIN - edge
    across = max(1, min(len(every), int(inner // (LEAST + GAP))))
    # lines of panels are about equally long: three and two, not four and one
    across = -(-len(every) // -(-len(every) // across))
    down = -(-len(panels) // across)
    width = inner / across - GAP
    names = {name: wrap(name, ems(width + GAP / 2, HEADING_SIZE), 3) for name in every["panel"]}
    head = HEAD + 0.17 * max(name.count("\n") for name in names.values())
    block = head + len(labels) * ROW
    longest = float(frame.groupby(["panel", "label"])["count"].sum().max())
    present = shown.loc[shown["count"] > 0, "part"].drop_duplicates()
    order = list(frame["part"].unique())
    present = present.sort_values(key=lambda parts: parts.map(order.index))
    key = [Patch(**_look(part), label=say(f"part.{part}", form.lang)) for part in present]
    drawn = canvas(form, down * block + (down - 1) * GAP, key=key)
    for place, panel in enumerate(panels.itertuples()):
        top = drawn.body_top - (place // across) * (block + GAP) - head
        left = edge + GAP / 2 + (place % across) * (width + GAP)
        if place % across == 0:
            _names(drawn, labels, edge, top)
        _head(drawn, names[panel.panel], panel.panel_text, (left, top, width))
        own = shown[shown["panel"] == panel.panel]
        _bars(drawn, own, labels, (left, left + width, top), longest)
    return drawn.figure


def _names(drawn: Canvas, labels: list[str], edge: float, top: float) -> None:
    for place, label in enumerate(labels):
        row_name(drawn, edge, top - (place + 0.5) * ROW, *fitted(label, ROW))
        drawn.rule(top - (place + 1) * ROW)


def _head(drawn: Canvas, name: str, text: str, place: tuple[float, float, float]) -> None:
    left, top, width = place
    drawn.text(
        left,
        top + 0.25,
        name,
        fontsize=HEADING_SIZE,
        va="bottom",
        linespacing=1.15,
    )
    drawn.text(
        left,
        top + 0.09,
        wrap(text, ems(width + GAP, SMALL), 1),
        fontsize=SMALL,
        color=colour("muted"),
        va="baseline",
    )


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
    """The bars of one panel: `count` of each `part` in the row of its `label`, with the total;
    reads `url` too. `place` is left, right and top in inches.
    """
    left, right, top = place
    axes = drawn.axes(left, right, top, top - len(labels) * ROW)
    bare(axes)
    axes.set_ylim(len(labels), 0)
    scale = (right - left - TOTAL) / (longest or 1.0)
    axes.set_xlim(0, (right - left) / scale)
    k = scale_of(axes)
    rows = rows.assign(
        end=rows.groupby("label", sort=False)["count"].cumsum(), y=rows["label"].map(labels.index)
    )
    for part, own in rows[rows["count"] > 0].groupby("part", sort=False):
        boxes = [
            Rectangle((end - count, y + 0.17), count, 0.66)
            for end, count, y in zip(own["end"], own["count"], own["y"], strict=True)
        ]
        bars = PatchCollection(boxes, **_look(str(part)))
        bars.set_urls([url or None for url in own["url"]])
        axes.add_collection(bars, autolim=False)
    for label, own in rows.groupby("label", sort=False):
        total = int(own["count"].sum())
        note = axes.annotate(
            str(total) if total else "—",
            (total, labels.index(str(label)) + 0.5),
            (4 * k, 0),
            textcoords="offset points",
            va="center",
            fontsize=SMALL * k,
            color=colour("ink" if total else "muted"),
        )
        note.set_url((own["url"].iloc[0] or None) if total else None)
