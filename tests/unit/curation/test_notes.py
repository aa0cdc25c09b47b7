"""Notes: each rule sees its oddity in a data set made for it, and is silent where nothing is
odd.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import psanalysis as ps
from psanalysis.curation.notes import COLUMNS, notes
from psanalysis.curation.notes_within import significant_digits

PLANS = ("mianyang-14fyp", "panjin-14fyp", "china-14fyp")
Make = Callable[..., ps.Dataset]


@pytest.fixture(scope="module")
def whole() -> ps.Dataset:
    return ps.load()


@pytest.fixture
def made(whole) -> Make:
    """A data set of some statements: `made(row(...), row(...))`."""

    def make(*rows: dict[str, object], issued: str | None = None) -> ps.Dataset:
        frame = pd.DataFrame([{**template(n), **row} for n, row in enumerate(rows)])
        frame["statement_id"] = [f"{plan}-{n:03d}" for n, plan in enumerate(frame["plan_id"], 1)]
        for column, kind in whole.statements.dtypes.items():
            frame[column] = frame[column].astype(kind)
        plans = whole.plans[
            whole.plans["plan_id"].isin([*frame["plan_id"], "china-14fyp"])
        ].reset_index(drop=True)
        if issued:
            plans = plans.assign(issued_on=pd.Timestamp(issued))
        return dataclasses.replace(
            whole,
            statements=frame[list(whole.statements.columns)],
            plans=plans,
            findings=whole.findings.iloc[:0],
        )

    def template(n: int) -> dict[str, object]:
        empty = dict.fromkeys(whole.statements.columns)
        return {
            **empty, "plan_id": "panjin-14fyp", "area_id": "panjin",
            "indicator_id": "nursing_bed_share", "unit_id": "percent",
            "comparator": "eq", "role": "target", "year": 2025, "year_basis": "stated",
            "section": "一", "indicator_as_written": "占比",
            "value_as_written": "X", "char_start": 10 * n, "char_end": 10 * n + 1,
            "commitment": "firm",
        }  # fmt: skip

    return make


def base(**cells: object) -> dict[str, object]:
    return {"role": "baseline", "year": 2020, "commitment": None, **cells}


def other_plan(**cells: object) -> dict[str, object]:
    return {"plan_id": "mianyang-14fyp", "area_id": "mianyang", **cells}


def aim() -> dict[str, object]:
    """A target that nothing is odd about."""
    return {"indicator_id": "infant_mortality", "unit_id": "permille", "value": 4.5}


def kinds(ds: ps.Dataset) -> list[str]:
    return sorted(set(notes(ds)["kind"]) - {"missing_baseline"})


@pytest.mark.parametrize(
    ("baseline", "target", "comparator", "kind"),
    [
        (96.3, 95, "ge", ["target_below_baseline"]),
        (95, 95, "eq", ["target_equals_baseline"]),
        (95, 95, "gt", ["target_equals_baseline"]),
        (90, 95, "eq", []),
    ],
)
def test_target_against_baseline(made, baseline, target, comparator, kind):
    assert kinds(made(base(value=baseline), {"value": target, "comparator": comparator})) == kind


def test_a_better_lower_value_is_no_short_target(made):
    down = {"indicator_id": "infant_mortality", "unit_id": "permille"}
    assert kinds(made(base(value=5, **down), {"value": 4.5, **down})) == []
    assert kinds(made(base(value=4, **down), {"value": 4.5, **down})) == ["target_below_baseline"]


def test_a_smaller_total_than_that_of_the_period_before_is_noted(made):
    past = {
        "indicator_id": "urban_new_jobs",
        "unit_id": "person",
        "flow_start": 2016,
        "flow_end": 2020,
    }
    coming = {
        "indicator_id": "urban_new_jobs",
        "unit_id": "person",
        "flow_start": 2021,
        "flow_end": 2025,
    }
    assert kinds(made(base(value=9, **past), {"value": 8, **coming})) == ["target_below_baseline"]
    assert kinds(made(base(value=9, **past), {"value": 10, **coming})) == []


@pytest.mark.parametrize(("holders", "odd"), [(521.86, True), (545, True), (546, False)])
def test_a_part_over_its_share_is_no_more_than_there_are(made, holders, odd):
    people = {"unit_id": "ten_thousand_persons"}
    data = made(
        base(indicator_id="medical_insurance_insured", value=491, **people),
        base(indicator_id="social_security_card_holders", value=holders, **people),
        base(indicator_id="medical_insurance_participation", value=90),
    )
    assert ("conflicting_figures" in kinds(data)) is odd


@pytest.mark.parametrize(("per_1000", "odd"), [(31, False), (7, False), (6.7, True)])
def test_beds_over_beds_per_older_person_are_no_more_people_than_there_are(made, per_1000, odd):
    data = made(
        base(indicator_id="eldercare_beds_total", value=3.52, unit_id="ten_thousand_beds"),
        base(
            indicator_id="social_security_card_holders",
            value=521.86,
            unit_id="ten_thousand_persons",
        ),
        base(indicator_id="eldercare_beds_per_1000_older", value=per_1000, unit_id="bed"),
    )
    found = notes(data)
    assert ("conflicting_figures" in set(found["kind"])) is odd
    if odd:
        text = found.loc[found["kind"] == "conflicting_figures", "text_en"].item()
        assert "makes 5,254,000 people in all" in text


@pytest.mark.parametrize(
    ("value", "comparator", "odd"),
    [
        (100.72, "eq", True),
        (100, "eq", False),
        (100, "gt", True),
        (100, "ge", False),
        (-1, "eq", True),
    ],
)
def test_natural_limit(made, value, comparator, odd):
    assert ("beyond_limit" in kinds(made({"value": value, "comparator": comparator}))) is odd


def test_range_is_judged_by_both_ends(made):
    assert kinds(made({"value": 90, "value_high": 101, "comparator": "between"})) == [
        "beyond_limit"
    ]


def test_unlike_values_of_one_year(made):
    table, prose = {"value": 4.5, "nature": "expected"}, {"value": 3}
    assert kinds(made(table, prose)) == ["table_against_prose"]
    assert kinds(made({"value": 4.5}, prose)) == ["conflicting_figures"]
    assert kinds(made(table, {"value": None, "comparator": "none", "pledge": "all_eligible"})) == [
        "table_against_prose"
    ]


def test_a_goal_to_strive_for_is_no_conflict(made):
    assert kinds(made({"value": 3}, {"value": 4.5, "commitment": "strive"})) == []


def test_other_years_areas_and_roles_are_no_conflict(made):
    assert kinds(made({"value": 70, "year": 2023}, {"value": 80})) == []
    assert kinds(made({"value": 70, "area_id": "jingmen-centre"}, {"value": 80})) == []
    assert kinds(made(base(value=70), {"value": 80})) == []


def test_repeated_figure(made):
    table = notes(made({"value": 55, "nature": "binding"}, {"value": 55, "comparator": "ge"}))
    row = table[table["kind"] == "repeated_figure"].squeeze()
    assert row["statement_ids"] == "panjin-14fyp-001 panjin-14fyp-002"
    assert "55%" in row["text_zh"]
    assert "2 times" in row["text_en"]


def test_for_a_baseline_the_comparator_is_part_of_the_value(made):
    assert kinds(
        made(base(value=97.2, nature="expected"), base(value=97.2, comparator="ge"), aim())
    ) == ["table_against_prose"]


def test_copied_figure(made):
    beds = {"indicator_id": "eldercare_beds_per_1000_older", "unit_id": "bed"}
    assert kinds(made(base(value=35.1), base(value=35.1, **beds), aim())) == ["copied_figure"]
    assert kinds(made(base(value=35), base(value=35, **beds), aim())) == []
    assert kinds(made(base(value=35.1), {"value": 35.1, **beds})) == []


def test_one_number_for_two_indicators_at_one_place_is_not_copied(made):
    beds = {"indicator_id": "eldercare_beds_per_1000_older", "unit_id": "bed", "char_start": 0}
    assert kinds(made(base(value=35.1), base(value=35.1, **beds), aim())) == []


@pytest.mark.parametrize(
    ("issued", "odd"), [("2024-12-31", False), ("2025-12-31", False), ("2026-01-01", True)]
)
def test_deadline_past(made, issued, odd):
    assert ("deadline_past" in kinds(made({"value": 55}, issued=issued))) is odd


@pytest.mark.parametrize(("issued", "odd"), [("2022-02-23", False), ("2023-09-06", True)])
def test_late_publication(made, issued, odd):
    table = notes(made({"value": 55}, issued=issued))
    late = table[table["kind"] == "late_publication"]
    assert bool(len(late)) is odd
    assert late["statement_ids"].eq("").all()


def test_missing_baselines_of_the_table(made):
    table = notes(
        made(
            base(value=None, comparator="none", nature="binding", value_as_written="——"),
            {"value": 55, "nature": "binding"},
        )
    )
    assert "nursing-care beds" in " ".join(
        table.loc[table["kind"] == "missing_baseline", "text_en"]
    )
    table = notes(made({"value": 55, "nature": "binding"}))
    assert "panjin-14fyp-001" in set(
        table.loc[table["kind"] == "missing_baseline", "statement_ids"]
    )


def test_a_plan_without_any_baseline(made):
    assert "missing_baseline" in set(notes(made({"value": 55}))["kind"])
    assert "missing_baseline" not in set(notes(made(base(value=50), {"value": 55}))["kind"])


def test_natures_of_two_plans(made):
    assert "nature_differs" in kinds(
        made(other_plan(value=55, nature="binding"), {"value": 55, "nature": "expected"})
    )
    assert "nature_differs" not in kinds(
        made(other_plan(value=55, nature="binding"), {"value": 55, "nature": "binding"})
    )


def test_totals_among_other_values(made):
    training = {
        "indicator_id": "subsidised_training_participants",
        "unit_id": "ten_thousand_person_times",
    }
    total = {"flow_start": 2021, "flow_end": 2025, **training}
    assert "annual_against_cumulative" in kinds(
        made(other_plan(value=19, **training), {"value": 12, **total})
    )
    assert "annual_against_cumulative" not in kinds(
        made(other_plan(value=19, **total), {"value": 12, **total})
    )


@pytest.mark.parametrize(("city", "odd"), [(3.7, True), (3.8, False), (3.9, False)])
def test_national_target(made, city, odd):
    nurses = {"indicator_id": "nurses_per_1000", "unit_id": "person"}
    ds = made(
        {"value": city, **nurses},
        {"plan_id": "china-14fyp", "area_id": "china", "value": 3.8, **nurses},
    )
    assert ("low_ambition" in kinds(ds)) is odd


def test_a_city_total_is_not_measured_by_the_nation(made):
    beds = {"indicator_id": "eldercare_beds_total", "unit_id": "ten_thousand_beds"}
    assert (
        kinds(
            made(
                {"value": 1.3, **beds},
                {"plan_id": "china-14fyp", "area_id": "china", "value": 1000, **beds},
            )
        )
        == []
    )


def test_a_slip_of_unit(made):
    beds = {"indicator_id": "eldercare_beds_per_1000_older", "unit_id": "bed"}
    assert "unit_differs" in kinds(made(other_plan(value=31, **beds), {"value": 0.351, **beds}))
    assert "unit_differs" not in kinds(made(other_plan(value=31, **beds), {"value": 20, **beds}))


def test_a_finding_of_the_kind_makes_a_note_known(made, whole):
    ds = made(base(value=100.72), {"value": 100})
    assert not notes(ds)["known"].any()
    finding = {
        "finding_id": "panjin-14fyp-f01",
        "plan_id": "panjin-14fyp",
        "kind": "beyond_limit",
        "severity": "note",
        "statement_ids": "panjin-14fyp-001",
    }
    findings = pd.DataFrame([{**finding, "text_zh": "。", "text_en": "."}], dtype="str")
    table = notes(dataclasses.replace(ds, findings=findings)).set_index("kind")
    assert table.loc["beyond_limit", "known"]
    assert table.loc["beyond_limit", "finding_ids"] == "panjin-14fyp-f01"
    assert not table.loc["target_below_baseline", "known"]


def test_the_columns_of_the_table(made):
    assert list(notes(made(base(value=90), {"value": 95})).columns) == COLUMNS


def test_the_order_of_rows_changes_no_note(whole):
    turned = dataclasses.replace(
        whole, statements=whole.statements.iloc[::-1].reset_index(drop=True)
    )
    pd.testing.assert_frame_equal(notes(turned), notes(whole))


def test_every_kind_of_note_has_a_label(whole):
    for kind in set(notes(whole)["kind"]):
        assert whole.label("findings", "kind", kind, "zh")


@given(st.integers(1, 9), st.integers(-3, 6))
def test_a_power_of_ten_changes_no_digits(digit, power):
    assert significant_digits(digit * 10.0**power) == 1
