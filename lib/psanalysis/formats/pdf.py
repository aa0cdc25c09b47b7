"""Reads PDF files with a text layer: the visible text of each page, and tables from ruling lines
and columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2 as pdfium

from psanalysis.formats.assembly import Block, Missing
from psanalysis.formats.document import DocumentError
from psanalysis.formats.grid import Spanned
from psanalysis.formats.pdf_columns import STOP, cells_of, runs_of_columns
from psanalysis.formats.pdf_flow import Element, Line, Printed, flowing
from psanalysis.formats.pdf_gutter import columns_of_text
from psanalysis.formats.pdf_lines import Row, rows_of, text_of
from psanalysis.formats.pdf_page import Char, Page, read_page
from psanalysis.formats.pdf_rules import Box, Ruled, ruled_tables

# fewest characters of a file with a text layer
MINIMUM = 20


def pdf_blocks(content: bytes, name: str) -> list[Block]:
    """The blocks of a PDF: paragraphs, tables with the page on which they begin, and what cannot be
    read.

    Parameters
    ----------
    content
        The bytes of the file.
    name
        File name for messages.

    Raises
    ------
    DocumentError
        If the file is not a PDF, is locked, or has no text layer.
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
    return list(flowing(pages))


def _elements(page: Page) -> Iterator[Element]:
    """The elements of a page in reading order."""
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
    """Elements outside ruled tables: running text in one column or two, and tables without ruling
    lines.
    """
    for start, end, gutter in columns_of_text(rows, page.width):
        if gutter is None:
            yield from _single(rows[start:end], page)
            continue
        for side in (True, False):
            own = ([p for p in row if (p.left < gutter) == side] for row in rows[start:end])
            yield from _single([row for row in own if row], page)


def _single(rows: Sequence[Row], page: Page) -> Iterator[Element]:
    """Elements of one column: lines, and tables without ruling lines."""
    column = (
        min((row[0].left for row in rows), default=0.0),
        max((row[-1].right for row in rows), default=0.0),
    )
    done = 0
    for start, end in runs_of_columns(rows):
        yield from (_line(row, column, page) for row in rows[done:start])
        cells = cells_of(rows[start:end])
        if cells:
            lefts = tuple(sorted({round(piece.left) for row in rows[start:end] for piece in row}))
            yield Printed(cells, tuple(map(float, lefts)), page.number)
        done = end
    yield from (_line(row, column, page) for row in rows[done:])


def _line(row: Row, column: tuple[float, float], page: Page) -> Line:
    pieces = [piece.text for piece in row]
    # a line that ends a sentence is one, whatever gap is in it
    whole = len(row) == 1 or pieces[-1].endswith(STOP)
    text = "".join(pieces) if whole else " | ".join(pieces) + " |"
    height = row[0].middle / max(1.0, page.height)
    return Line(text, row[0].left, row[-1].right, column, height, row[0].size)
