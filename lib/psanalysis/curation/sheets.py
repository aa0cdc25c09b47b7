"""Writes tables for editing in Excel (CSV with a byte-order mark, or XLSX) and reads them back in
every form in which Excel saves them.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import pandas as pd

from psanalysis.curation.plan_info import AdditionError
from psanalysis.datapackage.handed_in import ENCODINGS, as_text
from psanalysis.errors import Fault
from psanalysis.extras import require

# text that a spreadsheet takes for a formula, except a signed number with its unit
FORMULA = re.compile(r"[=@\t\r]|[+\-](?!\d+(?:\.\d+)?[^=+\-@()!|*/^&\"']{0,12}$)")
SHIELDED = re.compile(r"'(?=[=+\-@\t\r])")
SEPARATORS = ",;\t"


def sheet_bytes(frame: pd.DataFrame, suffix: str) -> bytes:
    """A table as a file that Excel opens by a double click; `frame` may have any columns.

    Parameters
    ----------
    frame
        Cells that a spreadsheet would take for formulas get an apostrophe, which `read_sheet`
        removes.
    suffix
        `.xlsx`, or any other for CSV in UTF-8 with a byte-order mark.
    """
    shielded = frame.map(lambda cell: f"'{cell}" if FORMULA.match(str(cell)) else str(cell))
    if suffix.lower() != ".xlsx":
        return shielded.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")
    require("tables", "openpyxl")
    from openpyxl import Workbook

    from psanalysis.tables.office import same_bytes

    book = Workbook()
    sheet = book.active
    sheet.append(list(frame.columns))
    for row in shielded.itertuples(index=False):
        sheet.append(list(row))
    sheet.freeze_panes = "A2"
    for line in sheet.iter_rows():
        for cell in line:
            cell.data_type, cell.number_format = "s", "@"
    stream = io.BytesIO()
    book.save(stream)
    return same_bytes(stream.getvalue())


def read_sheet(path: Path) -> list[tuple[int, list[str]]]:
    """The rows of a table with their lines, the head first; empty rows are left out.

    CSV in UTF-8 (with or without mark), UTF-16 or GBK, with commas, semicolons or tabs; XLSX: its
    first sheet.

    Raises
    ------
    AdditionError
        If the file is none of these.
    """
    content = path.read_bytes()
    if path.suffix.lower() == ".xlsx" or content.startswith(b"PK\x03\x04"):
        rows = _of_workbook(content, path.name)
    else:
        rows = _of_text(_decoded(content, path.name), path.name)
    return [
        (line, [SHIELDED.sub("", cell, count=1) if SHIELDED.match(cell) else cell for cell in row])
        for line, row in rows
        if any(row)
    ]


def _decoded(content: bytes, name: str) -> str:
    text = as_text(content)
    if text is None:
        rule, remedy = f"is no text in {ENCODINGS}", "save it as CSV UTF-8"
        raise AdditionError([Fault(name, 0, "", "", rule, remedy)])
    return text


def _of_text(text: str, name: str) -> list[tuple[int, list[str]]]:
    head = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        raise AdditionError(
            [Fault(name, line, "", "", f"is not CSV: {error}", "check the quotation marks")]
        ) from None
    return rows


def _of_workbook(content: bytes, name: str) -> list[tuple[int, list[str]]]:
    require("tables", "openpyxl")
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        cells = [list(row) for row in book.worksheets[0].iter_rows(max_col=200)]
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError, TypeError):
        raise AdditionError(
            [Fault(name, 0, "", "", "is not an Excel workbook", "save it as XLSX or CSV UTF-8")]
        ) from None
    width = max(
        (n for row in cells[:1] for n, cell in enumerate(row, 1) if cell.value is not None),
        default=0,
    )
    return [(line, list(map(_shown, row[:width]))) for line, row in enumerate(cells, 1)]


def _shown(cell: Any) -> str:
    """A cell as the text that it shows: 2025.0 is 2025, 0.875 as a percentage is 87.5%, a date is
    in ISO 8601.
    """
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)) and "%" in str(cell.number_format):
        return f"{(Decimal(f'{value:.15g}') * 100).normalize():f}%"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
