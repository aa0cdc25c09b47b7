"""A page of a PDF: its visible characters, ruling lines and pictures, as PDFium finds them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from psanalysis.formats.pdf_chars import INVISIBLE_MODES, RawChar, raw_chars, seen_chars
from psanalysis.formats.pdf_edges import Edge, drawn_objects

WATERMARK_SIZE, WATERMARK_LIGHT = 1.8, 140


class Char(NamedTuple):
    """A character: its box in reading direction, y upwards, the size of its font, its base line."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    base: float


@dataclass(frozen=True)
class Page:
    """The content of a page.

    Attributes
    ----------
    number, width, height
        From 1; points, in reading direction.
    chars
        Its visible characters.
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
    found = list(raw_chars(page.get_textpage()))
    objects = list(drawn_objects(page))
    area = max(1.0, (right - left) * (top - bottom))
    images = [box for kind, box, _ in objects if kind == raw.FPDF_PAGEOBJ_IMAGE]
    shares = [(x1 - x0) * (y1 - y0) / area for x0, y0, x1, y1 in images]
    covered = sum(shares) >= 0.6
    seen = [one for one in found if one.mode not in INVISIBLE_MODES and not one.clear]
    recognised = covered and len(seen) < 20 <= len(found)
    if recognised:
        seen = [one for one in found if not one.clear]
    else:
        seen = list(seen_chars(seen, page, (left, bottom, right, top)))
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


def _turned(one: RawChar, quarter: int, box: tuple[float, float, float, float]) -> Char:
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
        (edge.start, edge.position, edge.end, edge.position)
        if edge.across
        else (edge.position, edge.start, edge.position, edge.end)
    )
    turned = _turned(
        RawChar("", (x0, y0, x1, y1), (x0, y0, x1, y1), 0, 0, 0, None, False), quarter, box
    )
    if abs(turned.top - turned.bottom) <= abs(turned.right - turned.left):
        return Edge(True, turned.bottom, turned.left, turned.right)
    return Edge(False, turned.left, turned.bottom, turned.top)


def _without_watermark(chars: list[tuple[Char, int]]) -> list[Char]:
    """The characters without those of a watermark, which are pale and much larger than the text."""
    if not chars:
        return []
    usual = sorted(char.size for char, _ in chars)[len(chars) // 2]
    return [
        char
        for char, light in chars
        if not (light >= WATERMARK_LIGHT and char.size >= WATERMARK_SIZE * usual)
    ]
