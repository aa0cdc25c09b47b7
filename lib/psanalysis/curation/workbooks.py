"""Reads tables that people fill in, with cells as they are displayed: every sheet of a workbook, or
a CSV in any usual encoding.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from psanalysis.curation.plan_info import AdditionError
from psanalysis.curation.sheets import read_sheet
from psanalysis.datapackage.files import read_regular
from psanalysis.errors import Fault, system_words
from psanalysis.extras import require

WIDEST = 200
NO_RESULT = "\0"  # a formula that was saved without its result


@dataclass(frozen=True)
class Grid:
    """The rows of a sheet with their lines; `name` (file and sheet) is for messages."""

    name: str
    rows: list[tuple[int, list[str]]]


def read_grids(path: Path) -> list[Grid]:
    """The sheets of a workbook, or the one table of a CSV; rows without any text are left out.

    Parameters
    ----------
    path
        XLSX, or CSV in UTF-8 (with or without mark), UTF-16 or GB18030, with commas, semicolons or
        tabs.

    Raises
    ------
    AdditionError
        If the file cannot be read as one of these.
    """
    try:
        content = read_regular(path)
    except OSError as error:
        rule = f"cannot be read: {system_words(error)}"
        raise AdditionError(
            [Fault(path.name, 0, "", "", rule, "name an XLSX or CSV file")]
        ) from None
    if path.suffix.lower() != ".xlsx" and not content.startswith(b"PK\x03\x04"):
        return [Grid(path.name, read_sheet(path))]
    return _of_workbook(content, path.name)


def _of_workbook(content: bytes, name: str) -> list[Grid]:
    require("tables", "openpyxl")
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        # results of formulas, and the formulas: a missing result must be told from an empty
        # cell
        books = [
            load_workbook(io.BytesIO(content), read_only=True, data_only=only)
            for only in (True, False)
        ]
        return [_grid(name, *pair) for pair in zip(*(b.worksheets for b in books), strict=True)]
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError, TypeError):
        rule, remedy = "is not an Excel workbook", "save it as XLSX or CSV UTF-8"
        raise AdditionError([Fault(name, 0, "", "", rule, remedy)]) from None


def _grid(name: str, results: Any, written: Any) -> Grid:
    rows = []
    pairs = zip(results.iter_rows(max_col=WIDEST), written.iter_rows(max_col=WIDEST), strict=True)
    for line, (row, formulas) in enumerate(pairs, 1):
        cells = [shown(*pair) for pair in zip(row, formulas, strict=True)]
        if any(cells):
            rows.append((line, cells))
    return Grid(f"{name} [{results.title}]", rows)


def shown(cell: Any, written: Any) -> str:
    """A cell as the text that is displayed: 0.952 formatted as a percentage is 95.2%, 2025.0 is
    2025, a date is in ISO 8601.
    """
    value = cell.value
    if value is None:
        return NO_RESULT if written.value is not None else ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    layout = str(cell.number_format or "")
    if isinstance(value, (datetime, date)):
        # a month that was typed as 2026-03 is not a day
        plain = layout.lower().replace("[$-", "")
        return value.strftime("%Y-%m-%d" if "d" in plain or "yy" not in plain else "%Y-%m")
    if isinstance(value, (int, float)):
        percent = "%" in layout
        number = Decimal(f"{value:.15g}") * (100 if percent else 1)
        text = f"{number:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return f"{text}%" if percent else text
    return str(value).strip()
