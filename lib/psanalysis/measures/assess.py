"""Ex-post measures: where one indicator stands on its way from baseline to target."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from numbers import Real

import numpy as np
import pandas as pd

from psanalysis.errors import ParameterError, choose
from psanalysis.measures.target import DIRECTIONS, RELATIVE_TOLERANCE, STRICT, side
from psanalysis.numbers import plain
from psanalysis.wording import say

STATUSES = ("achieved", "on_track", "behind", "far_behind", "moving_away", "held", "lost", "not_assessed")
MEASURES = ("share", "time_share", "pace_ratio", "cagr_ratio", "unsd_share", "expected_now")
ON_TRACK, BEHIND = 0.95, 0.60
NUMERIC = ("eq", "ge", "gt", "le", "lt", "approx", "between")


@dataclass(frozen=True)
class Assessment:
    """Progress of one indicator. A measure that is not defined is None, and `undefined` says why.

    Attributes
    ----------
    share
        (C - B) / (T - B): part of the way that has been made.
    time_share
        (tC - tB) / (tT - tB), 1 from the target year on.
    pace_ratio
        share / time_share (SDSN, linear pace); the headline status follows it.
    cagr_ratio
        CAGR(B to C) / CAGR(B to T) (Statistics Canada, Open SDG, Eurostat).
    unsd_share
        (v - B) / (T - B), v the current value projected at its CAGR to the target year (UNSD progress chart 2023).
    expected_now
        B + (T - B) * time_share: where it should be by now (UNESCAP, UNECA).
    status
        One of STATUSES.
    reason_zh, reason_en
        The status in words.
    undefined
        Measure to the code of the reason (section `undefined` of wording.toml).
    """

    share: float | None
    time_share: float | None
    pace_ratio: float | None
    cagr_ratio: float | None
    unsd_share: float | None
    expected_now: float | None
    status: str
    reason_zh: str
    reason_en: str
    undefined: dict[str, str] = field(default_factory=dict)


def assess(
    *,
    baseline: float | None,
    current: float | None,
    target: float | None,
    baseline_year: int | None,
    current_year: int | None,
    target_year: int | None,
    direction: str = "increase",
    comparator: str = "eq",
    nature: str | None = None,
) -> Assessment:
    """Assess progress from baseline B over the current value C to target T (METHOD.md, ex post).

    Parameters
    ----------
    baseline, current, target
        B, C, T in one unit; None where not known. Of a range, the end that has to be reached.
    baseline_year, current_year, target_year
        Their years.
    direction
        increase, decrease or none.
    comparator
        Comparator of the target.
    nature
        binding targets are judged strictly: on_track only from a pace ratio of 1, not 0.95.

    Returns
    -------
    Assessment

    Notes
    -----
    From the target year on the time is up: time_share stays 1 (METHOD.md leaves this open). A target on the wrong side of its baseline
    has no way to share out: it is achieved while C meets it, lost when not.

    Raises
    ------
    ParameterError
        If direction, comparator or nature is not known, the comparator has no number, or a value or year is not a finite number.

    Examples
    --------
    >>> a = assess(baseline=50, current=70, target=80, baseline_year=2020, current_year=2023, target_year=2025)
    >>> round(a.pace_ratio, 4), round(a.cagr_ratio, 4), round(a.unsd_share, 4), a.status
    (1.1111, 1.2042, 1.2534, 'on_track')
    """
    choose("direction", direction, DIRECTIONS)
    choose("comparator", comparator, NUMERIC)
    choose("nature", nature, (None, "binding", "expected"))
    base, now, goal = _number("baseline", baseline), _number("current", current), _number("target", target)
    which = side(comparator, direction)
    years = _number("baseline_year", baseline_year), _number("current_year", current_year), _number("target_year", target_year)
    way = _Way(base, now, goal, *years, which)
    values, undefined = way.measures()
    status, reason = _judge(way, values["pace_ratio"], comparator, nature)
    words = {name: _percent(values[name]) for name in ("share", "time_share")}
    words["pace"] = plain(values["pace_ratio"], 3)
    return Assessment(
        **values,
        status=status,
        reason_zh=say(f"progress_reason.{reason}", "zh", **words),
        reason_en=say(f"progress_reason.{reason}", "en", **words),
        undefined=undefined,
    )


@dataclass(frozen=True)
class _Way:
    """The three points and what can be said of them."""

    base: float | None
    now: float | None
    goal: float | None
    base_year: float | None
    now_year: float | None
    goal_year: float | None
    side: int

    def measures(self) -> tuple[dict[str, float | None], dict[str, str]]:
        """Every measure with None where undefined, and the reasons."""
        values: dict[str, float | None] = dict.fromkeys(MEASURES)
        undefined: dict[str, str] = {}
        points, clock = self._point_obstacle(), self._clock_obstacle()
        now = "no_current" if self.now is None else ""
        growth = self._growth_obstacle()
        for name, obstacle, formula in (
            ("share", now or points, self._share),
            ("time_share", clock, self._time_share),
            ("pace_ratio", now or points or clock, lambda: self._share() / self._time_share()),
            ("cagr_ratio", now or points or clock or growth, self._cagr_ratio),
            ("unsd_share", now or points or clock or growth, self._unsd_share),
            ("expected_now", points or clock, self._expected_now),
        ):
            if obstacle:
                undefined[name] = obstacle
                continue
            value = _finite(formula)
            if value is None:
                undefined[name] = "out_of_range"
            values[name] = value
        return values, undefined

    def _point_obstacle(self) -> str:
        if self.goal is None:
            return "no_target_value"
        if self.base is None:
            return "no_baseline"
        if self.at_target(self.base):
            return "target_equals_baseline"
        return "already_met_at_baseline" if self.side * (self.base - self.goal) > 0 else ""

    def _clock_obstacle(self) -> str:
        if self.base_year is None or self.now_year is None or self.goal_year is None:
            return "year_unknown"
        if self.goal_year <= self.base_year:
            return "years_not_ahead"
        return "no_time_passed" if self.now_year <= self.base_year else ""

    def _growth_obstacle(self) -> str:
        if self.base is None or self.base <= 0:
            return "base_not_positive"
        if self.now is not None and self.now <= 0:
            return "current_not_positive"
        return "target_not_positive" if self.goal is not None and self.goal <= 0 else ""

    def at_target(self, value: float) -> bool:
        return self.goal is not None and _same(value, self.goal)

    def _share(self) -> float:
        if _same(self.now, self.base):  # type: ignore[arg-type]
            return 0.0
        return (self.now - self.base) / (self.goal - self.base)  # type: ignore[operator]

    def _time_share(self) -> float:
        return min(1.0, (self.now_year - self.base_year) / (self.goal_year - self.base_year))  # type: ignore[operator]

    def _cagr_ratio(self) -> float:
        if _same(self.now, self.base):  # type: ignore[arg-type]
            return 0.0
        made = (self.now / self.base) ** (1 / (self.now_year - self.base_year)) - 1  # type: ignore[operator]
        required = (self.goal / self.base) ** (1 / (self.goal_year - self.base_year)) - 1  # type: ignore[operator]
        return made / required

    def _unsd_share(self) -> float:
        years_left = max(0.0, self.goal_year - self.now_year)  # type: ignore[operator]
        growth = (self.now / self.base) ** (1 / (self.now_year - self.base_year))  # type: ignore[operator]
        return (self.now * growth**years_left - self.base) / (self.goal - self.base)  # type: ignore[operator]

    def _expected_now(self) -> float:
        return self.base + (self.goal - self.base) * self._time_share()  # type: ignore[operator]


def _judge(way: _Way, pace: float | None, comparator: str, nature: str | None) -> tuple[str, str]:
    """Status, and the name of its reason."""
    if way.goal is None:
        return "not_assessed", "no_target_value"
    if way.now is None:
        return "not_assessed", "no_current"
    if way.now_year is not None and way.base_year is not None and way.now_year < way.base_year:
        return "not_assessed", "years"
    same = way.at_target(way.now)
    met = (same and comparator not in STRICT) or (not same and way.side * (way.now - way.goal) > 0)
    if way.base is not None and way.at_target(way.base):
        if comparator in STRICT and not met:
            return ("far_behind", "strict_no_rise") if same else ("moving_away", "strict_fallen")
        if comparator not in STRICT:
            return ("held", "held") if met else ("lost", "lost")
    if met:
        return "achieved", "achieved"
    if way.base is None:
        return "not_assessed", "no_baseline"
    if way.side * (way.base - way.goal) > 0:
        return "lost", "lost"
    if pace is None:
        return "not_assessed", "years"
    if way.side == 0 and (way.now - way.goal) * (way.goal - way.base) > 0:
        return "not_assessed", "no_direction"
    status = _band(pace, 1.0 if nature == "binding" else ON_TRACK)
    return status, status


def _band(pace: float, on_track: float) -> str:
    """Band of the pace ratio (Statistics Canada, Open SDG, Eurostat: 0.95, 0.60, 0); a bound belongs to the better band."""
    if pace >= on_track or _same(pace, on_track):
        return "on_track"
    if pace >= BEHIND or _same(pace, BEHIND):
        return "behind"
    return "far_behind" if pace >= 0 else "moving_away"


def _same(one: float, other: float) -> bool:
    """Equal but for rounding of binary fractions."""
    return math.isclose(one, other, rel_tol=RELATIVE_TOLERANCE, abs_tol=0.0)


def _percent(share: float | None) -> str:
    return "" if share is None else plain(share * 100, 3) + "%"


def _finite(formula: Callable[[], float]) -> float | None:
    """The result of a formula, or None where numbers so far apart leave the range of floats."""
    try:
        value = formula()
    except (OverflowError, ZeroDivisionError):
        return None
    return value if math.isfinite(value) else None


def _number(name: str, value: float | None) -> float | None:
    if value is None or value is pd.NA:
        return None
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real | Decimal):
        raise ParameterError(f"{name}={value!r} is not a number -> give a finite number or None")
    if math.isinf(value):
        raise ParameterError(f"{name}={value!r} is not a finite number -> give a finite number or None")
    return None if math.isnan(value) else float(value)
