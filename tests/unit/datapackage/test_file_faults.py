"""What can be wrong with a file as a whole: encoding, characters, header."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import psanalysis as ps

Change = Callable[..., Path]
LineOf = Callable[[str, str], int]
Faults = Callable[[Path], list[tuple[str, int, str, str, str]]]
UNITS = ["unit_id", "name_zh", "name_en", "dimension", "factor"]
FIRST = "item,个,number,item,1\n"


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


def test_a_nul_byte(change: Change, faults: Faults, line_of: LineOf) -> None:
    folder = change("units.csv", FIRST, "item,个\x00,number,item,1\n")
    assert faults(folder) == [
        ("units.csv", line_of("units.csv", "item,"), "", "", "holds a NUL byte")
    ]


def test_line_ends_of_windows_are_fine_and_those_of_old_macs_are_not(
    change: Change, faults: Faults, ds: ps.Dataset
) -> None:
    folder = change("units.csv", lambda b: b.replace(b"\n", b"\r\n"))
    pd.testing.assert_frame_equal(ps.load(folder).units, ds.units)
    folder = change("units.csv", lambda b: b.replace(b"\r\n", b"\r"))
    assert faults(folder) == [("units.csv", 1, "", "", "holds a carriage return alone")]


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
