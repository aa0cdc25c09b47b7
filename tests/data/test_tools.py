"""The tables in the programs that researchers use: cell by cell as the CSV files have them."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

import psanalysis as ps
from psanalysis.datapackage.schema import Resource
from psanalysis.tables.dataset_book import dataset_workbook

NUMBERS = ("number", "integer", "year")
# Stata 118 keeps longer texts as strL
STATA_TEXT = 2_000


def printed(ds: ps.Dataset, resource: Resource) -> list[list[str]]:
    """Head and rows of a file as they are written."""
    path: Path = ds.package.path.parent / resource.path
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def alike(written: str, read: Any) -> bool:
    """Whether a cell that was read is the one that is written; an empty one is missing."""
    if written == "" or pd.isna(read):
        return written == ("" if pd.isna(read) else str(read))
    return float(written) == read if isinstance(read, int | float) else written == str(read)


def unlike(rows: list[list[str]], read: list[tuple[Any, ...]]) -> list[tuple[int, str, Any]]:
    assert len(rows) == len(read)
    return [
        (line, written, cell)
        for line, (row, cells) in enumerate(zip(rows, read, strict=True))
        for written, cell in zip(row, cells, strict=True)
        if not alike(written, cell)
    ]


def test_the_excel_workbook_holds_every_cell(ds: ps.Dataset) -> None:
    book = load_workbook(io.BytesIO(dataset_workbook(ds)), read_only=True)
    for resource in ds.package.resources:
        rows = printed(ds, resource)
        cells = list(
            book[resource.name].iter_rows(min_row=2, max_col=len(rows[0]), values_only=True)
        )
        assert unlike(rows, cells) == [], resource.name
        for place, field in enumerate(resource.fields):
            texts = [row[place] for row in cells[1:] if row[place] is not None]
            if field.type not in NUMBERS:
                assert all(isinstance(text, str) for text in texts), f"{resource.name}.{field.name}"


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_file_of_stata_holds_every_cell(ds: ps.Dataset, tmp_path: Path) -> None:
    for resource in ds.package.resources:
        frame, rows = getattr(ds, resource.name).copy(), printed(ds, resource)
        for field in resource.fields:
            column = frame[field.name]
            frame[field.name] = (
                column.astype("float64")
                if field.type in NUMBERS
                else column.astype("object").where(column.notna(), "").map(_day)
            )
        long = [
            field.name
            for field in resource.fields
            if field.type not in NUMBERS
            and frame[field.name].str.encode("utf-8").str.len().max() > STATA_TEXT
        ]
        path = tmp_path / f"{resource.name}.dta"
        frame.to_stata(path, write_index=False, version=118, convert_strl=long)
        read = pd.read_stata(path)
        assert list(read) == rows[0]
        assert unlike(rows[1:], list(read.itertuples(index=False, name=None))) == [], resource.name


def _day(cell: Any) -> str:
    return cell.isoformat()[:10] if isinstance(cell, date) else str(cell)


def test_names_of_columns_keep_to_the_rules_of_stata_and_r(ds: ps.Dataset) -> None:
    for resource in ds.package.resources:
        assert all(name.isidentifier() and name.isascii() for name in resource.columns)
        assert all(len(name) <= 32 for name in resource.columns)
