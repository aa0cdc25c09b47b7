"""Ex-ante measures: from baseline and target alone. Each is not given outside its domain of
validity, with a named reason.

B baseline at year tB, T target at year tT, L natural limit in the desired direction, all in one
unit.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from psanalysis.measures.marks import first_reason
from psanalysis.measures.target import equal

MEASURES = (
    "gap",
    "required_change",
    "annual_step",
    "required_step",
    "relative_change",
    "required_cagr",
    "room_share",
)


class Measured(NamedTuple):
    """A measure: values (missing where undefined) and, where undefined, the code of the reason
    (section `undefined` of wording.toml).
    """

    value: pd.Series
    reason: pd.Series


def _measured(value: pd.Series, *obstacles: tuple[str, pd.Series]) -> Measured:
    """Blank the value where an obstacle holds and name the first one that does."""
    reason = first_reason(value.index, *obstacles, ("out_of_range", ~np.isfinite(value)))
    return Measured(value.where(reason.isna()) + 0.0, reason)  # + 0.0: no negative zero


def _apart(frame: pd.DataFrame) -> pd.Series:
    """T - B (`target`, `baseline`), exactly 0 where they differ by the rounding of binary fractions
    alone.
    """
    return (frame["target"] - frame["baseline"]).mask(
        equal(frame["target"], frame["baseline"]), 0.0
    )


def _years(frame: pd.DataFrame) -> pd.Series:
    """Years from `baseline_year` to `target_year`."""
    return (frame["target_year"] - frame["baseline_year"]).astype("float64")


def _obstacle(frame: pd.DataFrame) -> tuple[tuple[str, pd.Series], ...]:
    """Reasons against any measure, by code; reads `target`, `baseline` and `not_comparable`."""
    return (
        ("no_target_value", frame["target"].isna()),
        ("no_baseline", frame["baseline"].isna()),
        ("not_comparable", frame["not_comparable"]),
    )


def _obstacle_of_a_path(frame: pd.DataFrame) -> tuple[tuple[str, pd.Series], ...]:
    """Reasons against a path through the years between: without two years in order there is none,
    nor for totals over years. Reads `period_total` and the columns of `_obstacle` and `_years`.
    """
    years = _years(frame)
    return (
        *_obstacle(frame),
        ("year_unknown", years.isna()),
        ("years_not_ahead", years <= 0),
        ("period_total", frame["period_total"]),
    )


def _already_met(frame: pd.DataFrame) -> pd.Series:
    """True where `baseline` is better than `target`, by `side`."""
    return frame["side"] * _apart(frame) < 0


def gap(frame: pd.DataFrame) -> Measured:
    """T - B: how far it is from the baseline to the target, signed (METHOD.md, ex ante; OECD
    distance to target). Reads the columns of `_apart` and `_obstacle`.
    """
    return _measured(_apart(frame), *_obstacle(frame))


def required_change(frame: pd.DataFrame) -> Measured:
    """max(0, d (T - B)): the change that is still to be made, never negative (METHOD.md). d is
    `side`; reads the columns of `gap` too.
    """
    apart = _apart(frame)
    return _measured(
        (frame["side"] * apart).clip(lower=0).where(frame["side"] != 0, apart.abs()),
        *_obstacle(frame),
    )


def annual_step(frame: pd.DataFrame) -> Measured:
    """(T - B) / (tT - tB): the slope of the straight line from baseline to target, signed (SDSN,
    linear pace). Needs tT > tB.

    It describes the two figures of the plan; for what the plan asks for a year see `required_step`.
    Not given for totals over a period of years: their difference is not a path that runs through
    the years between.
    """
    return _measured(_apart(frame) / _years(frame), *_obstacle_of_a_path(frame))


def required_step(frame: pd.DataFrame) -> Measured:
    """The change a year that the target asks for: `annual_step`, and 0 where the baseline is
    already better than the target.

    A met target asks for no change, least of all a backward one; by how much it is met is the
    headroom (METHOD.md: never a negative effort).
    """
    step = annual_step(frame)
    return Measured(step.value.mask(_already_met(frame) & step.value.notna(), 0.0), step.reason)


def relative_change(frame: pd.DataFrame) -> Measured:
    """(T - B) / B, needs B > 0. Reads the columns of `gap`."""
    base = frame["baseline"]
    return _measured(_apart(frame) / base, *_obstacle(frame), ("base_not_positive", ~(base > 0)))


def required_cagr(frame: pd.DataFrame) -> Measured:
    """(T / B)^(1 / (tT - tB)) - 1: required compound growth a year (Statistics Canada, Open SDG).
    Reads `target_year`, `baseline_year`, `upper_limit`, `period_total`, `side` and the columns of
    `gap`.

    Needs B > 0, T > 0 and a quantity without upper limit: a share cannot grow at a constant rate.
    Not given where the baseline is already better than the target, for which no growth is required.
    """
    base, target = frame["baseline"], frame["target"]
    growth = (target / base).mask(equal(target, base), 1.0) ** (1 / _years(frame)) - 1
    return _measured(
        growth,
        *_obstacle_of_a_path(frame),
        ("base_not_positive", ~(base > 0)),
        ("target_not_positive", ~(target > 0)),
        ("has_upper_limit", frame["upper_limit"].notna()),
        ("already_met_at_baseline", _already_met(frame)),
    )


def room_share(frame: pd.DataFrame) -> Measured:
    """(T - B) / (L - B): share of the room up to the natural limit that the target takes up. Reads
    `upper_limit`, `lower_limit`, `side` and the columns of `gap`.

    Needs a limit in the desired direction that the baseline has not reached. Above 1 where the
    target lies beyond its limit. Not given where the baseline is already better than the target,
    which takes up no room.
    """
    limit = (
        frame["upper_limit"]
        .where(frame["side"] == 1, frame["lower_limit"])
        .where(frame["side"] != 0)
    )
    room = frame["side"] * (limit - frame["baseline"])
    return _measured(
        _apart(frame) / (limit - frame["baseline"]),
        *_obstacle(frame),
        ("no_limit", limit.isna()),
        ("limit_reached", ~(room > 0)),
        ("already_met_at_baseline", _already_met(frame)),
    )


FUNCTIONS = {
    "gap": gap,
    "required_change": required_change,
    "annual_step": annual_step,
    "required_step": required_step,
    "relative_change": relative_change,
    "required_cagr": required_cagr,
    "room_share": room_share,
}
