"""A table as a Word document with three lines, as journals set it; written with python-docx."""

from __future__ import annotations

import io
from typing import Any

from psanalysis.extras import require
from psanalysis.tables.model import Table
from psanalysis.tables.office import column_widths, same_bytes

LATIN, CHINESE = "Times New Roman", "SimSun"
TEXT_POINTS, NOTE_POINTS = 9, 8
# eighths of a point
THICK, THIN = 12, 4
LANDSCAPE_FROM = 7
MARGIN_CM = 2


def document(table: Table) -> bytes:
    """Caption, table and notes; wide tables on a page on its side."""
    require("tables")
    from docx.enum.section import WD_ORIENT
    from docx.shared import Pt

    made = base_document()
    page = made.sections[0]
    if len(table.heads) >= LANDSCAPE_FROM:
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = page.page_height, page.page_width
    if table.caption:
        caption = made.add_paragraph()
        caption.add_run(table.caption).bold = True
        caption.paragraph_format.keep_with_next = True
    heads = [one.title for one in table.heads]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    set_table(made, heads, rows, [one.numeric for one in table.heads])
    for note in table.notes:
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(note).font.size = Pt(NOTE_POINTS)
    written = io.BytesIO()
    made.save(written)
    return same_bytes(written.getvalue())


def base_document() -> Any:
    """An empty document on A4, in the fonts of a Chinese paper."""
    from docx import Document
    from docx.shared import Cm, Pt

    made = Document()
    _fonts(made.styles["Normal"], Pt(TEXT_POINTS))
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(MARGIN_CM)
    return made


def set_table(made: Any, heads: list[str], rows: list[list[str]], numeric: list[bool]) -> None:
    """A table with three lines at the end of a document, as wide as its page at most; headings are
    repeated on each page.
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Emu, Pt

    page = made.sections[-1]
    grid = made.add_table(rows=1 + len(rows), cols=len(heads))
    grid.autofit = False
    room = int(page.page_width or 0) - 2 * int(Cm(MARGIN_CM))
    em = int(Pt(TEXT_POINTS))
    widths = [Emu(int(em * ems)) for ems in column_widths(heads, rows, room / em)]
    for column, wide in zip(grid.columns, widths, strict=True):
        column.width = wide
    for number, (row, line) in enumerate(zip(grid.rows, [heads, *rows], strict=True)):
        for right, cell, text, wide in zip(numeric, row.cells, line, widths, strict=True):
            cell.width = wide
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
            paragraph.add_run(text).bold = number == 0
    # python-docx names the XML of a document, not that of a row
    lines = made.element.body.findall(qn("w:tbl"))[-1].findall(qn("w:tr"))
    _rules(lines[0], top=THICK, bottom=THIN)
    _rules(lines[-1], bottom=THICK, **({"top": THICK} if len(lines) == 1 else {}))
    # heads again on each page
    lines[0].get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _fonts(style: Any, size: Any) -> None:
    from docx.oxml.ns import qn

    style.font.name, style.font.size = LATIN, size
    style.element.rPr.rFonts.set(qn("w:eastAsia"), CHINESE)


def _rules(row: Any, **sides: int) -> None:
    """Lines above or below the cells of a row, by its XML."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for cell in row.findall(qn("w:tc")):
        properties = cell.get_or_add_tcPr()
        borders = properties.find(qn("w:tcBorders"))
        if borders is None:
            borders = OxmlElement("w:tcBorders")
            properties.append(borders)
        for side in ("top", "bottom"):
            if side in sides:
                line = OxmlElement(f"w:{side}")
                line.set(qn("w:val"), "single")
                line.set(qn("w:sz"), str(sides[side]))
                borders.append(line)
