"""PDF files with a text layer: what is seen on each page, tables from ruling lines and columns, lines put together to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium

from psanalysis.formats.assembly import Block, Missing, Paragraph, Table
from psanalysis.formats.document import DocumentError
from psanalysis.formats.lexicon import beginnings
from psanalysis.formats.pdf_across import joined_tables, without_running_heads
from psanalysis.formats.pdf_elements import Element, Line, elements_of
from psanalysis.formats.pdf_page import read_page

SENTENCE_END = re.compile("[。!?:;|\uff01\uff1f\uff1a\uff1b]\\s*$")
FULL_LINE = 0.8
INDENT = 1.3
MINIMUM = 20


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
        pages.append(list(elements_of(page)))
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
    return list(_blocks(joined_tables(without_running_heads(pages))))


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
