"""Identity: places, plans, references by level and horizon, names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.datapackage.identity import (
    above,
    city_plans,
    levels,
    place_names,
    plan_names,
    plan_title,
    reference_plans,
    reference_targets,
    shared_indicators,
)


@pytest.fixture(scope="module")
def ds() -> ps.Dataset:
    """The real data with a second plan of Mianyang and one of Sichuan."""
    real = ps.load()
    more = [
        ("mianyang-15fyp", "mianyang", 2026, 2030),
        ("sichuan-14fyp", "sichuan", 2021, 2025),
    ]
    first = real.plans.iloc[[0]]
    added = [
        first.assign(
            plan_id=p, city_id=c, period_start=a, period_end=b, baseline_year=a - 1, horizon_year=b
        )
        for p, c, a, b in more
    ]
    return replace(real, plans=pd.concat([real.plans, *added], ignore_index=True))


def test_levels_and_references(ds: ps.Dataset) -> None:
    assert levels(ds)["yuyao-2023-2027"] == "county"
    assert reference_plans(ds) == ["china-14fyp", "china-15fyp", "sichuan-14fyp"]
    assert city_plans(ds) == [
        "mianyang-14fyp", "panjin-14fyp", "jingmen-13fyp", "xinyang-2023-2025", "yuyao-2023-2027",
        "beijing-15fyp",
        "nanjing-14fyp", "nanjing-15fyp", "mianyang-15fyp",
    ]  # fmt: skip


def test_what_lies_above(ds: ps.Dataset) -> None:
    nation, province = above(ds, "nation"), above(ds, "province")
    assert nation["jingmen-centre"] == nation["sichuan"] == "china"
    assert (province["jingmen-centre"], province["yuyao"]) == ("hubei", "zhejiang")
    assert pd.isna(province["sichuan"])
    assert pd.isna(nation["china"])
    with pytest.raises(ps.ParameterError, match="level='county'"):
        above(ds, "county")


def targets(*rows: tuple[Any, ...]) -> pd.DataFrame:
    columns = ["statement_id", "plan_id", "indicator_id", "area_id", "year"]
    return pd.DataFrame(rows, columns=columns).astype({"year": "Int64"})


def found(ds: ps.Dataset, level: str, plan: str, year: Any, every: pd.DataFrame) -> tuple[Any, Any]:
    rows = targets(("x", plan, "share", "mianyang", year))
    best = reference_targets(ds, rows, every, level).iloc[0]
    return tuple(None if pd.isna(one) else one for one in (best["statement_id"], best["caveat"]))


@pytest.mark.parametrize(
    ("plan", "year", "expected"),
    [
        ("mianyang-14fyp", 2025, ("n25", "")),
        ("mianyang-15fyp", 2030, ("n30", "")),
        ("yuyao-2023-2027", 2027, ("n25", "earlier_year")),
        ("jingmen-13fyp", 2020, (None, None)),
        ("mianyang-14fyp", pd.NA, ("n25", "year_unknown")),
        ("mianyang-15fyp", 2031, ("n30", "earlier_year")),
        ("china-15fyp", 2030, (None, None)),
        ("sichuan-14fyp", 2025, ("n25", "")),
    ],
)
def test_the_reference_goes_by_the_horizon(
    ds: ps.Dataset, plan: str, year: Any, expected: tuple[Any, Any]
) -> None:
    every = targets(
        ("n25", "china-14fyp", "share", "china", 2025),
        ("second", "china-14fyp", "share", "china", 2025),
        ("n30", "china-15fyp", "share", "china", 2030),
        ("abroad", "china-15fyp", "share", "sichuan", 2027),
        ("other", "china-15fyp", "beds", "china", 2027),
        ("city", "mianyang-15fyp", "share", "mianyang", 2030),
    )
    assert found(ds, "nation", plan, year, every) == expected


def test_of_one_target_year_the_later_plan_counts_and_the_province_is_the_own_one(
    ds: ps.Dataset,
) -> None:
    every = targets(
        ("old", "china-14fyp", "share", "china", 2025),
        ("new", "china-15fyp", "share", "china", 2025),
        ("province", "sichuan-14fyp", "share", "sichuan", pd.NA),
    )
    assert found(ds, "nation", "mianyang-14fyp", 2025, every) == ("new", "")
    assert found(ds, "province", "mianyang-14fyp", 2025, every) == ("province", "year_unknown")
    assert found(ds, "province", "panjin-14fyp", 2025, every) == (None, None)


def test_a_plan_is_called_by_its_place_and_by_its_period_where_there_are_two(
    ds: ps.Dataset,
) -> None:
    names = plan_names(ds, "en")
    assert names["mianyang-14fyp"] == "Mianyang (2021–2025)"
    assert names["mianyang-15fyp"] == plan_title(ds, "mianyang-15fyp", "en")
    assert (names["panjin-14fyp"], names["sichuan-14fyp"]) == ("Panjin", "Sichuan")
    assert names.is_unique
    assert plan_names(ds, "zh")["china-15fyp"] == "全国（2026—2030年）"
    assert place_names(ds, "zh")["yuyao"] == "余姚市"
    with pytest.raises(ps.ParameterError, match="no_such"):
        plan_title(ds, "no_such", "en")


def test_two_plans_of_one_place_share_nothing_by_themselves(ds: ps.Dataset) -> None:
    rows = ds.statements[ds.statements["plan_id"] == "mianyang-14fyp"]
    twice = replace(
        ds, statements=pd.concat([rows, rows.assign(plan_id="mianyang-15fyp")], ignore_index=True)
    )
    assert shared_indicators(twice) == []
    assert "nursing_bed_share" in shared_indicators(ds)
    assert shared_indicators(ds, ["mianyang-14fyp"]) == []
