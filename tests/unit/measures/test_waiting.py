"""Targets that wait for an actual value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

import psanalysis as ps
from psanalysis.measures import waiting as module

Stated = Callable[..., ps.Dataset]
Row = Callable[..., dict[str, Any]]


def test_what_is_due_and_not_known(ds: ps.Dataset) -> None:
    frame = ps.waiting(ds, "china-14fyp", as_of=2025).set_index("indicator_id")
    told = ps.outcomes(ds, "china-14fyp", as_of=2025).set_index("indicator_id")
    expected = told[(told["verdict"] == "no_value") | (told["untold"] == "too_old")]
    assert set(frame.index) == set(expected.index)
    assert len(frame) == 9
    assert frame.loc["eldercare_beds_total", ["value_year", "value_age"]].tolist() == [2024, 1]
    assert pd.isna(frame.loc["medical_insurance_participation", "value_age"])


def test_a_target_stated_twice_waits_once_and_its_lead_is_named(stated: Stated, goal: Row) -> None:
    made = stated(goal(80), goal(80), goal(pledge="all"), goal(90, year=2030))
    named = pd.DataFrame(
        [["mianyang-14fyp", "x", made.indicators["domain_id"].iloc[0], unit] for unit in "AB"],
        columns=["plan_id", "domain_as_written", "domain_id", "lead_unit"],
    ).astype(made.plan_domains.dtypes)
    made = replace(made, plan_domains=named, actuals=made.actuals.head(0))
    frame = ps.waiting(made, as_of=2025)
    assert frame[["target", "wanted_year", "lead_unit"]].values.tolist() == [[80.0, 2025, "A; B"]]
    assert list(frame.columns) == module.COLUMNS


def test_every_target_waits_for_the_value_of_a_year(ds: ps.Dataset) -> None:
    of_year = ps.waiting(ds, "china-14fyp", year=2024)
    known = set(ds.actuals.loc[ds.actuals["year"] == 2024, "indicator_id"])
    assert set(of_year["wanted_year"]) == {2024}
    assert not known & set(of_year["indicator_id"])
    numbers = ps.outcomes(ds, "china-14fyp")
    numbers = set(numbers.loc[numbers["verdict"] != "pledge", "indicator_id"])
    assert set(of_year["indicator_id"]) == numbers - known
    assert len(ps.waiting(ds, "yuyao", as_of=2025)) < len(ps.waiting(ds, "yuyao", year=2025))


def test_values_of_later_years_are_not_looked_at(ds: ps.Dataset) -> None:
    early = ps.waiting(ds, "china-14fyp", year=2022)
    assert (early["as_of"] == 2022).all()
    assert early["value_year"].dropna().le(2022).all()
    assert (ps.waiting(ds, "china-14fyp", as_of=2027)["as_of"] == 2027).all()
