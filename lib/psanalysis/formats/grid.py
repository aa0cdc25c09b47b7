"""Tables as grids: the same form for a table of any kind of file.

A reader writes a table into the document's text as pipe rows; its `Grid` has the span of each cell
in that text. The rules read the grid; people read the pipe rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

BLANKS = re.compile(r"\s+")
Span = tuple[int, int]
Spanned = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes
    ----------
    text
        Its text; a line feed separates its lines and paragraphs.
    pieces
        Spans of these lines in the document's text, in order; none for an empty cell.
    covered
        True for a cell that is part of a merged cell which begins further left or above; its text
        is that of the merged cell.
    """

    text: str
    pieces: tuple[Span, ...] = ()
    covered: bool = False

    @property
    def start(self) -> int:
        """Where the cell begins in the document's text, -1 where it is empty."""
        return self.pieces[0][0] if self.pieces else -1

    @property
    def end(self) -> int:
        """Where the cell ends in the document's text, -1 where it is empty."""
        return self.pieces[-1][1] if self.pieces else -1

    def shifted(self, by: int) -> Cell:
        """The cell with its pieces moved."""
        return self.moved(lambda start, end: (start + by, end + by))

    def moved(self, to: Callable[[int, int], Span]) -> Cell:
        """The cell with its spans converted by a function."""
        pieces = [to(a, b) for a, b in self.pieces]
        return replace(self, pieces=tuple((a, b) for a, b in pieces if a < b))


@dataclass(frozen=True)
class Grid:
    """A table of a document.

    Attributes
    ----------
    rows
        Cells, row by row; a merged cell is repeated in every cell that it covers.
    page
        Number of the page on which it begins, 0 where the document has no pages.
    """

    rows: tuple[tuple[Cell, ...], ...]
    page: int = 0

    @property
    def span(self) -> Span:
        """From the first to the last character of its cells in the document's text."""
        pieces = [piece for row in self.rows for cell in row for piece in cell.pieces]
        return (min(a for a, _ in pieces), max(b for _, b in pieces)) if pieces else (0, 0)

    def shifted(self, by: int) -> Grid:
        """The grid with all its cells moved."""
        return self.moved(lambda start, end: (start + by, end + by))

    def moved(self, to: Callable[[int, int], Span]) -> Grid:
        """The grid with the spans of all its cells converted by a function."""
        return replace(self, rows=tuple(tuple(cell.moved(to) for cell in row) for row in self.rows))


def written(rows: Iterable[Iterable[Spanned]], page: int = 0) -> tuple[str, Grid]:
    """Rows of (text, columns, rows) cells as pipe rows, and the grid with the span of each cell in
    them.

    Parameters
    ----------
    rows
        The cells of a table; a line feed separates lines or paragraphs of a cell.
    page
        Number of the page.

    Returns
    -------
    text, grid
        Offsets of the grid count from the start of this text: once the text is part of a document,
        move the grid with `Grid.shifted`.

    Examples
    --------
    >>> text, grid = written([[("指标", 1, 1), ("2025年\\n目标", 2, 1)]])
    >>> text
    '指标 | 2025年 目标 | 2025年 目标 |'
    >>> [(cell.pieces, cell.covered) for cell in grid.rows[0]]
    [(((0, 2),), False), (((5, 10), (11, 13)), False), (((16, 21), (22, 24)), True)]
    """
    lines: list[str] = []
    laid: list[tuple[Cell, ...]] = []
    offset = 0
    for row in _expanded(rows):
        if not any(text for text, _ in row):
            continue
        line = ""
        cells: list[Cell] = []
        for text, covered in row:
            if cells:
                line += " | "
            parts = [BLANKS.sub(" ", part).strip().replace("|", "/") for part in text.split("\n")]
            parts = [part for part in parts if part]
            pieces: list[Span] = []
            for index, part in enumerate(parts):
                line += " " if index else ""
                pieces.append((offset + len(line), offset + len(line) + len(part)))
                line += part
            cells.append(Cell("\n".join(parts), tuple(pieces), covered))
        lines.append(line + " |")
        laid.append(tuple(cells))
        offset += len(lines[-1]) + 1
    return "\n".join(lines), Grid(tuple(laid), page)


def _expanded(rows: Iterable[Iterable[Spanned]]) -> list[list[tuple[str, bool]]]:
    """Every cell of a table with its text, and whether it is part of a merged cell that begins
    elsewhere.
    """
    grid: list[list[tuple[str, bool]]] = []
    hanging: dict[int, tuple[str, int]] = {}
    for cells in rows:
        line: list[tuple[str, bool]] = []
        waiting = list(cells)
        while waiting or len(line) in hanging:
            column = len(line)
            if column in hanging:
                text, left = hanging.pop(column)
                line.append((text, True))
                if left > 1:
                    hanging[column] = (text, left - 1)
                continue
            text, wide, high = waiting.pop(0)
            for offset in range(max(1, wide)):
                line.append((text, offset > 0))
                if high > 1:
                    hanging[column + offset] = (text, high - 1)
        grid.append(line)
    return grid
