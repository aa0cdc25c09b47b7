"""Names of rows and headings of groups: their sizes, their lines, and the room that they take."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from psanalysis.lines import width_in_ems, wrap
from psanalysis.plot.canvas import FILLED, MARGIN, POINTS, Canvas, ems
from psanalysis.plot.form import Form

ROW, HEADING_SIZE, LABEL_SIZE, SMALLEST = 0.37, 9.5, 9.0, 8.1
# Inches: most width of the names of rows, and the gap between them and the marks
NAMES, BESIDE = 2.5, 0.1


def heading_lines(group: str, form: Form) -> str:
    """The heading of a group in lines that the figure has room for."""
    return wrap(group, ems(form.width - 2 * MARGIN, HEADING_SIZE), 4)


def room(labels: Iterable[str], row: float = ROW) -> float:
    """Inches from the edge of the figure to where the marks begin: as little as the names need."""
    widths = []
    for label in set(labels):
        size, text = fitted(label, row)
        widths.append(max(map(width_in_ems, text.split("\n"))) * size)
    return round(MARGIN + max(widths) / POINTS / FILLED + BESIDE + 0.005, 2)


def row_name(drawn: Canvas, right: float, y: float, size: float, label: str) -> None:
    """Write the name of a row so that it ends at an edge, in inches."""
    drawn.text(right - BESIDE, y, label, fontsize=size, ha="right", va="center", linespacing=1.12)


@cache
def fitted(label: str, row: float = ROW) -> tuple[float, str]:
    """Size and lines of a label in a row: two lines, in a low row one; the longest get one line
    more, in small letters.
    """
    lines = 1 if row < 0.3 else 2
    text = wrap(label, ems(NAMES, LABEL_SIZE), lines)
    if not text.endswith("…"):
        return LABEL_SIZE, text
    return SMALLEST, wrap(label, ems(NAMES, SMALLEST), lines + 1)
