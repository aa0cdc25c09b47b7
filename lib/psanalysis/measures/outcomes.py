"""What became of the targets: met, missed, or why it cannot be told; with or without a baseline."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.remembered import remembered
from psanalysis.datapackage.selection import Plans
from psanalysis.measures.doubts import doubts_of
from psanalysis.measures.evidence import evidence
from psanalysis.measures.gaps import gaps
from psanalysis.measures.marks import joined, united
from psanalysis.measures.outcome_rules import in_words, verdict
from psanalysis.measures.target import sides
from psanalysis.wording import LANGUAGES

OF_TARGET = [
    "statement_id", "plan_id", "area_id", "domain_id", "indicator_id", "name_zh", "name_en",
    "headline", "repeat_of", "nature",
    "commitment", "comparator", "pledge", "direction", "measure", "unit_id", "target", "target_low",
    "target_high", "target_year",
    "target_as_written", "baseline", "baseline_year",
]  # fmt: skip
OF_VALUE = [
    "value", "value_high", "value_comparator", "value_year", "value_status", "value_quality",
    "value_statement_id", "value_doubts", "source_citation",
    "value_note_zh", "value_note_en",
]  # fmt: skip
COLUMNS = [
    *OF_TARGET, "as_of", "verdict", "evidence", "untold", "margin", "shortfall", "shortfall_share",
    *OF_VALUE, "reason_zh", "reason_en",
    "doubted", "findings", "marks",
]  # fmt: skip


@remembered
def outcomes(
    ds: Dataset,
    plan: Plans = None,
    as_of: int | None = None,
    actuals: str | Path | pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The verdict on every target of a plan, and the value that it rests on.

    Parameters
    ----------
    ds
        The data set.
    plan
        A plan_id, an area or a list of these; all plans by default.
    as_of
        The year from which one looks: later values are not looked at, later targets are not due. By
        default the last year of which the data know anything (an actual value or the baseline of a
        plan).
    actuals
        A file or frame with the columns of actuals.csv; by default the data set's own.

    Returns
    -------
    DataFrame
        One row a target, in the order of `psanalysis.gaps` and with its columns of identity,
        baseline and target, in `unit_id`.

        - verdict: met, missed, cannot_tell, pledge (no number), not_due (its year is after as_of),
          no_value.
        - evidence: final_value (of the target year), last_value (of a year before it), bound (the
          value is a bound or a range),
          next_baseline (what a later plan of the place states of the target year); missing without
          a value.
        - untold: for cannot_tell why: doubted (a finding doubts the target or the baseline that
          would show its end), implausible (the size of the value is doubted, see
          `psanalysis.magnitudes`), other_basis (a total over years against a value of one year, or
          totals over other years), too_old (no value of the target year, and none of the year
          before it that meets the target already), later_value (values of later years only), bound
          (too wide to tell).
        - margin: d (V - T), positive beyond the target, and without a better side how far the value
          is off; where the value is no bound. shortfall: -margin of what is missed;
          shortfall_share: as a part of |T|.
        - value, value_high, value_comparator, value_year, value_status, value_quality,
          value_statement_id (of a baseline), value_doubts (codes of `psanalysis.magnitudes`, empty
          without), source_citation, value_note_zh, value_note_en (what the curator says of it): the
          value; also where it decides nothing.
        - reason_zh, reason_en: the verdict in a sentence.
        - doubted, findings: findings that doubt the target or the baseline that shows its end.
          marks: as in `psanalysis.gaps`.

        Types: Int64 target_year, baseline_year, value_year; bool headline, doubted; float64
        target, target_low, target_high, baseline, margin, shortfall, shortfall_share, value,
        value_high; int64 as_of; str the others.

    Raises
    ------
    ParameterError
        If a plan is not known or as_of is not a year.
    DataError
        If the file of actual values breaks the schema of actuals.csv.

    Notes
    -----
    METHOD.md, outcomes. A value and a target are sets of numbers
    (`psanalysis.measures.attainment`); no baseline is needed. A value of the year before the
    horizon decides only where it meets the target already; what is older decides nothing.

    Examples
    --------
    >>> import psanalysis as ps
    >>> nation = ps.outcomes(ps.load(), "china-14fyp", as_of=2025).set_index("indicator_id")
    >>> nation.loc[["nursing_bed_share", "eldercare_beds_total"],
    ...     ["verdict", "evidence"]].values.tolist()
    [['met', 'final_value'], ['cannot_tell', 'last_value']]
    """
    every = evidence(ds, actuals, as_of)
    until = as_of if as_of is not None else _last_year(ds, every)
    frame = gaps(ds, plan)[[*OF_TARGET, "marks"]]
    horizon = frame["plan_id"].map(ds.plans.set_index("plan_id")["horizon_year"])
    frame = frame.assign(
        due=frame["target_year"].fillna(horizon),
        side=sides(frame["comparator"], frame["direction"]),
        period=_periods(ds)[frame["statement_id"]].to_numpy(),
    )
    frame = frame.join(_best(ds, frame, every))
    frame["findings"] = doubts_of(ds, frame["statement_id"], frame["value_statement_id"])
    frame["doubted"] = frame["findings"] != ""
    told = [verdict(row, until) for row in frame.to_dict("records")]
    frame = frame.join(
        pd.DataFrame(told, index=frame.index, columns=["verdict", "evidence", "untold", "margin"])
    )
    frame = frame.astype(
        {"verdict": "str", "evidence": "str", "untold": "str", "margin": "float64"}
    )
    missed = frame["verdict"] == "missed"
    frame["shortfall"] = (-frame["margin"]).where(missed) + 0.0
    base = frame["target"].abs()
    frame["shortfall_share"] = frame["shortfall"] / base.where(base > 0)
    frame["as_of"] = until
    kept = frame["marks"].str.replace("doubted", "").str.split().str.join(" ")
    frame["marks"] = united(kept, joined({"doubted": frame["doubted"]}))
    rows = frame.to_dict("records")
    for lang in LANGUAGES:
        units = ds.units.set_index("unit_id")[f"name_{lang}"].to_dict()
        frame[f"reason_{lang}"] = [in_words(row, units, lang) for row in rows]
    return frame[COLUMNS]


def _last_year(ds: Dataset, every: pd.DataFrame) -> int:
    """The last year of which the data know anything: of `value_year` and of the plans'
    `baseline_year`.
    """
    years = pd.concat([every["value_year"], ds.plans["baseline_year"]]).dropna()
    return int(years.max()) if len(years) else 0


def _periods(ds: Dataset) -> pd.Series:
    """Years that a statement accumulates over, by statement_id; missing for what does not."""
    rows = ds.statements.set_index("statement_id")
    return (rows["flow_end"] - rows["flow_start"]).astype("float64")


def _best(ds: Dataset, frame: pd.DataFrame, every: pd.DataFrame) -> pd.DataFrame:
    """The value that says most of each target: of its year (`due`), else the last one before it,
    else the first one after it. Has the columns OF_VALUE, `value_period` and `value_grave` of
    `every`.
    """
    start = ds.plans.set_index("plan_id")["period_start"]
    asked_of = frame[["area_id", "indicator_id", "plan_id", "due"]].rename_axis("row").reset_index()
    pairs = asked_of.merge(every, on=["area_id", "indicator_id"])
    later = pairs["value_plan_id"].map(start) > pairs["plan_id"].map(start)
    pairs = pairs[pairs["value_plan_id"].isna() | later.fillna(False)]
    off = (pairs["due"] - pairs["value_year"]).astype("float64")
    pairs = pairs.assign(after=off < 0, off=off.abs()).sort_values(
        ["row", "after", "off", "order"], kind="stable"
    )
    wanted = [*OF_VALUE, "value_period", "value_grave"]
    return pairs.drop_duplicates("row").set_index("row")[wanted].reindex(frame.index)
