"""Joins the paragraphs and tables of a file into the one text of a document, with a grid for each
table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from psanalysis.formats.characters import visible
from psanalysis.formats.document import Unread
from psanalysis.formats.grid import Grid, Spanned, written
from psanalysis.formats.lexicon import lexicon

WIDEST, MOST_CELLS = 100, 100_000
MOST_PLACED = 200_000  # cells of a document that get a span; later tables are pipe rows only
SUPERSCRIPTS = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
# a superscript is a power after a unit of length, or after the ten of 4.5×10⁴
POWERED = re.compile(lexicon()["unit"]["powered"])
RAISED_TEXT = re.compile(r"[A-Za-z]{2,}|[\u3400-\u9fff]{2,}|%|‰")
QUOTED = 24


@dataclass(frozen=True)
class Paragraph:
    """Running text; line feeds in it are line breaks."""

    text: str


@dataclass(frozen=True)
class Table:
    """Rows of (text, columns, rows) cells, and the page on which it begins (0 without pages)."""

    rows: Sequence[Sequence[Spanned]]
    page: int = 0


@dataclass(frozen=True)
class Missing:
    """A part of the document without readable text; `kind` is one of `Unread.kind`."""

    kind: str
    page: int = 0


Block = Paragraph | Table | Missing
Assembled = tuple[str, tuple[Grid, ...], tuple[Unread, ...]]


def assemble(blocks: Iterable[Block]) -> Assembled:
    """The text of a document, the grids of its tables, and what could not be read.

    Parameters
    ----------
    blocks
        In the order of the document.

    Examples
    --------
    >>> text, grids, _ = assemble([Paragraph("a"), Table([[("b", 1, 1), ("c", 2, 1)]])])
    >>> text, grids[0].rows[0][2].covered, grids[0].span
    ('a\\nb | c | c |\\n', True, (2, 11))
    """
    parts: list[str] = []
    grids: list[Grid] = []
    unread: list[Unread] = []
    offset, last, placed = 0, "", 0
    for block in blocks:
        if isinstance(block, Missing):
            unread.append(Unread(block.kind, block.page, last[-QUOTED:]))
            continue
        if isinstance(block, Paragraph):
            lines = (line.strip(" \t\xa0\u3000") for line in visible(block.text).split("\n"))
            text = "\n".join(line for line in lines if line)
        else:
            placed += sum(map(len, block.rows))
            if placed <= MOST_PLACED:
                text, grid = _table(block, unread)
                if text:
                    grids.append(grid.shifted(offset))
            else:
                text = _plain(block)
                if not any(one.kind == "spans" for one in unread):
                    unread.append(Unread("spans", block.page, last[-QUOTED:]))
        if text:
            parts.append(text + "\n")
            offset += len(parts[-1])
            last = text.rsplit("\n", 1)[-1].strip(" |")
    return "".join(parts), tuple(grids), tuple(unread)


def raised(before: str, text: str) -> str:
    """The text of a superscript: a power is kept, the mark of a note is left out.

    Examples
    --------
    >>> raised("36.5km", "2"), raised("74", "2"), raised("2.1×10", "4")
    ('²', '', '⁴')
    """
    text = text.strip()
    if POWERED.search(before):
        return text.translate(SUPERSCRIPTS)
    return text if RAISED_TEXT.search(text) else ""


def _plain(block: Table) -> str:
    """The rows of a table between pipes, without spans for its cells."""
    rows = (
        [" ".join(visible(text).replace("|", "/").split()) for text, _, _ in row]
        for row in block.rows
    )
    return "\n".join(" | ".join(row) + " |" for row in rows if any(row))


def _table(block: Table, unread: list[Unread]) -> tuple[str, Grid]:
    rows = [
        [(visible(text), min(max(wide, 1), WIDEST), max(high, 1)) for text, wide, high in row]
        for row in block.rows
    ]
    count = sum(
        wide * min(high, len(rows) - number)
        for number, row in enumerate(rows)
        for _, wide, high in row
    )
    if count > MOST_CELLS:
        unread.append(Unread("spans", block.page, rows[0][0][0][:QUOTED] if rows[0] else ""))
        rows = [[(text, 1, 1) for text, _, _ in row] for row in rows]
    return written(rows, block.page)
