"""Rows and their lines: ragged ones, blank ones, line breaks and quotation marks inside of
cells.
"""

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


def test_no_line_feed_at_the_end_is_fine(change: Change, ds: ps.Dataset) -> None:
    pd.testing.assert_frame_equal(
        ps.load(change("units.csv", lambda b: b.rstrip(b"\n"))).units, ds.units
    )


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
def test_a_ragged_row_is_told_once(
    change: Change, faults: Faults, line_of: LineOf, row: str, cells: int
) -> None:
    folder = change("units.csv", FIRST, row)
    assert faults(folder) == [
        (
            "units.csv",
            line_of("units.csv", "item,"),
            "",
            "",
            f"has {cells} cells where the header has 5",
        )
    ]


def test_lines_after_ragged_and_blank_rows_are_counted_right(
    change: Change, faults: Faults, line_of: LineOf
) -> None:
    change("units.csv", "percent,%,", "\npercent,%,,,")
    folder = change("units.csv", FIRST, FIRST.replace(",1", ",x"))
    line = line_of("units.csv", "item,")
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
    change: Change, faults: Faults, line_of: LineOf
) -> None:
    change("units.csv", "percent,%,", 'percent,"%\n",')
    change("units.csv", FIRST, FIRST.replace(",1", ",x"))
    folder = change("units.csv", "permille,‰,", "permille,‰,‰,")
    assert faults(folder) == [
        ("units.csv", 2, "name_zh", "%\n", "must have no blanks around it and no line break"),
        ("units.csv", 4, "", "", "has 6 cells where the header has 5"),
        (
            "units.csv",
            line_of("units.csv", "item,"),
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
    change: Change, faults: Faults, line_of: LineOf
) -> None:
    folder = change("units.csv", "item,个,", 'item,"个,')
    found = faults(folder)
    assert {(file, line) for file, line, *_ in found} == {
        ("units.csv", line_of("units.csv", "item,"))
    }
