"""Which plan of a place stands beside others: its latest for a year, and an older one only where it
says so.
"""

from __future__ import annotations

import dataclasses

from lxml import html

import psanalysis as ps
from psanalysis.report.city_gap import CityGap
from psanalysis.report.comparisons import beside_each_other, comparison_frame, ends_apart

OLD, NEW = "nanjing-14fyp", "nanjing-15fyp"
SHARED = "life_expectancy"


def one_year(ds: ps.Dataset) -> ps.Dataset:
    """Both plans of Nanjing with a target for 2025, the old one far above all others."""
    own = (ds.statements["indicator_id"] == SHARED) & (ds.statements["role"] == "target")
    rows = ds.statements.copy()
    rows.loc[own & (rows["plan_id"] == NEW), "year"] = 2025
    rows.loc[own & (rows["plan_id"] == OLD), "value"] = 120.0
    return dataclasses.replace(ds, statements=rows)


def test_of_two_plans_for_one_year_the_later_one_stands_beside_others(ds: ps.Dataset) -> None:
    frame = comparison_frame(one_year(ds), [SHARED], ds.plans["plan_id"], "en")
    superseded = frame.set_index("plan_id")["superseded"]
    assert superseded[OLD]
    assert not superseded.drop(OLD).any()
    beside = beside_each_other(frame)
    assert OLD not in set(beside["plan_id"])
    assert NEW in set(beside["plan_id"])
    ends = ends_apart(beside).loc[SHARED]
    assert OLD not in {frame.at[ends["low"], "plan_id"], frame.at[ends["high"], "plan_id"]}


def test_plans_for_two_years_stand_both(ds: ps.Dataset) -> None:
    frame = comparison_frame(ds, [SHARED], ds.plans["plan_id"], "en")
    assert {OLD, NEW} <= set(frame["plan_id"])
    assert not frame["superseded"].any()


def test_a_peer_that_stands_with_an_older_plan_is_named_with_its_period(ds: ps.Dataset) -> None:
    peers = CityGap("mianyang-14fyp", "en", ds).standing.set_index("indicator_id")["peers_named"]
    assert "Nanjing (2021–2025)" in peers[SHARED]
    # the table says it too; beside the marks of the chart there is room for the place alone
    shown = CityGap("mianyang-14fyp", "en", ds).ambition()._repr_html_()
    assert "Nanjing (2021–2025)" in html.fromstring(f"<div>{shown}</div>").text_content()
    later = CityGap("beijing-15fyp", "en", ds).standing.set_index("indicator_id")["peers_named"]
    assert "Nanjing:" in later[SHARED] or "Nanjing" not in later[SHARED]
    assert not later.str.contains(r"Nanjing \(2026", regex=True).any()
