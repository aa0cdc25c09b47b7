"""PDF files with a text layer: what is seen on each page, tables from ruling lines and columns, lines put together to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium

from psanalysis.formats.assembly import Block, Missing, Paragraph, Table
from psanalysis.formats.document import DocumentError
from psanalysis.formats.grid import Spanned
from psanalysis.formats.lexicon import beginnings, page_number
from psanalysis.formats.pdf_columns import cells_of, runs_of_columns
from psanalysis.formats.pdf_gutter import columns_of_text
from psanalysis.formats.pdf_lines import Row, rows_of, text_of
from psanalysis.formats.pdf_page import Char, Page, read_page
from psanalysis.formats.pdf_rules import Box, Ruled, ruled_tables

SENTENCE_END = re.compile("[。!?:;|\uff01\uff1f\uff1a\uff1b]\\s*$")
FULL_LINE = 0.8
INDENT = 1.3
HEAD_ZONE, HEAD_LINES, REPEATED = 0.13, 3, 0.3
SAME_COLUMN = 6.0
MINIMUM = 20


@dataclass(frozen=True)
class Line:
    """A printed line: its text, where it begins and ends, the edges of its column, its height on the page (0 below to 1), its size."""

    text: str
    left: float
    right: float
    column: tuple[float, float]
    height: float
    size: float

    @property
    def at_edge(self) -> bool:
        """True near the top or the foot of a page, where running heads and page numbers stand."""
        return not HEAD_ZONE <= self.height <= 1 - HEAD_ZONE


@dataclass(frozen=True)
class Printed:
    """A table on a page: its rows, where its columns are, whether it reaches the top and the foot of the text."""

    rows: list[list[Spanned]]
    columns: tuple[float, ...]
    page: int
    first: bool = False
    last: bool = False


Element = Line | Printed | Missing


def pdf_blocks(content: bytes, name: str) -> list[Block]:
    """The blocks of a PDF: paragraphs, tables with the page on which they begin, what cannot be read.

    Parameters
    ----------
    content
        The bytes of the file.
    name
        File name for messages.

    Raises
    ------
    DocumentError
        If the file is no PDF, is locked, or has no text layer.
    """
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        problem = "the PDF is locked by a password" if locked else "this is not a readable PDF"
        raise DocumentError(
            name, problem, "save an open copy" if locked else "fetch or save the document again"
        ) from None
    pages: list[list[Element]] = []
    letters = 0
    for number in range(len(document)):
        try:
            sheet = document[number]
            page = read_page(sheet, number + 1)
            sheet.close()
        except (pdfium.PdfiumError, ValueError, OverflowError):
            pages.append([Missing("broken", number + 1)])
            continue
        letters += len(page.chars)
        pages.append(list(_elements(page)))
    document.close()
    if all(one == [Missing("broken", number)] for number, one in enumerate(pages, 1)):
        raise DocumentError(
            name, "none of its pages can be read", "print it to a new PDF, or save it as .txt"
        )
    if letters < MINIMUM:
        raise DocumentError(
            name,
            "the PDF has no text layer (scanned pages)",
            "run character recognition and save the text as .txt",
        )
    return list(_blocks(_joined_tables(_without_running_heads(pages))))


def _elements(page: Page) -> Iterator[Element]:
    """What is on a page in the order of reading."""
    if page.kind in ("scan", "recognised"):
        yield Missing(page.kind, page.number)
    tables: list[tuple[Ruled, list[list[Spanned]]]] = []
    outside = page.chars
    for ruled in ruled_tables(page.edges):
        own = [char for char in outside if ruled.holds(*_middle(char))]
        cells = ruled.cells(own)
        if sum(map(bool, cells.values())) >= max(3, 0.25 * len(cells)):
            tables.append((ruled, _rows(ruled, cells)))
            outside = [char for char in outside if not ruled.holds(*_middle(char))]
    rows = rows_of(outside)
    start = 0
    elements: list[Element] = []
    for ruled, filled in tables:
        end = start
        while end < len(rows) and rows[end][0].middle > ruled.lines[0] - 2:
            end += 1
        elements += _text(rows[start:end], page)
        elements.append(Printed(filled, ruled.columns, page.number))
        start = end
    elements += _text(rows[start:], page)
    inner = [i for i, one in enumerate(elements) if not (isinstance(one, Line) and one.at_edge)]
    for index, one in enumerate(elements):
        if isinstance(one, Printed):
            one = replace(one, first=index == inner[0], last=index == inner[-1])
        yield one
    yield from (Missing("picture", page.number) for _ in range(page.pictures))


def _middle(char: Char) -> tuple[float, float]:
    return (char.left + char.right) / 2, (char.bottom + char.top) / 2


def _rows(ruled: Ruled, cells: dict[Box, list[Char]]) -> list[list[Spanned]]:
    rows: list[list[Spanned]] = [[] for _ in ruled.lines[1:]]
    for box, chars in cells.items():
        rows[box.row].append((text_of(chars), box.wide, box.high))
    return rows


def _text(rows: Sequence[Row], page: Page) -> Iterator[Element]:
    """Printed lines outside ruled tables: running text in one column or two, tables without lines."""
    for start, end, gutter in columns_of_text(rows, page.width):
        if gutter is None:
            yield from _single(rows[start:end], page)
            continue
        for side in (True, False):
            own = ([p for p in row if (p.left < gutter) == side] for row in rows[start:end])
            yield from _single([row for row in own if row], page)


def _single(rows: Sequence[Row], page: Page) -> Iterator[Element]:
    """Lines of one column, tables without lines among them."""
    column = (
        min((row[0].left for row in rows), default=0.0),
        max((row[-1].right for row in rows), default=0.0),
    )
    place = 0
    for start, end in runs_of_columns(rows):
        yield from (_line(row, column, page) for row in rows[place:start])
        cells = cells_of(rows[start:end])
        if cells:
            lefts = tuple(sorted({round(piece.left) for row in rows[start:end] for piece in row}))
            yield Printed(cells, tuple(map(float, lefts)), page.number)
        place = end
    yield from (_line(row, column, page) for row in rows[place:])


def _line(row: Row, column: tuple[float, float], page: Page) -> Line:
    text = " | ".join(piece.text for piece in row) + (" |" if len(row) > 1 else "")
    height = row[0].middle / max(1.0, page.height)
    return Line(text, row[0].left, row[-1].right, column, height, row[0].size)


def _without_running_heads(pages: Sequence[Sequence[Element]]) -> list[Element]:
    """Everything but page numbers and lines that stand at the same height of many pages."""
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
    """The highest and the lowest lines of a page, where running heads and page numbers stand."""
    lines = sorted((one for one in page if isinstance(one, Line)), key=lambda line: -line.height)
    ends = {id(line): line for line in (*lines[:HEAD_LINES], *lines[-HEAD_LINES:])}
    return [line for line in ends.values() if line.at_edge]


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.height * 60)


def _joined_tables(elements: Sequence[Element]) -> list[Element]:
    """A table that ends a page and one of the same columns that begins the next are one; its repeated head stands once."""
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
    """Lines put together where one goes on in the next: it fills its column and ends no sentence."""
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
