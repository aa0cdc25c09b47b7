"""The font of a PDF with the outlines that its kind says: matplotlib embeds every font as TrueType,
also one that is not.

The bundled face has PostScript outlines (CFF). Embedded as TrueType they are what readers of PDF
warn of, and what a journal's check refuses. So the few letters of a figure are turned into
TrueType.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# Thousandths of an em by which an outline may differ
CLOSE = 0.5
_one_at_a_time = threading.RLock()


@contextmanager
def true_type() -> Iterator[None]:
    """Fonts that matplotlib embeds within the block have TrueType outlines."""
    # imports fontTools, which only a PDF needs: here, so that other charts do not wait
    from matplotlib.backends import _backend_pdf_ps

    subset = _backend_pdf_ps.get_glyphs_subset

    @contextmanager
    def converted(*arguments: Any) -> Iterator[Any]:
        with subset(*arguments) as found:
            if "CFF " in found.font:
                _convert(found.font)
            yield found

    with _one_at_a_time:
        _backend_pdf_ps.get_glyphs_subset = converted  # type: ignore[assignment]
        try:
            yield
        finally:
            _backend_pdf_ps.get_glyphs_subset = subset


def _convert(font: Any) -> None:
    """Turn a font of fontTools with CFF outlines into one with TrueType outlines, in place."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    names, shapes = font.getGlyphOrder(), font.getGlyphSet()
    outlines = font["glyf"] = newTable("glyf")
    outlines.glyphOrder, outlines.glyphs = names, {}
    close = CLOSE * font["head"].unitsPerEm / 1000
    for name in names:
        pen = TTGlyphPen(None)
        # contours run clockwise in TrueType, counterclockwise in CFF
        shapes[name].draw(Cu2QuPen(pen, close, reverse_direction=True))
        outlines.glyphs[name] = pen.glyph()
        outlines.glyphs[name].recalcBounds(outlines)
    font["loca"] = newTable("loca")
    for name in ("CFF ", "VORG"):
        if name in font:
            del font[name]
    outlines.compile(font)
    for name, (advance, _) in list(font["hmtx"].metrics.items()):
        font["hmtx"].metrics[name] = (advance, outlines[name].xMin)
    limits = font["maxp"] = newTable("maxp")
    limits.tableVersion, limits.numGlyphs = 0x00010000, len(names)
    for name, value in (
        ("maxZones", 1),
        ("maxTwilightPoints", 0),
        ("maxStorage", 0),
        ("maxFunctionDefs", 0),
        ("maxInstructionDefs", 0),
        ("maxStackElements", 0),
        ("maxSizeOfInstructions", 0),
        ("maxComponentElements", 0),
    ):
        setattr(limits, name, value)
    limits.recalc(font)
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"
