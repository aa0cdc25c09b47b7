"""Which baseline belongs to a target."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import psanalysis as ps
from psanalysis.measures.pairing import (
    FROM_STATEMENT,
    in_indicator_unit,
    obstacles,
    select,
    targets_with_baselines,
)

Stated = Callable[..., ps.Dataset]
Row = Callable[..., dict[str, Any]]


def chosen(ds: ps.Dataset) -> list[Any]:
    return targets_with_baselines(ds)["baseline_value"].fillna(-1).tolist()


def test_the_latest_baseline_of_the_same_plan_indicator_and_area(
    stated: Stated, base: Row, goal: Row
) -> None:
    ds = stated(
        base(10, year=2015), base(20), base(30, year=2018), base(40, plan_id="panjin-14fyp"),
        base(50, indicator_id="doctors"),
        base(60, area_id="sichuan"), goal(80),
    )  # fmt: skip
    paired = targets_with_baselines(ds)
    assert chosen(ds) == [20.0]
    assert paired["baseline_statement_id"].tolist() == ["mianyang-14fyp-001"]
    assert paired["several_baselines"].tolist() == [False]


def test_undated_baselines_come_last_and_the_first_of_a_year_wins(
    stated: Stated, base: Row, goal: Row
) -> None:
    ds = stated(base(5, year=float("nan")), base(20), base(21), goal(80))
    assert chosen(ds) == [20.0]
    assert targets_with_baselines(ds)["several_baselines"].tolist() == [True]


def test_equal_figures_are_not_several_baselines(stated: Stated, base: Row, goal: Row) -> None:
    assert targets_with_baselines(stated(base(20), base(20), goal(80)))[
        "several_baselines"
    ].tolist() == [False]


def test_the_table_pairs_with_the_table_and_the_text_with_the_text(
    stated: Stated, base: Row, goal: Row
) -> None:
    table = {"section": "表1", "nature": "binding"}
    ds = stated(
        base(20, section="第一章"), base(30, **table), goal(80, **table), goal(90, section="第一章")
    )
    assert chosen(ds) == [30.0, 20.0]


def test_the_same_chapter_but_not_the_table_is_another_place(
    stated: Stated, base: Row, goal: Row
) -> None:
    ds = stated(
        base(30, nature="binding", year=2019),
        base(20, year=2018),
        goal(80, nature="binding"),
        goal(90),
    )
    assert chosen(ds) == [30.0, 20.0]


def test_an_empty_cell_of_the_table_stays_with_the_table(
    stated: Stated, base: Row, goal: Row
) -> None:
    table = {"section": "表1", "nature": "expected"}
    ds = stated(base(20, section="第一章"), base(float("nan"), **table), goal(80, **table))
    assert chosen(ds) == [-1.0]
    assert targets_with_baselines(ds)["baseline_statement_id"].tolist() == ["mianyang-14fyp-001"]


def test_an_empty_cell_elsewhere_does_not_hide_a_figure(
    stated: Stated, base: Row, goal: Row
) -> None:
    assert chosen(
        stated(base(float("nan"), section="表1"), base(20, section="第二章"), goal(80))
    ) == [20.0]


def test_a_target_without_baseline_and_references_are_left_alone(
    stated: Stated, base: Row, goal: Row
) -> None:
    ds = stated({"role": "reference", "value": 70.0}, goal(80), goal(90, indicator_id="doctors"))
    paired = targets_with_baselines(ds)
    assert paired["indicator_id"].tolist() == ["share", "doctors"]
    assert paired["baseline_value"].isna().all()
    assert not paired["several_baselines"].any()


def test_values_come_in_the_unit_of_the_indicator(stated: Stated, base: Row, goal: Row) -> None:
    ds = stated(
        base(35_200, indicator_id="beds", unit_id="bed", value_as_written="35200张"),
        goal(3.8, indicator_id="beds", value_high=4.0, comparator="between"),
        goal(9.5, unit_id="permille"),
    )
    paired = targets_with_baselines(ds)
    assert paired["value"].tolist() == [3.8, 0.95]
    assert paired["value_high"].iloc[0] == 4.0
    assert paired["baseline_value"].iloc[0] == 3.52
    assert (paired["unit_id"].tolist(), paired["unit_as_written"].tolist()) == (
        ["ten_thousand_beds", "percent"], ["ten_thousand_beds", "permille"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "name", "inferred"),
    [
        ("55%", "占比", False),
        ("55", "占比(%)", False),
        ("55", "占比", True),
        ("3.5万張", "床位", False),
        ("", "占比", False),
    ],
)
def test_a_unit_that_is_not_printed_is_marked(
    stated: Stated, goal: Row, written: str, name: str, inferred: bool
) -> None:
    beds = "張" in written
    row = goal(55 if written else float("nan"), value_as_written=written, indicator_as_written=name)
    ds = stated(row | ({"indicator_id": "beds"} if beds else {}))
    assert in_indicator_unit(ds, ds.statements)["unit_inferred"].tolist() == [inferred]


def test_a_pledge_implies_a_number_for_a_share_only(stated: Stated, goal: Row) -> None:
    ds = stated(
        goal(pledge="all_eligible"),
        goal(pledge="dynamic_zero"),
        goal(pledge="all_eligible", indicator_id="beds"),
        goal(80),
    )
    assert in_indicator_unit(ds, ds.statements)["implied_value"].fillna(-1).tolist() == [
        100.0,
        -1.0,
        -1.0,
        -1.0,
    ]


def test_without_two_numbers_nothing_stands_against_a_difference(
    stated: Stated, base: Row, goal: Row
) -> None:
    past, coming = {"flow_start": 2018, "flow_end": 2020}, {"flow_start": 2021, "flow_end": 2025}
    pairs = [
        (base(float("nan"), **past), goal(80)),
        (base(39, **past), goal(pledge="all", **coming)),
        (base(float("nan"), **past), goal(80, **coming)),
        (base(39, year=2026), goal(pledge="all")),
    ]
    assert [obstacles(targets_with_baselines(stated(*pair))).isna().tolist() for pair in pairs] == [
        [True]
    ] * len(pairs)


def test_only_the_plan_that_is_asked_for(stated: Stated, goal: Row) -> None:
    ds = stated(goal(80), goal(90, plan_id="panjin-14fyp"))
    for plan in ("panjin-14fyp", "panjin", ["panjin-14fyp"]):
        assert targets_with_baselines(ds, plan)["value"].tolist() == [90.0]
    assert select(ds, None) is ds.statements
    with pytest.raises(
        ps.ParameterError,
        match=r"plan='panjing' is neither a plan nor an area with one -> did you mean 'panjin'",
    ):
        select(ds, "panjing")


def test_every_target_of_the_real_data_is_there_once_and_in_order(ds: ps.Dataset) -> None:
    targets = ds.statements[ds.statements["role"] == "target"]
    paired = targets_with_baselines(ds)
    assert paired["statement_id"].tolist() == targets["statement_id"].tolist()
    added = [
        "unit_as_written",
        "unit_inferred",
        "implied_value",
        *(f"baseline_{name}" for name in FROM_STATEMENT),
        "several_baselines",
    ]
    assert list(paired.columns) == [*ds.statements.columns, *added]
