"""What can be wrong with a file as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.datapackage.rawtable import table_of_frame
from psanalysis.datapackage.reading import read_table
from psanalysis.datapackage.tables import typed

Change = Callable[..., Path]
Faults = Callable[[Path], list[tuple[str, int, str, str, str]]]
UNITS = ["unit_id", "name_zh", "name_en", "dimension", "factor"]
FIRST = "item,个,number,item,1\n"


def line_of(folder: Path, file: str, text: str) -> int:
    lines = (folder / file).read_text(encoding="utf-8").split("\n")
    return 1 + next(
        number for number, line in enumerate(lines) if line.startswith(text.rstrip("\n"))
    )


def test_a_missing_file_and_a_folder_in_its_place(folder: Path, faults: Faults) -> None:
    (folder / "units.csv").unlink()
    assert faults(folder) == [("units.csv", 0, "", "", "cannot be read: No such file or directory")]
    (folder / "units.csv").mkdir()
    assert faults(folder) == [("units.csv", 0, "", "", "cannot be read: Is a directory")]


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
def test_a_byte_order_mark(change: Change, faults: Faults, mark: bytes) -> None:
    assert faults(change("units.csv", lambda b: mark + b)) == [
        ("units.csv", 1, "", "", "starts with a byte-order mark")
    ]


def test_gbk_is_recognised_and_causes_no_other_fault(change: Change, faults: Faults) -> None:
    folder = change("indicators.csv", lambda b: b.decode().encode("gb18030"))
    with pytest.raises(UnicodeDecodeError) as caught:
        (folder / "indicators.csv").read_text(encoding="utf-8")
    assert faults(folder) == [
        (
            "indicators.csv",
            2,
            "",
            "",
            f"is not UTF-8 (byte {caught.value.start}; it looks like GBK/GB18030)",
        )
    ]


def test_broken_utf8_far_into_a_file(change: Change, faults: Faults) -> None:
    folder = change("units.csv", lambda b: b + b"\xff")
    size, lines = (
        (folder / "units.csv").stat().st_size,
        (folder / "units.csv").read_bytes().count(b"\n"),
    )
    assert faults(folder) == [
        (
            "units.csv",
            lines + 1,
            "",
            "",
            f"is not UTF-8 (byte {size - 1}; it looks like another encoding)",
        )
    ]


def test_a_nul_byte(change: Change, faults: Faults) -> None:
    folder = change("units.csv", FIRST, "item,个\x00,number,item,1\n")
    assert faults(folder) == [
        ("units.csv", line_of(folder, "units.csv", "item,"), "", "", "holds a NUL byte")
    ]


def test_line_ends_of_windows_are_fine_and_those_of_old_macs_are_not(
    change: Change, faults: Faults, ds: ps.Dataset
) -> None:
    folder = change("units.csv", lambda b: b.replace(b"\n", b"\r\n"))
    pd.testing.assert_frame_equal(ps.load(folder).units, ds.units)
    folder = change("units.csv", lambda b: b.replace(b"\r\n", b"\r"))
    assert faults(folder) == [("units.csv", 1, "", "", "holds a carriage return alone")]


def test_no_line_feed_at_the_end_is_fine(change: Change, ds: ps.Dataset) -> None:
    pd.testing.assert_frame_equal(
        ps.load(change("units.csv", lambda b: b.rstrip(b"\n"))).units, ds.units
    )


def test_a_missing_column_an_unknown_one_and_a_repeated_one(change: Change, faults: Faults) -> None:
    folder = change("units.csv", "unit_id,name_zh,name_en", "unit_id,name_zh,name_fr")
    assert faults(folder) == [
        ("units.csv", 1, "name_en", "", "column is missing"),
        ("units.csv", 1, "name_fr", "", "column is not in datapackage.json"),
    ]
    folder = change("units.csv", "unit_id,name_zh,name_fr", "unit_id,unit_id,name_zh,name_en")
    assert faults(folder) == [("units.csv", 1, "unit_id", "", "column is repeated")]


def test_reordered_columns(change: Change, faults: Faults) -> None:
    folder = change("units.csv", "unit_id,name_zh,name_en", "unit_id,name_en,name_zh")
    header = "unit_id,name_en,name_zh,dimension,factor"
    assert faults(folder) == [
        ("units.csv", 1, "", header, "columns are not in the order of datapackage.json")
    ]


def test_an_empty_file_lacks_every_column(change: Change, faults: Faults) -> None:
    found = faults(change("units.csv", lambda b: b""))
    assert sorted(
        column for _, line, column, _, rule in found if (line, rule) == (1, "column is missing")
    ) == sorted(UNITS)
    assert len(found) == len(UNITS)


def test_a_header_alone_is_a_table_without_rows(
    change: Change, faults: Faults, ds: ps.Dataset
) -> None:
    header = b",".join(column.encode() for column in ds.findings.columns)
    for end in (b"", b"\n"):
        assert ps.load(change("findings.csv", lambda b, end=end: header + end)).findings.empty
    found = faults(change("units.csv", lambda b: b.split(b"\n")[0] + b"\n"))
    assert {rule for *_, rule in found} == {"is no unit_id of units.csv"}


@pytest.mark.parametrize(
    ("row", "cells"), [("item,个,number,item,1,\n", 6), ("item,个,number,item\n", 4)]
)
def test_a_ragged_row_is_told_once(change: Change, faults: Faults, row: str, cells: int) -> None:
    folder = change("units.csv", FIRST, row)
    assert faults(folder) == [
        (
            "units.csv",
            line_of(folder, "units.csv", "item,"),
            "",
            "",
            f"has {cells} cells where the header has 5",
        )
    ]


def test_lines_after_ragged_and_blank_rows_are_counted_right(
    change: Change, faults: Faults
) -> None:
    change("units.csv", "percent,%,", "\npercent,%,,,")
    folder = change("units.csv", FIRST, FIRST.replace(",1", ",x"))
    line = line_of(folder, "units.csv", "item,")
    assert faults(folder) == [
        ("units.csv", 2, "", "", "is blank"),
        ("units.csv", 3, "", "", "has 7 cells where the header has 5"),
        ("units.csv", line, "factor", "x", "must be a plain number"),
    ]


def test_blank_lines_at_the_end(change: Change, faults: Faults) -> None:
    folder = change("units.csv", lambda b: b + b"\n")
    assert faults(folder) == [
        ("units.csv", (folder / "units.csv").read_bytes().count(b"\n"), "", "", "is blank")
    ]


def test_a_quoted_line_break_is_a_fault_and_moves_the_lines_after_it(
    change: Change, faults: Faults
) -> None:
    change("units.csv", "percent,%,", 'percent,"%\n",')
    change("units.csv", FIRST, FIRST.replace(",1", ",x"))
    folder = change("units.csv", "permille,‰,", "permille,‰,‰,")
    assert faults(folder) == [
        ("units.csv", 2, "name_zh", "%\n", "must have no blanks around it and no line break"),
        ("units.csv", 4, "", "", "has 6 cells where the header has 5"),
        (
            "units.csv",
            line_of(folder, "units.csv", "item,"),
            "factor",
            "x",
            "must be a plain number",
        ),
    ]


def test_a_quotation_mark_without_its_pair(change: Change, faults: Faults) -> None:
    folder = change(
        "units.csv", lambda b: b + '"open,个,item,item,1\nlast,个,item,item,1\n'.encode()
    )
    end = (folder / "units.csv").read_bytes().count(b"\n")
    rule = "has a quotation mark without its pair, which takes in the rest of the file"
    found = faults(folder)
    assert {file for file, *_ in found} == {"units.csv"}
    assert (found[0][1], found[-1][4]) == (end - 1, rule)


def test_a_quotation_mark_that_closes_rows_later_causes_no_other_fault(
    change: Change, faults: Faults
) -> None:
    folder = change("units.csv", "item,个,", 'item,"个,')
    found = faults(folder)
    assert {(file, line) for file, line, *_ in found} == {
        ("units.csv", line_of(folder, "units.csv", "item,"))
    }


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
