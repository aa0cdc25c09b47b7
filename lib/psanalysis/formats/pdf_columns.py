"""Tables without ruling lines: pieces of printed lines below one another are columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from psanalysis.formats.grid import Spanned
from psanalysis.formats.pdf_lines import Piece, Row

FEWEST = 3
CLOSE, AIRY = 2.2, 4.0  # of a line's height
WRAPPED = 0.9  # of a line's height: a line further below begins a row of its own
FULL = 0.85  # of its column: a cell so wide may continue on the next line
STOP = "\u3002"
DIGIT = re.compile(r"\d")


def runs_of_columns(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """The runs of printed lines that look like a table: first line and end of each.

    A line of one piece belongs to a table where it is between its lines.
    """
    runs: list[tuple[int, int]] = []
    start = last = -1
    for index, row in enumerate(rows):
        if len(row) < 2:
            continue
        if start >= 0 and index - last <= 3 and _near(rows[last : index + 1]):
            last = index
            continue
        if start >= 0:
            runs.append((start, last + 1))
        start = last = index
    if start >= 0:
        runs.append((start, last + 1))
    runs = [(_first_line(rows, start, end), end) for start, end in runs]
    return [
        (start, _wrapped_end(rows, start, end)) for start, end in runs if _is_table(rows[start:end])
    ]


def _first_line(rows: Sequence[Row], start: int, end: int) -> int:
    """The first line of a table after what is not part of it: the end of a sentence that has a gap,
    or a title.
    """
    sentences = [i for i in range(start, end) if any(p.text.endswith(STOP) for p in rows[i])]
    last = max(
        (i for i in sentences if not any(len(row) >= FEWEST for row in rows[start : i + 1])),
        default=-1,
    )
    if last < 0:
        return start
    return next((i for i in range(last + 1, end) if len(rows[i]) > 1), end)


def _wrapped_end(rows: Sequence[Row], start: int, end: int) -> int:
    """The end of a table, with the lines below it that continue full cells of its last row."""
    own = rows[start:end]
    columns = _grown(_columns(own), [piece for row in own for piece in row])
    while end < len(rows) and _goes_on(rows, start, end, columns):
        end += 1
    return end


def _goes_on(
    rows: Sequence[Row], start: int, index: int, columns: Sequence[tuple[float, float]]
) -> bool:
    """True for a line of one piece below a full cell of the same column, also where values are
    printed half a line between them.
    """
    if len(rows[index]) != 1:
        return False
    (piece,) = rows[index]
    if min(p.bottom for p in rows[index - 1]) - piece.top >= WRAPPED * piece.size:
        return False
    for left, right in columns:
        if not (left - 1 <= piece.left and piece.right <= right + 1):
            continue
        above = [
            p
            for row in rows[max(start, index - 2) : index]
            for p in row
            if left - 1 <= p.left and p.right <= right + 1
        ]
        return bool(above) and above[-1].right - above[-1].left >= FULL * (right - left)
    return False


def _near(rows: Sequence[Row]) -> bool:
    """True where all gaps between lines are small; lines of many pieces may be further apart."""
    return all(
        above[0].bottom - below[0].top
        < (AIRY if min(len(above), len(below)) >= FEWEST else CLOSE)
        * max(above[0].size, below[0].size)
        for above, below in pairwise(rows)
    )


def _is_table(rows: Sequence[Row]) -> bool:
    wide = [row for row in rows if len(row) >= FEWEST]
    numbered = sum(any(DIGIT.search(piece.text) for piece in row[1:]) for row in rows)
    return len(rows) >= 2 and len(wide) >= 2 and numbered >= 1


def cells_of(rows: Sequence[Row]) -> list[list[Spanned]]:
    """The rows of a table; a wrapped line belongs to the nearest row."""
    columns = _columns(rows)
    anchors = [index for index, row in enumerate(rows) if _is_anchor(row, columns)]
    if not anchors:
        return []
    owner = [_nearest(rows, index, anchors) for index in range(len(rows))]
    found: list[list[Spanned]] = []
    for anchor in dict.fromkeys(owner):
        parts: list[list[str]] = [[] for _ in columns]
        spans: dict[int, int] = {}
        for row, own in zip(rows, owner, strict=True):
            if own != anchor:
                continue
            for piece in row:
                for first, text, wide in _shared_out(piece, columns):
                    parts[first].append(text)
                    spans[first] = max(spans.get(first, 1), wide)
        line: list[Spanned] = []
        column = 0
        while column < len(columns):
            wide = spans.get(column, 1)
            if any(parts[c] for c in range(column + 1, min(column + wide, len(columns)))):
                wide = 1
            line.append(("\n".join(parts[column]), wide, 1))
            column += wide
        found.append(line)
    return found


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Left and right edge of each column, from the lines with most pieces."""
    most = max(len(row) for row in rows)
    full = [row for row in rows if len(row) >= max(2, most - 1)]
    spans = sorted((piece.left, piece.right) for row in full for piece in row)
    narrow = _united(spans)
    if len(narrow) >= most:
        return narrow
    heads = _united([(p.left, p.right) for row in rows if len(row) == most for p in row])
    return _grown(heads, [piece for row in rows for piece in row])


def _united(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    columns: list[tuple[float, float]] = []
    for left, right in sorted(spans):
        if columns and left < columns[-1][1] - 1:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _grown(
    columns: Sequence[tuple[float, float]], pieces: Sequence[Piece]
) -> list[tuple[float, float]]:
    """Columns widened to the pieces that touch no other column: a narrow head is centred above
    words that begin left of it.
    """
    grown = list(columns)
    for piece in pieces:
        touched = [
            number
            for number, (left, right) in enumerate(columns)
            if piece.left < right and left < piece.right
        ]
        if len(touched) == 1:
            left, right = grown[touched[0]]
            grown[touched[0]] = (min(left, piece.left), max(right, piece.right))
    apart = all(before[1] <= after[0] for before, after in pairwise(grown))
    return grown if apart else list(columns)


def _shared_out(piece: Piece, columns: Sequence[tuple[float, float]]) -> list[tuple[int, str, int]]:
    """Column, text and width of a piece; a piece with as many words as it covers columns is split
    into one word for each.
    """
    first, last = _reach(piece, columns)
    words = piece.text.split()
    if last > first and len(words) == last - first + 1 and all(len(word) > 1 for word in words):
        return [(first + number, word, 1) for number, word in enumerate(words)]
    return [(first, piece.text, last - first + 1)]


def _reach(piece: Piece, columns: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """The first and the last column that a piece covers."""
    inside = [
        number
        for number, (left, right) in enumerate(columns)
        if min(piece.right, right) - max(piece.left, left)
        > 0.3 * min(piece.right - piece.left, right - left)
    ]
    if inside:
        return inside[0], inside[-1]
    middle = (piece.left + piece.right) / 2
    number = max(0, bisect_right([left for left, _ in columns], middle) - 1)
    return number, number


def _is_anchor(row: Row, columns: Sequence[tuple[float, float]]) -> bool:
    """True for a line that is a row of its own: most of its columns are filled, or one with a
    number beyond the first.
    """
    if len(row) >= 0.6 * len(columns):
        return True
    return (
        any(DIGIT.search(piece.text) and _reach(piece, columns)[0] > 0 for piece in row)
        and len(row) >= 2
    )


def _nearest(rows: Sequence[Row], index: int, anchors: Sequence[int]) -> int:
    """The row that a line belongs to: the nearest one unless a wide gap is between them, else the
    line itself.
    """
    if index in set(anchors[bisect_right(anchors, index) - 1 : bisect_right(anchors, index)]):
        return index
    following = bisect_right(anchors, index)
    near = anchors[max(0, following - 1) : following + 1]

    def gap(upper: int) -> float:
        """The height between a line and the next one below it."""
        return min(p.bottom for p in rows[upper]) - max(p.top for p in rows[upper + 1])

    def parted(other: int) -> float:
        return max(gap(upper) for upper in range(min(other, index), max(other, index)))

    best = min(near, key=lambda other: (abs(other - index), parted(other)))
    return best if parted(best) < WRAPPED * rows[index][0].size else index
