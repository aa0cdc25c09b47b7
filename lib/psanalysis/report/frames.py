"""Frames for charts: measures turned into labels, positions and links, in one language."""

from __future__ import annotations

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.numbers import MISSING, difference, stated
from psanalysis.report.provenance import row_id
from psanalysis.wording import say

HEADLINE_ROWS = 60


def names(ds: Dataset, table: str, key: str, lang: str) -> pd.Series:
    """Names in a language, by code."""
    return getattr(ds, table).set_index(key)[f"name_{lang}"]


def plan_name(ds: Dataset, plan_id: str, lang: str) -> str:
    """What a plan is called in a title: the city and the period."""
    plan = ds.plans.set_index("plan_id").loc[plan_id]
    return say("plan.name", lang, city=names(ds, "areas", "area_id", lang)[plan.city_id], start=plan.period_start, end=plan.period_end)


def in_domain_order(ds: Dataset, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows by harmonised domain, otherwise as they were."""
    order = ds.domains.set_index("domain_id")["sort"]
    return frame.sort_values("domain_id", key=lambda ids: ids.map(order), kind="stable")


def headline(gaps: pd.DataFrame) -> pd.DataFrame:
    """The rows that a plan is judged by.

    The plan's own table of main indicators where it has one (rows with a nature); else the targets that have a baseline; else, for a plan
    without any baseline, its numeric targets for shares of a whole, which can stand on one scale. One row an indicator.
    """
    table = gaps[gaps["nature"].notna()]
    if len(table):
        return table
    numeric = gaps[gaps["target"].notna() & (gaps["status"] != "not_comparable")]
    paired = numeric[numeric["baseline"].notna()]
    chosen = paired if len(paired) >= 5 else numeric[numeric["unit_id"] == "percent"]
    return chosen.drop_duplicates(["indicator_id", "area_id"]).head(HEADLINE_ROWS)


def with_texts(ds: Dataset, gaps: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Gaps with what a reader sees of each row: label, group, texts of baseline, target and step, link and words of its marks."""
    units = names(ds, "units", "unit_id", lang)
    domains = names(ds, "domains", "domain_id", lang)
    frame = in_domain_order(ds, gaps).reset_index(drop=True)
    unit = frame["unit_id"].map(units)
    frame["label"] = frame[f"name_{lang}"]
    frame["group"] = frame["domain_id"].map(domains)
    frame["nature"] = frame["nature"].fillna("unstated")
    frame["has_number"] = frame["target"].notna()
    frame["position"] = (100 * frame["baseline"] / frame["target"]).where((frame["target"] > 0) & (frame["status"] != "not_comparable"))
    frame["baseline_text"] = [stated(v, float("nan"), "eq", u, lang) for v, u in zip(frame["baseline"], unit, strict=True)]
    frame["target_text"] = [target_text(ds, row, units[row.unit_id], lang) for row in frame.itertuples()]
    frame["step_text"] = [step_text(row, units[row.unit_id], lang) for row in frame.itertuples()]
    frame["url"] = "#" + frame["statement_id"].map(row_id)
    frame["mark_text"] = [
        say("mark_words.gap", lang, name=row.label, baseline=row.baseline_text, target=row.target_text,
            status=say(f"status.{row.status}", lang), year=row.target_year)
        for row in frame.itertuples()
    ]  # fmt: skip
    return frame


def target_text(ds: Dataset, row: object, unit: str, lang: str) -> str:
    """A target as stated: ≥98%, or the pledge."""
    if pd.isna(row.target):  # type: ignore[attr-defined]
        pledge = row.pledge  # type: ignore[attr-defined]
        if pledge == "other" or pd.isna(pledge):
            return say("chart.committed_state", lang)
        return names(ds, "pledges", "pledge_id", lang)[pledge]
    value = row.value if hasattr(row, "value") else row.target
    return stated(value, row.target_high, row.comparator, unit, lang)  # type: ignore[attr-defined]


def step_text(row: object, unit: str, lang: str) -> str:
    """The required change a year, or the status where none is required or known."""
    status = row.status  # type: ignore[attr-defined]
    if status == "to_improve" and pd.notna(row.annual_step):  # type: ignore[attr-defined]
        return difference(row.annual_step, unit, lang)  # type: ignore[attr-defined]
    if status == "to_improve" and pd.notna(row.gap):  # type: ignore[attr-defined]
        return say("chart.over_period", lang, change=difference(row.gap, unit, lang))  # type: ignore[attr-defined]
    if status == "no_baseline":
        return MISSING
    return say(f"status.{status}", lang)
