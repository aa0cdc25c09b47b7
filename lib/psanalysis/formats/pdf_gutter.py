"""Running text in two columns: which lines of a page it covers, and where the gap between its
columns is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from psanalysis.formats.pdf_lines import Piece, Row

# left edges so near belong to one column (points); the gap begins before them
NEAR, BEFORE, ACROSS = 6.0, 3.0, 6.0
MIDDLE = (0.3, 0.7)
FEWEST_LINES, SHORTEST = 4, 8
# a full line covers so much of its column; so many of a column's lines are full
FULL, MOSTLY = 0.6, 0.55


def columns_of_text(rows: Sequence[Row], width: float) -> Iterator[tuple[int, int, float | None]]:
    """Printed lines in runs of one column and of two: first line, end, and where the gap is (None:
    one column).

    The lines of two columns need not be at the same heights: a heading shifts one column against
    the other. Two columns are known by a gap that no line crosses, with lines on both sides that
    mostly fill their column.

    Parameters
    ----------
    rows
        Printed lines from top to bottom.
    width
        Of the page, in points.
    """
    edge = _right_column(rows, width)
    if edge is None:
        yield 0, len(rows), None
        return
    start = done = 0
    while start < len(rows):
        end = start
        while end < len(rows) and not crosses(rows[end], edge - BEFORE):
            end += 1
        if end > start and _in_two(rows[start:end], edge):
            if done < start:
                yield done, start, None
            yield start, end, edge - BEFORE
            done = end
        start = max(end, start + 1)
    if done < len(rows):
        yield done, len(rows), None


def crosses(row: Row, gutter: float) -> bool:
    """True for a line with a piece that extends to both sides of a gap."""
    return any(piece.left < gutter - ACROSS and piece.right > gutter + ACROSS for piece in row)


def _right_column(rows: Sequence[Row], width: float) -> float | None:
    """The left edge of a right column, which is where most pieces in the middle of the page begin;
    None where they are few.
    """
    low, high = MIDDLE
    starts = sorted(p.left for row in rows for p in row if low * width < p.left < high * width)
    counts = [
        (bisect_left(starts, start + NEAR) - index, -index) for index, start in enumerate(starts)
    ]
    most, index = max(counts, default=(0, 0))
    return starts[-index] if most >= FEWEST_LINES else None


def _in_two(rows: Sequence[Row], edge: float) -> bool:
    left = [p for row in rows for p in row if p.left < edge - BEFORE]
    right = [p for row in rows for p in row if p.left >= edge - BEFORE]
    return all(map(_mostly_full, (left, right)))


def _mostly_full(pieces: Sequence[Piece]) -> bool:
    if len(pieces) < FEWEST_LINES:
        return False
    width = max(p.right for p in pieces) - min(p.left for p in pieces)
    full = [p for p in pieces if p.right - p.left >= FULL * width and len(p.text) >= SHORTEST]
    return len(full) >= max(FEWEST_LINES, MOSTLY * len(pieces))
