"""Ex-ante measures: value inside the domain, a named reason outside it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psanalysis import wording
from psanalysis.measures import exante

NAN = float("nan")
ROW = {
    "baseline": 50.0, "target": 80.0, "baseline_year": 2020, "target_year": 2025, "side": 1,
    "lower_limit": 0.0, "upper_limit": NAN,
    "not_comparable": False, "period_total": False,
}  # fmt: skip


def measured(**changed: Any) -> dict[str, float | str]:
    frame = pd.DataFrame([ROW | changed]).astype({"baseline_year": "Int64", "target_year": "Int64"})
    found: dict[str, float | str] = {}
    for name, function in exante.FUNCTIONS.items():
        result = function(frame)
        value, reason = result.value.iloc[0], result.reason.iloc[0]
        assert pd.isna(value) != pd.isna(reason)
        found[name] = reason if pd.isna(value) else float(value)
    return found


def test_the_names_are_the_public_ones() -> None:
    assert tuple(exante.FUNCTIONS) == exante.MEASURES


def test_a_rise_without_limit() -> None:
    assert measured() == {
        "gap": 30.0, "required_change": 30.0, "annual_step": 6.0, "required_step": 6.0,
        "relative_change": pytest.approx(0.6),
        "required_cagr": pytest.approx(1.6**0.2 - 1), "room_share": "no_limit",
    }  # fmt: skip


def test_small_numbers_and_a_single_year_are_enough() -> None:
    assert measured(baseline=0.5, target=0.8, target_year=2021) == {
        "gap": pytest.approx(0.3), "required_change": pytest.approx(0.3),
        "annual_step": pytest.approx(0.3), "required_step": pytest.approx(0.3),
        "relative_change": pytest.approx(0.6), "required_cagr": pytest.approx(0.6),
        "room_share": "no_limit",
    }  # fmt: skip


def test_a_share_has_room_and_no_growth_rate() -> None:
    found = measured(upper_limit=100.0)
    assert (found["room_share"], found["required_cagr"]) == (pytest.approx(0.6), "has_upper_limit")


def test_a_fall_towards_zero() -> None:
    found = measured(baseline=20.0, target=15.0, side=-1)
    assert found == {
        "gap": -5.0, "required_change": 5.0, "annual_step": -1.0, "required_step": -1.0,
        "relative_change": -0.25,
        "required_cagr": pytest.approx(0.75**0.2 - 1), "room_share": 0.25,
    }  # fmt: skip


def test_a_target_on_the_wrong_side_asks_for_no_change() -> None:
    found = measured(baseline=98.0, target=95.0, upper_limit=100.0)
    assert (
        found["gap"],
        found["required_change"],
        found["annual_step"],
        found["required_step"],
    ) == (-3.0, 0.0, -0.6, 0.0)
    assert (found["relative_change"], found["room_share"]) == (
        pytest.approx(-3 / 98),
        "already_met_at_baseline",
    )
    assert measured(baseline=98.0, target=95.0)["required_cagr"] == "already_met_at_baseline"
    capped = measured(baseline=10.0, target=15.0, side=-1)
    assert (
        capped["gap"],
        capped["required_change"],
        capped["annual_step"],
        capped["required_step"],
    ) == (5.0, 0.0, 1.0, 0.0)
    assert (capped["required_cagr"], capped["room_share"]) == (
        "already_met_at_baseline",
        "already_met_at_baseline",
    )


def test_a_point_may_lie_on_either_side() -> None:
    assert measured(side=0, target=40.0)["required_change"] == 10.0
    assert measured(side=0)["required_change"] == 30.0
    assert measured(side=0, upper_limit=100.0)["room_share"] == "no_limit"


@pytest.mark.parametrize(
    ("changed", "reasons"),
    [
        ({"target": NAN}, dict.fromkeys(exante.MEASURES, "no_target_value")),
        ({"baseline": NAN}, dict.fromkeys(exante.MEASURES, "no_baseline")),
        (
            {"target": NAN, "baseline": NAN, "not_comparable": True},
            dict.fromkeys(exante.MEASURES, "no_target_value"),
        ),
        ({"not_comparable": True}, dict.fromkeys(exante.MEASURES, "not_comparable")),
        (
            {"baseline_year": pd.NA},
            dict.fromkeys(("annual_step", "required_step", "required_cagr"), "year_unknown"),
        ),
        (
            {"target_year": pd.NA},
            dict.fromkeys(("annual_step", "required_step", "required_cagr"), "year_unknown"),
        ),
        (
            {"target_year": 2020},
            dict.fromkeys(("annual_step", "required_step", "required_cagr"), "years_not_ahead"),
        ),
        (
            {"target_year": 2019},
            dict.fromkeys(("annual_step", "required_step", "required_cagr"), "years_not_ahead"),
        ),
        (
            {"period_total": True},
            dict.fromkeys(("annual_step", "required_step", "required_cagr"), "period_total"),
        ),
        (
            {"baseline": 0.0},
            dict.fromkeys(("relative_change", "required_cagr"), "base_not_positive"),
        ),
        (
            {"baseline": -1.0},
            dict.fromkeys(("relative_change", "required_cagr"), "base_not_positive"),
        ),
        ({"target": 0.0, "side": -1}, {"required_cagr": "target_not_positive"}),
        ({"target": -1.0}, {"required_cagr": "target_not_positive"}),
        ({"upper_limit": 50.0}, {"room_share": "limit_reached"}),
        ({"upper_limit": 40.0}, {"room_share": "limit_reached"}),
        ({"lower_limit": 50.0, "side": -1, "target": 40.0}, {"room_share": "limit_reached"}),
        ({"lower_limit": NAN, "side": -1, "target": 40.0}, {"room_share": "no_limit"}),
        ({"baseline": 1e-300, "target": 1e300}, {"relative_change": "out_of_range"}),
    ],
)
def test_outside_its_domain_a_measure_is_missing_with_a_reason(
    changed: dict[str, Any], reasons: dict[str, str]
) -> None:
    found = measured(**changed)
    assert {name: found[name] for name in reasons} == reasons
    assert set(reasons.values()) <= set(wording.keys("undefined"))


def test_no_negative_zero() -> None:
    found = measured(baseline=15.0, target=15.0, side=-1)
    assert [math.copysign(1, value) for value in found.values() if isinstance(value, float)] == [
        1.0
    ] * 7


def test_no_noise_of_binary_fractions() -> None:
    found = measured(baseline=0.3, target=0.1 + 0.2, upper_limit=100.0, side=-1)
    assert [value for value in found.values() if isinstance(value, float)] == [0.0] * 6
    assert measured(baseline=0.3, target=0.1 + 0.2)["required_cagr"] == 0.0


def test_a_target_beyond_its_limit_takes_up_more_than_the_room() -> None:
    assert measured(baseline=95.0, target=105.0, upper_limit=100.0)["room_share"] == 2.0


values = st.one_of(st.just(NAN), st.integers(-2000, 2000).map(lambda n: n / 4))
limits = st.one_of(st.just(NAN), st.sampled_from([0.0, 100.0, -50.0]))
year = st.one_of(st.just(pd.NA), st.integers(2015, 2030))


@settings(max_examples=12)
@given(
    values,
    values,
    year,
    year,
    st.sampled_from([-1, 0, 1]),
    limits,
    limits,
    st.booleans(),
    st.booleans(),
)
def test_a_measure_is_given_inside_its_domain_and_only_there(
    b: float,
    t: float,
    tb: Any,
    tt: Any,
    side: int,
    low: float,
    high: float,
    apart: bool,
    total: bool,
) -> None:
    found = measured(
        baseline=b, target=t, baseline_year=tb, target_year=tt, side=side, lower_limit=low,
        upper_limit=high, not_comparable=apart,
        period_total=total,
    )  # fmt: skip
    assert all(isinstance(value, str) or np.isfinite(value) for value in found.values())
    numbers = not (math.isnan(b) or math.isnan(t) or apart)
    path = numbers and not total and not pd.isna(tb) and not pd.isna(tt) and tt > tb
    limit = {1: high, -1: low, 0: NAN}[side]
    short = side * (t - b) >= 0
    assert {name for name, value in found.items() if not isinstance(value, str)} == {
        name
        for name, holds in {
            "gap": numbers,
            "required_change": numbers,
            "annual_step": path,
            "required_step": path,
            "relative_change": numbers and b > 0,
            "required_cagr": path and b > 0 and t > 0 and math.isnan(high) and short,
            "room_share": numbers and side * (limit - b) > 0 and short,
        }.items()
        if holds
    }


@settings(max_examples=12)
@given(
    st.integers(1, 2000).map(lambda n: n / 4),
    st.integers(1, 2000).map(lambda n: n / 4),
    st.sampled_from([0.01, 10, 10_000]),
)
def test_the_unit_scales_differences_and_leaves_ratios(b: float, t: float, factor: float) -> None:
    one = measured(baseline=b, target=t, upper_limit=1000.0, side=1)
    other = measured(baseline=b * factor, target=t * factor, upper_limit=1000.0 * factor, side=1)
    for name in ("gap", "required_change", "annual_step", "required_step"):
        assert other[name] == pytest.approx(one[name] * factor, rel=1e-6, abs=1e-9)
    assert other["relative_change"] == pytest.approx(one["relative_change"], rel=1e-6, abs=1e-9)
    assert other["room_share"] == (
        one["room_share"] if t < b else pytest.approx(one["room_share"], rel=1e-6, abs=1e-9)
    )


@settings(max_examples=12)
@given(st.integers(-2000, 2000).map(lambda n: n / 4), st.integers(-2000, 2000).map(lambda n: n / 4))
def test_a_fall_is_the_mirror_of_a_rise(b: float, t: float) -> None:
    up = measured(baseline=b, target=t, upper_limit=600.0)
    down = measured(baseline=-b, target=-t, lower_limit=-600.0, upper_limit=NAN, side=-1)
    assert [up[name] for name in ("gap", "annual_step", "required_step")] == [
        -down[name] for name in ("gap", "annual_step", "required_step")
    ]
    assert (up["required_change"], up["room_share"]) == (
        down["required_change"],
        down["room_share"],
    )
