"""A chart that is higher than its page, in parts: what makes a row stays together."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from psanalysis.errors import ParameterError
from psanalysis.wording import say

if TYPE_CHECKING:
    from psanalysis.plot.form import Form

CM = 2.54
# What a page of A4 leaves for a figure and the words under it
PAGE_CM = 24.0
LEAST_CM = 4.0


@dataclass(frozen=True)
class Rows:
    """What of a frame is a row of its chart.

    Attributes
    ----------
    by
        Columns whose values make a row.
    context
        Column that says what belongs to every part; the other parts are then told by `here`, and stay in the frame.
    drawn
        What the chart leaves of a frame.
    """

    by: tuple[str, ...] = ("group", "label")
    context: str = ""
    drawn: Callable[[pd.DataFrame], pd.DataFrame] | None = None

    def ids(self, frame: pd.DataFrame) -> pd.Series:
        """The number of the row that each line of the frame belongs to, without what belongs to every part."""
        own = frame[~frame[self.context]] if self.context else frame
        if self.drawn is not None:
            own = self.drawn(own)
        return own.groupby(list(self.by), sort=False, dropna=False).ngroup()

    def parts(self, frame: pd.DataFrame, count: int) -> list[pd.DataFrame]:
        """The frame in as many parts, each with about the same number of rows."""
        ids = self.ids(frame)
        found = []
        for some in np.array_split(np.arange(ids.nunique()), count):
            here = frame.index.isin(ids.index[ids.isin(some)])
            found.append(frame.assign(here=here) if self.context else frame[here])
        return [part.reset_index(drop=True) for part in found]


def most_height(height_cm: float | None, printed: bool) -> float:
    """Inches that a figure may be high.

    Raises
    ------
    ParameterError
        If a figure of that height could show nothing.
    """
    if height_cm is None:
        return PAGE_CM / CM if printed else math.inf
    if not height_cm >= LEAST_CM:
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
    """The figure, or where it is higher than it may be that part of it.

    A part of a single row is drawn however high it is.

    Raises
    ------
    ParameterError
        If there is no such part.
    """
    figure = layout(frame, form)
    high = _height(figure)
    figures = [figure]
    if high > most:
        least, count = math.ceil(high / most), rows.ids(frame).nunique()
        for number in range(min(least, count), count + 1):
            figures = _drawn(layout, rows.parts(frame, number), form)
            if max(map(_height, figures)) <= most:
                break
    if part not in range(1, len(figures) + 1):
        known = "the figure has one part" if len(figures) == 1 else f"1 to {len(figures)}"
        raise ParameterError(f"part: {part!r} -> {known}")
    figure = figures[part - 1]
    figure.parts = len(figures)  # type: ignore[attr-defined]
    return figure


def _drawn(
    layout: Callable[[pd.DataFrame, Form], Figure], frames: list[pd.DataFrame], form: Form
) -> list[Figure]:
    """Each part, with which of them it is below it."""
    return [
        layout(
            frame,
            replace(
                form,
                source=say(
                    "chart.part", form.lang, part=number, parts=len(frames), source=form.source
                ).strip(),
            ),
        )
        for number, frame in enumerate(frames, 1)
    ]


def _height(figure: Figure) -> float:
    return float(figure.get_size_inches()[1])
