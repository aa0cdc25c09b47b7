"""The way from baseline over the current value to target, and the measures of progress on it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from psanalysis.measures.target import RELATIVE_TOLERANCE

MEASURES = ("share", "time_share", "pace_ratio", "cagr_ratio", "unsd_share", "expected_now")


class Way(NamedTuple):
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
            value = finite(formula)
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
        return self.goal is not None and same(value, self.goal)

    def _share(self) -> float:
        if same(self.now, self.base):  # type: ignore[arg-type]
            return 0.0
        return (self.now - self.base) / (self.goal - self.base)  # type: ignore[operator]

    def _time_share(self) -> float:
        return min(1.0, (self.now_year - self.base_year) / (self.goal_year - self.base_year))  # type: ignore[operator]

    def _cagr_ratio(self) -> float:
        if same(self.now, self.base):  # type: ignore[arg-type]
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


def finite(formula: Callable[[], float]) -> float | None:
    """The result of a formula, or None where numbers so far apart leave the range of floats."""
    try:
        value = formula()
    except (OverflowError, ZeroDivisionError):
        return None
    return value if math.isfinite(value) else None


def same(one: float, other: float) -> bool:
    """Equal but for rounding of binary fractions."""
    return math.isclose(one, other, rel_tol=RELATIVE_TOLERANCE, abs_tol=0.0)
