"""A table as an Excel workbook, written with openpyxl."""

from __future__ import annotations

import io
import math
from typing import Any

from psanalysis.extras import require
from psanalysis.tables.model import Table
from psanalysis.tables.office import as_text, same_bytes, width

# Letters of a column; points of a note, and of a line of it
WIDEST, NARROWEST = 48, 8
NOTE, LINE = 9, 12.5


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
        cell = as_text(sheet.cell(number, 1), note)
        cell.font, cell.alignment = Font(size=NOTE), Alignment(vertical="top", wrap_text=True)
    for place, one in enumerate(table.heads, start=1):
        texts = [one.title, *(row.cells[place - 1].text for row in table.rows)]
        widest = 2 + max(2 * width(text) for text in texts)
        sheet.column_dimensions[get_column_letter(place)].width = min(
            WIDEST, max(NARROWEST, widest)
        )
    _notes_below(sheet, last + 2, table)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{top}:{top}"
    sheet.freeze_panes = sheet.cell(top + 1, 2)
    made = io.BytesIO()
    book.save(made)
    return same_bytes(made.getvalue())


def _notes_below(sheet: Any, first: int, table: Table) -> None:
    """Each note over the whole width of the table, in as many lines as it takes."""
    room = sum(sheet.column_dimensions[name].width for name in list(sheet.column_dimensions))
    for number, note in enumerate(table.notes, start=first):
        sheet.merge_cells(
            start_row=number, end_row=number, start_column=1, end_column=len(table.heads)
        )
        lines = math.ceil(2 * width(note) * NOTE / 11 / room)
        sheet.row_dimensions[number].height = LINE * max(lines, 1)
