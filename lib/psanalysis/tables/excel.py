"""A table as an Excel workbook, written with openpyxl."""

from __future__ import annotations

import io

from psanalysis.extras import require
from psanalysis.tables.model import Table
from psanalysis.tables.office import as_text, same_bytes, width

WIDEST, NARROWEST = 60, 8


def workbook(table: Table) -> bytes:
    """One sheet: caption, heads that stay in view, numbers as numbers, notes."""
    require("tables", "openpyxl")
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    top = 1
    if table.caption:
        as_text(sheet.cell(1, 1), table.caption).font = Font(bold=True)
        top = 3
    line = Side(style="thin")
    sides = [
        Alignment(horizontal="right", vertical="top", wrap_text=True)
        if one.numeric
        else Alignment(horizontal="left", vertical="top", wrap_text=True, indent=min(place, 1))
        for place, one in enumerate(table.heads)
    ]
    for place, one in enumerate(table.heads, start=1):
        cell = as_text(sheet.cell(top, place), one.title)
        cell.font, cell.border = Font(bold=True), Border(top=line, bottom=line)
        cell.alignment = sides[place - 1]
    for number, row in enumerate(table.rows, start=top + 1):
        for place, shown in enumerate(row.cells, start=1):
            cell = sheet.cell(number, place)
            cell.alignment = sides[place - 1]
            if shown.value is None:
                as_text(cell, shown.text)
            else:
                cell.value, cell.number_format = shown.value, shown.format
    last = top + len(table.rows)
    for place in range(1, len(table.heads) + 1):
        sheet.cell(last, place).border = Border(bottom=line)
    for number, note in enumerate(table.notes, start=last + 2):
        as_text(sheet.cell(number, 1), note).font = Font(size=9)
    for place, one in enumerate(table.heads, start=1):
        texts = [one.title, *(row.cells[place - 1].text for row in table.rows)]
        widest = 2 + max(2 * width(text) for text in texts)
        sheet.column_dimensions[get_column_letter(place)].width = min(
            WIDEST, max(NARROWEST, widest)
        )
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{top}:{top}"
    sheet.freeze_panes = sheet.cell(top + 1, 2)
    made = io.BytesIO()
    book.save(made)
    return same_bytes(made.getvalue())
