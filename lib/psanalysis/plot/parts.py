"""A chart that is higher than its page, in parts: the lines of a row stay together."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from numbers import Real
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from psanalysis.errors import ParameterError
from psanalysis.wording import say

if TYPE_CHECKING:
    from psanalysis.plot.form import Form

CM = 2.54
# Height that a page of A4 leaves for a figure and its caption
PAGE_CM = 24.0
LEAST_CM = 4.0


@dataclass(frozen=True)
class Rows:
    """Which lines of a frame make one row of its chart.

    Attributes
    ----------
    by
        Columns whose values make a row.
    single
        Columns whose values make a row where `by` makes only one.
    context
        Column that says what belongs to every part.
    drawn
        What the chart leaves of a frame, in the order in which it draws it.
    """

    by: tuple[str, ...] = ("group", "label")
    single: tuple[str, ...] = ()
    context: str = ""
    drawn: Callable[[pd.DataFrame], pd.DataFrame] | None = None

    def ids(self, frame: pd.DataFrame) -> pd.Series:
        """The number of the row that each line of the frame belongs to, by the columns `by` or
        `single`; lines where `context` is True belong to every part and are left out.
        """
        own = frame[~frame[self.context].astype(bool)] if self.context else frame
        if self.drawn is not None:
            own = self.drawn(own)
        made = own.groupby(list(self.by), sort=False, dropna=False).ngroup()
        if self.single and made.nunique() < 2:
            return own.groupby(list(self.single), sort=False, dropna=False).ngroup()
        return made

    def parts(self, frame: pd.DataFrame, count: int) -> list[pd.DataFrame]:
        """The frame for each of so many parts: `here` are its rows, about as many as those of
        another.

        The others stay in the frame, so that all parts have one scale.
        """
        ids = self.ids(frame)
        return [
            frame.assign(here=frame.index.isin(ids.index[ids.isin(some)]))
            for some in np.array_split(np.arange(ids.nunique()), count)
        ]


def most_height(height_cm: float | None, printed: bool) -> float:
    """Inches that a figure may be high.

    Raises
    ------
    ParameterError
        If a figure of that height could show nothing.
    """
    if height_cm is None:
        return PAGE_CM / CM if printed else math.inf
    if not (isinstance(height_cm, Real) and height_cm >= LEAST_CM):
        raise ParameterError(f"height_cm: {height_cm!r} -> at least {LEAST_CM:g} cm, or None")
    return height_cm / CM


def one_part(
    layout: Callable[[pd.DataFrame, Form], Figure],
    frame: pd.DataFrame,
    form: Form,
    rows: Rows,
    most: float,
    part: int,
) -> Figure:
    """The figure, or, where it is higher than `most` inches, one part of it; takes the columns that
    `layout` reads.

    A part of a single row is drawn however high it is.

    Raises
    ------
    ParameterError
        If there is no such part.
    """

    def drawn(part: int, parts: int) -> Figure:
        """The figure of one of the parts, whose number is written below it."""
        words = say("chart.part", form.lang, part=part, parts=parts, source=form.source)
        own = rows.parts(frame, parts)[part - 1]
        return layout(own, replace(form, source=words.strip()))

    figure = layout(frame, form)
    high, count, number = _height(figure), 1, 1
    if high > most and (count := rows.ids(frame).nunique()) > 1:
        number = next(
            number
            for number in range(min(math.ceil(high / most), count), count + 1)
            # `all` stops at the first part that is too high: more parts are needed
            if number == count
            or all(_height(drawn(one, number)) <= most for one in range(1, number + 1))
        )
        if part in range(1, number + 1):
            figure = drawn(part, number)
    if part not in range(1, number + 1):
        known = "the figure has one part" if number == 1 else f"1 to {number}"
        raise ParameterError(f"part: {part!r} -> {known}")
    figure.parts = number  # type: ignore[attr-defined]
    return figure


def _height(figure: Figure) -> float:
    return float(figure.get_size_inches()[1])
