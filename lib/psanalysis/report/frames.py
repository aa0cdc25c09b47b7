"""Frames for charts: measures turned into labels, positions and links, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import plan_title
from psanalysis.datapackage.pledges import pledge_words
from psanalysis.datapackage.remembered import remembered
from psanalysis.datapackage.titles import document_titles
from psanalysis.formatting import MISSING, STEP, difference, stated
from psanalysis.report.provenance import row_id
from psanalysis.simplified import simplified
from psanalysis.tables.marks import signs_explained, signs_of
from psanalysis.wording import say


@remembered
def names(ds: Dataset, table: str, key: str, lang: str) -> pd.Series:
    """Names in a language, by code."""
    return getattr(ds, table).set_index(key)[f"name_{lang}"]


def document(ds: Dataset, plan_id: str, lang: str) -> str:
    """The source line of a chart that rests on one plan."""
    plan = ds.plans.set_index("plan_id").loc[plan_id]
    return say(
        "chart.source",
        lang,
        title=document_titles(ds, lang)[plan_id],
        number="" if pd.isna(plan.document_no) else simplified(plan.document_no),
    ).rstrip()


def documents(ds: Dataset, plan_ids: Iterable[str], lang: str) -> str:
    """The source line of a chart that rests on several plans."""
    used = set(plan_ids)
    named = [plan_title(ds, plan, lang) for plan in ds.plans["plan_id"] if plan in used]
    return say("chart.sources", lang, plans=say("punctuation.item", lang).join(named))


def in_domain_order(ds: Dataset, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of the domains (`domain_id`), otherwise as they were."""
    order = ds.domains.set_index("domain_id")["sort"]
    return frame.sort_values("domain_id", key=lambda ids: ids.map(order), kind="stable")


@remembered
def narrowed(ds: Dataset, indicators: Iterable[str]) -> Dataset:
    """The data set with the statements and values of some indicators alone: measuring these takes a
    fraction of the time.
    """
    wanted = set(indicators)
    own = {
        name: getattr(ds, name)[lambda rows: rows["indicator_id"].isin(wanted)]
        for name in ("statements", "indicators", "actuals")
    }
    return replace(ds, **own)


def named(
    ds: Dataset, frame: pd.DataFrame, lang: str, statement: str = "statement_id"
) -> pd.DataFrame:
    """Rows in the order of the domains, with `name`, `label` (the name with the signs of its
    marks), `group` (the domain) and `url` (to the row of the statement in the column `statement`).
    Reads `domain_id`, `marks`, and `name_zh` or `name_en`.
    """
    frame = in_domain_order(ds, frame).reset_index(drop=True)
    signs = [signs_of(marks) for marks in frame["marks"]] if "marks" in frame else [""] * len(frame)
    return frame.assign(
        name=frame[f"name_{lang}"],
        label=[
            f"{name} {sign}".rstrip()
            for name, sign in zip(frame[f"name_{lang}"], signs, strict=True)
        ],
        group=frame["domain_id"].map(names(ds, "domains", "domain_id", lang)),
        url="#" + frame[statement].map(row_id),
    )


def signs_note(frame: pd.DataFrame, lang: str) -> str:
    """The meaning of the signs in a chart, from `marks`; empty where there are none."""
    words = signs_explained(frame["marks"], lang) if "marks" in frame else []
    return (
        say("chart.signs", lang, signs=say("punctuation.clause", lang).join(words)) if words else ""
    )


def marks_words(marks: object, lang: str) -> str:
    """The marks of a row in words, for a table."""
    if not isinstance(marks, str) or not marks:
        return ""
    return say(
        "mark.list",
        lang,
        marks=say("punctuation.item", lang).join(
            say(f"mark.{mark}", lang) for mark in marks.split()
        ),
    )


def headline(gaps: pd.DataFrame) -> pd.DataFrame:
    """The rows that a plan is judged by; columns of `psanalysis.gaps`.

    These are the plan's own table of main indicators where it has one (rows with a `nature`), else
    the `headline` rows whose baseline and target are comparable numbers. A plan without either has
    none.
    """
    table = gaps[gaps["nature"].notna()]
    if len(table):
        return table
    paired = (
        gaps["target"].notna() & gaps["baseline"].notna() & (gaps["status"] != "not_comparable")
    )
    return gaps[gaps["headline"] & paired]


def with_texts(ds: Dataset, gaps: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Rows of `psanalysis.gaps` ready for chart and table: adds the columns of `named`,
    `has_number`, `position` (baseline in % of the target), `baseline_text`, `target_text`,
    `step_text`, `year_text` and `mark_text`. A missing `nature` becomes unstated.
    """
    units = names(ds, "units", "unit_id", lang)
    frame = named(ds, gaps, lang)
    unit = frame["unit_id"].map(units)
    frame["nature"] = frame["nature"].fillna("unstated")
    frame["has_number"] = frame["target"].notna()
    frame["position"] = (100 * frame["baseline"] / frame["target"]).where(
        (frame["target"] > 0) & (frame["status"] != "not_comparable")
    )
    frame["baseline_text"] = [
        stated(row.baseline, float("nan"), row.baseline_comparator, u, lang)
        for row, u in zip(frame.itertuples(), unit, strict=True)
    ]
    frame["target_text"] = [stated_value(ds, row, lang) for row in frame.itertuples()]
    frame["step_text"] = [step_text(row, units[row.unit_id], lang) for row in frame.itertuples()]
    frame["year_text"] = frame["target_year"].astype("str")
    frame["mark_text"] = [
        say("mark_words.gap", lang, name=row.name, baseline=row.baseline_text,
            target=row.target_text,
            status=say(f"status.{row.status}", lang), year=row.target_year)
        for row in frame.itertuples()
    ]  # fmt: skip
    return frame


def stated_value(ds: Dataset, row: Any, lang: str) -> str:
    """A target as stated: ≥98%, 10–20 km, or the pledge."""
    if pd.isna(row.target):
        return pledge_words(ds, row.pledge, row.statement_id, lang)
    unit = names(ds, "units", "unit_id", lang)[row.unit_id]
    return stated(row.target_low, row.target_high, row.comparator, unit, lang)


def step_text(row: object, unit: str, lang: str) -> str:
    """The required change a year, or the status where none is required or known."""
    status = row.status  # type: ignore[attr-defined]
    if status == "to_improve" and pd.notna(row.required_step):  # type: ignore[attr-defined]
        return difference(row.required_step, unit, lang, STEP)  # type: ignore[attr-defined]
    if status == "to_improve" and pd.notna(row.gap):  # type: ignore[attr-defined]
        return say("chart.over_period", lang, change=difference(row.gap, unit, lang))  # type: ignore[attr-defined]
    if status == "no_baseline":
        return MISSING
    return say(f"status.{status}", lang)
