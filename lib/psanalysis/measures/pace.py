"""Past pace against required pace, for every pair of dated values that a plan states of the past.

Needs no data after the plan.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from psanalysis.comparators import STRICT
from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import known_in_part
from psanalysis.datapackage.remembered import remembered
from psanalysis.datapackage.selection import Plans
from psanalysis.measures import exante
from psanalysis.measures.gaps import gaps
from psanalysis.measures.marks import first_reason, joined, undefined, united
from psanalysis.measures.pairing import KEY, headline_order, in_indicator_unit, select
from psanalysis.measures.target import equal, meets, sides
from psanalysis.wording import say

STATUSES = (
    "faster_enough", "must_accelerate", "wrong_way", "standstill", "already_met",
    "no_numeric_target", "no_target", "target_not_known", "not_comparable", "year_unknown",
)  # fmt: skip
MEASURES = ("required_step", "pace_ratio", "arrival_year")


@remembered
def pace(ds: Dataset, plan: Plans = None) -> pd.DataFrame:
    """One row per from-to pair of a plan (由33.36%提高到52.49%), with the past step and, where
    there is a target, the required one.

    Parameters
    ----------
    ds
        The data set.
    plan
        A plan_id, an area (all its plans), or a list of these; all plans by default.

    Returns
    -------
    DataFrame
        - from_statement_id, from_value_as_written, to_statement_id, to_value_as_written: where the
          pair stands, as printed.
        - from_value, from_year, to_value, to_year: the pair, in `unit_id`. Where the plan states no
          year for the earlier value, it is the
          end of the plan before (baseline year less the length of the plan period) and `marks` has
          implied_year.
        - target, target_year, comparator: the plan's headline target of the indicator, as in
          `psanalysis.compare`.
        - past_step: (to - from) / years; required_step: (T - to) / (tT - to_year), 0 where the
          later value already meets the target.
        - pace_ratio: required_step / past_step, how many times the past pace is needed; only where
          both go the desired way.
        - arrival_year: year in which the past pace would reach the target.
        - status: one of STATUSES, reason_zh, reason_en. faster_enough: the past pace is at least
          the required one;
          target_not_known: the plan is known in part, and what is known of it has no target of the
          indicator.
        - marks: what pair and target rest on besides print; undefined: why a measure is missing, as
          `measure=code` (section `undefined`
          of wording.toml).

        Types: Int64 from_year, to_year, target_year; float64 from_value, to_value, target,
        past_step, required_step, pace_ratio, arrival_year; str the others.

    Raises
    ------
    ParameterError
        If there is no such plan.

    Notes
    -----
    Linear pace as in the SDSN SDG Index; METHOD.md, past pace against required pace. A strict
    target equal to the later value (over 80.3 from 80.3) asks for a rise of no stated size: its
    required step is 0, and there is neither a ratio nor a year of arrival.

    Examples
    --------
    >>> import psanalysis as ps
    >>> row = ps.pace(ps.load(), plan="mianyang").query("required_step.notna()").iloc[0]
    >>> round(float(row["past_step"]), 2), round(float(row["required_step"]), 2), row["status"]
    (3.83, 0.5, 'faster_enough')
    """
    rows = pairs(ds, plan).merge(_targets(ds, plan), on=KEY, how="left")
    rows["apart"] = rows["accumulates"].eq(True) | (rows["to_year"] >= rows["target_year"]).fillna(
        False
    ).astype(bool)
    years = (rows["to_year"] - rows["from_year"]).astype("float64")
    same = equal(rows["to_value"], rows["from_value"])
    rows["past_step"] = ((rows["to_value"] - rows["from_value"]) / years).mask(same, 0.0)
    required = exante.required_step(
        rows.rename(columns={"to_value": "baseline", "to_year": "baseline_year"}).assign(
            not_comparable=rows["apart"], period_total=False
        )
    )
    rows["required_step"] = required.value
    rows["untold"] = rows["statement_id"].isna() & rows["plan_id"].isin(known_in_part(ds))
    rows["status"] = _status(rows)
    why = _obstacles(rows, required.reason)
    rows["pace_ratio"] = (rows["required_step"] / rows["past_step"].mask(same)).where(
        why["pace_ratio"].isna()
    )
    arrival = rows["to_year"].astype("float64") + (rows["target"] - rows["to_value"]) / rows[
        "past_step"
    ].mask(same)
    rows["arrival_year"] = arrival.where(why["arrival_year"].isna())
    rows["undefined"] = undefined(why)
    rows["marks"] = united(rows["marks"], rows["target_marks"].where(rows["target"].notna()))
    for lang in ("zh", "en"):
        words = [say(f"pace_reason.{status}", lang) for status in rows["status"]]
        rows[f"reason_{lang}"] = pd.Series(words, index=rows.index, dtype="str")
    return rows.drop(columns=["accumulates", "apart", "side", "target_marks", "untold"])


@remembered
def pairs(ds: Dataset, plan: Plans = None) -> pd.DataFrame:
    """Two baseline values of one indicator and area, the earlier and the later, in the order of the
    text: `statement_id`, `year`, `value` and `value_as_written` under `from_` and `to_`; the keys,
    `unit_id`, names, `domain_id` and `marks`.
    """
    rows = in_indicator_unit(ds, select(ds, plan))
    rows = rows[(rows["role"] == "baseline") & rows["value"].notna() & rows["flow_start"].isna()]
    plans = ds.plans.set_index("plan_id")
    before = rows["plan_id"].map(
        plans["baseline_year"] - (plans["period_end"] - plans["period_start"] + 1)
    )
    implied = rows["year"].isna() | (rows["year_basis"] == "implied")
    rows = rows.assign(
        year=rows["year"].fillna(before),
        marks=joined({"implied_year": implied, "inferred_unit": rows["unit_inferred"]}),
    )
    rows = rows.sort_values(["year", "char_start"], kind="stable")
    first, last = rows.drop_duplicates(KEY, keep="first"), rows.drop_duplicates(KEY, keep="last")
    kept = ["statement_id", "year", "value", "value_as_written", "marks", "char_start"]
    found = (
        first[[*KEY, "unit_id", *kept]]
        .rename(columns={name: f"from_{name}" for name in kept})
        .merge(last[[*KEY, *kept]].rename(columns={name: f"to_{name}" for name in kept}), on=KEY)
    )
    found = found[found["from_year"] < found["to_year"]].sort_values(
        ["plan_id", "from_char_start"], kind="stable"
    )
    about = ds.indicators.set_index("indicator_id")
    for column in ("name_zh", "name_en", "domain_id"):
        found[column] = found["indicator_id"].map(about[column])
    found["marks"] = united(found["from_marks"], found["to_marks"])
    return found.drop(
        columns=[f"{end}_{name}" for end in ("from", "to") for name in ("marks", "char_start")]
    )


def _targets(ds: Dataset, plan: Plans) -> pd.DataFrame:
    """The headline target of each indicator and area: `statement_id`, `target`, `target_year`,
    `comparator`, `direction`, `side`, `accumulates` and `target_marks`.
    """
    targets = gaps(ds, plan)
    about = {"whole_area": True, "value": targets["target"], "year": targets["target_year"]}
    chosen = headline_order(targets.assign(**about)).drop_duplicates(KEY)
    accumulates = (
        chosen["statement_id"].map(ds.statements.set_index("statement_id")["flow_start"]).notna()
    )
    chosen = chosen.assign(
        side=sides(chosen["comparator"], chosen["direction"]),
        accumulates=accumulates,
        target_marks=chosen["marks"],
    )
    return chosen[
        [
            *KEY,
            "statement_id",
            "target",
            "target_year",
            "comparator",
            "direction",
            "side",
            "accumulates",
            "target_marks",
        ]
    ]


def _status(rows: pd.DataFrame) -> pd.Series:
    """The status of each row, see `pace`; reads `past_step`, `required_step` (a year), `to_value`,
    `target`, `target_year`, `comparator`, `side`, `apart` and `untold`.
    """
    enough = rows["required_step"].abs() <= rows["past_step"].abs()
    status = pd.Series("must_accelerate", index=rows.index, dtype="str")
    status = status.mask(enough | equal(rows["required_step"], rows["past_step"]), "faster_enough")
    status = status.mask(rows["target_year"].isna(), "year_unknown")
    status = status.mask(_way(rows) * rows["past_step"] < 0, "wrong_way").mask(
        rows["past_step"] == 0, "standstill"
    )
    status = status.mask(
        meets(rows["to_value"], rows["target"], rows["comparator"], rows["side"]), "already_met"
    )
    status = status.mask(rows["apart"], "not_comparable").mask(
        rows["target"].isna(), "no_numeric_target"
    )
    status = status.mask(rows["statement_id"].isna(), "no_target")
    return status.mask(rows["untold"], "target_not_known")


def _way(rows: pd.DataFrame) -> pd.Series:
    """+1 or -1: the side on which the target lies. It is `side`, or, for an indicator without a
    better side, that of `target` seen from `to_value`.
    """
    return rows["side"].where(rows["side"] != 0, np.sign(rows["target"] - rows["to_value"]))


def _obstacles(rows: pd.DataFrame, required: pd.Series) -> dict[str, pd.Series]:
    """Why a measure is not given, by measure; reads `status` and the columns of `_status`."""
    same = equal(rows["to_value"], rows["target"])
    untold = ("target_not_known", rows["untold"])
    none = ("no_target", rows["statement_id"].isna())
    onward = (
        untold,
        none,
        ("no_target_value", rows["target"].isna()),
        ("not_comparable", rows["apart"]),
        ("size_not_stated", same & rows["comparator"].isin(STRICT)),
        ("target_equals_baseline", same),
        ("already_met_at_baseline", rows["status"] == "already_met"),
        ("past_standstill", rows["past_step"] == 0),
        ("past_wrong_way", _way(rows) * rows["past_step"] < 0),
    )
    unknown = ("year_unknown", rows["target_year"].isna())
    required = required.mask(none[1], none[0]).mask(untold[1], untold[0])
    return {
        "required_step": required,
        "pace_ratio": first_reason(rows.index, *onward, unknown),
        "arrival_year": first_reason(rows.index, *onward),
    }


__all__ = ["MEASURES", "STATUSES", "pace"]
