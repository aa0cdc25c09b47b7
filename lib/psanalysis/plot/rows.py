"""Rows under the headings of their groups, with a scale on top: the ground of most charts.

Where there is room, the name of a row stands on the left and its texts in columns on the right; in
a narrow form name and texts stand above the marks, which then have the whole width.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from psanalysis.lines import width_in_ems, wrap
from psanalysis.plot.canvas import (
    AXIS_ROOM,
    FILLED,
    MARGIN,
    POINTS,
    SMALL,
    Canvas,
    canvas,
    ems,
)
from psanalysis.plot.doubt import doubt_key, with_doubt
from psanalysis.plot.form import Form
from psanalysis.style import colour
from psanalysis.wording import say

# Inches between the numbers of a scale
TICKS_APART = 0.36
ROW, HEADING, HEADING_SIZE, LABEL_SIZE, SMALLEST = 0.37, 0.36, 9.5, 9.0, 8.1
# Inches that the names of rows take at most, and what lies between them and the chart
NAMES, BESIDE = 2.5, 0.1
# Inches from the end of the scale in which no tick stands
OUTERMOST = 0.08
HEADING_LINE = 0.18
# A narrow row: above the name, a line of it, a line of its texts, the marks
ABOVE, NAME_LINE, TEXT_LINE, LANE = 0.1, 0.165, 0.158, 0.26
MISSING = "—"


@dataclass(frozen=True)
class Column:
    """Texts beside the marks: column of the frame, what it is called, inches where it is a column."""

    key: str
    title: str
    width: float


@dataclass(frozen=True)
class Lanes:
    """Rows with their places.

    Attributes
    ----------
    rows
        The frame with `first` (opens a group), `y` (depth of its marks below the top of the body in
        inches), `top` and `bottom` (its edges), `name` and `texts` as they are set.
    left, right
        Inches from the left edge of the figure between which the marks stand.
    body
        Inches that all rows take.
    above
        Whether names and texts stand above the marks.
    """

    form: Form
    rows: pd.DataFrame
    columns: Sequence[Column]
    left: float
    right: float
    body: float
    above: bool = False

    def canvas(self, key: Sequence[Any] = (), caption: str = "", more: float = 0.0) -> Canvas:
        """A canvas with the names of rows and groups and the texts in columns.

        `caption` says what the scale is; `more` are inches for what the chart itself sets over its columns.
        """
        entries = [*key, *doubt_key(self.rows, self.form.lang)]
        heads = not self.above and any(column.title for column in self.columns)
        left = MARGIN if self.form.narrow else self.left
        words = wrap(caption, ems(self.form.width - MARGIN - left, SMALL), 3)
        room = AXIS_ROOM + 0.16 * words.count("\n") if caption else (0.3 if heads else 0.1)
        drawn = canvas(self.form, self.body, key=entries, head_room=room + more)
        if caption:
            drawn.text(
                left,
                drawn.body_top + 0.26,
                words,
                fontsize=SMALL,
                color=colour("muted"),
                va="bottom",
                linespacing=1.15,
            )
        self._headings(drawn)
        if self.above:
            self._above(drawn)
        else:
            self._beside(drawn)
        return drawn

    def ground(
        self,
        drawn: Canvas,
        low: float,
        high: float,
        floor: float | None = None,
        ticks: Sequence[float] = (),
    ) -> Axes:
        """Axes whose depth is in inches and whose scale, on top, runs from low to high; no ticks below `floor`."""
        axes = drawn.axes(self.left, self.right)
        axes.set_ylim(self.body, 0)
        axes.set_xlim(low, high)
        axes.set_yticks([])
        count = 4 if self.form.narrow else 6
        # the number of a tick stays within the figure
        edge = (OUTERMOST / (self.right - self.left) if self.form.narrow else 0.02) * (high - low)
        found = [
            tick
            for tick in MaxNLocator(count, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
            if low + edge <= tick <= high - edge and (floor is None or tick >= floor)
        ]
        # fewer ticks are enough where all would touch
        near = len(found) > 1 and found[1] - found[0] < TICKS_APART / (self.right - self.left) * (
            high - low
        )
        axes.set_xticks(ticks or found[:: 2 if near else 1])
        axes.spines["bottom"].set_visible(False)
        axes.xaxis.tick_top()
        axes.tick_params(axis="x", length=0)
        self.across(axes, axes.get_xticks(), "grid", 0.8, zorder=0.5)
        return axes

    def across(
        self,
        axes: Axes,
        places: Iterable[float],
        tone: str,
        width: float = 1.0,
        zorder: float = 1.0,
        style: object = "solid",
    ) -> None:
        """Lines from top to bottom at places of the scale; none runs through a name above marks."""
        look: dict[str, Any] = {"color": colour(tone), "lw": width * self.form.k, "ls": style}
        depths = [depth for top, bottom in self._spans() for depth in (top, bottom, np.nan)]
        for place in places:
            line = Line2D([place] * len(depths), depths, zorder=zorder, **look)
            axes.add_line(line)

    def _spans(self) -> list[tuple[float, float]]:
        """Where lines across the rows begin and end: between headings, or on the lanes of the marks."""
        if self.above:
            return [(y - LANE / 2, y + LANE / 2) for y in self.rows["y"]]
        blocks = self.rows.groupby(self.rows["first"].cumsum())
        return list(zip(blocks["top"].min(), blocks["bottom"].max(), strict=True))

    def _headings(self, drawn: Canvas) -> None:
        for item in self.rows[self.rows["first"] & (self.rows["group"] != "")].itertuples():
            y = drawn.body_top - item.top
            drawn.text(
                MARGIN,
                y + 0.06,
                _heading(item.group, self.form),
                fontsize=HEADING_SIZE,
                color=colour("ink"),
                va="bottom",
                linespacing=1.15,
            )
            drawn.rule(y)

    def _beside(self, drawn: Canvas) -> None:
        for item in self.rows.itertuples():
            row_name(
                drawn, self.left, drawn.body_top - item.y, *fitted(item.name_text, self.height)
            )
        x = self.form.width - MARGIN
        for column in reversed(self.columns):
            drawn.text(
                x,
                drawn.body_top + 0.08,
                wrap(column.title, ems(column.width - 0.05, SMALL), 2),
                fontsize=SMALL,
                color=colour("muted"),
                ha="right",
                va="bottom",
                linespacing=1.1,
            )
            for y, words in zip(self.rows["y"], self.rows[column.key], strict=True):
                drawn.text(
                    x,
                    drawn.body_top - y,
                    wrap(words, ems(column.width - 0.07, SMALL), 2),
                    fontsize=SMALL,
                    ha="right",
                    va="center",
                    linespacing=1.12,
                )
            x -= column.width

    def _above(self, drawn: Canvas) -> None:
        for item in self.rows.itertuples():
            y = drawn.body_top - item.top - ABOVE
            drawn.text(MARGIN, y, item.name_text, fontsize=LABEL_SIZE, va="top", linespacing=1.15)
            if item.texts:
                y -= (item.name_text.count("\n") + 1) * NAME_LINE
                drawn.text(
                    MARGIN,
                    y,
                    item.texts,
                    fontsize=SMALL,
                    color=colour("muted"),
                    va="top",
                    linespacing=1.15,
                )
            drawn.rule(drawn.body_top - item.bottom)

    @property
    def height(self) -> float:
        """Inches of a row that is not narrow."""
        return float(self.rows["bottom"].iloc[0] - self.rows["top"].iloc[0])


def lanes(
    form: Form,
    frame: pd.DataFrame,
    columns: Sequence[Column] = (),
    details: Sequence[str] = (),
    row: float = ROW,
    heading: float = HEADING,
    lane: float = LANE,
    beside: bool = False,
) -> Lanes:
    """The places of the rows of a frame.

    Parameters
    ----------
    form
        Narrow or not.
    frame
        label, group, doubted, and the columns that are named.
    columns
        Texts beside the marks; in a narrow form they stand above them, with their titles.
    details
        Texts that stand above the marks in a narrow form alone, before those of the columns.
    row, heading, lane
        Inches of a row, of the heading of a group, of the marks of a narrow row.
    beside
        Whether names are so short that they stand beside the marks also in a narrow form.
    """
    above = form.narrow and not beside
    names = [
        with_doubt(str(label)) if doubted else str(label)
        for label, doubted in zip(frame["label"], frame["doubted"], strict=True)
    ]
    texts = [""] * len(frame)
    if above:
        inner = form.width - 2 * MARGIN
        names = [wrap(name, ems(inner, LABEL_SIZE), 3, balanced=False) for name in names]
        texts = [
            wrap(words, ems(inner, SMALL), 4, balanced=False)
            for words in _details(frame, columns, details, form.lang)
        ]
        heights = [
            ABOVE + NAME_LINE * _lines(name) + TEXT_LINE * _lines(words) + lane
            for name, words in zip(names, texts, strict=True)
        ]
        inset = [lane / 2] * len(frame)
        left, right = MARGIN, form.width - MARGIN
    else:
        heights = [row] * len(frame)
        inset = [row / 2] * len(frame)
        left = room(names, row)
        right = form.width - sum(column.width for column in columns) - MARGIN
    first = frame["group"].ne(frame["group"].shift())
    opens = first & (frame["group"] != "")
    headings = [
        heading + HEADING_LINE * _heading(group, form).count("\n") if shown else 0.0
        for group, shown in zip(frame["group"], opens, strict=True)
    ]
    opened = np.cumsum(headings)
    bottom = np.cumsum(heights) + opened
    placed = frame.assign(
        first=first,
        y=bottom - inset,
        top=bottom - heights,
        bottom=bottom,
        name_text=names,
        texts=texts,
    )
    return Lanes(form, placed, columns, left, right, float(bottom[-1]), above)


def _heading(group: str, form: Form) -> str:
    return wrap(group, ems(form.width - 2 * MARGIN, HEADING_SIZE), 4)


def _details(
    frame: pd.DataFrame, columns: Sequence[Column], details: Sequence[str], lang: str
) -> list[str]:
    between = say("punctuation.clause", lang)
    rows = []
    for row in frame.to_dict("records"):
        parts = [str(row[key]) for key in details if row[key]]
        for column in columns:
            text = str(row[column.key])
            # words say by themselves what a number needs a title for
            titled = column.title and any(map(str.isdigit, text))
            if text not in ("", MISSING):
                parts.append(
                    say("chart.titled", lang, title=column.title, text=text) if titled else text
                )
        rows.append(between.join(parts))
    return rows


def _lines(words: str) -> int:
    return words.count("\n") + 1 if words else 0


def room(labels: Iterable[str], row: float = ROW) -> float:
    """Inches from the edge of the figure to where the chart begins: as little as names take, so that marks get the rest."""
    widths = []
    for label in set(labels):
        size, text = fitted(label, row)
        widths.append(max(map(width_in_ems, text.split("\n"))) * size)
    return round(MARGIN + max(widths) / POINTS / FILLED + BESIDE + 0.005, 2)


def row_name(drawn: Canvas, right: float, y: float, size: float, label: str) -> None:
    """The name of a row before an edge in inches."""
    drawn.text(right - BESIDE, y, label, fontsize=size, ha="right", va="center", linespacing=1.12)


@cache
def fitted(label: str, row: float = ROW) -> tuple[float, str]:
    """Size and lines of a label in a row: two lines, in a low row one; the longest get one line more, in small letters."""
    lines = 1 if row < 0.3 else 2
    text = wrap(label, ems(NAMES, LABEL_SIZE), lines)
    if not text.endswith("…"):
        return LABEL_SIZE, text
    return SMALLEST, wrap(label, ems(NAMES, SMALLEST), lines + 1)
