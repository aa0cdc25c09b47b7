"""Units convert inside a dimension of units.csv, and only there."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import psanalysis as ps
from psanalysis.measures.units import convert_column

UNITS = ps.load().units
SAME_DIMENSION = [
    (a, b)
    for _, group in UNITS.groupby("dimension")
    for a in group["unit_id"]
    for b in group["unit_id"]
]


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected"),
    [
        (3.52, "ten_thousand_beds", "bed", 35200.0),
        (35200, "bed", "ten_thousand_beds", 3.52),
        (14, "per_100k", "permille", 0.14),
        (4.5, "permille", "percent", 0.45),
        (98.5, "percent", "percent", 98.5),
        (18.6, "ten_thousand_person_times", "person_time", 186000.0),
        (1.5, "hour", "minute", 90.0),
    ],
)
def test_conversions(value: float, unit: str, to: str, expected: float) -> None:
    assert ps.convert(value, unit, to, UNITS) == expected


@pytest.mark.parametrize(
    ("unit", "to", "message"),
    [
        ("bed", "percent", r"cannot convert 'bed' \(.*\) to 'percent' \(proportion\)"),
        ("beds", "bed", "unit 'beds' is not in units.csv"),
        ("bed", "beds", "unit 'beds' is not in units.csv"),
        (None, "bed", "unit None is not in units.csv"),
    ],
)
def test_everything_else_is_refused(unit: str, to: str, message: str) -> None:
    with pytest.raises(ps.UnitError, match=message):
        ps.convert(1.0, unit, to, UNITS)


@pytest.mark.parametrize("wrong", ["3", None, True, [1]])
def test_what_is_no_number_is_refused(wrong: Any) -> None:
    with pytest.raises(ps.ParameterError, match=r"^value=.* is not a number"):
        ps.convert(wrong, "bed", "bed", UNITS)


def test_columns_keep_their_index_and_their_gaps() -> None:
    index = [5, 9, 2]
    values = pd.Series([3.52, float("nan"), 1.0], index=index)
    unit = pd.Series(["ten_thousand_beds", "percent", "bed"], index=index)
    to = pd.Series(["bed", "permille", "bed"], index=index)
    result = convert_column(values, unit, to, UNITS)
    assert result.index.tolist() == index
    assert result.fillna(-1).tolist() == [35200.0, -1.0, 1.0]


def test_the_row_at_fault_is_the_one_that_is_named() -> None:
    with pytest.raises(ps.UnitError, match="cannot convert 'hour'"):
        convert_column(
            pd.Series([1.0, 2.0]), pd.Series(["bed", "hour"]), pd.Series(["bed", "bed"]), UNITS
        )


@given(
    st.integers(-10_000_000, 10_000_000).map(lambda n: n / 1000), st.sampled_from(SAME_DIMENSION)
)
def test_there_and_back_again(value: float, pair: tuple[str, str]) -> None:
    unit, to = pair
    there = ps.convert(value, unit, to, UNITS)
    assert ps.convert(there, to, unit, UNITS) == pytest.approx(value, rel=1e-11, abs=1e-15)


def test_printed_decimals_survive() -> None:
    assert ps.convert(0.1 + 0.2, "ten_thousand_beds", "bed", UNITS) == 3000.0
    assert ps.convert(1.23456789012, "ten_thousand_beds", "bed", UNITS) == 12345.6789012
