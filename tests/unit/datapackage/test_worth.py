"""Factors by name: a changed digit of any factor, and of any published value, is a fault of
`check`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.datapackage.dataset import data_folder
from psanalysis.datapackage.rules import broken_rules
from psanalysis.datapackage.worth import parts, unlike_name, worth_of

Change = Callable[..., Path]
Faults = Callable[[Path], list[tuple[str, int, str, str, str]]]


def lines(name: str) -> list[str]:
    return (data_folder() / name).read_text(encoding="utf-8").splitlines()


def other_digit(number: str) -> str:
    """The number with its last digit that is not nought changed by one."""
    place = max(i for i, char in enumerate(number) if char in "123456789")
    return number[:place] + str(int(number[place]) % 9 + 1) + number[place + 1 :]


def test_units_are_what_their_names_say(ds: ps.Dataset) -> None:
    assert unlike_name(ds.units).isna().all()


def test_one_digit_of_any_factor_is_seen(ds: ps.Dataset) -> None:
    for place in ds.units.index:
        factor = ds.units.at[place, "factor"]
        changed = ds.units.copy()
        changed.loc[place, "factor"] = float(other_digit(f"{factor:f}".rstrip("0")))
        found = unlike_name(changed).dropna()
        assert found.to_dict() == {place: "factor"}, ds.units.at[place, "unit_id"]


@pytest.mark.parametrize("unit", ["permille", "ten_thousand_pieces", "quarter_hour"])
def test_check_names_the_factor(change: Change, faults: Faults, unit: str) -> None:
    table = lines("units.csv")
    line = next(place for place, row in enumerate(table) if row.startswith(f"{unit},"))
    head, factor = table[line].rsplit(",", 1)
    found = faults(change("units.csv", table[line], f"{head},{other_digit(factor)}"))
    assert found[0][:4] == ("units.csv", line + 1, "factor", other_digit(factor))


def test_one_digit_of_any_published_value_is_seen(ds: ps.Dataset) -> None:
    for place in ds.actuals.index:
        changed = ds.actuals.copy()
        value = f"{changed.at[place, 'value']:.12g}"
        changed.loc[place, "value"] = float(other_digit(value))
        seen = {
            (rule.table, rule.column): list(rows)
            for rule, rows in broken_rules({"actuals": changed}, ())
        }
        assert seen == {("actuals", "value"): [place]}, changed.loc[place, "value_as_stated"]


@pytest.mark.parametrize(
    ("column", "old", "new"),
    [("unit_id", "ten_thousand_persons,1269", "person,1269"),
        ("comparator", "95,,gt,percent,>95%", "95,,eq,percent,>95%")],
)  # fmt: skip
def test_unit_and_comparator_of_a_published_value_are_those_of_its_words(
    change: Change, faults: Faults, column: str, old: str, new: str
) -> None:
    if new == "person,1269":
        old, new = f"eq,{old}", f"eq,{new}"
    assert [(fault[0], fault[2]) for fault in faults(change("actuals.csv", old, new))] == [
        ("actuals.csv", column)
    ]


def test_a_unit_moved_to_another_dimension_is_seen(ds: ps.Dataset) -> None:
    moved = ds.units.copy()
    moved.loc[moved["unit_id"] == "ten_thousand_households", "dimension"] = "dwelling"
    found = unlike_name(moved).dropna()
    assert found.tolist() == ["dimension"]
    assert moved.at[found.index[0], "unit_id"] == "ten_thousand_households"


@pytest.mark.parametrize(
    ("name", "times", "word"),
    [("万人次", 1e4, "人次"), ("亿元", 1e8, "元"), ("千米", 1, "千米"), ("百分点", 1, "百分点"), ("万公顷", 1e4, "公顷"),
        ("台", 1, "台")],
)  # fmt: skip
def test_magnitude_and_word(name: str, times: float, word: str) -> None:
    assert parts(name) == (times, word)


def test_units_that_a_plan_may_bring() -> None:
    worth = {"万公顷": 1e8, "平方公里": 1e6, "小时": 60, "万吨": 1e4, "张": 1, "/10万": 1e-5}
    assert {name: worth_of(name) for name in worth} == pytest.approx(worth)
    table = pd.DataFrame(
        {"name_zh": list(worth), "dimension": list("abcdef"), "factor": list(worth.values())}
    )
    assert unlike_name(table).isna().all()


@pytest.mark.parametrize("factor", [100_000_006.0, 100_000_000.1])
def test_a_slip_in_the_last_digit_of_a_large_factor_is_seen(factor: float) -> None:
    table = pd.DataFrame({"name_zh": ["亿元"], "dimension": ["money"], "factor": [factor]})
    assert unlike_name(table).tolist() == ["factor"]
