"""PDF files with a text layer: lines put together to paragraphs, gaps inside a line read as the columns of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium

from psanalysis.formats.document import DocumentError

SENTENCE_END = re.compile("[。!?:;|\\uff01\\uff1f\\uff1a\\uff1b]\\s*$")
OPENING = re.compile(
    "\\s*(?:第[一二三四五六七八九十百]+[篇章节部条]|[一二三四五六七八九十]+、|[(\uff08][一二三四五六七八九十\\d]+[)\uff09]"
    "|\\d{1,2}[.、\uff0e]\\D|专栏|附|表\\s*\\d|注[:\uff1a]|[●■◆]|——)"
)
PAGE_NUMBER = re.compile(
    r"^\s*(?:第?\s*\d{1,4}\s*页?|[-—–]\s*\d{1,4}\s*[-—–]|\d{1,4}\s*/\s*\d{1,4})\s*$"
)
LINE_END = re.compile(r"[\r\n]+")
GAP = re.compile(r"(?<=[^\s]) +(?=[^\s])")
BLANK = " \r\n\t\u3000\ufffe"
COLUMN_GAP = 1.6
SMALLEST = 6.0
FULL_LINE = 0.8
REPEATED = 0.5


@dataclass(frozen=True)
class Line:
    """A printed line: its text, where it begins and ends (points)."""

    text: str
    left: float
    right: float


@dataclass(frozen=True)
class Piece:
    """A run of text without a wide gap: where it begins and ends, its middle and height (points)."""

    text: str
    left: float
    right: float
    middle: float
    height: float


def pdf_text(content: bytes, name: str) -> str:
    """The text layer of a PDF.

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
    pages = [_lines(document[number]) for number in range(len(document))]
    document.close()
    if sum(len(line.text) for page in pages for line in page) < 20 * max(1, len(pages)):
        raise DocumentError(
            name,
            "the PDF has no text layer (scanned pages)",
            "run character recognition and save the text as .txt",
        )
    return _paragraphs(_without_running_heads(pages))


def _lines(page: pdfium.PdfPage) -> list[Line]:
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    pieces: list[Piece] = []
    start = 0
    for end in [*(match.start() for match in LINE_END.finditer(text)), len(text)]:
        pieces += _pieces(text_page, text, start, end)
        start = end
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (-p.middle, p.left)):
        if rows and abs(piece.middle - rows[-1][0].middle) < 0.5 * max(
            piece.height, rows[-1][0].height
        ):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_joined(sorted(row, key=lambda p: p.left)) for row in rows]


def _pieces(text_page: pdfium.PdfTextPage, text: str, start: int, end: int) -> Iterator[Piece]:
    """The line start:end cut where a gap is as wide as between columns; only the letters beside blanks are measured."""
    while start < end and text[start] in BLANK:
        start += 1
    while end > start and text[end - 1] in BLANK:
        end -= 1
    if start == end:
        return
    begin, box = start, text_page.get_charbox(start)
    for match in GAP.finditer(text, start, end):
        before, after = text_page.get_charbox(match.start() - 1), text_page.get_charbox(match.end())
        if after[0] - before[2] > COLUMN_GAP * max(before[3] - before[1], SMALLEST):
            yield Piece(
                text[begin : match.start()],
                box[0],
                before[2],
                (box[1] + box[3]) / 2,
                box[3] - box[1],
            )
            begin, box = match.end(), after
    last = text_page.get_charbox(end - 1)
    yield Piece(text[begin:end], box[0], last[2], (box[1] + box[3]) / 2, box[3] - box[1])


def _joined(row: list[Piece]) -> Line:
    text, right, columns = row[0].text, row[0].right, False
    for piece in row[1:]:
        wide = piece.left - right > COLUMN_GAP * max(piece.height, SMALLEST)
        columns = columns or wide
        text = f"{text.rstrip()} | {piece.text}" if wide else text + piece.text
        right = max(right, piece.right)
    return Line(text.strip() + (" |" if columns else ""), row[0].left, right)


def _without_running_heads(pages: list[list[Line]]) -> list[Line]:
    heads = Counter(line.text for page in pages for line in {*page[:1], *page[-1:]})
    often = {
        text for text, times in heads.items() if len(pages) >= 4 and times > REPEATED * len(pages)
    }
    return [
        line
        for page in pages
        for line in page
        if line.text not in often and not PAGE_NUMBER.match(line.text)
    ]


def _paragraphs(lines: list[Line]) -> str:
    margin = max((line.right for line in lines), default=0.0)
    text = ""
    for index, line in enumerate(lines):
        text += line.text
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        full = line.right >= FULL_LINE * margin and not SENTENCE_END.search(line.text)
        if not full or "|" in line.text or "|" in following or OPENING.match(following):
            text += "\n"
    return text
