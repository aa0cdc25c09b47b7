"""Ranks and positions of ps.compare: which target asks for more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

import psanalysis as ps

Stated = Callable[..., ps.Dataset]
Row = Callable[..., dict[str, Any]]
Even = Callable[..., pd.DataFrame]
MIANYANG, PANJIN, JINGMEN, XINYANG, YUYAO, CHINA = (
    {"plan_id": plan}
    for plan in ("mianyang-14fyp", "panjin-14fyp", "jingmen-13fyp", "xinyang-2023-2025",
        "yuyao-2023-2027", "china-14fyp")
)  # fmt: skip


def ranks(table: pd.DataFrame) -> list[Any]:
    return [None if pd.isna(rank) else int(rank) for rank in table["rank"]]


def test_ranks_with_ties_and_the_number_left_out(stated: Stated, goal: Row) -> None:
    ds = stated(
        goal(90, **MIANYANG),
        goal(95, **PANJIN),
        goal(95, **XINYANG),
        goal(99, **YUYAO),
        goal(92, **CHINA),
        goal(1, **JINGMEN),
    )
    even = type(ds)(**{**ds.__dict__, "plans": ds.plans.assign(baseline_year=2020, script="hans")})
    table = ps.compare(even, indicators=["share"])
    assert dict(zip(table["plan_id"], ranks(table), strict=True)) == {
        "mianyang-14fyp": 3, "panjin-14fyp": 1, "jingmen-13fyp": 4, "xinyang-2023-2025": 1,
        "yuyao-2023-2027": None, "china-14fyp": None,
    }  # fmt: skip
    assert (set(table["ranked"]), set(table["left_out"])) == ({4}, {1})


def test_of_equal_numbers_the_strict_bound_is_first(stated: Stated, goal: Row) -> None:
    ds = stated(
        goal(90, **MIANYANG),
        goal(90, comparator="gt", **PANJIN),
        goal(90, comparator="ge", **XINYANG),
        goal(91, **JINGMEN),
    )
    even = type(ds)(**{**ds.__dict__, "plans": ds.plans.assign(baseline_year=2020, script="hans")})
    table = ps.compare(even, indicators=["share"]).set_index("plan_id")
    assert table["rank"].to_dict() == {
        "mianyang-14fyp": 3,
        "panjin-14fyp": 2,
        "xinyang-2023-2025": 3,
        "jingmen-13fyp": 1,
    }


def test_where_less_is_better_the_least_and_strictest_is_first(even: Even, goal: Row) -> None:
    falls = {"indicator_id": "deaths"}
    rows = [
        goal(9, **falls),
        goal(9, comparator="lt", **falls),
        goal(15, **falls),
        goal(8, **falls),
    ]
    assert even(ps.compare, rows, indicators=["deaths"])["rank"].tolist() == [3, 2, 4, 1]


def test_noise_of_binary_fractions_does_not_break_a_tie(even: Even, goal: Row) -> None:
    rows = [goal(0.1 + 0.2), goal(0.3), goal(0.2), goal(0.1)]
    assert even(ps.compare, rows, indicators=["share"])["rank"].tolist() == [1, 1, 3, 4]


def test_a_rank_from_four_cities_on(even: Even, goal: Row) -> None:
    table = even(ps.compare, [goal(80), goal(90), goal(70)], indicators=["share"])
    assert ranks(table) == [None] * 3
    assert table["ranked"].tolist() == [3] * 3
    assert set(table["undefined"].str.extract(r"rank=(\w+)")[0]) == {"few_cities"}


def test_a_doubted_figure_is_not_ranked_and_says_so(
    even: Even, doubting: Stated, base: Row, goal: Row
) -> None:
    rows = [goal(80), goal(90), goal(70), goal(60), base(50)]

    def compared(ds: ps.Dataset) -> pd.DataFrame:
        return ps.compare(doubting(ds, *ds.statements["statement_id"].iloc[[0, 4]]), "share")

    table = even(compared, rows)
    assert (table["doubted"].tolist(), table["findings"].tolist()) == (
        [True, False, False, False],
        ["f01", "", "", ""],
    )
    assert table["verdict"].tolist() == ["caveat"] + ["comparable"] * 3
    assert table["reasons"].iloc[0] == table["marks"].iloc[0] == "doubted"
    assert table["ranked"].tolist() == [3] * 4
    assert "relative_change=baseline_doubted" in table["undefined"].iloc[0]
    assert "rank=doubted" in table["undefined"].iloc[0]


def test_right_of_the_reference_is_always_more_demanding(stated: Stated, goal: Row) -> None:
    falls, beds = {"indicator_id": "deaths"}, {"indicator_id": "beds"}
    ds = stated(
        goal(90), goal(99, **PANJIN), goal(80, year=2024, **CHINA), goal(90, **CHINA),
        goal(10, **falls), goal(20, **falls, **PANJIN), goal(16, **falls, **XINYANG),
        goal(2, **beds), goal(1, **beds, **PANJIN), goal(900, **beds, **CHINA),
        goal(5, indicator_id="doctors"),
        goal(comparator="none", pledge="all", indicator_id="doctors", **PANJIN),
    )  # fmt: skip
    table = ps.compare(ds, ["share", "deaths", "beds", "doctors"])
    shown = [None if pd.isna(one) else round(one, 6) for one in table["position"]]
    assert shown == [100, 110, 100, 100, 50, 62.5, 100, 50, None, 100, None]


def positions(table: pd.DataFrame) -> list[float | None]:
    return [None if pd.isna(one) else round(one, 6) for one in table["position"]]


def test_position_of_what_has_no_side_and_beside_noughts(stated: Stated, goal: Row) -> None:
    size, falls = {"indicator_id": "size"}, {"indicator_id": "deaths"}
    doctors = {"indicator_id": "doctors"}
    ds = stated(
        goal(15, **size), goal(12, **size, **PANJIN),
        goal(0, **falls), goal(10, **falls, **PANJIN), goal(5, **falls, **XINYANG),
        goal(0.25), goal(0.5, **PANJIN), goal(0.5, **CHINA),
        goal(5, **doctors), goal(4, **doctors, **PANJIN), goal(0, **doctors, **CHINA),
    )  # fmt: skip
    table = ps.compare(ds, ["size", "deaths", "share", "doctors"])
    assert positions(table) == [100, 80, None, 50, 100, 50, 100, 100, 100, 80, None]


def test_no_position_without_the_nation_of_the_year_or_where_nothing_compares(
    stated: Stated, goal: Row
) -> None:
    ds = stated(
        goal(90), goal(85, **JINGMEN), goal(99, year=2027, **PANJIN),
        goal(70, comparator="le", **XINYANG), goal(80, **CHINA),
    )  # fmt: skip
    table = ps.compare(ds, "share").set_index("plan_id")
    assert table.loc["xinyang-2023-2025", "verdict"] == "not_comparable"
    assert positions(
        table.loc[["mianyang-14fyp", "panjin-14fyp", "xinyang-2023-2025", "china-14fyp"]]
    ) == [112.5, None, None, 100]


def test_a_place_is_ranked_once_by_its_later_plan(
    ds: ps.Dataset, stated: Stated, goal: Row
) -> None:
    second = ds.plans.iloc[[0]].assign(plan_id="mianyang-b", period_start=2022)
    made = stated(goal(80), goal(90, **PANJIN), goal(70, **XINYANG), goal(60, **JINGMEN), goal(85))
    made.statements.loc[4, "plan_id"] = "mianyang-b"
    plans = pd.concat([ds.plans, second], ignore_index=True).assign(script="hans")
    table = ps.compare(replace(made, plans=plans), "share").set_index("plan_id")
    assert table["rank"].drop("mianyang-14fyp").to_dict() == {
        "panjin-14fyp": 1, "mianyang-b": 2, "xinyang-2023-2025": 3, "jingmen-13fyp": 4,
    }  # fmt: skip
    assert "rank=later_plan" in table.loc["mianyang-14fyp", "undefined"]
    assert set(table["ranked"]) == {4}
