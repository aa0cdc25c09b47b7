"""A page of a PDF: the characters that are seen on it, its ruling lines and its pictures, as PDFium finds them."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from psanalysis.formats.characters import INVISIBLE, ordinary

INK = 24  # difference of grey levels from which something is seen
SAME_GROUND = 0.7  # share of what is around a character that has its colour: then nobody sees it
TINIEST = 2.0
THIN, SHORTEST = 3.0, 6.0
MOST_OBJECTS, MOST_CHARS, MOST_PIXELS = 60_000, 200_000, 4_000_000
SLANTED = math.radians(8)
WATERMARK_SIZE, WATERMARK_LIGHT = 1.8, 140
INVISIBLE_MODES = (3, 7)


class Char(NamedTuple):
    """A character: its box in reading direction, y upwards, the size of its font, its base line."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    base: float


class Edge(NamedTuple):
    """A ruling line: across or upright, its place, where it begins and ends."""

    across: bool
    place: float
    start: float
    end: float


@dataclass(frozen=True)
class Page:
    """What is on a page.

    Attributes
    ----------
    number, width, height
        From 1; points, in reading direction.
    chars
        Those that are seen.
    edges
        Ruling lines.
    kind
        `text`, `scan` (a picture without text), `recognised` (a picture over text that a machine
        guessed), `empty`.
    pictures
        Number of pictures large enough to hold a table.
    """

    number: int
    width: float
    height: float
    chars: list[Char]
    edges: list[Edge]
    kind: str
    pictures: int


def read_page(page: pdfium.PdfPage, number: int) -> Page:
    """Read a page; a turned page is read in the direction of most of its text."""
    page.set_rotation(0)
    left, bottom, right, top = page.get_cropbox()
    found = list(_chars(page.get_textpage()))
    objects = list(_objects(page))
    area = max(1.0, (right - left) * (top - bottom))
    images = [bounds for kind, bounds, _ in objects if kind == raw.FPDF_PAGEOBJ_IMAGE]
    shares = [(x1 - x0) * (y1 - y0) / area for x0, y0, x1, y1 in images]
    covered = sum(shares) >= 0.6
    seen = [one for one in found if one.mode not in INVISIBLE_MODES and not one.clear]
    recognised = covered and len(seen) < 20 <= len(found)
    if recognised:
        seen = [one for one in found if not one.clear]
    else:
        seen = list(_seen(seen, page, (left, bottom, right, top)))
    turn = Counter(one.turn for one in seen if one.turn is not None).most_common(1)
    quarter = turn[0][0] if turn else 0
    upright = [one for one in seen if one.turn == quarter]
    chars = _without_watermark(
        [(_turned(one, quarter, (left, bottom, right, top)), one.grey or 0) for one in upright]
    )
    edges = [
        _edge_turned(edge, quarter, (left, bottom, right, top))
        for kind, _, own in objects
        if kind == raw.FPDF_PAGEOBJ_PATH
        for edge in own
    ]
    drawn = sum(kind == raw.FPDF_PAGEOBJ_PATH for kind, _, _ in objects)
    pictured = covered or drawn > 200
    kind = (
        "recognised" if recognised
        else "text" if len(chars) >= 8 or (chars and not pictured)
        else "scan" if pictured
        else "empty"
    )  # fmt: skip
    wide, high = (right - left, top - bottom) if quarter % 2 == 0 else (top - bottom, right - left)
    large = sum(
        share >= 0.03 and x1 - x0 > 60 and y1 - y0 > 40
        for share, (x0, y0, x1, y1) in zip(shares, images, strict=True)
    )
    return Page(number, wide, high, chars, edges, kind, 0 if covered and kind != "text" else large)


class _Raw(NamedTuple):
    """A character as PDFium has it."""

    text: str
    loose: tuple[float, float, float, float]
    tight: tuple[float, float, float, float]
    size: float
    turn: int | None
    mode: int
    grey: int | None
    clear: bool
    origin: tuple[float, float] = (0.0, 0.0)


def _chars(text_page: pdfium.PdfTextPage) -> Iterator[_Raw]:
    """The characters of a page but blanks and what is never seen."""
    page = text_page.raw
    loose, box = raw.FS_RECTF(), [ctypes.c_double() for _ in range(4)]
    colour = [ctypes.c_uint() for _ in range(4)]
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    for index in range(min(raw.FPDFText_CountChars(page), MOST_CHARS)):
        code = raw.FPDFText_GetUnicode(page, index)
        char = chr(code) if 0x20 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if not char or char.isspace() or INVISIBLE.match(char) or char == "\ufffe":
            continue
        raw.FPDFText_GetLooseCharBox(page, index, loose)
        raw.FPDFText_GetCharBox(page, index, box[0], box[1], box[2], box[3])
        mode = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(page, index))
        coloured = raw.FPDFText_GetFillColor(page, index, *colour)
        angle = raw.FPDFText_GetCharAngle(page, index) % (2 * math.pi)
        turn = round(angle / (math.pi / 2))
        straight = abs(angle - turn * math.pi / 2) < SLANTED
        tight = (box[0].value, box[2].value, box[1].value, box[3].value)
        around = (loose.left, loose.bottom, loose.right, loose.top)
        size = (around[3] - around[1]) if turn % 2 == 0 else (around[2] - around[0])
        if raw.FPDFText_GetMatrix(page, index, matrix):
            scaled = raw.FPDFText_GetFontSize(page, index) * math.hypot(matrix.c, matrix.d)
            size = scaled if 0.3 * size < scaled < 3 * size else size
        raw.FPDFText_GetCharOrigin(page, index, x, y)
        red, green, blue = (one.value for one in colour[:3])
        grey = round(0.299 * red + 0.587 * green + 0.114 * blue) if coloured else None
        clear = bool(coloured) and colour[3].value < 20
        quarter = turn % 4 if straight else None
        origin = (x.value, y.value)
        yield _Raw(ordinary(char), around, tight, abs(size), quarter, mode, grey, clear, origin)


def _objects(
    page: pdfium.PdfPage,
) -> Iterator[tuple[int, tuple[float, float, float, float], list[Edge]]]:
    """Pictures and paths with their bounds, paths with their ruling lines."""
    for count, item in enumerate(page.get_objects(max_depth=6)):
        if count > MOST_OBJECTS:
            return
        if item.type not in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH):
            continue
        try:
            bounds = tuple(float(one) for one in item.get_bounds())
        except pdfium.PdfiumError:
            continue
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            yield item.type, bounds, []  # type: ignore[misc]
        else:
            yield item.type, bounds, list(_edges(item, *bounds))  # type: ignore[misc]


def _edges(path: Any, x0: float, y0: float, x1: float, y1: float) -> Iterator[Edge]:
    """The ruling lines of a path: a thin shape is one, of another shape each straight side that is drawn."""
    if y1 - y0 <= THIN and x1 - x0 >= SHORTEST:
        yield Edge(True, (y0 + y1) / 2, x0, x1)
        return
    if x1 - x0 <= THIN and y1 - y0 >= SHORTEST:
        yield Edge(False, (x0 + x1) / 2, y0, y1)
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path.raw, fill, stroke) or not stroke.value:
        return
    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    before: tuple[float, float] | None = None
    first: tuple[float, float] | None = None
    for index in range(min(raw.FPDFPath_CountSegments(path.raw), 2000)):
        segment = raw.FPDFPath_GetPathSegment(path.raw, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == raw.FPDF_SEGMENT_LINETO and before is not None:
            yield from _side(before, point)
        if raw.FPDFPathSegment_GetClose(segment) and first is not None:
            yield from _side(point, first)
        before = point


def _side(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Edge]:
    if abs(a[1] - b[1]) <= 1 and abs(a[0] - b[0]) >= SHORTEST:
        yield Edge(True, (a[1] + b[1]) / 2, *sorted((a[0], b[0])))
    elif abs(a[0] - b[0]) <= 1 and abs(a[1] - b[1]) >= SHORTEST:
        yield Edge(False, (a[0] + b[0]) / 2, *sorted((a[1], b[1])))


def _seen(
    chars: list[_Raw], page: pdfium.PdfPage, box: tuple[float, float, float, float]
) -> Iterator[_Raw]:
    """The characters that leave ink on the page as it is drawn: not white on white, covered, cut off or outside."""
    if not chars:
        return
    left, bottom, right, top = box
    scale = min(1.0, math.sqrt(MOST_PIXELS / max(1.0, (right - left) * (top - bottom))))
    image = page.render(scale=scale, grayscale=True, may_draw_forms=False).to_numpy()
    grey = image.reshape(image.shape[0], image.shape[1])
    height, width = grey.shape
    for one in chars:
        x0, y0, x1, y1 = one.tight
        if one.size < TINIEST or x1 <= left or x0 >= right or y1 <= bottom or y0 >= top:
            continue
        columns = slice(max(0, math.floor((x0 - left) * scale)), min(width, math.ceil((x1 - left) * scale) + 1))  # fmt: skip
        lines = slice(max(0, math.floor((top - y1) * scale)), min(height, math.ceil((top - y0) * scale) + 1))  # fmt: skip
        part = grey[lines, columns]
        if part.size == 0 or int(part.max()) - int(part.min()) < INK:
            continue
        if one.grey is not None:
            around = grey[max(0, lines.start - 2) : lines.stop + 2, max(0, columns.start - 2) : columns.stop + 2]  # fmt: skip
            like = np.count_nonzero(abs(around.astype(np.int16) - one.grey) < INK)
            inside = np.count_nonzero(abs(part.astype(np.int16) - one.grey) < INK)
            if like - inside > SAME_GROUND * max(1, around.size - part.size):
                continue
        yield one


def _turned(one: _Raw, quarter: int, box: tuple[float, float, float, float]) -> Char:
    x0, y0, x1, y1 = one.loose
    left, bottom, right, top = box
    x, y = one.origin
    base = (y - bottom, right - x, top - y, x - left)[quarter]
    if quarter == 1:
        x0, y0, x1, y1 = y0 - bottom, right - x1, y1 - bottom, right - x0
    elif quarter == 2:
        x0, y0, x1, y1 = right - x1, top - y1, right - x0, top - y0
    elif quarter == 3:
        x0, y0, x1, y1 = top - y1, x0 - left, top - y0, x1 - left
    else:
        x0, y0, x1, y1 = x0 - left, y0 - bottom, x1 - left, y1 - bottom
    return Char(one.text, x0, y0, x1, y1, one.size, base)


def _edge_turned(edge: Edge, quarter: int, box: tuple[float, float, float, float]) -> Edge:
    x0, y0, x1, y1 = (
        (edge.start, edge.place, edge.end, edge.place)
        if edge.across
        else (edge.place, edge.start, edge.place, edge.end)
    )
    turned = _turned(
        _Raw("", (x0, y0, x1, y1), (x0, y0, x1, y1), 0, 0, 0, None, False), quarter, box
    )
    if abs(turned.top - turned.bottom) <= abs(turned.right - turned.left):
        return Edge(True, turned.bottom, turned.left, turned.right)
    return Edge(False, turned.left, turned.bottom, turned.top)


def _without_watermark(chars: list[tuple[Char, int]]) -> list[Char]:
    """Characters but those of a watermark: pale, much larger than the text."""
    if not chars:
        return []
    usual = sorted(char.size for char, _ in chars)[len(chars) // 2]
    return [
        char
        for char, light in chars
        if not (light >= WATERMARK_LIGHT and char.size >= WATERMARK_SIZE * usual)
    ]
