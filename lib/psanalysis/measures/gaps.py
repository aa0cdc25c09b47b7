"""How far each target of a plan is from its baseline."""

from __future__ import annotations

from typing import Any

import pandas as pd

from psanalysis.comparators import STRICT
from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import places
from psanalysis.datapackage.remembered import remembered
from psanalysis.datapackage.selection import Plans
from psanalysis.formatting import difference
from psanalysis.measures import exante
from psanalysis.measures.doubts import doubts, doubts_of
from psanalysis.measures.marks import joined, undefined
from psanalysis.measures.pairing import headline_order, obstacles, targets_with_baselines
from psanalysis.measures.target import equal, meets, nearest_end, sides
from psanalysis.wording import say

STATUSES = (
    "to_improve",
    "strictly_above",
    "strictly_below",
    "hold",
    "already_met",
    "anew_lower",
    "doubtful",
    "no_baseline",
    "pledge",
    "not_comparable",
)

SAME = [
    "plan_id", "indicator_id", "area_id", "year", "value", "target_high", "flow_start", "flow_end",
]  # fmt: skip

OF_REASON = [
    "status", "obstacle", "pledge", "target_as_written", "target_high", "unit_id", "gap",
    "period_total",
]  # fmt: skip

COLUMNS = [
    "statement_id", "baseline_statement_id", "plan_id", "area_id", "domain_id", "indicator_id",
    "name_zh", "name_en",
    "headline", "repeat_of", "nature", "commitment", "comparator", "pledge", "direction", "measure",
    "unit_id",
    "baseline", "baseline_comparator", "baseline_year", "baseline_as_written", "target",
    "target_low", "target_high", "target_year", "target_as_written",
    *exante.MEASURES, "headroom", "implied_value", "status", "reason_zh", "reason_en", "doubted",
    "target_doubted", "findings", "marks", "undefined",
    "indicator_as_written", "section", "char_start", "char_end",
]  # fmt: skip


@remembered
def gaps(ds: Dataset, plan: Plans = None) -> pd.DataFrame:
    """One row per target of a plan, with its baseline, the gap, the pace it requires, and a status
    with a reason.

    Parameters
    ----------
    ds
        The data set.
    plan
        A plan_id, an area (all its plans), or a list of these; all plans by default.

    Returns
    -------
    DataFrame
        In the order of the plan. Values are in `unit_id`, the indicator's unit.

        - headline: True for the row that stands for its indicator in the plan, one an indicator and
          plan (the order is that of
          `psanalysis.compare`); counts, means and medians are of these.
        - repeat_of: statement_id of the row that says the same of the same area (indicator, years,
          value or pledge) and stands
          before it in that order; missing where there is none.
        - baseline_statement_id, baseline_as_written, target_as_written: the baseline's statement,
          and both values as printed.
        - target_year: the year by which.
        - baseline_comparator: as for targets; a baseline may be a bound (more than 98.5) or
          approximate.
        - baseline, target: as numbers; target is what has to be reached, of a range one end.
          target_low and target_high are the number as
          stated: both ends of a range, else target_low alone.
        - gap, required_change, annual_step, required_step, relative_change, required_cagr,
          room_share: see `psanalysis.measures.exante`;
          missing where the measure is undefined, with the reason in `undefined` as `measure=code`
          separated by blanks.
        - implied_value: the number that a pledge implies for a share of a whole (pledges.csv);
          never used as a target.
        - headroom: by how much the baseline is better than the target, only for already_met, whose
          required_step is 0.
        - status: one of STATUSES; reason_zh and reason_en say it in words. strictly_above,
          strictly_below: baseline and target are equal, and the target asks for more, or less, by
          an unstated amount. anew_lower: a total over years that starts anew and is set lower than
          the last one, which is no target met. doubtful: a finding doubts the baseline, so it
          cannot be held against the target.
        - doubted: True where a finding doubts the target or its baseline; findings: finding_id of
          these, separated by blanks. Such rows are shown with a mark and stay out of headlines,
          medians and ranks. target_doubted: True where it is the target itself; where it is the
          baseline alone, the target may still be held against other targets.
        - marks: what the row rests on besides print: implied_year, inferred_unit, implied_pledge
          (implied_value is given),
          several_baselines, and doubted; separated by blanks.

        Types: Int64 baseline_year, target_year, char_start, char_end; bool headline, doubted,
        target_doubted; float64 baseline, target, target_low, target_high, gap, required_change,
        annual_step, required_step, relative_change, required_cagr, room_share, headroom,
        implied_value; str the others.

    Raises
    ------
    ParameterError
        If there is no such plan.

    Examples
    --------
    >>> import psanalysis as ps
    >>> gaps = ps.gaps(ps.load(), plan="mianyang-14fyp")
    >>> row = gaps[gaps["indicator_id"].eq("nursing_bed_share") & gaps["headline"]].iloc[0]
    >>> round(float(row["gap"]), 2), round(float(row["annual_step"]), 3), row["status"]
    (17.36, 3.472, 'to_improve')
    """
    frame = _prepared(ds, plan)
    measured = {name: function(frame) for name, function in exante.FUNCTIONS.items()}
    frame = frame.assign(**{name: result.value for name, result in measured.items()})
    frame["status"] = _status(frame)
    frame["headroom"] = (-frame["side"] * frame["gap"]).where(frame["status"] == "already_met")
    for lang in ("zh", "en"):
        frame[f"reason_{lang}"] = _reasons(ds, frame, lang)
    frame["marks"] = joined(
        {
            mark: frame[mark]
            for mark in (
                "implied_year",
                "inferred_unit",
                "implied_pledge",
                "several_baselines",
                "doubted",
            )
        }
    )
    frame["undefined"] = undefined({name: result.reason for name, result in measured.items()})
    return frame[COLUMNS]


def statuses(ds: Dataset, plan: str) -> pd.Series:
    """Status of each target of a plan by its statement_id: what `gaps` says of it, for less."""
    frame = _prepared(ds, plan)
    return pd.Series(_status(frame).to_numpy(), index=frame["statement_id"])


def _prepared(ds: Dataset, plan: Plans) -> pd.DataFrame:
    """Target rows with `target`, `baseline`, `side`, limits and flags, for the measures."""
    paired = targets_with_baselines(ds, plan)
    paired["obstacle"] = obstacles(paired)
    about = ds.indicators.set_index("indicator_id")
    frame = paired.rename(
        columns={
            "value_high": "target_high",
            "year": "target_year",
            "value_as_written": "target_as_written",
            "baseline_value": "baseline",
            "baseline_value_as_written": "baseline_as_written",
        }
    )
    for column in (
        "name_zh",
        "name_en",
        "domain_id",
        "direction",
        "measure",
        "lower_limit",
        "upper_limit",
    ):
        frame[column] = (
            frame["indicator_id"].map(about[column]).astype(about[column].dtype)
        )  # the type also of an empty table
    frame["side"] = sides(frame["comparator"], frame["direction"])
    frame["target_low"] = frame["value"]
    frame["target"] = nearest_end(
        frame["value"], frame["target_high"], frame["side"], frame["baseline"]
    )
    frame["findings"] = doubts_of(ds, frame["statement_id"], frame["baseline_statement_id"])
    frame["doubted"] = frame["findings"] != ""
    known = doubts(ds).index
    frame["target_doubted"] = frame["statement_id"].isin(known)
    frame["baseline_doubted"] = frame["baseline_statement_id"].isin(known)
    frame["whole_area"] = frame["area_id"] == frame["plan_id"].map(places(ds))
    frame = frame.join(_rows_that_count(frame))
    frame["not_comparable"] = frame["obstacle"].notna()
    frame["period_total"] = frame["flow_start"].notna()
    frame["inferred_unit"] = frame["unit_inferred"] | frame["baseline_unit_inferred"].eq(True)
    frame["implied_pledge"] = frame["implied_value"].notna()
    frame["implied_year"] = (frame["year_basis"] == "implied") | (
        frame["baseline_year_basis"] == "implied"
    )
    return frame


def _rows_that_count(frame: pd.DataFrame) -> pd.DataFrame:
    """headline and repeat_of of each row (see `gaps`)."""
    ordered = headline_order(frame.rename(columns={"target_year": "year"}))
    headline = ~ordered.duplicated(["plan_id", "indicator_id"])
    # a pledge of no set kind says the same only in the same words
    kind = ordered["pledge"].where(ordered["pledge"] != "other", ordered["target_as_written"])
    said = [ordered[name] for name in SAME] + [kind.where(ordered["value"].isna())]
    first = ordered.groupby(said, dropna=False)["statement_id"].transform("first")
    repeat = first.where(first != ordered["statement_id"])
    return pd.DataFrame({"headline": headline, "repeat_of": repeat.astype("str")})


def _status(frame: pd.DataFrame) -> pd.Series:
    """The status of each row, from `target`, `baseline`, comparators, `side` and flags."""
    met = meets(frame["baseline"], frame["target"], frame["comparator"], frame["side"])
    same = equal(frame["baseline"], frame["target"])
    status = pd.Series("to_improve", index=frame.index, dtype="str")
    # a baseline under the sign of its target is no less than what the target asks for
    strict = same & frame["comparator"].isin(STRICT)
    strict &= frame["baseline_comparator"] != frame["comparator"]
    status = status.mask(met, "already_met").mask(same, "hold")
    status = status.mask(strict, frame["side"].map({1: "strictly_above", -1: "strictly_below"}))
    status = status.mask(frame["baseline_doubted"], "doubtful")
    anew = frame["period_total"] & (frame["target"] < frame["baseline"]) & ~same
    status = status.mask(anew & (frame["side"] >= 0), "anew_lower")
    status = status.mask(frame["not_comparable"], "not_comparable")
    status = status.mask(frame["baseline"].isna(), "no_baseline")
    return status.mask(frame["target"].isna(), "pledge")


def _reasons(ds: Dataset, frame: pd.DataFrame, lang: str) -> list[str]:
    """The `status` of each row in words."""
    pledges = ds.pledges.set_index("pledge_id")[f"name_{lang}"].to_dict()
    units = ds.units.set_index("unit_id")[f"name_{lang}"].to_dict()
    return [_reason(row, pledges, units, lang) for row in frame[OF_REASON].to_dict("records")]


def _reason(row: dict[str, Any], pledges: dict[str, str], units: dict[str, str], lang: str) -> str:
    status = row["status"]
    if status == "not_comparable":
        return say(f"reason.{row['obstacle']}", lang)
    if status == "pledge":
        return say(
            "reason.pledge", lang, pledge=pledges.get(row["pledge"]) or row["target_as_written"]
        )
    unit = units[row["unit_id"]]
    if status in ("already_met", "anew_lower"):
        apart = difference(abs(row["gap"]), unit, lang, signed=False)
        return say(f"reason.{status}", lang, apart=apart)
    if status == "hold" and pd.notna(row["target_high"]):
        return say("reason.hold_inside", lang)
    if row["period_total"] and status in ("to_improve", "hold"):
        return say(f"reason.{status}_anew", lang)
    return say(f"reason.{status}", lang)
