"""What became of the targets: met, missed, or why it cannot be told; with or without a baseline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from psanalysis.comparators import COMPARATORS
from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.selection import Plans
from psanalysis.formatting import difference, stated
from psanalysis.measures.attainment import asked, attained, known
from psanalysis.measures.doubts import doubts_of
from psanalysis.measures.evidence import evidence
from psanalysis.measures.gaps import gaps
from psanalysis.measures.magnitudes import doubt_words
from psanalysis.measures.marks import joined, united
from psanalysis.measures.target import sides
from psanalysis.measures.units import tidy
from psanalysis.wording import LANGUAGES, say

VERDICTS = ("met", "missed", "cannot_tell", "pledge", "not_due", "no_value")
EVIDENCE = ("final_value", "last_value", "bound", "next_baseline")
# Why a due target with a value has no verdict
UNTOLD = ("doubted", "implausible", "other_basis", "too_old", "later_value", "bound")
RECENT = 1  # years before the horizon in which a target may be seen to be met already

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
    told = [_verdict(row, until) for row in frame.to_dict("records")]
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
    for lang in LANGUAGES:
        units = ds.units.set_index("unit_id")[f"name_{lang}"].to_dict()
        frame[f"reason_{lang}"] = [_words(row, units, lang) for row in frame.to_dict("records")]
    return frame[COLUMNS]


def _last_year(ds: Dataset, every: pd.DataFrame) -> int:
    """The last year of which the data know anything."""
    years = pd.concat([every["value_year"], ds.plans["baseline_year"]]).dropna()
    return int(years.max()) if len(years) else 0


def _periods(ds: Dataset) -> pd.Series:
    """Years that a statement accumulates over, by statement_id; missing for what does not."""
    rows = ds.statements.set_index("statement_id")
    return (rows["flow_end"] - rows["flow_start"]).astype("float64")


def _best(ds: Dataset, frame: pd.DataFrame, every: pd.DataFrame) -> pd.DataFrame:
    """The value that says most of each target: of its year, else the last one before it, else the
    first one after it.
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


def _verdict(row: dict[str, Any], until: int) -> tuple[str, object, object, float]:
    """Verdict, evidence, why it cannot be told, and margin of a row."""
    none = float("nan")
    if pd.isna(row["target_low"]):
        return "pledge", pd.NA, pd.NA, none
    value = row["value"]
    if pd.isna(value):
        return ("not_due" if row["due"] > until else "no_value"), pd.NA, pd.NA, none
    one, exact = COMPARATORS[row["value_comparator"]], pd.isna(row["value_high"])
    exact &= one.side == 0
    early = row["due"] - row["value_year"]
    kind = (
        "last_value"
        if early > 0
        else "final_value"
        if pd.isna(row["value_statement_id"])
        else "next_baseline"
    )
    kind = kind if exact else "bound"
    margin = _margin(row) if exact else none
    if row["due"] > until:
        return "not_due", kind, pd.NA, margin
    high = None if pd.isna(row["target_high"]) else row["target_high"]
    top = None if pd.isna(row["value_high"]) else row["value_high"]
    met = attained(
        known(value, top, row["value_comparator"]),
        asked(row["target_low"], high, row["comparator"], row["side"]),
        one.exact or not exact,
    )
    untold = _untold(row, early, met)
    if untold:
        return "cannot_tell", kind, untold, margin
    return ("met" if met else "missed"), kind, pd.NA, margin


def _margin(row: dict[str, Any]) -> float:
    """d (V - T); without a better side how far the value is off, never positive."""
    value, low, high = row["value"], row["target_low"], row["target_high"]
    if row["side"]:
        return tidy(row["side"] * (value - row["target"])) + 0.0
    nearest = min(max(value, low), low if pd.isna(high) else high)
    return tidy(-abs(value - nearest)) + 0.0


def _untold(row: dict[str, Any], early: float, met: bool | None) -> str:
    """Why a value decides nothing, or nothing."""
    asked, found = row["period"], row["value_period"]
    alike = asked == found or (pd.isna(asked) and pd.isna(found))
    for code, holds in (
        ("doubted", row["doubted"]),
        ("implausible", row["value_grave"] is True),
        ("other_basis", not alike),
        ("later_value", early < 0),
        ("too_old", early > RECENT or (early > 0 and met is not True)),
        ("bound", met is None),
    ):
        if holds:
            return code
    return ""


def _words(row: dict[str, Any], units: dict[str, str], lang: str) -> str:
    """The verdict in a sentence."""
    unit, verdict = units[row["unit_id"]], row["verdict"]
    facts = {
        "due": row["due"],
        "target": stated(row["target_low"], row["target_high"], row["comparator"], unit, lang),
    }
    if pd.notna(row["value"]):
        shown = stated(row["value"], row["value_high"], row["value_comparator"], unit, lang)
        if row["value_status"] == "preliminary":
            shown = say("outcome_reason.preliminary", lang, value=shown)
        facts |= {"year": row["value_year"], "value": shown}
    key = verdict
    if verdict == "cannot_tell":
        key = row["untold"]
    elif verdict == "met":
        key = {"last_value": "met_before", "next_baseline": "met_by_baseline"}.get(
            row["evidence"], "met"
        )
        key = "met_before" if row["value_year"] < row["due"] else key
    elif verdict == "missed":
        key = "missed" if pd.isna(row["shortfall"]) or row["shortfall"] > 0 else "missed_strictly"
        key = "missed_by_bound" if pd.isna(row["shortfall"]) else key
        facts["short"] = difference(row["shortfall"], unit, lang, signed=False)
    words = say(f"outcome_reason.{key}", lang, **facts)
    if pd.isna(row["value_doubts"]) or not row["value_doubts"] or verdict == "not_due":
        return words
    doubts = doubt_words(row["value_doubts"], row["value"], unit, lang)
    return words + say("punctuation.sentence", lang) + doubts
