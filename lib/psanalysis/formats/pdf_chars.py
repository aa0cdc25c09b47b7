"""The characters of a page of a PDF, and which of them are visible."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from psanalysis.formats.characters import INVISIBLE, ordinary

INK = 24  # least difference of grey levels that is visible
SAME_GROUND = 0.7  # a character is invisible where so much of its surroundings has its colour
TINIEST = 2.0
MOST_CHARS, MOST_PIXELS = 200_000, 4_000_000
SLANTED = math.radians(8)
INVISIBLE_MODES = (3, 7)


class RawChar(NamedTuple):
    """A character as PDFium reports it."""

    text: str
    loose: tuple[float, float, float, float]
    tight: tuple[float, float, float, float]
    size: float
    turn: int | None
    mode: int
    grey: int | None
    clear: bool
    origin: tuple[float, float] = (0.0, 0.0)


def raw_chars(text_page: pdfium.PdfTextPage) -> Iterator[RawChar]:
    """The characters of a page without blanks and invisible ones."""
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
        yield RawChar(ordinary(char), around, tight, abs(size), quarter, mode, grey, clear, origin)


def seen_chars(
    chars: list[RawChar], page: pdfium.PdfPage, box: tuple[float, float, float, float]
) -> Iterator[RawChar]:
    """The characters that are visible on the rendered page: not white on white, covered, clipped or
    outside.
    """
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
        columns = slice(
            max(0, math.floor((x0 - left) * scale)), min(width, math.ceil((x1 - left) * scale) + 1)
        )
        lines = slice(
            max(0, math.floor((top - y1) * scale)), min(height, math.ceil((top - y0) * scale) + 1)
        )
        part = grey[lines, columns]
        if part.size == 0 or int(part.max()) - int(part.min()) < INK:
            continue
        if one.grey is not None:
            around = grey[
                max(0, lines.start - 2) : lines.stop + 2,
                max(0, columns.start - 2) : columns.stop + 2,
            ]
            like = np.count_nonzero(abs(around.astype(np.int16) - one.grey) < INK)
            inside = np.count_nonzero(abs(part.astype(np.int16) - one.grey) < INK)
            if like - inside > SAME_GROUND * max(1, around.size - part.size):
                continue
        yield one
