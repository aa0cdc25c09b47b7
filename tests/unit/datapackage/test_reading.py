"""What can be wrong with a file as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

import psanalysis as ps
from psanalysis.datapackage.rawtable import table_of_frame
from psanalysis.datapackage.reading import read_table
from psanalysis.datapackage.tables import typed

Change = Callable[..., Path]
Faults = Callable[[Path], list[tuple[str, int, str, str, str]]]
UNITS = ["unit_id", "name_zh", "name_en", "dimension", "factor"]
FIRST = "item,个,number,item,1\n"


def test_a_missing_file_and_a_folder_in_its_place(folder: Path, faults: Faults) -> None:
    (folder / "units.csv").unlink()
    assert faults(folder) == [("units.csv", 0, "", "", "cannot be read: No such file or directory")]
    (folder / "units.csv").mkdir()
    assert faults(folder) == [("units.csv", 0, "", "", "cannot be read: Is a directory")]


def test_every_row_keeps_its_line(folder: Path, ds: ps.Dataset) -> None:
    table = read_table(folder, ds.package.by_name["units"])
    assert (table.faults, table.whole, table.line.tolist()) == (
        (),
        True,
        list(range(2, len(ds.units) + 2)),
    )
    assert table.cells.schema.names == UNITS
    assert typed(table, without={2}).index.tolist() == list(range(1, len(ds.units)))


def test_a_frame_counts_as_a_file(ds: ps.Dataset) -> None:
    resource = ds.package.by_name["actuals"]
    row = {
        "area_id": "mianyang",
        "indicator_id": "x",
        "year": 2023.0,
        "value": 1e-7,
        "comparator": "eq",
        "unit_id": None,
        "publisher": pd.NA,
        "status": "final",
        "quality": "original",
        "more": 1,
    }
    table = table_of_frame(pd.DataFrame([row, row | {"value": 3}]), resource)
    assert [list(row.values()) for row in table.cells.to_pylist()] == [
        ["mianyang", "x", "2023", value, None, "eq", *[None] * 7, "final", "original", None, None]
        for value in ("0.0000001", "3")
    ]
    assert table.line.tolist() == [2, 3]
