"""ps.gaps: the status of every kind of target, and the two indicator tables counted by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis import wording
from psanalysis.measures import gaps as module

Stated = Callable[..., ps.Dataset]
Each = Callable[..., list[pd.DataFrame]]
Row = Callable[..., dict[str, Any]]

# counted by hand from the two printed tables
MIANYANG = {
    "to_improve": 10,
    "strictly_above": 1,
    "hold": 3,
    "doubtful": 4,
    "no_baseline": 3,
    "pledge": 3,
}
PANJIN = {
    "to_improve": 11,
    "already_met": 1,
    "anew_lower": 1,
    "doubtful": 3,
    "hold": 3,
    "no_baseline": 2,
    "pledge": 3,
}


@pytest.mark.parametrize(
    ("plan", "counts"), [("mianyang-14fyp", MIANYANG), ("panjin-14fyp", PANJIN)]
)
def test_status_counts_of_the_indicator_tables(
    ds: ps.Dataset, plan: str, counts: dict[str, int]
) -> None:
    table = ps.gaps(ds, plan).query("nature.notna()")
    assert Counter(table["status"]) == counts
    assert sum(counts.values()) == 24


def test_the_24_rows_of_mianyang_by_hand(ds: ps.Dataset) -> None:
    """Gap and step of each row of the printed table, in its order, calculated by hand; None where
    the table has no two numbers.
    """
    by_hand = [
        (2.5, 0.5), None, (0.78, 0.156), (-0.72, 0.0), (0.8, 0.16), (2.15, 0.43), (0.4, 0.08),
        (0.0, 0.0), (0.31, 0.062), (0.51, 0.102),
        (5.0, 1.0), (17.36, 3.472), None, (5.0, 1.0), (0.35, 0.07), None, None, None, (0.0, 0.0),
        (0.0, 0.0), (0.0, 0.0), (3531.0, 706.2),
        (1.27, 0.254), None,
    ]  # fmt: skip
    table = ps.gaps(ds, "mianyang-14fyp").query("nature.notna()")
    found = [
        None if pd.isna(gap) else (round(gap, 9), round(step, 9))
        for gap, step in zip(table["gap"], table["required_step"], strict=True)
    ]
    assert found == by_hand


@pytest.mark.parametrize(
    ("plan", "indicator", "status", "gap", "step"),
    [
        ("mianyang-14fyp", "nursing_bed_share", "to_improve", 17.36, 3.472),
        ("mianyang-14fyp", "compulsory_education_retention", "doubtful", -0.72, -0.144),
        ("mianyang-14fyp", "life_expectancy", "strictly_above", 0.0, 0.0),
        ("mianyang-14fyp", "eldercare_beds_total", "to_improve", 0.35, 0.07),
        ("panjin-14fyp", "upper_secondary_gross_enrolment", "already_met", -3.0, -0.6),
        ("panjin-14fyp", "compulsory_education_retention", "doubtful", -15.9, -3.18),
        ("panjin-14fyp", "veterans_adaptive_training", "to_improve", 45.0, 9.0),
    ],
)
def test_rows_checked_by_hand(
    ds: ps.Dataset, plan: str, indicator: str, status: str, gap: float, step: float
) -> None:
    row = ps.gaps(ds, plan).query("nature.notna()").set_index("indicator_id").loc[indicator]
    assert (row["status"], round(row["gap"], 6), round(row["annual_step"], 6)) == (
        status,
        gap,
        step,
    )


SIZE, TRAINED = {"indicator_id": "size"}, {"indicator_id": "trained"}
LAST, NEXT = {"flow_start": 2016, "flow_end": 2020}, {"flow_start": 2021, "flow_end": 2025}
CASES = [
    # baseline, target, more for the baseline, more for the target, status
    (50, 80, {}, {}, "to_improve"),
    (50, 50, {}, {}, "hold"),
    (50, 50, {}, {"comparator": "ge"}, "hold"),
    (50, 50, {}, {"comparator": "gt"}, "strictly_above"),
    (50, 50, {}, {"comparator": "lt"}, "strictly_below"),
    (50, 49, {}, {"comparator": "gt"}, "already_met"),
    (98, 95, {}, {}, "already_met"),
    (98, 95, {}, {"comparator": "le"}, "to_improve"),
    (90, 95, {}, {"comparator": "le"}, "already_met"),
    (None, 80, {}, {}, "no_baseline"),
    (float("nan"), 80, {}, {}, "no_baseline"),
    (50, float("nan"), {}, {"pledge": "all_eligible"}, "pledge"),
    (None, float("nan"), {}, {"pledge": "full_coverage"}, "pledge"),
    (20, 15, {"indicator_id": "deaths"}, {"indicator_id": "deaths"}, "to_improve"),
    (10, 15, {"indicator_id": "deaths"}, {"indicator_id": "deaths"}, "already_met"),
    (10, 15, {"indicator_id": "size"}, {"indicator_id": "size"}, "to_improve"),
    (15, 10, {"indicator_id": "size"}, {"indicator_id": "size"}, "to_improve"),
    (15, 15, {"indicator_id": "size"}, {"indicator_id": "size"}, "hold"),
    (50, 80, {}, {"value_high": 90, "comparator": "between"}, "to_improve"),
    (85, 80, {}, {"value_high": 90, "comparator": "between"}, "already_met"),
    (85, 80, SIZE, {"value_high": 90, "comparator": "between"} | SIZE, "hold"),
    (80, 80, SIZE, {"value_high": 90, "comparator": "between"} | SIZE, "hold"),
    (79, 80, SIZE, {"value_high": 90, "comparator": "between"} | SIZE, "to_improve"),
    (91, 80, SIZE, {"value_high": 90, "comparator": "between"} | SIZE, "to_improve"),
    (9, 12, SIZE, {"comparator": "le"} | SIZE, "already_met"),
    (13, 12, SIZE, {"comparator": "le"} | SIZE, "to_improve"),
    (12, 12, SIZE, {"comparator": "lt"} | SIZE, "strictly_below"),
    (50, 50, LAST, NEXT, "hold"),
    (90, 80, LAST | TRAINED, NEXT | TRAINED, "anew_lower"),
    (90, 80, LAST | SIZE, NEXT | SIZE, "anew_lower"),
    (90, 80, LAST | TRAINED, {"comparator": "le"} | NEXT | TRAINED, "to_improve"),
    (70, 80, LAST | TRAINED, {"comparator": "le"} | NEXT | TRAINED, "already_met"),
    (80, 90, LAST | {"indicator_id": "deaths"}, NEXT | {"indicator_id": "deaths"}, "already_met"),
    (90, 80, LAST | {"indicator_id": "deaths"}, NEXT | {"indicator_id": "deaths"}, "to_improve"),
    (50, 80, {"flow_start": 2016, "flow_end": 2020}, {}, "not_comparable"),
    (50, 80, {}, {"flow_start": 2021, "flow_end": 2025}, "not_comparable"),
    (
        50,
        80,
        {"flow_start": 2018, "flow_end": 2020},
        {"flow_start": 2021, "flow_end": 2025},
        "not_comparable",
    ),
    (
        50,
        80,
        {"flow_start": 2016, "flow_end": 2020},
        {"flow_start": 2021, "flow_end": 2025},
        "to_improve",
    ),
    (
        90,
        80,
        {"flow_start": 2016, "flow_end": 2020},
        {"flow_start": 2021, "flow_end": 2025},
        "anew_lower",
    ),
    (50, 80, {"year": 2025}, {}, "not_comparable"),
    (50, 80, {"year": 2026}, {}, "not_comparable"),
    (50, 80, {"year": float("nan")}, {}, "to_improve"),
    (50, 80, {}, {"year": float("nan")}, "to_improve"),
]


def test_status(each: Each, base: Row, goal: Row) -> None:
    cases = [
        ([] if before is None else [base(before, **of_base)]) + [goal(after, **of_goal)]
        for before, after, of_base, of_goal, _ in CASES
    ]
    for (*case, status), table in zip(CASES, each(ps.gaps, cases), strict=True):
        row = table.iloc[0]
        assert row["status"] == status, case
        assert row["reason_zh"].endswith("。")
        assert row["reason_en"].endswith(".")
        assert pd.isna(row["headroom"]) == (status != "already_met")
        undefined = dict(item.split("=") for item in row["undefined"].split())
        assert set(undefined) == {name for name in module.exante.MEASURES if pd.isna(row[name])}, (
            case
        )
        assert set(undefined.values()) <= set(wording.keys("undefined"))


REASONS = [
    ({"flow_start": 2016, "flow_end": 2020}, {}, "flow_against_stock"),
    (
        {"flow_start": 2018, "flow_end": 2020},
        {"flow_start": 2021, "flow_end": 2025},
        "unlike_periods",
    ),
    ({"year": 2025}, {}, "years_not_ahead"),
    ({"year": 2026, "flow_start": 2016, "flow_end": 2020}, {}, "flow_against_stock"),
]


def test_why_two_values_cannot_be_subtracted(each: Each, base: Row, goal: Row) -> None:
    tables = each(
        ps.gaps, [[base(50, **of_base), goal(80, **of_goal)] for of_base, of_goal, _ in REASONS]
    )
    for (*case, reason), table in zip(REASONS, tables, strict=True):
        row = table.iloc[0]
        assert row["reason_en"] == wording.say(f"reason.{reason}", "en"), case
        assert row[list(module.exante.MEASURES)].isna().all()


def test_a_baseline_inside_a_range_is_told_as_such(each: Each, base: Row, goal: Row) -> None:
    between = {"value_high": 90, "comparator": "between"} | SIZE
    cases = [[base(85, **SIZE), goal(80, **between)], [base(79, **SIZE), goal(80, **between)]]
    inside, below = (table.iloc[0]["reason_en"] for table in each(ps.gaps, cases))
    assert inside == wording.say("reason.hold_inside", "en")
    assert below == wording.say("reason.to_improve", "en")


def test_headroom_is_told_in_the_unit(stated: Stated, base: Row, goal: Row) -> None:
    falls = {"indicator_id": "deaths"}
    frame = ps.gaps(stated(base(98), goal(95), base(10, **falls), goal(15, **falls)))
    assert frame["headroom"].tolist() == [3.0, 5.0]
    assert "3 pp" in frame["reason_en"].iloc[0]
    assert "3个百分点" in frame["reason_zh"].iloc[0]


def test_a_total_that_starts_anew_has_its_own_words(stated: Stated, base: Row, goal: Row) -> None:
    for before, words in ((14, "anew_lower"), (12, "hold_anew"), (9, "to_improve_anew")):
        row = ps.gaps(stated(base(before, **LAST | TRAINED), goal(12, **NEXT | TRAINED))).iloc[0]
        assert row["reason_en"] == wording.say(f"reason.{words}", "en", apart="20,000 person-times")
        assert pd.isna(row["headroom"])


def test_a_doubted_baseline_is_held_against_no_target(
    stated: Stated, doubting: Stated, base: Row, goal: Row
) -> None:
    ds = stated(base(114), goal(98), goal(90, indicator_id="doctors"))
    first, second, third = ds.statements["statement_id"]
    for doubted, severity, expected in (
        (first, "unlike_basis", [("doubtful", True), ("no_baseline", False)]),
        (first, "note", [("already_met", False), ("no_baseline", False)]),
        (second, "contradiction", [("already_met", True), ("no_baseline", False)]),
        (third, "contradiction", [("already_met", False), ("no_baseline", True)]),
    ):
        frame = ps.gaps(doubting(ds, doubted, severity=severity))
        assert list(zip(frame["status"], frame["doubted"], strict=True)) == expected
        assert frame["findings"].tolist() == ["f01" if flag else "" for _, flag in expected]
        assert frame["marks"].str.contains("doubted").tolist() == [flag for _, flag in expected]


def test_a_repeat_names_the_row_that_it_repeats(stated: Stated, goal: Row) -> None:
    ds = stated(
        goal(55), goal(55, comparator="ge"), goal(55, nature="binding"), goal(60),
        goal(55, year=2024),
        goal(55, area_id="jingmen-centre"), goal(pledge="all"), goal(pledge="all"),
        goal(pledge="other", value_as_written="甲"), goal(pledge="other", value_as_written="乙"),
        goal(55, plan_id="panjin-14fyp"),
    )  # fmt: skip
    ids = ds.statements["statement_id"].tolist()
    frame = ps.gaps(ds)
    named = [None if pd.isna(one) else ids.index(one) for one in frame["repeat_of"]]
    assert named == [2, 2, None, None, None, None, None, 6, None, None, None]
    assert frame["headline"].tolist() == [n in (2, 10) for n in range(11)]


def test_a_range_keeps_both_ends(stated: Stated, goal: Row) -> None:
    falls = {"indicator_id": "deaths", "comparator": "between", "value_high": 20.0}
    row = ps.gaps(stated(goal(10, **falls))).iloc[0]
    assert row[["target", "target_low", "target_high"]].tolist() == [20, 10, 20]


def test_headlines_are_the_rows_of_compare(ds: ps.Dataset) -> None:
    frame = ps.gaps(ds)
    table = ps.compare(ds, ds.indicators["indicator_id"])
    assert set(frame.loc[frame["headline"], "statement_id"]) == set(table["statement_id"])
    assert frame.loc[frame["headline"], "repeat_of"].isna().all()


def test_the_pledge_is_named_and_its_number_kept_apart(stated: Stated, goal: Row) -> None:
    frame = ps.gaps(stated(goal(pledge="all_eligible"), goal(value_as_written="稳步提高")))
    assert "应保尽保" in frame["reason_zh"].iloc[0]
    assert "稳步提高" in frame["reason_zh"].iloc[1]
    assert frame["implied_value"].fillna(-1).tolist() == [100.0, -1.0]
    assert frame["target"].isna().all()


def test_marks(stated: Stated, base: Row, goal: Row) -> None:
    other = {"indicator_id": "doctors", "indicator_as_written": "医师数(人)"}
    ds = stated(
        base(50, year_basis="implied"), goal(80),
        goal(80, year_basis="implied", indicator_as_written="占比"),
        base(1, indicator_as_written="医师数", indicator_id="doctors"), base(2, **other),
        goal(3, **other), goal(90, area_id="china"),
        goal(pledge="all", area_id="china"),
    )  # fmt: skip
    assert ps.gaps(ds)["marks"].fillna("").tolist() == [
        "implied_year",
        "implied_year inferred_unit",
        "inferred_unit several_baselines",
        "",
        "implied_pledge",
    ]


def test_units_do_not_change_a_status(stated: Stated, base: Row, goal: Row) -> None:
    one = ps.gaps(stated(base(3.52, indicator_id="beds"), goal(3.87, indicator_id="beds"))).iloc[0]
    other = ps.gaps(
        stated(
            base(35200, indicator_id="beds", unit_id="bed"),
            goal(38700, indicator_id="beds", unit_id="bed"),
        )
    ).iloc[0]
    for name in ("baseline", "target", *module.exante.MEASURES, "status"):
        assert one[name] == other[name] or (pd.isna(one[name]) and pd.isna(other[name]))


def test_the_whole_data_set(ds: ps.Dataset) -> None:
    frame = ps.gaps(ds)
    assert list(frame.columns) == module.COLUMNS
    assert set(frame["status"]) <= set(module.STATUSES)
    assert set(module.STATUSES) == set(wording.keys("status"))
    pd.testing.assert_frame_equal(frame, ps.gaps(ds))
    own = frame[frame["plan_id"] == "panjin-14fyp"].reset_index(drop=True)
    pd.testing.assert_frame_equal(own, ps.gaps(ds, "panjin-14fyp"))


def test_a_plan_without_targets_gives_an_empty_table_with_all_columns(
    stated: Stated, base: Row
) -> None:
    frame = ps.gaps(stated(base(50)))
    assert (len(frame), list(frame.columns)) == (0, module.COLUMNS)


def test_an_unknown_plan_is_named(ds: ps.Dataset) -> None:
    with pytest.raises(
        ps.ParameterError,
        match="plan='mianyan' is neither a plan nor an area with one -> did you mean 'mianyang'",
    ):
        ps.gaps(ds, plan="mianyan")


@pytest.mark.parametrize("measure", [ps.gaps, ps.pace, ps.ambition])
def test_plans_may_be_named_by_code_area_or_list(measure: Callable[..., pd.DataFrame]) -> None:
    ds = ps.load()
    by_code = measure(ds, plan="mianyang-14fyp")
    pd.testing.assert_frame_equal(measure(ds, plan="mianyang"), by_code)
    both = measure(ds, plan=["mianyang-14fyp", "panjin"])
    assert set(both["plan_id"]) <= {"mianyang-14fyp", "panjin-14fyp"}
    assert len(both) >= len(by_code)


def test_a_plan_in_the_place_of_the_data_set() -> None:
    with pytest.raises(ps.ParameterError, match=r"ps\.load\(\)"):
        ps.gaps("mianyang-14fyp")


def test_a_doubted_baseline_leaves_its_target_sound(ds: ps.Dataset) -> None:
    frame = ps.gaps(ds).set_index("statement_id")
    retention = frame.loc["panjin-14fyp-040"]
    assert (retention["doubted"], retention["target_doubted"]) == (True, False)
    training = frame.loc["panjin-14fyp-046"]
    assert (training["doubted"], training["target_doubted"]) == (True, True)
    assert not frame.loc[~frame["doubted"], "target_doubted"].any()
