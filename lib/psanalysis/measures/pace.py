"""Past pace against required pace, for every pair of dated values that a plan states of the past. Needs no data after the plan."""

from __future__ import annotations

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.errors import choose
from psanalysis.measures.gaps import gaps
from psanalysis.measures.pairing import KEY, in_indicator_unit, select
from psanalysis.measures.target import side
from psanalysis.wording import say

ON_COURSE = 0.95
STATUSES = ("faster_enough", "must_accelerate", "wrong_way", "standstill", "already_met", "no_numeric_target", "no_target", "year_unknown")


def pace(ds: Dataset, plan: str | None = None) -> pd.DataFrame:
    """One row per from-to pair of a plan (由33.36%提高到52.49%), with the past step and, where there is a target, the required one.

    Parameters
    ----------
    ds
        The data set.
    plan
        plan_id; all plans by default.

    Returns
    -------
    DataFrame
        - from_value, from_year, to_value, to_year: the pair, in `unit_id`. Where the plan states no year for the earlier value, it is the
          end of the plan before (baseline year less the length of the plan period) and `marks` has implied_year.
        - past_step: (to - from) / years; required_step: (T - B) / (tT - tB), as in `psanalysis.gaps`.
        - pace_ratio: required_step / past_step, how many times the past pace is needed; missing unless both go the desired way.
        - arrival_year: year in which the past pace would reach the target.
        - status: one of STATUSES, reason_zh, reason_en.

    Notes
    -----
    Linear pace as in the SDSN SDG Index; METHOD.md, past pace against required pace.
    """
    pairs = _pairs(ds, plan)
    targets = gaps(ds, plan)
    targets = targets[targets["status"] != "not_comparable"].sort_values("target", key=pd.isna, kind="stable").drop_duplicates(KEY)
    wanted = ["statement_id", "target", "target_year", "comparator", "direction", "annual_step", "status", "baseline"]
    merged = pairs.merge(targets[[*KEY, *wanted]].rename(columns={"status": "gap_status"}), on=KEY, how="left")
    judged = pd.DataFrame([_judge(row) for row in merged.to_dict("records")], index=merged.index,
                          columns=["past_step", "required_step", "pace_ratio", "arrival_year", "status"])  # fmt: skip
    table = pd.concat([merged.drop(columns="annual_step"), judged], axis=1)
    for lang in ("zh", "en"):
        table[f"reason_{lang}"] = [say(f"pace_reason.{status}", lang) for status in table["status"]]
    return table.assign(arrival_year=table["arrival_year"].astype("float64"))


def _pairs(ds: Dataset, plan: str | None) -> pd.DataFrame:
    """Two baseline values of one indicator and area, the earlier and the later."""
    rows = in_indicator_unit(ds, select(ds, plan))
    rows = rows[(rows["role"] == "baseline") & rows["value"].notna() & rows["flow_start"].isna()]
    plans = ds.plans.set_index("plan_id")
    before = rows["plan_id"].map(plans["baseline_year"] - (plans["period_end"] - plans["period_start"] + 1))
    rows = rows.assign(assumed=rows["year"].isna(), year=rows["year"].fillna(before)).sort_values(["year", "char_start"], kind="stable")
    first, last = rows.drop_duplicates(KEY, keep="first"), rows.drop_duplicates(KEY, keep="last")
    kept = ["statement_id", "year", "value", "value_as_written", "assumed"]
    pairs = first[[*KEY, "unit_id", *kept]].rename(columns={name: f"from_{name}" for name in kept}).merge(
        last[[*KEY, *kept]].rename(columns={name: f"to_{name}" for name in kept}), on=KEY
    )  # fmt: skip
    pairs = pairs[pairs["from_year"] < pairs["to_year"]]
    about = ds.indicators.set_index("indicator_id")
    for column in ("name_zh", "name_en", "domain_id"):
        pairs[column] = pairs["indicator_id"].map(about[column])
    pairs["marks"] = pd.Series(["implied_year" if assumed else "" for assumed in pairs["from_assumed"]], index=pairs.index, dtype="str")
    order = rows.drop_duplicates(KEY).set_index("statement_id")["char_start"]
    pairs = pairs.assign(place=pairs["from_statement_id"].map(order)).sort_values(["plan_id", "place"], kind="stable")
    return pairs.drop(columns=["from_assumed", "to_assumed", "place"]).reset_index(drop=True)


def _judge(row: dict[str, object]) -> tuple[float | None, float | None, float | None, float | None, str]:
    """past_step, required_step, pace_ratio, arrival_year, status of one pair."""
    value, year = float(row["to_value"]), int(row["to_year"])  # type: ignore[arg-type, call-overload]
    past = (value - float(row["from_value"])) / (year - int(row["from_year"]))  # type: ignore[arg-type, call-overload]
    if pd.isna(row["statement_id"]):
        return past, None, None, None, "no_target"
    if pd.isna(row["target"]):
        return past, None, None, None, "no_numeric_target"
    target, comparator, direction = float(row["target"]), str(row["comparator"]), str(row["direction"])  # type: ignore[arg-type]
    if row["gap_status"] in ("already_met", "hold"):
        return past, None, None, None, "already_met"
    choose("gap_status", row["gap_status"], ("to_improve", "strictly_above", "no_baseline"))
    if pd.isna(row["annual_step"]):
        return past, None, None, None, "year_unknown"
    required = float(row["annual_step"])  # type: ignore[arg-type]
    which = side(comparator, direction) or (1 if target > value else -1)
    if past == 0:
        return past, required, None, None, "standstill"
    if which * past < 0:
        return past, required, None, None, "wrong_way"
    ratio = required / past
    arrival = year + (target - value) / past
    return past, required, ratio, arrival, "must_accelerate" if ratio > 1 / ON_COURSE else "faster_enough"


__all__ = ["STATUSES", "pace"]
