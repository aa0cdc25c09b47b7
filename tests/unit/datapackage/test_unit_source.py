"""Where a unit is printed: a unit in a table's head or its column of units is print, and what is
claimed to be printed is looked up.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.datapackage.unit_source import printed_with, unit_sources

Change = Callable[..., Path]
Faults = Callable[[Path], list[tuple[str, int, str, str, str]]]
ROW = "mianyang-14fyp-002,mianyang-14fyp,public_kindergartens_total,"


@pytest.mark.parametrize(
    ("unit", "value", "name", "where"),
    [
        ("%", "97.22%", "毛入园率", "span"),
        ("%", "97.22", "毛入园率(%)", "name"),
        ("%", "97.22", "毛入园率（％）", "name"),
        ("%", "97.22", "毛入园率", ""),
        ("年", "10.9", "平均受教育年限", ""),
        ("人", "3.2", "每千人口医师数", ""),
        ("万套", "13万余套", "棚户区改造", "span"),
        ("万人", "约9万", "居民“出棚入楼”", ""),
        ("万人次", "100万以上", "年服务人次", "name"),
        ("万张", "3.52", "床位总量(万张)", "name"),
        ("张", "3.52", "床位总量(万张)", "name"),
        ("张", "30張/千人", "床位", "span"),
        ("元/人月", "730元/人月", "低保标准", "span"),
        ("/10万", "14/10万以下", "死亡率", "span"),
        ("系数", "0.25", "校际均衡系数", "name"),
    ],
)
def test_where_a_row_shows_its_unit(unit: str, value: str, name: str, where: str) -> None:
    assert printed_with(unit, value, name) == where


def test_what_the_reader_says_comes_before_what_the_row_shows(ds: ps.Dataset) -> None:
    rows = ds.statements[
        ds.statements["statement_id"].isin(["mianyang-14fyp-155", "mianyang-14fyp-001"])
    ]
    empty = rows.assign(unit_source=pd.Series(pd.NA, index=rows.index, dtype="str"))
    assert unit_sources(empty, ds.units).tolist() == ["span", "inferred"]
    head = rows.assign(unit_source=pd.Series(["span", "head"], index=rows.index, dtype="str"))
    assert unit_sources(head, ds.units).tolist() == ["span", "head"]
    assert unit_sources(rows.drop(columns="unit_source"), ds.units).tolist() == ["span", "inferred"]


def test_rows_that_share_an_index_keep_their_own(ds: ps.Dataset) -> None:
    twice = pd.concat([ds.statements.head(3), ds.statements.head(3)])
    told = unit_sources(twice.drop(columns="unit_source"), ds.units)
    assert told.tolist() == unit_sources(ds.statements.head(3), ds.units).tolist() * 2


def test_a_unit_in_the_head_of_the_table_carries_no_mark(ds: ps.Dataset, change: Change) -> None:
    marked = ps.gaps(ds).set_index("statement_id")["marks"]
    assert "inferred_unit" in marked["mianyang-14fyp-156"]
    lines = (ds.package.path.parent / "statements.csv").read_text(encoding="utf-8").splitlines()
    both = [
        line for line in lines if line.startswith(("mianyang-14fyp-155,", "mianyang-14fyp-156,"))
    ]
    old = "\n".join(both)
    assert old.count(",inferred") == 2
    there = ps.load(change("statements.csv", old, old.replace(",inferred", ",head")))
    assert (
        "inferred_unit"
        not in ps.gaps(there).set_index("statement_id")["marks"]["mianyang-14fyp-156"]
    )


@pytest.mark.parametrize(
    ("start", "old", "new", "rule"),
    [
        ("mianyang-14fyp-155,", ",inferred", ",span", "the unit is not printed there"),
        ("mianyang-14fyp-155,", ",inferred", ",name", "the unit is not printed there"),
        ("mianyang-14fyp-029,", ",", ",inferred", "a row without a value has no unit_source"),
        ("mianyang-14fyp-155,", ",inferred", ",margin", "is not a valid code"),
    ],
)
def test_what_is_claimed_is_looked_up(
    ds: ps.Dataset, change: Change, faults: Faults, start: str, old: str, new: str, rule: str
) -> None:
    lines = (ds.package.path.parent / "statements.csv").read_text(encoding="utf-8").splitlines()
    line = next(text for text in lines if text.startswith(start))
    assert line.endswith(old)
    found = faults(change("statements.csv", line, line[: len(line) - len(old)] + new))
    assert [(fault[2], fault[4]) for fault in found] == [("unit_source", rule)]


def test_every_figure_of_the_data_says_where_its_unit_stands(ds: ps.Dataset) -> None:
    told = ds.statements["unit_source"].notna()
    assert (told <= ds.statements["value"].notna()).all()
    first = ds.plans["plan_id"].head(6)
    own = ds.statements["plan_id"].isin(first) & ds.statements["value"].notna()
    assert told[own].all()
