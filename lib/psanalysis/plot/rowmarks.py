"""Marks on the rows of a chart: stems, dots, rings of doubt, texts beside them, and a scale that
has room for all.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from psanalysis.lines import width_in_ems
from psanalysis.plot.canvas import (
    POINTS,
    SMALL,
    scale_of,
)
from psanalysis.plot.rows import Lanes
from psanalysis.style import colour
from psanalysis.wording import say

# Radius of a mark in points
MARK = 6.0
STRIVE = (0, (2, 1.4))
LINE_MARKERS = "|_"
NATURE_MARKS = {"binding": "s", "expected": "o", "unstated": "D"}


def limits(
    lanes: Lanes, marks: Iterable[tuple[float, float, float]], gap: float = 8.0
) -> tuple[float, float]:
    """Ends of the scale so that the words beside marks fit.

    Parameters
    ----------
    marks
        Position of each mark on the scale, and points that words take on its left and right.
    gap
        Points between a mark and its words.
    """
    places = np.array(list(marks), dtype="float64").reshape(-1, 3)
    low, high = (float(places[:, 0].min()), float(places[:, 0].max())) if len(places) else (0, 1)
    span = (high - low) or abs(high) or 1.0
    width = (lanes.right - lanes.left) * POINTS
    need = np.where(places[:, 1:] > 0, places[:, 1:] + gap, MARK)
    before = after = MARK
    for _ in range(40):
        scale = max(width - before - after, 0.2 * width) / span
        at = before + (places[:, 0] - low) * scale
        short = float(np.max(need[:, 0] - at))
        over = float(np.max(at + need[:, 1] - width))
        if short <= 0.5 and over <= 0.5:
            break
        before, after = before + max(short, 0.0), after + max(over, 0.0)
    scale = max(width - before - after, 0.2 * width) / span
    return low - before / scale, high + after / scale


def points(words: str) -> float:
    """Points of the layout that words beside a mark take."""
    return width_in_ems(words) * SMALL if words else 0.0


def stems(
    axes: Axes,
    rows: pd.DataFrame,
    start: Iterable[float],
    end: Iterable[float],
    tones: Iterable[str],
    styles: Iterable[object] | str,
    width: float = 2.4,
) -> None:
    """Lines along the rows from `start` to `end`. Reads `y` (inches) and `url`, the link of each
    line.
    """
    if rows.empty:
        return
    segments = [[(low, y), (high, y)] for low, high, y in zip(start, end, rows["y"], strict=True)]
    lines = LineCollection(
        segments,
        colors=[colour(tone) for tone in tones],
        linestyles=styles,
        linewidths=width * scale_of(axes),
        zorder=2,
        capstyle="butt",
    )
    lines.set_urls(_urls(rows))
    axes.add_collection(lines, autolim=False)


def dots(
    axes: Axes,
    rows: pd.DataFrame,
    x: Iterable[float],
    tones: Iterable[str],
    marker: str = "o",
    hollow: bool = False,
    size: float = 46,
    lift: float = 0.0,
) -> None:
    """Marks on the rows at `x`; `lift` moves them up by inches. Reads `y` (inches) and `url`, the
    link of each mark.
    """
    if rows.empty:
        return
    k = scale_of(axes)
    edges = [colour(tone) for tone in tones]
    faces = [colour("paper")] * len(edges) if hollow else edges
    # a line marker has no face: matplotlib takes its colour from `color`
    look: dict[str, Any] = (
        {"color": edges} if marker in LINE_MARKERS else {"facecolors": faces, "edgecolors": edges}
    )
    marks = axes.scatter(
        list(x),
        rows["y"] - lift,
        s=size * k * k,
        marker=marker,
        zorder=4,
        linewidths=1.5 * k,
        **look,
    )
    marks.set_urls(_urls(rows))


def nature_key(rows: pd.DataFrame, lang: str) -> list[Artist]:
    """Legend of the values of `nature` that occur: binding, expected, unstated."""
    return [
        Line2D(
            [],
            [],
            marker=mark,
            ls="",
            color=colour("accent"),
            label=say(f"chart.key_{nature}", lang),
        )
        for nature, mark in NATURE_MARKS.items()
        if (rows["nature"] == nature).any()
    ]


def doubts(axes: Axes, rows: pd.DataFrame, x: Iterable[float]) -> None:
    """A ring around the mark at `x` in each row with `doubted`. Reads `y` (inches) and
    `url` too.
    """
    places = pd.Series(list(x), index=rows.index, dtype="float64")
    own = rows[rows["doubted"] & places.notna()]
    if own.empty:
        return
    k = scale_of(axes)
    rings = axes.scatter(
        places[own.index],
        own["y"],
        s=150 * k * k,
        marker="o",
        facecolors="none",
        edgecolors=colour("doubt"),
        linewidths=1.4 * k,
        linestyles=[(0, (2.2, 1.2))],
        zorder=5,
    )
    rings.set_urls(_urls(own))


def beside(
    axes: Axes,
    rows: pd.DataFrame,
    x: Iterable[float],
    words: Iterable[str],
    right: Iterable[bool],
    tone: str = "ink",
    gap: float = 8,
) -> None:
    """Texts next to the marks at `x`, on their right or left, with a paper-coloured box where a
    line passes. Reads `y` (inches) and `url`, the link of each text.
    """
    k = scale_of(axes)
    paper = {"boxstyle": "square,pad=0.1", "fc": colour("paper"), "ec": "none"}
    scale = POINTS / axes.figure.dpi
    lines = np.array(
        [*axes.get_xticks(), *(np.asarray(line.get_xdata())[0] for line in axes.lines)],
        dtype="float64",
    )
    across = axes.transData.transform(np.column_stack([lines, np.zeros_like(lines)]))[:, 0] * scale
    for place, y, text, on_right, url in zip(x, rows["y"], words, right, rows["url"], strict=True):
        width = SMALL * k * width_in_ems(text)
        side = 1 if on_right else -1
        middle = axes.transData.transform((place, y))[0] * scale + (gap * k + width / 2) * side
        box = paper if (abs(across - middle) < width / 2 + 1).any() else None
        note = axes.annotate(
            text,
            (place, y),
            (gap * k * side, 0),
            textcoords="offset points",
            ha="left" if on_right else "right",
            va="center",
            fontsize=SMALL * k,
            color=colour(tone),
            bbox=box,
        )
        note.set_url(url or None)


def _urls(rows: pd.DataFrame) -> list[str | None]:
    """`url` of each row as the link of its mark; matplotlib takes None for no link."""
    return [url or None for url in rows["url"]]
