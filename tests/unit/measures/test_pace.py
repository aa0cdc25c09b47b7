"""ps.pace: past pace against required pace for the from-to pairs of a plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

import psanalysis as ps
from psanalysis import wording
from psanalysis.measures.pace import STATUSES

Stated = Callable[..., ps.Dataset]
Each = Callable[..., list[pd.DataFrame]]
Row = Callable[..., dict[str, Any]]
MEASURES = ["past_step", "required_step", "pace_ratio", "arrival_year"]


def only(ds: ps.Dataset) -> pd.Series:
    table = ps.pace(ds)
    assert len(table) == 1
    return table.iloc[0]


STATUS = [
    (30, 50, 55, {}, "faster_enough", [4.0, 1.0, 0.25, 2021.25]),
    (40, 50, 80, {}, "must_accelerate", [2.0, 6.0, 3.0, 2035.0]),
    (40, 50, 60, {}, "faster_enough", [2.0, 2.0, 1.0, 2025.0]),
    (37.64, 37.84, 38.04, {}, "faster_enough", [0.04, 0.04, 1.0, 2025.0]),
    (40, 50, 60.1, {}, "must_accelerate", [2.0, 2.02, 1.01, 2025.05]),
    (60, 50, 80, {}, "wrong_way", [-2.0, 6.0, None, None]),
    (50, 50, 80, {}, "standstill", [0.0, 6.0, None, None]),
    (0.1 + 0.2, 0.3, 0.8, {}, "standstill", [0.0, 0.1, None, None]),
    (40, 50, 45, {}, "already_met", [2.0, 0.0, None, None]),
    (40, 50, 50, {}, "already_met", [2.0, 0.0, None, None]),
    (40, 50, 50, {"comparator": "gt"}, "faster_enough", [2.0, 0.0, None, None]),
    (60, 50, 50, {"comparator": "gt"}, "wrong_way", [-2.0, 0.0, None, None]),
    (40, 50, 45, {"comparator": "le"}, "wrong_way", [2.0, -1.0, None, None]),
    (60, 50, 45, {"comparator": "le"}, "faster_enough", [-2.0, -1.0, 0.5, 2022.5]),
    (40, 50, 80, {"year": 2020}, "not_comparable", [2.0, None, None, None]),
    (40, 50, 80, {"year": 2019}, "not_comparable", [2.0, None, None, None]),
    (40, 50, 80, {"flow_start": 2021, "flow_end": 2025}, "not_comparable", [2.0, None, None, None]),
    (40, 50, float("nan"), {"pledge": "all"}, "no_numeric_target", [2.0, None, None, None]),
    (40, 50, 80, {"year": float("nan")}, "year_unknown", [2.0, None, None, 2035.0]),
    (30, 25, 20, {"indicator_id": "deaths"}, "faster_enough", [-1.0, -1.0, 1.0, 2025.0]),
    (20, 25, 20, {"indicator_id": "deaths"}, "wrong_way", [1.0, -1.0, None, None]),
    (30, 25, 20, {"indicator_id": "size"}, "faster_enough", [-1.0, -1.0, 1.0, 2025.0]),
    (20, 25, 30, {"indicator_id": "size"}, "faster_enough", [1.0, 1.0, 1.0, 2025.0]),
    (20, 25, 20, {"indicator_id": "size"}, "wrong_way", [1.0, -1.0, None, None]),
]


def test_status(each: Each, base: Row, goal: Row) -> None:
    cases = []
    for before, now, target, more, *_ in STATUS:
        of = {"indicator_id": more.get("indicator_id", "share")}
        cases.append([base(before, year=2015, **of), base(now, **of), goal(target, **more)])
    for (*case, status, measures), table in zip(STATUS, each(ps.pace, cases), strict=True):
        assert len(table) == 1
        row = table.iloc[0]
        assert row["status"] == status, case
        assert [
            None if pd.isna(row[name]) else round(row[name], 6) for name in MEASURES
        ] == measures, case
        assert row["reason_en"] == wording.say(f"pace_reason.{status}", "en")
        assert row["reason_zh"] == wording.say(f"pace_reason.{status}", "zh")
        undefined = dict(item.split("=") for item in row["undefined"].split())
        assert set(undefined) == {name for name in MEASURES if pd.isna(row[name])}, case
        assert set(undefined.values()) <= set(wording.keys("undefined"))


UNDEFINED = [
    (40, 50, float("nan"), {"pledge": "all"},
        "required_step=no_target_value pace_ratio=no_target_value arrival_year=no_target_value"),
    (40, 50, 80, {"flow_start": 2021, "flow_end": 2025},
        "required_step=not_comparable pace_ratio=not_comparable arrival_year=not_comparable"),
    (40, 50, 80, {"year": float("nan")}, "required_step=year_unknown pace_ratio=year_unknown"),
    (40, 50, 45, {}, "pace_ratio=already_met_at_baseline arrival_year=already_met_at_baseline"),
    (40, 50, 50, {}, "pace_ratio=target_equals_baseline arrival_year=target_equals_baseline"),
    (40, 50, 50, {"comparator": "gt"}, "pace_ratio=size_not_stated arrival_year=size_not_stated"),
    (50, 50, 80, {}, "pace_ratio=past_standstill arrival_year=past_standstill"),
    (60, 50, 80, {}, "pace_ratio=past_wrong_way arrival_year=past_wrong_way"),
    (40, 50, 80, {}, ""),
]  # fmt: skip


def test_why_a_measure_is_missing(each: Each, base: Row, goal: Row) -> None:
    cases = [
        [base(before, year=2015), base(now), goal(target, **more)]
        for before, now, target, more, _ in UNDEFINED
    ]
    assert [table["undefined"].tolist() for table in each(ps.pace, cases)] == [
        [codes] for *_, codes in UNDEFINED
    ]


def test_without_a_target(stated: Stated, base: Row) -> None:
    row = only(stated(base(30, year=2015), base(50)))
    assert (row["status"], row["past_step"], row["marks"]) == ("no_target", 4.0, "")
    assert row["undefined"] == "required_step=no_target pace_ratio=no_target arrival_year=no_target"


def test_a_plan_known_in_part_may_have_a_target_that_is_not_known(
    each: Each, base: Row, goal: Row
) -> None:
    pair = [base(30, year=2015), base(50)]
    with_one, without = each(ps.pace, [[*pair, goal(55)], pair], coverage="partial")
    assert with_one[["status", "undefined"]].values.tolist() == [["faster_enough", ""]]
    why = " ".join(f"{name}=target_not_known" for name in MEASURES[1:])
    assert without[["status", "undefined"]].values.tolist() == [["target_not_known", why]]


def test_a_number_is_preferred_to_a_pledge(stated: Stated, base: Row, goal: Row) -> None:
    assert only(stated(base(30, year=2015), base(50), goal(pledge="all"), goal(55)))["target"] == 55


def test_the_year_of_an_undated_value_is_the_end_of_the_plan_before(
    stated: Stated, base: Row
) -> None:
    row = only(stated(base(30, year=float("nan")), base(50)))
    assert (row["from_year"], row["to_year"], row["past_step"], row["marks"]) == (
        2015,
        2020,
        4.0,
        "implied_year",
    )
    three = {"plan_id": "xinyang-2023-2025"}
    row = only(stated(base(30, year=float("nan"), **three), base(50, year=2022, **three)))
    assert (row["from_year"], row["to_year"]) == (2019, 2022)


def test_the_first_and_the_last_of_several(stated: Stated, base: Row) -> None:
    row = only(stated(base(40, year=2018), base(30, year=2015), base(50)))
    assert (row["from_value"], row["to_value"]) == (30, 50)
    assert (row["from_statement_id"], row["to_statement_id"]) == (
        "mianyang-14fyp-001",
        "mianyang-14fyp-002",
    )


NO_PAIR = [
    [{"value": 50}, {"value": 60}],
    [{"value": 50}, {"value": float("nan"), "year": 2015}],
    [{"value": 50}, {"value": 40, "year": 2015, "area_id": "sichuan"}],
    [{"value": 50}, {"value": 40, "year": 2015, "plan_id": "panjin-14fyp", "area_id": "mianyang"}],
    [
        {"value": 50, "flow_start": 2016, "flow_end": 2020},
        {"value": 40, "year": 2015, "flow_start": 2011, "flow_end": 2015},
    ],
    [{"value": 50}, {"value": 40, "year": 2015, "role": "reference"}],
]


def test_what_is_no_pair(each: Each, base: Row) -> None:
    none = [[{"role": "baseline"} | row for row in rows] for rows in NO_PAIR]
    pair, *tables = each(ps.pace, [[base(50), base(40, year=2015)], *none])
    assert len(pair) == 1
    assert [len(table) for table in tables] == [0] * len(NO_PAIR)


def test_the_target_is_the_headline_one(stated: Stated, base: Row, goal: Row) -> None:
    ds = stated(
        base(30, year=2015),
        base(50),
        goal(90, commitment="strive"),
        goal(60, year=2023),
        goal(80),
        goal(85),
    )
    assert only(ds)["target"] == 80.0


def test_a_pair_carries_the_marks_of_its_values_and_of_its_target(
    each: Each, base: Row, goal: Row
) -> None:
    bare = {"indicator_as_written": "占比"}
    cases = [
        ([base(30, year=2015, year_basis="implied"), base(50)], "implied_year"),
        ([base(30, year=2015), base(50, year_basis="implied")], "implied_year"),
        ([base(30, year=2015, **bare), base(50)], "inferred_unit"),
        ([base(30, year=2015), base(50, **bare)], "inferred_unit"),
        ([base(30, year=2015), base(50), goal(80, year_basis="implied")], "implied_year"),
        ([base(30, year=2015), base(50), goal(80, **bare)], "inferred_unit"),
        ([base(30, year=2015), base(50), base(51), goal(80)], "several_baselines"),
        ([base(30, year=2015), base(50), goal(pledge="all", year_basis="implied")], ""),
        ([base(30, year=2015), base(50), goal(80)], ""),
    ]
    tables = each(ps.pace, [rows for rows, _ in cases])
    assert [table["marks"].tolist() for table in tables] == [[marks] for _, marks in cases]


def test_unlike_units_of_a_pair_are_aligned(stated: Stated, base: Row) -> None:
    row = only(
        stated(
            base(20_000, year=2015, indicator_id="beds", unit_id="bed"),
            base(3, indicator_id="beds"),
        )
    )
    assert (row["from_value"], row["to_value"], row["past_step"], row["unit_id"]) == (
        2.0,
        3.0,
        0.2,
        "ten_thousand_beds",
    )


def test_pairs_come_in_the_order_of_the_text(stated: Stated, base: Row) -> None:
    ds = stated(
        base(1, indicator_id="doctors", year=2015),
        base(30, year=2015),
        base(50),
        base(2, indicator_id="doctors"),
    )
    assert ps.pace(ds)["indicator_id"].tolist() == ["doctors", "share"]


def test_the_real_data(ds: ps.Dataset) -> None:
    table = ps.pace(ds)
    assert set(table["status"]) <= set(STATUSES)
    assert set(STATUSES) == set(wording.keys("pace")) == set(wording.keys("pace_reason"))
    row = table.set_index("indicator_id").loc["public_kindergarten_child_share"]
    assert (round(row["past_step"], 3), round(row["required_step"], 3), row["status"]) == (
        3.826,
        0.502,
        "faster_enough",
    )
    assert len(ps.pace(ds, "yuyao-2023-2027")) == 0
    pd.testing.assert_frame_equal(table, ps.pace(ds))
