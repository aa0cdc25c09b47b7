"""A table that was read: its columns, its rows, and the rows that it must have by its serial
numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from psanalysis.draft.alignment import Row
from psanalysis.draft.columns import Column
from psanalysis.draft.layout import Token

Span = tuple[int, int]


@dataclass(frozen=True)
class Table:
    """A table that was read.

    Attributes
    ----------
    start, end
        Its span in the text, head included.
    caption
        The short lines above it.
    layout
        `grid`, `pipe`, `wide`, `single` or `stream`.
    heads, columns
        The text of each head and what it means.
    rows
        The rows with at least one value.
    """

    start: int
    end: int
    caption: str
    layout: str
    heads: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def moved(self, to: Callable[[int, int], Span]) -> Table:
        """The table with all its spans converted by a function."""

        def token(old: Token) -> Token:
            start, end = to(old.start, old.end)
            pieces = tuple(to(a, b) for a, b in old.pieces)
            return replace(old, start=start, end=end, pieces=pieces)

        rows = (Row(tuple(tuple(map(token, cell)) for cell in row.cells)) for row in self.rows)
        start, end = to(self.start, self.end)
        return replace(self, start=start, end=end, rows=tuple(rows))

    @property
    def serials(self) -> tuple[int, ...]:
        """The serial numbers of the rows that were read, in order."""
        index = next((i for i, c in enumerate(self.columns) if c.kind == "index"), None)
        if index is None:
            return ()
        found = (re.search(r"\d+", t.text) for row in self.rows for t in row.cells[index])
        return tuple(int(number[0]) for number in found if number)

    @property
    def expected(self) -> int:
        """The number of rows by the serial numbers; without them, of the rows that were read."""
        return max(self.serials, default=len(self.rows))

    @property
    def missing(self) -> tuple[int, ...]:
        """The serial numbers without a row."""
        own = set(self.serials)
        return tuple(n for n in range(1, self.expected + 1) if own and n not in own)
