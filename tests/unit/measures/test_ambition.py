"""ps.ambition: targets against the nation's and the other cities'."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.measures.ambition import SIZE_DEPENDENT, STANDINGS

Stated = Callable[..., ps.Dataset]
Row = Callable[..., dict[str, Any]]
MIANYANG, PANJIN, XINYANG = {"plan_id": "mianyang-14fyp"}, {"plan_id": "panjin-14fyp"}, {"plan_id": "xinyang-2023-2025"}
YUYAO, CHINA = {"plan_id": "yuyao-2023-2027"}, {"plan_id": "china-14fyp"}


def first(ds: ps.Dataset) -> pd.Series:
    return ps.ambition(ds).iloc[0]


@pytest.mark.parametrize(
    ("city", "nation", "difference", "standing"),
    [
        ({"value": 95}, {"value": 90}, 5.0, "above"),
        ({"value": 90}, {"value": 90}, 0.0, "equal"),
        ({"value": 85}, {"value": 90}, -5.0, "below"),
        ({"value": 95}, {"value": 90, "year": 2024}, None, "not_comparable"),
        ({"value": 95, "year": float("nan")}, {"value": 90}, None, "not_comparable"),
        ({"pledge": "all"}, {"value": 90}, None, "not_comparable"),
        ({"value": 95}, {"value": 90, "flow_start": 2021, "flow_end": 2025}, None, "not_comparable"),
        ({"value": 9, "indicator_id": "deaths"}, {"value": 12, "indicator_id": "deaths"}, 3.0, "above"),
        ({"value": 15, "indicator_id": "deaths"}, {"value": 12, "indicator_id": "deaths"}, -3.0, "below"),
        ({"value": 15, "indicator_id": "size"}, {"value": 12, "indicator_id": "size"}, 3.0, "above"),
        ({"value": 3.5, "indicator_id": "beds"}, {"value": 1000, "indicator_id": "beds"}, None, "not_comparable"),
        ({"value": 19, "indicator_id": "trained"}, {"value": 1500, "indicator_id": "trained"}, None, "not_comparable"),
    ],
)
def test_against_the_nation(
    stated: Stated, goal: Row, city: dict[str, Any], nation: dict[str, Any], difference: float | None, standing: str
) -> None:
    row = first(stated(goal(**city), goal(**nation, **CHINA)))
    assert (row["standing"], None if pd.isna(row["national_difference"]) else row["national_difference"]) == (standing, difference)


def test_against_the_other_cities(stated: Stated, base: Row, goal: Row) -> None:
    ds = stated(
        base(70, **MIANYANG), goal(95, **MIANYANG), base(80, **PANJIN), goal(90, **PANJIN), goal(80, **XINYANG),
        goal(99, year=2027, **YUYAO), base(75, year=2022, **YUYAO),
    )  # fmt: skip
    table = ps.ambition(ds).set_index("plan_id")
    assert table.loc["mianyang-14fyp", ["peers", "peer_median", "peer_difference", "annual_step", "peer_step"]].tolist() == [
        2,
        85,
        10,
        5,
        2,
    ]
    assert table.loc["panjin-14fyp", ["peers", "peer_median", "peer_difference"]].tolist() == [2, 87.5, 2.5]
    assert table.loc["xinyang-2023-2025", ["peers", "peer_median", "peer_difference", "peer_step"]].tolist() == [2, 92.5, -12.5, 3.5]
    assert "yuyao-2023-2027" not in table.index
    assert set(table["standing"]) == {"no_national"}


def test_where_less_is_better_a_lower_target_is_the_more_demanding_one(stated: Stated, goal: Row) -> None:
    falls = {"indicator_id": "deaths"}
    table = ps.ambition(stated(goal(9, **falls, **MIANYANG), goal(12, **falls, **PANJIN)))
    assert table["peer_difference"].tolist() == [3.0, -3.0]


def test_what_is_not_comparable_is_no_peer(stated: Stated, goal: Row) -> None:
    ds = stated(goal(95, **MIANYANG), goal(90, **PANJIN), goal(comparator="none", pledge="all", **XINYANG), goal(80, **CHINA))
    table = ps.ambition(ds).set_index("plan_id")
    assert table["peers"].tolist() == [1, 1, 0]
    assert pd.isna(table.loc["xinyang-2023-2025", "peer_median"])
    assert "china-14fyp" not in table.index


def test_a_target_that_nobody_else_has_is_left_out(stated: Stated, goal: Row) -> None:
    assert ps.ambition(stated(goal(95), goal(90, indicator_id="doctors", **PANJIN))).empty


def test_no_step_without_years_ahead(stated: Stated, base: Row, goal: Row) -> None:
    ds = stated(base(70, year=2025, **MIANYANG), goal(95, **MIANYANG), base(80, **PANJIN), goal(90, **PANJIN))
    assert pd.isna(ps.ambition(ds)["annual_step"].iloc[0])


def test_the_real_data(ds: ps.Dataset) -> None:
    table = ps.ambition(ds)
    assert set(table["standing"]) <= set(STANDINGS)
    assert table.loc[table["measure"].isin(SIZE_DEPENDENT), "national_difference"].isna().all()
    mine = ps.ambition(ds, "mianyang-14fyp").set_index("indicator_id")
    assert set(mine["plan_id"]) == {"mianyang-14fyp"}
    assert mine.loc["childcare_places_per_1000", ["national_difference", "peers", "peer_median"]].round(6).tolist() == [0.7, 2, 4.5]
    assert mine.loc["nurses_per_1000", "standing"] == "equal"
    assert mine.loc["eldercare_beds_total", "standing"] == "not_comparable"


def test_an_unknown_plan_is_named(ds: ps.Dataset) -> None:
    with pytest.raises(ps.ParameterError, match="plan='mianyang' is not valid"):
        ps.ambition(ds, "mianyang")
