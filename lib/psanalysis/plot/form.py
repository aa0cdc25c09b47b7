"""The form of a chart: for a screen, a phone or print, with its title, subtitle and source."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from numbers import Real
from typing import Protocol, cast

import pandas as pd
from matplotlib.figure import Figure

from psanalysis import style
from psanalysis.errors import ParameterError, choose
from psanalysis.plot.parts import CM, Rows, most_height, one_part
from psanalysis.wording import LANGUAGES

# Inches that a chart is laid out in: on a page, and on a phone at 360 px
SCREEN, PHONE = 8.3, 3.75
# In print all sizes are four fifths, so that text has 6.5 to 9 pt
PRINT = 0.8
# Narrower charts set the names of rows above them
NARROW = 6.2
LEAST_CM, MOST_CM = 6.0, 60.0
# Optional columns of every frame: links, text alternatives of marks, headings over rows, doubts,
# and the rows that a part of the figure draws
USUAL: dict[str, object] = {
    "url": "",
    "mark_text": "",
    "group": "",
    "doubted": False,
    "here": True,
}

USUAL_ROWS = Rows()

COMMON = """
title, subtitle, source
    Words above and below the chart; what is empty takes no room.
lang
    zh or en: the language of scale and key.
width_cm
    Width of the figure in print, 8.5 for a column or 17 for a page, with text of 6 to 9 pt;
    without it the figure is for a screen, 21 cm wide.
height_cm
    Most height of the figure, in print 24 cm where nothing else is said. What is higher is drawn
    in parts of about the same number of rows, on one scale, with "part 1 of 3" below each.
part
    Which of them, from 1; `figure.parts` says how many there are.
greyscale
    Greys instead of colours; shapes and hatching say the same.

Returns
-------
matplotlib.figure.Figure
    Not shown and not known to pyplot; `psanalysis.plot.save` writes it to a file.

Raises
------
ParameterError
    If a column is missing, there is nothing to draw, or a value is out of range.
GlyphError
    If a character cannot be drawn.
"""


@dataclass(frozen=True)
class Form:
    """What a chart is laid out for.

    Attributes
    ----------
    lang
        zh or en.
    width
        Inches of the layout.
    k
        Inches of the figure per inch of the layout, and points per point.
    title, subtitle, source
        The words around the chart.
    """

    lang: str
    width: float = SCREEN
    k: float = 1.0
    title: str = ""
    subtitle: str = ""
    source: str = ""

    @property
    def narrow(self) -> bool:
        """Whether the names of rows stand above their marks."""
        return self.width < NARROW


class Drawing(Protocol):
    """A function of `psanalysis.plot`."""

    layout: Callable[[pd.DataFrame, Form], Figure]

    def __call__(
        self,
        frame: pd.DataFrame,
        *,
        title: str = "",
        subtitle: str = "",
        source: str = "",
        lang: str = "zh",
        width_cm: float | None = None,
        height_cm: float | None = None,
        part: int = 1,
        greyscale: bool = False,
    ) -> Figure:
        """The chart of a frame; its columns are those that the decorator `chart` names and the
        docstring describes.
        """


def chart(
    needs: str, *, rows: Rows = USUAL_ROWS, **may: object
) -> Callable[[Callable[[pd.DataFrame, Form], Figure]], Drawing]:
    """Make a chart of a layout: complete the frame with the columns that it lacks, and apply the
    style to this figure alone.

    Parameters
    ----------
    needs
        The columns `needs`, which the frame must have, separated by blanks.
    rows
        What a row of the chart is, so that it can be drawn in parts.
    may
        Columns that it may have, each with the value that stands for it where it is absent.
    """

    def made(layout: Callable[[pd.DataFrame, Form], Figure]) -> Drawing:
        """The chart of a layout, which reads the columns `needs` and `may`."""

        def completed(frame: pd.DataFrame) -> pd.DataFrame:
            """The frame with the columns `needs`, `may` and USUAL, see `_completed`."""
            return _completed(frame, layout.__name__, needs.split(), USUAL | may)

        def laid_out(frame: pd.DataFrame, form: Form) -> Figure:
            """The figure in one form, not divided into parts; takes the columns of `completed`."""
            return layout(completed(frame), form)

        @wraps(layout)
        def draw(
            frame: pd.DataFrame,
            *,
            title: str = "",
            subtitle: str = "",
            source: str = "",
            lang: str = "zh",
            width_cm: float | None = None,
            height_cm: float | None = None,
            part: int = 1,
            greyscale: bool = False,
        ) -> Figure:
            """The chart of a frame with the columns of `completed`. Users see the docstring of the
            layout instead.
            """
            choose("lang", lang, LANGUAGES)
            width, k = _width(width_cm)
            most = most_height(height_cm, width_cm is not None)
            with style.applied(lang, greyscale):
                form = Form(lang, width, k, title, subtitle, source)
                return one_part(layout, completed(frame), form, rows, most, part)

        # callers need the signature of the chart, not that of the layout
        del draw.__wrapped__  # type: ignore[attr-defined]
        draw.__annotations__ = dict(inspect.get_annotations(draw))
        draw.__doc__ = _documented(layout.__doc__ or "")
        made_one = cast(Drawing, draw)
        made_one.layout = laid_out
        return made_one

    return made


def _width(width_cm: float | None) -> tuple[float, float]:
    """Inches of the layout, and inches of the figure per inch of the layout."""
    if width_cm is None:
        return SCREEN, 1.0
    if not (isinstance(width_cm, Real) and LEAST_CM <= width_cm <= MOST_CM):
        raise ParameterError(
            f"width_cm: {width_cm!r} -> a width from {LEAST_CM:g} to {MOST_CM:g} cm, or None"
        )
    return width_cm / CM / PRINT, PRINT


def _completed(
    frame: pd.DataFrame, name: str, needs: list[str], may: dict[str, object]
) -> pd.DataFrame:
    """The frame with the columns `needs` and `may` alone, those that it lacks filled in; `doubted`
    as bool.
    """
    if not isinstance(frame, pd.DataFrame):
        kind = type(frame).__name__
        raise ParameterError(
            f"plot.{name}: the frame is no DataFrame but of type {kind} -> make one"
        )
    missing = [column for column in needs if column not in frame]
    if missing:
        raise ParameterError(
            f"plot.{name}: the frame lacks {', '.join(missing)}"
            f" -> help(ps.plot.{name}) says what its columns mean"
        )
    if frame.empty:
        raise ParameterError(f"plot.{name}: the frame has no rows -> show a sentence instead")
    absent = {column: value for column, value in may.items() if column not in frame}
    # frames of pages have many more columns: copying them with every selection takes time
    read = [column for column in dict.fromkeys([*needs, *may]) if column in frame]
    whole = frame[read].reset_index(drop=True).assign(**absent)
    return whole.assign(doubted=whole["doubted"].astype("boolean").fillna(False).astype(bool))


def _documented(text: str) -> str:
    """The docstring of a layout with the parameters that all charts share, before its examples.

    Its indentation is removed: Python 3.13 removes it by itself, older versions do not.
    """
    before, mark, after = inspect.cleandoc(text).partition("\nExamples\n")
    return before.rstrip() + COMMON + mark + after
