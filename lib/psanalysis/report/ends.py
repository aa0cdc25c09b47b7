"""What came of targets, in sentences and rows: met, missed, cannot be told, and what is due without a published value."""

from __future__ import annotations

from typing import Any

import pandas as pd

from psanalysis.formatting import MISSING, difference, stated
from psanalysis.report.addresses import plan_page
from psanalysis.report.frames import named, names, stated_value
from psanalysis.report.html import Html, table
from psanalysis.report.page import Page, measured
from psanalysis.wording import say

# Verdicts on a due target that a value is known for
TOLD = ("met", "missed", "cannot_tell")
NAMED = 3


def due_rows(ends: pd.DataFrame) -> pd.DataFrame:
    """Targets with a number whose year has passed, one of those that say the same; rows of `psanalysis.outcomes`."""
    due = ends["verdict"].isin([*TOLD, "no_value"]) & ends["repeat_of"].isna()
    return ends[due]


def told(ends: pd.DataFrame) -> pd.DataFrame:
    """Due targets that a value is known for."""
    return due_rows(ends)[lambda rows: rows["verdict"].isin(TOLD)]


def ends_words(page: Page, ends: pd.DataFrame) -> str:
    """What came of the due targets, those that were missed by name."""
    due = due_rows(ends)
    if due.empty:
        return say("ends.none_due", page.lang)
    known = told(ends)
    if known.empty:
        return say("ends.no_values", page.lang, count=len(due))
    counts = known["verdict"].value_counts()
    parts = [
        say(f"ends.part_{verdict}", page.lang, count=counts[verdict])
        + (_missed(page, known) if verdict == "missed" else "")
        for verdict in TOLD
        if verdict in counts
    ]
    return say("ends.known", page.lang, known=len(known), due=len(due), parts=page.listed(parts))


def _missed(page: Page, known: pd.DataFrame) -> str:
    own = known.loc[known["verdict"] == "missed", f"name_{page.lang}"]
    return say("ambition.named", page.lang, names=page.listed(own)) if len(own) <= NAMED else ""


def ends_table(page: Page, ends: pd.DataFrame, *, places: bool = False) -> Html:
    """Targets with the values that they are judged by."""
    frame = named(page.ds, ends, page.lang)
    units = frame["unit_id"].map(names(page.ds, "units", "unit_id", page.lang))
    areas = names(page.ds, "areas", "area_id", page.lang)
    rows = [
        _row(page, row, unit) | {"city": areas[row.area_id], "city_href": plan_page(row.plan_id, page.lang)}
        for row, unit in zip(frame.itertuples(), units, strict=True)
    ]  # fmt: skip
    shown = "name target target_year actual actual_year verdict_end apart reason citation"
    columns = page.columns(f"city {shown}" if places else shown, "target actual apart")
    caption = say("ends.caption", page.lang, count=len(rows))
    return table(rows, columns, caption=caption, name=f"{page.name}-outcomes")


def _row(page: Page, row: Any, unit: str) -> dict[str, Any]:
    lang = page.lang
    value = stated(row.value, row.value_high, row.value_comparator, unit, lang) if pd.notna(row.value) else MISSING  # fmt: skip
    margin = difference(row.margin, unit, lang) if row.verdict in ("met", "missed") else MISSING
    return {
        "of": row.statement_id, "name": row.name, "name_href": page.indicator(row.indicator_id),
        "target": measured(stated_value(page.ds, row, lang), row.target, unit, lang), "target_href": row.url,
        "target_year": MISSING if pd.isna(row.target_year) else str(row.target_year),
        "actual": measured(value, row.value, unit, lang),
        "actual_year": MISSING if pd.isna(row.value_year) else str(row.value_year),
        "verdict_end": say(f"ends.{row.verdict}", lang),
        "apart": measured(margin, row.margin if margin != MISSING else None, unit, lang),
        "reason": getattr(row, f"reason_{lang}"),
        "citation": MISSING if pd.isna(row.source_citation) else row.source_citation,
    }  # fmt: skip
