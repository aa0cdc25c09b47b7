"""ps.assess: METHOD.md's vectors, every edge of the domain, and the algebra that must hold for all
numbers.
"""

from __future__ import annotations

import math
from dataclasses import FrozenInstanceError
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import psanalysis as ps
from psanalysis import wording
from psanalysis.measures.way import MEASURES

ORDER = ("moving_away", "far_behind", "behind", "on_track", "achieved")


def assess(
    baseline: Any,
    current: Any,
    target: Any,
    years: tuple[Any, Any, Any] = (2020, 2023, 2025),
    **more: Any,
) -> ps.Assessment:
    base_year, now_year, goal_year = years
    return ps.assess(
        baseline=baseline,
        current=current,
        target=target,
        baseline_year=base_year,
        current_year=now_year,
        target_year=goal_year,
        **more,
    )


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


VECTORS = [
    # case, B, C, T, direction, R, share, pace, UNSD, status
    ("A up", 50, 70, 80, "increase", 1.2042, 0.6667, 1.1111, 1.2534, "on_track"),
    ("B near ceiling", 95, 96, 97, "increase", 0.8374, 0.5, 0.8333, 0.8363, "behind"),
    ("C maintain", 100, 100, 100, "increase", None, None, None, None, "held"),
    ("D zero base", 0, 10, 20, "increase", None, 0.5, 0.8333, None, "behind"),
    ("E down", 6, 5.2, 4.5, "decrease", 0.8331, 0.5333, 0.8889, 0.8488, "behind"),
    ("F regress", 50, 45, 80, "increase", -0.3501, -0.1667, -0.2778, -0.2684, "moving_away"),
]


@pytest.mark.parametrize(
    ("case", "base", "now", "goal", "direction", "cagr", "share", "pace", "unsd", "status"), VECTORS
)
def test_vectors_of_the_method(
    case: str,
    base: float,
    now: float,
    goal: float,
    direction: str,
    cagr: float,
    share: float,
    pace: float,
    unsd: float,
    status: str,
) -> None:
    result = assess(base, now, goal, direction=direction)
    assert (rounded(result.cagr_ratio), rounded(result.share), rounded(result.pace_ratio)) == (
        cagr,
        share,
        pace,
    ), case
    assert rounded(result.unsd_share) == unsd
    assert result.time_share == pytest.approx(0.6)
    assert result.status == status


def test_expected_now_is_on_the_straight_line() -> None:
    assert assess(50, 70, 80).expected_now == 68.0
    assert assess(6, 5.2, 4.5, direction="decrease").expected_now == pytest.approx(5.1)


@pytest.mark.parametrize(
    ("changed", "undefined"),
    [
        (
            {"target": None},
            dict.fromkeys(
                ("share", "pace_ratio", "cagr_ratio", "unsd_share", "expected_now"),
                "no_target_value",
            ),
        ),
        (
            {"baseline": None},
            dict.fromkeys(
                ("share", "pace_ratio", "cagr_ratio", "unsd_share", "expected_now"), "no_baseline"
            ),
        ),
        (
            {"current": None},
            dict.fromkeys(("share", "pace_ratio", "cagr_ratio", "unsd_share"), "no_current"),
        ),
        (
            {"target": 50},
            dict.fromkeys(
                ("share", "pace_ratio", "cagr_ratio", "unsd_share", "expected_now"),
                "target_equals_baseline",
            ),
        ),
        (
            {"target": 40},
            dict.fromkeys(
                ("share", "pace_ratio", "cagr_ratio", "unsd_share", "expected_now"),
                "already_met_at_baseline",
            ),
        ),
        ({"baseline": 0}, dict.fromkeys(("cagr_ratio", "unsd_share"), "base_not_positive")),
        ({"baseline": -5}, dict.fromkeys(("cagr_ratio", "unsd_share"), "base_not_positive")),
        ({"current": 0}, dict.fromkeys(("cagr_ratio", "unsd_share"), "current_not_positive")),
        (
            {"target": 0, "direction": "decrease"},
            dict.fromkeys(("cagr_ratio", "unsd_share"), "target_not_positive"),
        ),
        ({"baseline_year": None}, dict.fromkeys(MEASURES[1:], "year_unknown")),
        ({"current_year": None}, dict.fromkeys(MEASURES[1:], "year_unknown")),
        ({"target_year": None}, dict.fromkeys(MEASURES[1:], "year_unknown")),
        ({"target_year": 2020}, dict.fromkeys(MEASURES[1:], "years_not_ahead")),
        ({"current_year": 2020}, dict.fromkeys(MEASURES[1:], "no_time_passed")),
        (
            {"baseline": 1e-300, "current": 1e300, "target": 1e301},
            dict.fromkeys(("cagr_ratio", "unsd_share"), "out_of_range"),
        ),
    ],
)
def test_what_is_undefined_is_none_and_says_why(
    changed: dict[str, Any], undefined: dict[str, str]
) -> None:
    years = {"baseline_year": 2020, "current_year": 2023, "target_year": 2025}
    result = ps.assess(**({"baseline": 50, "current": 70, "target": 80} | years | changed))
    assert result.undefined == undefined
    assert {name for name in MEASURES if getattr(result, name) is None} == set(undefined)
    assert set(undefined.values()) <= set(wording.keys("undefined"))


@pytest.mark.parametrize(
    ("values", "more", "status"),
    [
        ((0, 0, 0), {}, "held"),
        ((-5, -3, -1), {}, "behind"),
        ((-1, -4, -5), {"direction": "decrease"}, "on_track"),
        ((80, 80, 80), {"comparator": "gt"}, "far_behind"),
        ((80, 79, 80), {"comparator": "gt"}, "moving_away"),
        ((80, 81, 80), {"comparator": "gt"}, "achieved"),
        ((100, 99, 100), {}, "lost"),
        ((100, 101, 100), {}, "held"),
        ((100.72, 100.5, 100), {}, "achieved"),
        ((100.72, 99.5, 100), {}, "lost"),
        ((50, 80, 80), {}, "achieved"),
        ((50, 80, 80), {"comparator": "ge"}, "achieved"),
        ((50, 80, 80), {"comparator": "gt"}, "on_track"),
        ((50, 90, 80), {"comparator": "le"}, "lost"),
        ((90, 80, 80), {"comparator": "le"}, "achieved"),
        ((90, 80, 80), {"comparator": "lt"}, "on_track"),
        ((90, 79.9, 80), {"comparator": "lt"}, "achieved"),
        ((None, 90, 80), {}, "achieved"),
        ((None, 70, 80), {}, "not_assessed"),
        ((50, None, 80), {}, "not_assessed"),
        ((50, 70, None), {}, "not_assessed"),
        ((10, 12, 12), {"direction": "none"}, "achieved"),
        ((10, 11, 12), {"direction": "none"}, "behind"),
        ((10, 13, 12), {"direction": "none"}, "not_assessed"),
        ((12, 9, 10), {"direction": "none"}, "not_assessed"),
        ((12, 11, 10), {"direction": "none"}, "behind"),
        ((10, 9, 12), {"direction": "none"}, "moving_away"),
        ((10, 10, 10), {"direction": "none"}, "held"),
        ((10, 11, 10), {"direction": "none"}, "lost"),
        ((98, 104, 100), {}, "achieved"),
    ],
)
def test_status(values: tuple[Any, Any, Any], more: dict[str, Any], status: str) -> None:
    result = assess(*values, **more)
    assert result.status == status
    assert result.reason_zh.endswith("。")
    assert result.reason_en.endswith(".")


@pytest.mark.parametrize(
    ("share", "expected", "binding"),
    [(0.60, "on_track", "on_track"), (0.5999, "on_track", "behind"), (0.5701, "on_track", "behind"),
        (0.5699, "behind", "behind"),
     (0.3601, "behind", "behind"), (0.3599, "far_behind", "far_behind"),
     (0.0, "far_behind", "far_behind"),
     (-0.001, "moving_away", "moving_away")],
)  # fmt: skip
def test_bands_and_that_binding_targets_are_judged_strictly(
    share: float, expected: str, binding: str
) -> None:
    current = 100 * share
    assert assess(0, current, 100).status == expected
    assert assess(0, current, 100, nature="expected").status == expected
    assert assess(0, current, 100, nature="binding").status == binding


def test_the_edges_of_the_bands_belong_to_the_better_one() -> None:
    full = (2020, 2025, 2025)
    assert [assess(0, c, 100, full).status for c in (95, 60, 0)] == [
        "on_track",
        "behind",
        "far_behind",
    ]
    assert assess(0, 50, 100, (2020, 2025, 2030), nature="binding").status == "on_track"


@pytest.mark.parametrize(
    ("base", "goal"), [(37.64, 55.0), (6.0, 4.5), (0.1, 0.7), (33.36, 52.49), (80.3, 80.9)]
)
def test_exactly_on_the_line_is_on_track_also_for_a_binding_target(
    base: float, goal: float
) -> None:
    direction = "increase" if goal > base else "decrease"
    for part, status in (
        (1.0, "on_track"),
        (0.95, "behind"),
        (0.6, "behind"),
        (1.0 - 1e-7, "behind"),
        (0.6 - 1e-7, "far_behind"),
    ):
        for year in (2021, 2022, 2023, 2024):
            now = base + (goal - base) * part * ((year - 2020) / 5)
            assert (
                assess(
                    base, now, goal, (2020, year, 2025), direction=direction, nature="binding"
                ).status
                == status
            )
            expected = "on_track" if part == 0.95 else status if part < 0.95 else "on_track"
            assert (
                assess(base, now, goal, (2020, year, 2025), direction=direction).status == expected
            )


def test_no_change_but_for_binary_fractions_is_no_change() -> None:
    still = assess(0.1 + 0.2, 0.3, 0.8)
    assert (still.share, still.pace_ratio, still.cagr_ratio, still.status) == (
        0.0,
        0.0,
        0.0,
        "far_behind",
    )
    assert assess(0.3, 0.1 + 0.2, 0.1, direction="decrease").status == "far_behind"


def test_after_the_horizon_the_time_is_up() -> None:
    late = assess(50, 70, 80, (2020, 2030, 2025))
    assert late.time_share == 1.0
    assert late.expected_now == 80.0
    assert late.pace_ratio == pytest.approx(2 / 3)
    assert late.unsd_share == pytest.approx(2 / 3)
    assert late.cagr_ratio == pytest.approx(((70 / 50) ** 0.1 - 1) / ((80 / 50) ** 0.2 - 1))
    assert late.status == "behind"
    assert assess(50, 80, 80, (2020, 2030, 2025)).status == "achieved"


def test_a_value_from_before_the_baseline_says_nothing_of_progress() -> None:
    early = assess(50, 90, 80, (2020, 2019, 2025))
    assert early.status == "not_assessed"
    assert early.reason_en == wording.say("progress_reason.years", "en")
    assert assess(50, 90, 80, (2020, 2020, 2025)).status == "achieved"
    assert assess(50, 60, 80, (2020, 2020, 2025)).status == "not_assessed"


@pytest.mark.parametrize("missing", [None, float("nan"), np.nan, pd.NA, np.float64("nan")])
def test_missing_values_of_any_kind_are_missing(missing: Any) -> None:
    result = assess(missing, 70, 80)
    assert result.undefined["share"] == "no_baseline"
    assert assess(50, 70, 80, (2020, missing, 2025)).undefined["time_share"] == "year_unknown"
    assert assess(50, 70, 80, nature=missing) == assess(50, 70, 80)


@pytest.mark.parametrize("number", [np.float32(70), np.int64(70), Decimal("70"), 70])
def test_numbers_of_any_kind_are_numbers(number: Any) -> None:
    assert assess(50, number, 80).share == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    "name", ["baseline", "current", "target", "baseline_year", "current_year", "target_year"]
)
@pytest.mark.parametrize("bad", ["70", float("inf"), -math.inf, [1], True, np.True_])
def test_what_is_no_number_is_named(name: str, bad: Any) -> None:
    given = {
        "baseline": 50,
        "current": 70,
        "target": 80,
        "baseline_year": 2020,
        "current_year": 2023,
        "target_year": 2025,
    }
    with pytest.raises(ps.ParameterError, match=rf"^{name}=.*finite number or None"):
        ps.assess(**(given | {name: bad}))


@pytest.mark.parametrize(
    "wrong", [{"direction": "up"}, {"comparator": "none"}, {"comparator": "=="}, {"nature": "firm"}]
)
def test_unknown_codes_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ps.ParameterError, match=next(iter(wrong))):
        assess(50, 70, 80, **wrong)


def test_reasons_carry_the_numbers() -> None:
    result = assess(50, 70, 80)
    assert result.reason_en == "66.7% of the way in 60% of the time: pace ratio 1.11."
    assert result.reason_zh == "已走完路程的66.7%，已用时间的60%，速度比1.11。"
    assert assess(80, 80, 80, comparator="gt").reason_en == wording.say(
        "progress_reason.strict_no_rise", "en"
    )
    assert assess(80, 79, 80, comparator="gt").reason_en == wording.say(
        "progress_reason.strict_fallen", "en"
    )
    assert assess(10, 13, 12, direction="none").reason_en == wording.say(
        "progress_reason.no_direction", "en"
    )
    assert assess(50, None, 80).reason_en == wording.say("progress_reason.no_current", "en")
    assert assess(50, 70, None).reason_en == wording.say("progress_reason.no_target_value", "en")
    assert assess(None, 70, 80).reason_en == wording.say("progress_reason.no_baseline", "en")
    assert assess(50, 70, 80, (None, 2023, 2025)).reason_en == wording.say(
        "progress_reason.years", "en"
    )


def test_what_falls_short_is_not_rounded_up_to_the_bound() -> None:
    assert (
        assess(50, 67.9999, 80, nature="binding").reason_en
        == "60% of the way in 60% of the time: pace ratio 0.99999, short of the required pace."
    )
    assert assess(50, 67.9999, 80).reason_en == "60% of the way in 60% of the time: pace ratio 1."
    assert (
        assess(50, 79.999, 80).reason_en
        == "99.997% of the way in 60% of the time: pace ratio 1.67."
    )
    assert (
        assess(0, 99.99999, 100).reason_en
        == "99.99999% of the way in 60% of the time: pace ratio 1.67."
    )
    assert (
        assess(0, 99.999999, 100).reason_en
        == "100% of the way in 60% of the time: pace ratio 1.67."
    )
    assert (
        assess(50, 60.7999, 80).reason_en
        == "36% of the way in 60% of the time: pace ratio 0.59999, far short of the required pace."
    )
    assert (
        assess(50, 68 - 1e-13, 80, nature="binding").reason_en
        == "60% of the way in 60% of the time: pace ratio 1."
    )


def test_the_reasons_fit_caps_too() -> None:
    lost = assess(70, 85, 80, comparator="le")
    assert (lost.status, lost.reason_zh) == ("lost", "基期已达到目标水平，现值不再达标。")
    same = assess(80, 80, 80, comparator="lt")
    assert (same.status, same.reason_zh) == ("far_behind", "目标为严格优于基期值，现值没有变化。")


def test_small_numbers_are_judged_like_large_ones() -> None:
    assert assess(0.2, 0.5, 0.8).undefined == {}
    assert assess(100.5, 100.2, 100).undefined["share"] == "already_met_at_baseline"
    assert assess(10, 10.6, 10.5, direction="none").status == "not_assessed"


def test_a_result_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        assess(50, 70, 80).status = "achieved"  # type: ignore[misc]


def test_rounding_of_binary_fractions_does_not_miss_a_target() -> None:
    assert assess(0.2, 0.1 + 0.2, 0.3).status == "achieved"
    assert assess(0.1 + 0.2, 0.3, 0.3, comparator="gt").status == "far_behind"
    assert assess(50, 80 * (1 - 1e-8), 80).status == "on_track"


number = st.integers(-10_000, 10_000).map(lambda n: n / 8)
years = st.tuples(st.integers(2000, 2020), st.integers(1995, 2040), st.integers(2000, 2040))
optional = st.one_of(st.none(), number)
comparators = st.sampled_from(["eq", "ge", "gt", "le", "lt", "approx", "between"])
MIRROR = {
    "ge": "le",
    "gt": "lt",
    "le": "ge",
    "lt": "gt",
    "eq": "eq",
    "approx": "approx",
    "between": "between",
}
natures = st.sampled_from([None, "binding", "expected"])


@given(
    optional,
    optional,
    optional,
    years,
    st.sampled_from(["increase", "decrease", "none"]),
    comparators,
    natures,
)
def test_a_measure_is_given_inside_its_domain_and_only_there(
    base: Any, now: Any, goal: Any, years: Any, direction: str, comparator: str, nature: Any
) -> None:
    result = assess(
        base, now, goal, years, direction=direction, comparator=comparator, nature=nature
    )
    for name in MEASURES:
        value = getattr(result, name)
        assert (value is None) == (name in result.undefined)
        assert value is None or math.isfinite(value)
    assert set(result.undefined.values()) <= set(wording.keys("undefined"))
    side = {"ge": 1, "gt": 1, "le": -1, "lt": -1}.get(
        comparator, {"increase": 1, "decrease": -1, "none": 0}[direction]
    )
    points = base is not None and goal is not None and base != goal and side * (goal - base) >= 0
    clock = years[0] < years[1] and years[0] < years[2]
    both = points and clock and now is not None
    growth = both and min(base, now, goal) > 0
    domain = {"share": points and now is not None, "time_share": clock, "pace_ratio": both,
        "cagr_ratio": growth, "unsd_share": growth,
              "expected_now": points and clock}  # fmt: skip
    assert set(result.undefined) == {name for name, holds in domain.items() if not holds}
    assert result.status in wording.keys("progress")
    assert (
        assess(base, now, goal, years, direction=direction, comparator=comparator, nature=nature)
        == result
    )


@given(
    number, number, number, years, comparators, st.sampled_from([1e-4, 0.01, 10, 10_000]), natures
)
def test_the_unit_does_not_matter(
    base: float, now: float, goal: float, years: Any, comparator: str, factor: float, nature: Any
) -> None:
    one = assess(base, now, goal, years, comparator=comparator, nature=nature)
    other = assess(
        base * factor, now * factor, goal * factor, years, comparator=comparator, nature=nature
    )
    if (
        one.pace_ratio is None
        or min(abs(one.pace_ratio - edge) for edge in (0, 0.6, 0.95, 1)) > 1e-9
    ):
        assert one.status == other.status
    assert one.undefined == other.undefined
    for name in ("share", "time_share", "pace_ratio", "cagr_ratio", "unsd_share"):
        value = getattr(one, name)
        assert value is None or getattr(other, name) == pytest.approx(value, rel=1e-6, abs=1e-6)


@given(number, number, number, years, comparators, natures)
def test_a_decrease_is_the_mirror_of_an_increase(
    base: float, now: float, goal: float, years: Any, comparator: str, nature: Any
) -> None:
    up = assess(base, now, goal, years, direction="increase", comparator=comparator, nature=nature)
    down = assess(
        -base,
        -now,
        -goal,
        years,
        direction="decrease",
        comparator=MIRROR[comparator],
        nature=nature,
    )
    assert (up.status, up.share, up.time_share, up.pace_ratio) == (
        down.status,
        down.share,
        down.time_share,
        down.pace_ratio,
    )
    assert up.expected_now == (None if down.expected_now is None else -down.expected_now)


@given(number, number, st.integers(1, 2000).map(lambda n: n / 8), number, comparators, natures)
def test_a_better_value_never_has_a_worse_status(
    base: float, now: float, more: float, goal: float, comparator: str, nature: Any
) -> None:
    for direction, sign in (("increase", 1), ("decrease", -1)):
        facing = MIRROR[comparator] if sign < 0 else comparator
        if facing in (("le", "lt") if sign > 0 else ("ge", "gt")):
            continue
        worse = assess(
            base, now, goal, direction=direction, comparator=facing, nature=nature
        ).status
        better = assess(
            base, now + sign * more, goal, direction=direction, comparator=facing, nature=nature
        ).status
        order = (
            ("lost", "held", "achieved")
            if "lost" in (worse, better) or "held" in (worse, better)
            else ORDER
        )
        assert order.index(better) >= order.index(worse)
