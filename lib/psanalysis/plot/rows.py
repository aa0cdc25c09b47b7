"""Rows under the headings of their groups, with a scale on top: the base of most charts.

Where there is room, the name of a row stands on the left and its texts in columns on the right; in
a narrow form name and texts stand above the marks, which then have the whole width.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from psanalysis.lines import wrap
from psanalysis.plot.canvas import (
    AXIS_ROOM,
    MARGIN,
    SMALL,
    Canvas,
    bare,
    canvas,
    ems,
)
from psanalysis.plot.doubt_sign import doubt_key
from psanalysis.plot.form import Form
from psanalysis.plot.rownames import HEADING_SIZE, LABEL_SIZE, fitted, heading_lines, row_name
from psanalysis.style import colour

# Inches between the numbers of a scale
TICKS_APART = 0.36
# Inches at either end of the scale without ticks
OUTERMOST = 0.08
# Inches in a narrow row: above the name, a line of the name, the lane of the marks
ABOVE, NAME_LINE, LANE = 0.1, 0.165, 0.26


@dataclass(frozen=True)
class Column:
    """A column of texts beside the marks: `key` in the frame, its title, and its width
    in inches.
    """

    key: str
    title: str
    width: float


@dataclass(frozen=True)
class Lanes:
    """Rows with their positions.

    Attributes
    ----------
    rows
        The frame with `first` (opens a group), `y` (depth of its marks below the top of the body in
        inches), `top` and `bottom` (its edges), `name_text` and `texts` (in lines that fit).
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

    def axes(self, drawn: Canvas, width: float = 1.0) -> Axes:
        """Axes between the columns of text, a row high each and `width` wide, without a frame."""
        axes = drawn.axes(self.left, self.right)
        bare(axes)
        axes.set_ylim(self.body, 0)
        axes.set_xlim(0, width)
        return axes

    def canvas(self, key: Sequence[Any] = (), caption: str = "", more: float = 0.0) -> Canvas:
        """A canvas with the names of rows and groups and the texts in columns.

        `caption` says what the scale is; `more` are inches for what the chart itself sets over its
        columns.
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
        """Axes whose depth is in inches and whose scale, on top, runs from low to high; no ticks
        below `floor`.
        """
        axes = drawn.axes(self.left, self.right)
        axes.set_ylim(self.body, 0)
        axes.set_xlim(low, high)
        axes.set_yticks([])
        count = 4 if self.form.narrow else 6
        # so that the number of a tick stays within the figure
        edge = (OUTERMOST / (self.right - self.left) if self.form.narrow else 0.02) * (high - low)
        found = [
            tick
            for tick in MaxNLocator(count, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
            if low + edge <= tick <= high - edge and (floor is None or tick >= floor)
        ]
        # every second tick where the numbers would touch
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
        """Lines from top to bottom at values of the scale; none runs through a name above marks."""
        look: dict[str, Any] = {"color": colour(tone), "lw": width * self.form.k, "ls": style}
        depths = [depth for top, bottom in self._spans() for depth in (top, bottom, np.nan)]
        for place in places:
            line = Line2D([place] * len(depths), depths, zorder=zorder, **look)
            axes.add_line(line)

    def _spans(self) -> list[tuple[float, float]]:
        """Top and bottom of the lines across the rows: between headings, or on the lanes of the
        marks.
        """
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
                heading_lines(item.group, self.form),
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
        """Inches of a row in the wide form."""
        return float(self.rows["bottom"].iloc[0] - self.rows["top"].iloc[0])
