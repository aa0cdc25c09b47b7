"""A whole data package as an Excel workbook, written with openpyxl: a sheet a table, what is text
stays text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.schema import Resource
from psanalysis.extras import require
from psanalysis.tables.office import as_text, same_bytes

# what Excel would take for a formula
FORMULA = ("=", "+", "-", "@")
ABOUT = "about"
NARROW, WIDE = 12, 40


def dataset_workbook(ds: Dataset) -> bytes:
    """The data set as a workbook: the first sheet says what it is, each other one holds a table.

    Heads are two rows: the names of the columns in Chinese and their codes, as the CSV has them.
    The same data give the same bytes.
    """
    require("tables", "openpyxl")
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(ABOUT)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 100
    for row in _about(ds):
        sheet.append([_cell(sheet, value) for value in row])
    for resource in ds.package.resources:
        _table(book, ds, resource)
    made = io.BytesIO()
    book.save(made)
    return same_bytes(made.getvalue())


def _about(ds: Dataset) -> Iterator[tuple[str, str]]:
    told = ds.package.descriptor
    for name in ("title", "title_zh", "version", "created"):
        if told.get(name):
            yield name, str(told[name])
    for licence in told.get("licenses", ()):
        yield (
            "licence",
            f"{licence.get('title', licence['name'])} {licence.get('path', '')}".strip(),
        )
    for resource in ds.package.resources:
        yield resource.name, f"{resource.title_zh}. {resource.description}"


def _table(book: Any, ds: Dataset, resource: Resource) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(resource.name)
    frame = getattr(ds, resource.name)
    sheet.freeze_panes = "B3"
    for place, field in enumerate(resource.fields, start=1):
        width = WIDE if field.name.startswith(("text_", "note_", "definition_")) else NARROW
        sheet.column_dimensions[get_column_letter(place)].width = width
    for titles in ([field.title_zh for field in resource.fields], resource.columns):
        cells = [_cell(sheet, title) for title in titles]
        for cell in cells:
            cell.font = Font(bold=True)
        sheet.append(cells)
    columns = [_values(frame[name]) for name in resource.columns]
    for row in zip(*columns, strict=True):
        sheet.append([_guarded(sheet, value) for value in row])


def _values(column: pd.Series) -> list[Any]:
    """Cells of a column: numbers as numbers, days as text, nothing where nothing is stated."""
    return [
        None if value is None or value is pd.NA or value != value
        else value.isoformat()[:10] if isinstance(value, date)
        else value
        for value in column.astype("object").tolist()
    ]  # fmt: skip


def _guarded(sheet: Any, value: Any) -> Any:
    """A value as it is; a text that looks like a formula as a cell that is none."""
    return _cell(sheet, value) if isinstance(value, str) and value.startswith(FORMULA) else value


def _cell(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    return as_text(WriteOnlyCell(sheet), text)
