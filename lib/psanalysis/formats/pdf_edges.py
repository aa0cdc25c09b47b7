"""Ruling lines and pictures of a page of a PDF."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

THIN, SHORTEST = 3.0, 6.0
MOST_OBJECTS = 60_000


class Edge(NamedTuple):
    """A ruling line: horizontal (`across`) or vertical, its y or x coordinate (`position`), and
    where it starts and ends in the other one.
    """

    across: bool
    position: float
    start: float
    end: float


def drawn_objects(
    page: pdfium.PdfPage,
) -> Iterator[tuple[int, tuple[float, float, float, float], list[Edge]]]:
    """Pictures and paths with their bounding box; paths also with their ruling lines."""
    for count, item in enumerate(page.get_objects(max_depth=6)):
        if count > MOST_OBJECTS:
            return
        if item.type not in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH):
            continue
        try:
            box = tuple(float(one) for one in item.get_bounds())
        except pdfium.PdfiumError:
            continue
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            yield item.type, box, []  # type: ignore[misc]
        else:
            yield item.type, box, list(edges_of(item, *box))  # type: ignore[misc]


def edges_of(path: Any, x0: float, y0: float, x1: float, y1: float) -> Iterator[Edge]:
    """The ruling lines of a path: a thin shape is one line; of another shape each straight side
    that is drawn is one.
    """
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
