"""Ex-post measures: where one indicator stands on its way from baseline to target."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from numbers import Real

import numpy as np
import pandas as pd

from psanalysis.comparators import ITSELF, NUMERIC, STRICT
from psanalysis.errors import ParameterError, choose
from psanalysis.formatting import plain
from psanalysis.measures.target import DIRECTIONS, side
from psanalysis.measures.way import Way, same
from psanalysis.wording import say

STATUSES = (
    "achieved",
    "on_track",
    "behind",
    "far_behind",
    "moving_away",
    "held",
    "lost",
    "not_assessed",
)
ON_TRACK, BEHIND = 0.95, 0.60


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
        CAGR(B to C) / CAGR(B to T) (Statistics Canada, Open SDG, after Eurostat).
    unsd_share
        (v - B) / (T - B), v the current value projected at its CAGR to the target year (UNSD
        progress chart).
    expected_now
        B + (T - B) * time_share: where it should be by now (UNESCAP).
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
    comparator: str = ITSELF,
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
    From the target year on the time is up: time_share stays 1 (METHOD.md leaves this open). A
    target on the wrong side of its baseline has no way to share out: it is achieved while C meets
    it, lost when not.

    Raises
    ------
    ParameterError
        If direction, comparator or nature is not known, the comparator has no number, or a value or
        year is not a finite number.

    Examples
    --------
    >>> a = assess(baseline=50, current=70, target=80, baseline_year=2020, current_year=2023,
    ...     target_year=2025)
    >>> round(a.pace_ratio, 4), round(a.cagr_ratio, 4), round(a.unsd_share, 4), a.status
    (1.1111, 1.2042, 1.2534, 'on_track')
    """
    choose("direction", direction, DIRECTIONS)
    choose("comparator", comparator, NUMERIC)
    nature = None if nature is pd.NA or nature != nature else nature  # a missing value of a frame
    choose("nature", nature, (None, "binding", "expected"))
    base, now, goal = (
        _number("baseline", baseline),
        _number("current", current),
        _number("target", target),
    )
    which = side(comparator, direction)
    years = (
        _number("baseline_year", baseline_year),
        _number("current_year", current_year),
        _number("target_year", target_year),
    )
    way = Way(base, now, goal, *years, which)
    values, undefined = way.measures()
    on_track = 1.0 if nature == "binding" else ON_TRACK
    status, reason = _judge(way, values["pace_ratio"], comparator, on_track)
    words = {name: _percent(values[name]) for name in ("share", "time_share")}
    words["pace"] = _short_of(values["pace_ratio"], BEHIND, on_track)
    return Assessment(
        **values,
        status=status,
        reason_zh=say(f"progress_reason.{reason}", "zh", **words),
        reason_en=say(f"progress_reason.{reason}", "en", **words),
        undefined=undefined,
    )


def _judge(way: Way, pace: float | None, comparator: str, on_track: float) -> tuple[str, str]:
    """Status, and the name of its reason."""
    if way.goal is None:
        return "not_assessed", "no_target_value"
    if way.now is None:
        return "not_assessed", "no_current"
    if way.now_year is not None and way.base_year is not None and way.now_year < way.base_year:
        return "not_assessed", "years"
    level = way.at_target(way.now)
    met = (level and comparator not in STRICT) or (
        not level and way.side * (way.now - way.goal) > 0
    )
    if way.base is not None and way.at_target(way.base):
        if comparator in STRICT and not met:
            return ("far_behind", "strict_no_rise") if level else ("moving_away", "strict_fallen")
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
    status = _band(pace, on_track)
    return status, status


def _band(pace: float, on_track: float) -> str:
    """Band of the pace ratio (Statistics Canada, Open SDG: 0.95, 0.60, 0); a bound belongs to the
    better band.
    """
    if pace >= on_track or same(pace, on_track):
        return "on_track"
    if pace >= BEHIND or same(pace, BEHIND):
        return "behind"
    return "far_behind" if pace >= 0 else "moving_away"


def _percent(share: float | None) -> str:
    return "" if share is None else _short_of(share * 100, 100.0) + "%"


def _short_of(value: float | None, *bounds: float) -> str:
    """A number of three significant digits, or of up to seven where it would be rounded up to a
    bound that it falls short of.
    """
    if value is None:
        return plain(value)
    missed = [bound for bound in bounds if value < bound and not same(value, bound)]
    return plain(
        value,
        next(
            digits
            for digits in count(3)
            if digits == 7 or all(float(f"{value:.{digits}g}") < bound for bound in missed)
        ),
    )


def _number(name: str, value: float | None) -> float | None:
    if value is None or value is pd.NA:
        return None
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real | Decimal):
        raise ParameterError(f"{name}={value!r} is not a number -> give a finite number or None")
    if math.isinf(value):
        raise ParameterError(
            f"{name}={value!r} is not a finite number -> give a finite number or None"
        )
    return None if math.isnan(value) else float(value)
