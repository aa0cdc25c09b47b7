"""Rows of one height under the headings of their groups: the ground that most charts stand on."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.ticker import MaxNLocator

from psanalysis.lines import width_in_ems, wrap
from psanalysis.plot.canvas import FILLED, LABELS, MARGIN, POINTS, SMALL, Canvas, ems
from psanalysis.style import colour

ROW, HEADING, HEADING_SIZE, LABEL_SIZE, SMALLEST = 0.37, 0.36, 9.5, 9.0, 7.6
# Inches that the names of rows take at most, and what lies between them and the chart
NAMES, BESIDE = 2.5, 0.1
NATURE_MARKS = {"binding": "s", "expected": "o", "unstated": "D"}
NATURE_TONES = {"binding": "binding", "expected": "expected", "unstated": "series-4"}
STRIVE = (0, (2, 1.4))
LINE_MARKERS = "|_"


def placed(frame: pd.DataFrame, row: float = ROW, heading: float = HEADING) -> pd.DataFrame:
    """The frame with `first` (opens a group) and `y`, the depth of the row's middle below the top of the body in inches."""
    first = frame["group"].ne(frame["group"].shift())
    return frame.assign(
        first=first, y=(np.arange(len(frame)) + 0.5) * row + first.cumsum() * heading
    )


def depth(frame: pd.DataFrame, row: float = ROW, heading: float = HEADING) -> float:
    """Height in inches that the rows and headings of a frame take."""
    return len(frame) * row + int(frame["group"].ne(frame["group"].shift()).sum()) * heading


def room(labels: Iterable[str], groups: Iterable[str] = (), row: float = ROW) -> float:
    """Inches from the edge of the figure to where the chart begins: as little as names and headings take, so that marks get the rest."""
    widths = [width_in_ems(group) * HEADING_SIZE for group in set(groups)]
    for label in set(labels):
        size, text = fitted(label, row)
        widths.append(max(map(width_in_ems, text.split("\n"))) * size)
    return round(MARGIN + max(widths) / POINTS / FILLED + BESIDE + 0.005, 2)


def ground(
    drawn: Canvas,
    left: float,
    right: float,
    low: float,
    high: float,
    caption: str,
    floor: float | None = None,
) -> Axes:
    """Axes whose depth is in inches and whose scale runs from low to high; no ticks below `floor`."""
    axes = drawn.axes(left, right)
    axes.set_ylim(drawn.body_top - drawn.body_bottom, 0)
    axes.set_xlim(low, high)
    axes.set_yticks([])
    ticks = MaxNLocator(7, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    axes.set_xticks(
        [tick for tick in ticks if low <= tick <= high and (floor is None or tick >= floor)]
    )
    axes.spines["bottom"].set_visible(False)
    axes.grid(axis="x")
    axes.tick_params(axis="x", labelsize=SMALL)
    axes.set_xlabel(caption, fontsize=SMALL)
    return axes


def head(drawn: Canvas, rows: pd.DataFrame, right: float, row: float = ROW) -> None:
    """Headings of the groups with a rule below, and the labels of the rows, right-aligned before an edge in inches."""
    for item in rows[rows["first"]].itertuples():
        y = drawn.body_top - (item.y - row / 2)
        drawn.text(
            MARGIN,
            y + 0.06,
            item.group,
            fontsize=HEADING_SIZE,
            color=colour("accent"),
            va="bottom",
            gid=LABELS,
        )
        drawn.rule(y)
    for item in rows.itertuples():
        row_name(drawn, right, drawn.body_top - item.y, *fitted(str(item.label), row))


def row_name(drawn: Canvas, right: float, y: float, size: float, label: str) -> None:
    """The name of a row before an edge in inches; a page keeps the names in sight while the chart scrolls."""
    drawn.figure.labels = right
    drawn.text(
        right - BESIDE,
        y,
        label,
        fontsize=size,
        ha="right",
        va="center",
        linespacing=1.12,
        gid=LABELS,
    )


@cache
def fitted(label: str, row: float = ROW) -> tuple[float, str]:
    """Size and lines of a label in a row: two lines, in a low row one; the longest get one line more, in small letters."""
    lines = 1 if row < 0.3 else 2
    text = wrap(label, ems(NAMES, LABEL_SIZE), lines)
    if not text.endswith("…"):
        return LABEL_SIZE, text
    return SMALLEST, wrap(label, ems(NAMES, SMALLEST), lines + 1)


def column(
    drawn: Canvas,
    rows: pd.DataFrame,
    x: float,
    key: str,
    title: str,
    width: float,
    size: float = LABEL_SIZE,
) -> None:
    """A column of texts with its title, right-aligned at an edge in inches, in one or two lines."""
    drawn.text(
        x,
        drawn.body_top + 0.11,
        title,
        fontsize=SMALL,
        color=colour("muted"),
        ha="right",
        va="baseline",
        linespacing=1.1,
    )
    for y, words in zip(rows["y"], rows[key], strict=True):
        text = wrap(words, ems(width - 0.07, size), 2)
        drawn.text(
            x, drawn.body_top - y, text, fontsize=size, ha="right", va="center", linespacing=1.12
        )


def stems(axes: Axes, rows: pd.DataFrame, start: Iterable[float], end: Iterable[float], tones: Iterable[str], styles: Iterable[object] | str,
          width: float = 2.4) -> None:  # fmt: skip
    """Lines along the rows, each a link to its source."""
    if rows.empty:
        return
    segments = [[(low, y), (high, y)] for low, high, y in zip(start, end, rows["y"], strict=True)]
    lines = LineCollection(
        segments,
        colors=[colour(tone) for tone in tones],
        linestyles=styles,
        linewidths=width,
        zorder=2,
        capstyle="butt",
    )
    lines.set_urls(list(rows["url"]))
    axes.add_collection(lines, autolim=False)


def dots(axes: Axes, rows: pd.DataFrame, x: Iterable[float], tones: Iterable[str], marker: str = "o", hollow: bool = False, size: float = 46,
         lift: float = 0.0) -> None:  # fmt: skip
    """Marks on the rows, each a link to its source; `lift` moves them up by inches."""
    if rows.empty:
        return
    edges = [colour(tone) for tone in tones]
    faces = [colour("paper")] * len(edges) if hollow else edges
    # a line marker has no face, matplotlib takes its colour from `color`
    look: dict[str, Any] = (
        {"color": edges} if marker in LINE_MARKERS else {"facecolors": faces, "edgecolors": edges}
    )
    points = axes.scatter(
        list(x), rows["y"] - lift, s=size, marker=marker, zorder=4, linewidths=1.5, **look
    )
    points.set_urls(list(rows["url"]))


def beside(
    axes: Axes,
    rows: pd.DataFrame,
    x: Iterable[float],
    words: Iterable[str],
    right: Iterable[bool],
    tone: str = "ink",
    gap: float = 8,
) -> None:
    """Words next to marks, on their right or left, with paper behind them where a line passes; each a link to its source."""
    paper = {"boxstyle": "square,pad=0.1", "fc": colour("paper"), "ec": "none"}
    scale = POINTS / axes.figure.dpi
    lines = np.array(
        [*axes.get_xticks(), *(np.asarray(line.get_xdata())[0] for line in axes.lines)],
        dtype="float64",
    )
    across = axes.transData.transform(np.column_stack([lines, np.zeros_like(lines)]))[:, 0] * scale
    for place, y, text, on_right, url in zip(x, rows["y"], words, right, rows["url"], strict=True):
        width = SMALL * width_in_ems(text)
        middle = axes.transData.transform((place, y))[0] * scale + (gap + width / 2) * (
            1 if on_right else -1
        )
        box = paper if (abs(across - middle) < width / 2 + 1).any() else None
        note = axes.annotate(text, (place, y), (gap if on_right else -gap, 0), textcoords="offset points", ha="left" if on_right else "right",
                             va="center", fontsize=SMALL, color=colour(tone), bbox=box)  # fmt: skip
        note.set_url(url)
