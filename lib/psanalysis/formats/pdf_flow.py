"""Turns the pages of a PDF into blocks: removes running heads, and joins tables and paragraphs that
continue over pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from psanalysis.formats.assembly import Block, Missing, Paragraph, Table
from psanalysis.formats.grid import Spanned
from psanalysis.formats.lexicon import beginnings, page_number

SENTENCE_END = re.compile("[。!?:;|\uff01\uff1f\uff1a\uff1b]\\s*$")
FULL_LINE = 0.8
INDENT = 1.3
HEAD_ZONE, HEAD_LINES, REPEATED = 0.13, 3, 0.3
SAME_COLUMN = 6.0


@dataclass(frozen=True)
class Line:
    """A printed line: its text, its left and right end, the edges of its column, its height on the
    page (0 at the foot, 1 at the top), the size of its font.
    """

    text: str
    left: float
    right: float
    column: tuple[float, float]
    height: float
    size: float

    @property
    def at_edge(self) -> bool:
        """True near the top or the foot of a page, where running heads and page numbers are."""
        return not HEAD_ZONE <= self.height <= 1 - HEAD_ZONE


@dataclass(frozen=True)
class Printed:
    """A table on a page: its rows, the left edges of its columns, its page, and whether it is the
    first and the last element of the text.
    """

    rows: list[list[Spanned]]
    columns: tuple[float, ...]
    page: int
    first: bool = False
    last: bool = False


Element = Line | Printed | Missing


def flowing(pages: Sequence[Sequence[Element]]) -> Iterator[Block]:
    """The blocks of a document, without running heads; tables and paragraphs that continue over
    pages are joined.

    Parameters
    ----------
    pages
        The elements of each page, in reading order.
    """
    yield from _blocks(_joined_tables(_without_running_heads(pages)))


def _without_running_heads(pages: Sequence[Sequence[Element]]) -> list[Element]:
    """All elements but page numbers and lines that many pages repeat at the same height."""
    kept: list[Element] = []
    edges = [_edge_lines(page) for page in pages]
    often = Counter(key for lines in edges for key in {_key(line) for line in lines})
    fewest = max(3, REPEATED * len(pages))
    for page, lines in zip(pages, edges, strict=True):
        gone = {
            id(line)
            for line in lines
            if page_number().match(line.text) or (len(pages) >= 3 and often[_key(line)] >= fewest)
        }
        kept += [one for one in page if id(one) not in gone]
    return kept


def _edge_lines(page: Sequence[Element]) -> list[Line]:
    """The highest and the lowest lines of a page, which may be running heads and page numbers."""
    lines = sorted((one for one in page if isinstance(one, Line)), key=lambda line: -line.height)
    ends = {id(line): line for line in (*lines[:HEAD_LINES], *lines[-HEAD_LINES:])}
    return [line for line in ends.values() if line.at_edge]


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.height * 60)


def _joined_tables(elements: Sequence[Element]) -> list[Element]:
    """Elements with tables joined that end a page and go on with the same columns on the next; the
    repeated head is kept once.
    """
    joined: list[Element] = []
    for one in elements:
        before = joined[-1] if joined else None
        if (
            isinstance(one, Printed)
            and isinstance(before, Printed)
            and one.first
            and before.last
            and one.page > before.page
            and _same_columns(before.columns, one.columns)
        ):
            heads = 0
            while heads < min(4, len(one.rows) - 1, len(before.rows)) and _words(
                one.rows[heads]
            ) == _words(before.rows[heads]):
                heads += 1
            joined[-1] = replace(
                one,
                rows=[*before.rows, *one.rows[heads:]],
                page=before.page,
                columns=before.columns,
            )
            continue
        joined.append(one)
    return joined


def _words(row: Sequence[Spanned]) -> list[str]:
    return ["".join(text.split()) for text, _, _ in row]


def _same_columns(a: Sequence[float], b: Sequence[float]) -> bool:
    return len(a) == len(b) and all(abs(x - y) < SAME_COLUMN for x, y in zip(a, b, strict=True))


def _blocks(elements: Sequence[Element]) -> Iterator[Block]:
    lines: list[Line] = []
    for one in elements:
        if isinstance(one, Line):
            lines.append(one)
            continue
        yield from _paragraphs(lines)
        lines = []
        yield one if isinstance(one, Missing) else Table(one.rows, one.page)
    yield from _paragraphs(lines)


def _paragraphs(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """Lines joined into paragraphs: a line that fills its column and ends no sentence continues in
    the next.
    """
    text = ""
    for index, line in enumerate(lines):
        text += line.text
        if index + 1 == len(lines) or not _goes_on(line, lines[index + 1]):
            yield Paragraph(text)
            text = ""


def _goes_on(line: Line, following: Line) -> bool:
    left, right = line.column
    full = line.right - left >= FULL_LINE * (right - left) and not SENTENCE_END.search(line.text)
    indented = following.left > following.column[0] + INDENT * following.size
    other_size = abs(line.size - following.size) > 0.25 * line.size
    return (
        full
        and not indented
        and not other_size
        and "|" not in line.text + following.text
        and not beginnings().match(following.text)
    )
