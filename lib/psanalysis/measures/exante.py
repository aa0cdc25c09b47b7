"""Ex-ante measures: from baseline and target alone. Each is not given outside its domain of validity, with a named reason.

B baseline at year tB, T target at year tT, L natural limit in the desired direction, all in one unit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

MEASURES = ("gap", "required_change", "annual_step", "relative_change", "required_cagr", "room_share")


@dataclass(frozen=True)
class Measured:
    """A measure: values (missing where undefined) and, where undefined, the code of the reason (section `undefined` of wording.toml)."""

    value: pd.Series
    reason: pd.Series


def _measured(value: pd.Series, *obstacles: tuple[str, pd.Series]) -> Measured:
    """Blank the value where an obstacle holds and name the first one that does."""
    reason = pd.Series(pd.NA, index=value.index, dtype="str")
    for code, holds in (*obstacles, ("out_of_range", ~np.isfinite(value))):
        reason = reason.mask(reason.isna() & holds, code)
    return Measured(value.where(reason.isna()) + 0.0, reason)  # + 0.0: no negative zero


def _obstacle(frame: pd.DataFrame) -> tuple[tuple[str, pd.Series], ...]:
    return (
        ("no_target_value", frame["target"].isna()),
        ("no_baseline", frame["baseline"].isna()),
        ("not_comparable", frame["not_comparable"]),
    )


def gap(frame: pd.DataFrame) -> Measured:
    """T - B: how far it is from the baseline to the target, signed (METHOD.md, ex ante; OECD distance to target)."""
    return _measured(frame["target"] - frame["baseline"], *_obstacle(frame))


def required_change(frame: pd.DataFrame) -> Measured:
    """max(0, d (T - B)): the change that is still to be made, never negative (METHOD.md)."""
    signed = frame["side"] * (frame["target"] - frame["baseline"])
    change = signed.clip(lower=0).where(frame["side"] != 0, (frame["target"] - frame["baseline"]).abs())
    return _measured(change, *_obstacle(frame))


def annual_step(frame: pd.DataFrame) -> Measured:
    """(T - B) / (tT - tB): the change a year on a straight line (SDSN, linear pace). Needs tT > tB.

    Not given for totals over a period of years: their difference is not a path that runs through the years between.
    """
    years = (frame["target_year"] - frame["baseline_year"]).astype("float64")
    return _measured(
        (frame["target"] - frame["baseline"]) / years.where(years > 0),
        *_obstacle(frame),
        ("year_unknown", years.isna()),
        ("years_not_ahead", years <= 0),
        ("period_total", frame["period_total"]),
    )


def relative_change(frame: pd.DataFrame) -> Measured:
    """(T - B) / B, needs B > 0."""
    base = frame["baseline"]
    return _measured((frame["target"] - base) / base.where(base > 0), *_obstacle(frame), ("base_not_positive", ~(base > 0)))


def required_cagr(frame: pd.DataFrame) -> Measured:
    """(T / B)^(1 / (tT - tB)) - 1: required compound growth a year (Statistics Canada, Open SDG).

    Needs B > 0, T > 0 and a quantity without upper limit: a share cannot grow at a constant rate.
    """
    years = (frame["target_year"] - frame["baseline_year"]).astype("float64")
    base, target = frame["baseline"], frame["target"]
    with np.errstate(divide="ignore", invalid="ignore"):
        growth = (target.where(target > 0) / base.where(base > 0)) ** (1 / years.where(years > 0)) - 1
    return _measured(
        growth,
        *_obstacle(frame),
        ("year_unknown", years.isna()),
        ("years_not_ahead", years <= 0),
        ("period_total", frame["period_total"]),
        ("base_not_positive", ~(base > 0)),
        ("target_not_positive", ~(target > 0)),
        ("has_upper_limit", frame["upper_limit"].notna()),
    )


def room_share(frame: pd.DataFrame) -> Measured:
    """(T - B) / (L - B): share of the room up to the natural limit that the target takes up.

    Needs a limit in the desired direction that the baseline has not reached.
    """
    limit = frame["upper_limit"].where(frame["side"] > 0, frame["lower_limit"]).where(frame["side"] != 0)
    room = frame["side"] * (limit - frame["baseline"])
    return _measured(
        (frame["target"] - frame["baseline"]) / (limit - frame["baseline"]).where(room > 0),
        *_obstacle(frame),
        ("no_limit", limit.isna()),
        ("limit_reached", ~(room > 0)),
    )


FUNCTIONS = {
    "gap": gap,
    "required_change": required_change,
    "annual_step": annual_step,
    "relative_change": relative_change,
    "required_cagr": required_cagr,
    "room_share": room_share,
}
