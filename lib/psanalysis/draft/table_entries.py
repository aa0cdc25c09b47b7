"""Turns the rows of a table into entries: name (with the shared name above it), unit, nature, and
the cells of values.

"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from psanalysis.draft.alignment import Row
from psanalysis.draft.columns import Column
from psanalysis.draft.head_words import nature_of
from psanalysis.draft.indicator_table import Table
from psanalysis.draft.joined import Joined
from psanalysis.draft.lexicon import pattern

Span = tuple[int, int]


@dataclass(frozen=True)
class Entry:
    """A row: its name in the document, its unit, nature and values.

    `parent` is the part of the name that the row shares with the rows above it.
    """

    name: Joined
    parent: tuple[Span, ...]
    unit: str
    nature: str
    values: tuple[tuple[Column, Joined], ...]


def entries_of(table: Table) -> Iterator[Entry]:
    """The rows of a table with at least one cell of a value, each as an entry."""
    kinds = [column.kind for column in table.columns]
    # within a number (9 600) one blank is allowed only where blanks separate the cells
    between = " " if table.layout == "single" else "  "
    for group in _groups(table.rows, kinds.index("index") if "index" in kinds else None):
        natures = [_nature(row, table.columns) for row in group]
        whole = next((nature for nature in natures if nature), "")
        first = Joined.of(_cell(group[0], kinds, "name"))
        shared = _shared(group, kinds)
        for number, (row, nature) in enumerate(zip(group, natures, strict=True)):
            name = Joined.of(_cell(row, kinds, "name"))
            values = tuple(
                (column, Joined.of(cell, between))
                for column, cell in zip(table.columns, row.cells, strict=True)
                if column.kind == "value" and cell
            )
            own = Joined.of(_cell(row, kinds, "unit")).text
            if values:
                parent = shared if number and name.text != first.text else ()
                yield Entry(name, parent, own, nature or (whole if len(group) > 1 else ""), values)


def _groups(rows: Sequence[Row], index: int | None) -> Iterator[list[Row]]:
    """Rows grouped by serial number; each row alone where the table has none."""
    group: list[Row] = []
    for row in rows:
        if group and (index is None or row.cells[index]) and not _within(row):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _within(row: Row) -> bool:
    """True for a row that begins with 其中 (of which)."""
    return any(pattern("table", "within").match(t.text) for cell in row.cells for t in cell[:1])


def _shared(group: Sequence[Row], kinds: Sequence[str]) -> tuple[Span, ...]:
    """The spans of the first row's name that its group shares (生产安全事故 | 起数下降)."""
    tokens = _cell(group[0], kinds, "name")
    if len(group) < 2 or not tokens:
        return ()
    if _within(group[1]):
        return ((tokens[0].start, tokens[-1].end),)
    if len(tokens) < 2:
        return ()
    above = "".join(t.text for t in tokens[:-1])
    names = ["".join(t.text for t in _cell(row, kinds, "name")) for row in group[1:]]
    if any(_bigrams(above) & _bigrams(name) for name in names):
        return ()
    return tuple((t.start, t.end) for t in tokens[:-1])


def _bigrams(word: str) -> set[str]:
    return {word[i : i + 2] for i in range(len(word) - 1)}


def _cell(row: Row, kinds: Sequence[str], kind: str) -> Sequence:
    return row.cells[kinds.index(kind)] if kind in kinds else ()


def _nature(row: Row, columns: Sequence[Column]) -> str:
    cells = (
        cell for column, cell in zip(columns, row.cells, strict=True) if column.kind == "nature"
    )
    return next((nature_of("".join(t.text for t in cell)) for cell in cells if cell), "")
