"""Actual values that look wrong by their size: shown as doubts, never blocked and never silent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis import wording
from psanalysis.measures import magnitudes as module

Stated = Callable[..., ps.Dataset]
Row = Callable[..., dict[str, Any]]
NAN = float("nan")


@pytest.fixture
def valued(stated: Stated, goal: Row, base: Row) -> Callable[..., ps.Dataset]:
    """`valued(indicator, [value...], target=, baseline=)`: actual values of 2021 on beside a target
    and a baseline.
    """

    def build(
        indicator: str, values: list[float], target: float = 80, baseline: float = 70, **more: Any
    ) -> ps.Dataset:
        made = stated(goal(target, indicator_id=indicator), base(baseline, indicator_id=indicator))
        rows = [
            {"area_id": "mianyang", "indicator_id": indicator, "year": 2021 + n,
                "value": float(value), "value_high": NAN,
             "comparator": "eq", "unit_id": made.statements["unit_id"].iloc[0], "publisher": "x",
             "title": "x",
             "status": "final", "quality": "original"} | more
            for n, value in enumerate(values)
        ]  # fmt: skip
        frame = pd.DataFrame(rows, columns=made.actuals.columns).astype(made.actuals.dtypes)
        return replace(made, actuals=frame)

    return build


CASES = [
    ("share", 0.78, "fraction ten_fold", True),
    ("share", 7.8, "ten_fold", True),
    ("share", 780, "outside_limits ten_fold", True),
    ("share", 103, "outside_limits", True),
    ("share", -3, "outside_limits", True),
    ("share", 20, "far", False),
    ("share", 45, "", False),
    ("deaths", 760, "ten_fold", True),
    ("deaths", 300, "far", False),
    ("beds", 0.75, "ten_fold", True),
    ("doctors", 0.75, "ten_fold", True),
    ("size", -5, "", False),
]


@pytest.mark.parametrize(("indicator", "value", "doubts", "grave"), CASES)
def test_what_is_doubted(
    valued: Callable[..., ps.Dataset], indicator: str, value: float, doubts: str, grave: bool
) -> None:
    found = ps.magnitudes(valued(indicator, [value]))
    assert found["doubts"].tolist() == ([doubts] if doubts else [])
    assert found["grave"].tolist() == ([grave] if doubts else [])


METHOD = (Path(__file__).parents[3] / "METHOD.md").read_text(encoding="utf-8")
VECTORS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in METHOD.split("| V | doubts |\n|---|---|\n")[1].split("\n\n")[0].splitlines()
]


@pytest.mark.parametrize(("value", "doubts"), VECTORS)
def test_the_vectors_of_method(valued: Callable[..., ps.Dataset], value: str, doubts: str) -> None:
    found = ps.magnitudes(valued("share", [float(value)]))
    assert found["doubts"].tolist() == ([] if doubts == "-" else [doubts])


EDGES = [
    # indicator, value, target, baseline, more, doubts: on both sides of each bound
    ("share", 1.0, 80, 70, {}, "fraction"),
    ("share", 1.01, 80, 70, {}, "far"),
    ("share", 1.0, 80, 10, {}, "fraction ten_fold"),
    ("share", 1.0, 80, 9.9, {}, "ten_fold"),
    ("doctors", 0.5, 80, 40, {}, "ten_fold"),
    ("share", 100, 80, 70, {}, ""),
    ("share", 0, 80, 70, {}, ""),
    ("share", 95, 80, 70, {"comparator": "between", "value_high": 104.0}, "outside_limits"),
    ("share", 95, 80, 70, {"comparator": "between", "value_high": 100.0}, ""),
    ("deaths", 240, 80, 70, {}, ""),
    ("deaths", 241, 80, 70, {}, "far"),
    ("deaths", 60, 200, 180, {}, ""),
    ("deaths", 59, 200, 180, {}, "far"),
    ("deaths", 5.5, 80, 70, {}, "ten_fold"),
    ("deaths", 5.2, 80, 70, {}, "far"),
    ("deaths", 910, 80, 70, {}, "ten_fold"),
    ("deaths", 1100, 80, 70, {}, "far"),
    ("deaths", 0.07, 80, 70, {}, "ten_fold"),
    ("share", 20, 45, 0, {}, ""),
    ("trained", 7.5, 80, 70, {}, "ten_fold"),
    ("doctors", 5, 0.6, 0.5, {}, "ten_fold"),
    ("share", 0.5, 8, 6, {}, "fraction ten_fold"),
]  # fmt: skip


@pytest.mark.parametrize(("indicator", "value", "target", "base_value", "more", "doubts"), EDGES)
def test_the_bounds_of_each_doubt(
    valued: Callable[..., ps.Dataset],
    indicator: str,
    value: float,
    target: float,
    base_value: float,
    more: dict[str, Any],
    doubts: str,
) -> None:
    found = ps.magnitudes(valued(indicator, [value], target, base_value, **more))
    assert found["doubts"].tolist() == ([doubts] if doubts else [])


def test_totals_over_years_and_references_are_not_compared_with(
    stated: Stated, goal: Row, valued: Callable[..., ps.Dataset]
) -> None:
    made = valued("trained", [5])
    total = stated(goal(80, indicator_id="trained", flow_start=2021, flow_end=2025))
    assert ps.magnitudes(replace(made, statements=total.statements)).empty
    other = made.statements.assign(role="reference", commitment=pd.NA)
    assert ps.magnitudes(replace(made, statements=other)).empty


def test_only_who_says_it_in_both_languages_of_the_original_is_believed(
    valued: Callable[..., ps.Dataset],
) -> None:
    notes = {"note_zh": "核对过。", "note_en": "Checked."}
    for more in (
        {"quality": "second_hand"} | notes,
        {"note_zh": "核对过。"},
        {"note_en": "Checked."},
        {},
    ):
        assert ps.magnitudes(valued("share", [7.8], **more))["grave"].tolist() == [True]


def test_a_file_of_fractions_is_not_its_own_yardstick(valued: Callable[..., ps.Dataset]) -> None:
    found = ps.magnitudes(valued("share", [0.7, 0.72, 0.74]))
    assert found["doubts"].tolist() == ["fraction ten_fold"] * 3
    assert found["reason_en"].iloc[0].startswith("0.7% may be a fraction")
    assert found["reason_zh"].iloc[0].startswith("0.7%可能是把百分数写成了小数")


def test_without_a_plan_the_other_years_and_places_count(
    valued: Callable[..., ps.Dataset], ds: ps.Dataset
) -> None:
    made = valued("share", [70, 71, 7.2])
    alone = replace(made, statements=made.statements.head(0))
    assert ps.magnitudes(alone)["year"].tolist() == [2023]
    elsewhere = replace(made, actuals=made.actuals.assign(area_id="panjin").iloc[[2]])
    assert len(ps.magnitudes(elsewhere)) == 1, "a share is the same everywhere"
    grows = valued("beds", [7000.0])
    assert ps.magnitudes(replace(grows, actuals=grows.actuals.assign(area_id="china"))).empty


def test_who_read_the_original_and_says_so_may_be_believed(
    valued: Callable[..., ps.Dataset],
) -> None:
    confirmed = ps.magnitudes(valued("share", [7.8], note_zh="核对过。", note_en="Checked."))
    assert confirmed["doubts"].tolist() == ["ten_fold"]
    assert not confirmed["grave"].any()


def test_doubts_go_with_the_verdict(valued: Callable[..., ps.Dataset]) -> None:
    grave = ps.outcomes(valued("share", [1, 1, 1, 1, 0.9])).iloc[0]
    assert (grave["verdict"], grave["untold"]) == ("cannot_tell", "implausible")
    assert grave["reason_en"].endswith("please check it.")
    slight = ps.outcomes(valued("share", [70, 70, 70, 70, 20])).iloc[0]
    assert (slight["verdict"], slight["value_doubts"]) == ("missed", "far")
    assert "three times" in slight["reason_en"]
    plain = ps.outcomes(valued("share", [70, 70, 70, 70, 82])).iloc[0]
    assert (plain["verdict"], plain["value_doubts"]) == ("met", "")


def test_the_curated_values_and_the_words(ds: ps.Dataset) -> None:
    assert list(ps.magnitudes(ds).columns) == module.COLUMNS
    assert set(wording.keys("magnitude")) == set(module.DOUBTS)


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ("", []),
        ("ten_fold", ["ten_fold"]),
        ("fraction ten_fold", ["fraction"]),
        ("outside_limits ten_fold", ["outside_limits", "ten_fold"]),
    ],
)
@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_of_a_fraction_the_slip_of_ten_is_not_said_as_well(
    codes: str, said: list[str], lang: str
) -> None:
    words = [wording.say(f"magnitude.{code}", lang, value="0.78 x") for code in said]
    text = wording.say("punctuation.sentence", lang).join(words)
    assert module.doubt_words(codes, 0.78, "x", lang) == text
