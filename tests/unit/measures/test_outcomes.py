"""ps.outcomes: what became of the targets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis import wording
from psanalysis.comparators import COMPARATORS
from psanalysis.measures import outcome_rules
from psanalysis.measures import outcomes as module

Stated = Callable[..., ps.Dataset]
Row = Callable[..., dict[str, Any]]
NAN = float("nan")

# The 22 targets of the national plan against actuals.csv, worked out by hand: verdict, evidence,
# reason, value, its year, margin
NATION = {
    "childcare_places_per_1000": ("met", "final_value", None, 4.73, 2025, 0.23),
    "orphan_support_coverage": ("pledge", None, None, None, None, None),
    "preschool_gross_enrolment": ("met", "last_value", None, 92.0, 2024, 2.0),
    "compulsory_education_retention": ("cannot_tell", "last_value", "too_old", 95.9, 2024, -0.1),
    "upper_secondary_gross_enrolment": ("cannot_tell", "last_value", "too_old", 92.0, 2024, 0.0),
    "mean_years_schooling_working_age": ("met", "last_value", None, 11.3, 2024, 0.0),
    "subsidised_training_participants": (
        "cannot_tell",
        "final_value",
        "doubted",
        9200.0,
        2025,
        7700.0,
    ),
    "life_expectancy": ("met", "final_value", None, 79.25, 2025, 0.95),
    "physicians_per_1000": ("met", "last_value", None, 3.61, 2024, 0.41),
    "nurses_per_1000": ("met", "last_value", None, 4.16, 2024, 0.36),
    "medical_insurance_participation": ("no_value", None, None, None, None, None),
    "nursing_bed_share": ("met", "final_value", None, 68.0, 2025, 13.0),
    "new_area_eldercare_facility_compliance": ("no_value", None, None, None, None, None),
    "pension_insurance_participation": ("met", "bound", None, 95.0, 2025, None),
    "eldercare_beds_total": ("cannot_tell", "last_value", "too_old", 799.3, 2024, -200.7),
    "public_rental_housing_guarantee": ("pledge", None, None, None, None, None),
    "rural_low_income_housing_safety": ("pledge", None, None, None, None, None),
    "old_residential_areas_renovated": ("no_value", None, None, None, None, None),
    "disability_two_subsidies_coverage": ("no_value", None, None, None, None, None),
    "cultural_facility_visits_per_10000": ("no_value", None, None, None, None, None),
    "sports_area_per_capita": ("met", "last_value", None, 3.0, 2024, 0.4),
    "community_service_area_per_100_households": ("no_value", None, None, None, None, None),
}


def of(row: pd.Series, *columns: str) -> tuple[Any, ...]:
    return tuple(None if pd.isna(row[name]) else row[name] for name in columns)


@pytest.mark.parametrize("indicator", NATION)
def test_the_national_targets_by_hand(ds: ps.Dataset, indicator: str) -> None:
    row = ps.outcomes(ds, "china-14fyp", as_of=2025).set_index("indicator_id").loc[indicator]
    columns = ("verdict", "evidence", "untold", "value", "value_year", "margin")
    assert of(row, *columns) == NATION[indicator]


def test_every_national_target_is_there(ds: ps.Dataset) -> None:
    frame = ps.outcomes(ds, "china-14fyp")
    assert frame["indicator_id"].tolist() == list(NATION)
    assert set(frame["as_of"]) == {2025}
    assert (ps.outcomes(ds, "china", as_of=2023)["verdict"].drop([1, 15, 16]) == "not_due").all()


@pytest.fixture
def judged(stated: Stated, goal: Row) -> Callable[..., pd.Series]:
    """`judged(target, value, ...)`: the first row of the outcomes of one target against values of
    (year, value, comparator...).
    """

    def build(
        target: dict[str, Any], *values: dict[str, Any], as_of: int | None = 2025
    ) -> pd.Series:
        made = stated(goal(**target))
        rows = [
            {
                "area_id": "mianyang", "indicator_id": target.get("indicator_id", "share"),
                "year": 2025, "value_high": NAN,
                "comparator": "eq", "unit_id": made.statements["unit_id"].iloc[0],
                "value_as_stated": "x", "publisher": "x",
                "status": "final", "quality": "original",
            } | value
            for value in values
        ]  # fmt: skip
        columns = list(made.actuals.columns)
        actuals = pd.DataFrame(rows, columns=columns).astype(made.actuals.dtypes)
        return ps.outcomes(replace(made, actuals=actuals), as_of=as_of).iloc[0]

    return build


DEATHS, SIZE = {"indicator_id": "deaths"}, {"indicator_id": "size"}
BETWEEN = {"comparator": "between", "value_high": 20.0}
TOTAL = {"indicator_id": "trained", "flow_start": 2021, "flow_end": 2025}
CASES = [
    ({"value": 80}, {"value": 80}, "met", "final_value", 0.0, None),
    ({"value": 80}, {"value": 79}, "missed", "final_value", -1.0, 1.0),
    ({"value": 80, "comparator": "gt"}, {"value": 80}, "missed", "final_value", 0.0, 0.0),
    ({"value": 10} | DEATHS, {"value": 9}, "met", "final_value", 1.0, None),
    ({"value": 10} | DEATHS, {"value": 12}, "missed", "final_value", -2.0, 2.0),
    ({"value": 10, "comparator": "lt"} | DEATHS, {"value": 10}, "missed", "final_value", 0.0, 0.0),
    ({"value": 10} | SIZE, {"value": 11}, "missed", "final_value", -1.0, 1.0),
    ({"value": 10} | SIZE, {"value": 9}, "missed", "final_value", -1.0, 1.0),
    ({"value": 10} | SIZE | BETWEEN, {"value": 8}, "missed", "final_value", -2.0, 2.0),
    ({"value": 10} | SIZE | BETWEEN, {"value": 11}, "met", "final_value", 0.0, None),
    ({"value": 10} | SIZE | BETWEEN, {"value": 23}, "missed", "final_value", -3.0, 3.0),
    ({"value": 10} | DEATHS | BETWEEN, {"value": 20}, "met", "final_value", 0.0, None),
    ({"value": 80}, {"value": 80, "comparator": "gt"}, "met", "bound", None, None),
    ({"value": 80}, {"value": 70, "comparator": "ge"}, "cannot_tell:bound", "bound", None, None),
    ({"value": 80}, {"value": 79, "comparator": "le"}, "missed", "bound", None, None),
    ({"value": 80}, {"value": 75, "comparator": "between", "value_high": 85.0}, "cannot_tell:bound",
        "bound", None, None),
    ({"value": 80}, {"value": 75, "comparator": "between", "value_high": 79.0}, "missed", "bound",
        None, None),
    ({"value": 80}, {"value": 80, "comparator": "approx"}, "cannot_tell:bound", "final_value", 0.0,
        None),
    ({"value": 80}, {"value": 82, "year": 2024}, "met", "last_value", 2.0, None),
    ({"value": 80}, {"value": 79, "year": 2024}, "cannot_tell:too_old", "last_value", -1.0, None),
    ({"value": 80}, {"value": 82, "year": 2023}, "cannot_tell:too_old", "last_value", 2.0, None),
    ({"value": 80, "year": 2024}, {"value": 82}, "cannot_tell:later_value", "final_value", 2.0,
        None),
    ({"value": 80, "year": 2026}, {"value": 82}, "not_due", "last_value", 2.0, None),
    ({"pledge": "all"}, {"value": 82}, "pledge", None, None, None),
    ({"value": 9} | TOTAL, {"value": 20}, "cannot_tell:other_basis", "final_value", 11.0, None),
]  # fmt: skip


@pytest.mark.parametrize(("target", "value", "verdict", "kind", "margin", "short"), CASES)
def test_verdicts(
    judged: Callable[..., pd.Series], target: dict[str, Any], value: dict[str, Any],
    verdict: str, kind: str | None, margin: float | None, short: float | None,
) -> None:  # fmt: skip
    row = judged(target, value)
    assert of(row, "verdict", "evidence", "margin", "shortfall") == (
        verdict.split(":")[0], kind, margin, short,
    )  # fmt: skip
    assert (None if pd.isna(row["untold"]) else row["untold"]) == (
        verdict.split(":")[1:] or [None]
    )[0]
    assert row["reason_zh"].endswith("。")
    assert row["reason_en"].endswith(".")
    assert "nan" not in row["reason_en"] + row["reason_zh"]


MISSED = [
    ({"value": 80}, {"value": 79.5}, "missed", {"short": "0.5 pp"}),
    ({"value": 80, "comparator": "gt"}, {"value": 80}, "missed_strictly", {}),
    ({"value": 80}, {"value": 79, "comparator": "le"}, "missed_by_bound", {}),
]


@pytest.mark.parametrize(("target", "value", "key", "facts"), MISSED)
def test_how_a_target_was_missed_is_told(
    judged: Callable[..., pd.Series], target: dict[str, Any], value: dict[str, Any], key: str,
    facts: dict[str, str],
) -> None:  # fmt: skip
    signs = [COMPARATORS[one.get("comparator", "ge")].sign for one in (target, value)]
    shown = f"{signs[1] if 'comparator' in value else ''}{value['value']}%"
    told = {"year": 2025, "due": 2025, "value": shown, "target": f"{signs[0]}80%"} | facts
    row = judged({"comparator": "ge"} | target, value)
    assert row["reason_en"] == wording.say(f"outcome_reason.{key}", "en", **told)


def test_a_shortfall_is_told_as_a_share_of_the_target(judged: Callable[..., pd.Series]) -> None:
    assert judged({"value": 80}, {"value": 60})["shortfall_share"] == 0.25
    assert pd.isna(judged({"value": 0} | DEATHS, {"value": 60})["shortfall_share"])


def test_no_value_and_the_choice_among_several(judged: Callable[..., pd.Series]) -> None:
    assert judged({"value": 80})["verdict"] == "no_value"
    assert judged({"value": 80, "year": 2026})["verdict"] == "not_due"
    chosen = judged(
        {"value": 80},
        {"value": 81, "year": 2024},
        {"value": 70, "published_on": "2026-01", "status": "preliminary"},
        {"value": 82, "published_on": "2026-09"},
        {"value": 60, "year": 2026},
        as_of=2026,
    )
    assert (chosen["value"], chosen["verdict"]) == (82, "met")
    early = judged(
        {"value": 80}, {"value": 81, "year": 2022}, {"value": 60, "year": 2027}, as_of=None
    )
    assert of(early, "value_year", "as_of", "untold") == (2022, 2027, "too_old")


def test_units_of_values_convert(judged: Callable[..., pd.Series]) -> None:
    row = judged({"value": 1.3, "indicator_id": "beds"}, {"value": 12000, "unit_id": "bed"})
    assert of(row, "value", "verdict", "shortfall") == (1.2, "missed", 0.1)


def test_a_later_plan_shows_how_a_target_ended(
    ds: ps.Dataset, stated: Stated, doubting: Stated, base: Row, goal: Row
) -> None:
    second = ds.plans.iloc[[0]].assign(
        plan_id="mianyang-15fyp",
        period_start=2026,
        period_end=2030,
        baseline_year=2025,
        horizon_year=2030,
    )
    made = stated(goal(80), base(50), base(78, year=2025), base(99, year=2025), goal(90, year=2030))
    made.statements.loc[[2, 4], "plan_id"] = "mianyang-15fyp"
    made = replace(
        made, plans=pd.concat([ds.plans, second], ignore_index=True), actuals=ds.actuals.head(0)
    )
    table = ps.outcomes(made)
    shown = made.statements["statement_id"].iloc[2]
    columns = ("verdict", "evidence", "value", "shortfall", "value_statement_id")
    assert of(table.iloc[0], *columns) == ("missed", "next_baseline", 78, 2, shown), (
        "its own 99 is no outcome"
    )
    assert of(table.iloc[1], "verdict", "value") == ("not_due", None), (
        "a plan's baseline is not its own outcome"
    )
    doubted = ps.outcomes(doubting(made, shown)).iloc[0]
    assert of(doubted, "verdict", "untold", "doubted", "marks") == (
        "cannot_tell",
        "doubted",
        True,
        "doubted",
    )


LATER = {"indicator_id": "trained", "year": 2025}


@pytest.mark.parametrize(
    ("years", "verdict", "untold"),
    [
        ((2021, 2025), "met", None),
        ((2020, 2024), "met", None),
        ((2024, 2025), "cannot_tell", "other_basis"),
        (None, "cannot_tell", "other_basis"),
    ],
)
def test_a_total_is_held_against_totals_over_as_many_years(
    ds: ps.Dataset,
    stated: Stated,
    base: Row,
    goal: Row,
    years: tuple[int, int] | None,
    verdict: str,
    untold: str | None,
) -> None:
    """What the next plan states of a total of the old one's years."""
    second = ds.plans.iloc[[0]].assign(
        plan_id="mianyang-15fyp", period_start=2026, baseline_year=2025
    )
    flow = dict(zip(("flow_start", "flow_end"), years, strict=True)) if years else {}
    made = stated(goal(9, **TOTAL), base(12, **LATER, **flow))
    made.statements.loc[[1], "plan_id"] = "mianyang-15fyp"
    plans = pd.concat([ds.plans, second], ignore_index=True)
    row = ps.outcomes(replace(made, plans=plans, actuals=ds.actuals.head(0))).iloc[0]
    assert of(row, "verdict", "untold") == (verdict, untold)


def test_no_nought_is_negative(judged: Callable[..., pd.Series]) -> None:
    strict = judged({"value": 80, "comparator": "gt"}, {"value": 80})
    assert (str(strict["shortfall"]), str(strict["margin"])) == ("0.0", "0.0")
    assert str(judged({"value": 10} | DEATHS, {"value": 10})["margin"]) == "0.0"
    assert str(judged({"value": 10} | SIZE, {"value": 10})["margin"]) == "0.0"
    assert (
        judged({"value": 0.5, "indicator_id": "doctors"}, {"value": 0.25})["shortfall_share"] == 0.5
    )


def test_preliminary_values_say_so(judged: Callable[..., pd.Series]) -> None:
    told = [
        judged({"value": 80}, {"value": 82, "status": one})["reason_en"]
        for one in ("preliminary", "final")
    ]
    assert told == [
        "82% (preliminary) in 2025: the target (80%) is met.",
        "82% in 2025: the target (80%) is met.",
    ]


def test_without_any_year_nothing_is_due(ds: ps.Dataset) -> None:
    nothing = module.evidence(ds, None, None).head(0)
    assert module._last_year(replace(ds, plans=ds.plans.head(0)), nothing) == 0


def test_a_doubted_target_has_no_verdict(judged: Callable[..., pd.Series], ds: ps.Dataset) -> None:
    frame = ps.outcomes(ds, "panjin", as_of=2025, actuals=None).set_index("statement_id")
    assert frame.loc["panjin-14fyp-034", ["doubted", "verdict"]].tolist() == [True, "no_value"]


def test_columns_words_and_empty_tables(ds: ps.Dataset, stated: Stated, base: Row) -> None:
    assert list(ps.outcomes(ds).columns) == module.COLUMNS
    empty = ps.outcomes(replace(stated(base(5)), actuals=ds.actuals.head(0)))
    assert (len(empty), list(empty.columns)) == (0, module.COLUMNS)
    assert set(wording.keys("outcome")) == set(outcome_rules.VERDICTS)
    assert set(wording.keys("evidence")) == set(outcome_rules.EVIDENCE)
    assert set(outcome_rules.UNTOLD) <= set(wording.keys("outcome_reason"))
    with pytest.raises(ps.ParameterError, match="as_of='x'"):
        ps.outcomes(ds, as_of="x")  # type: ignore[arg-type]
