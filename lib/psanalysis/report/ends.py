"""Outcomes of targets in sentences and rows: met, missed, cannot be told, and due without a
published value.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from psanalysis.formatting import MISSING, difference, stated
from psanalysis.measures.context import of_province
from psanalysis.measures.target import sides
from psanalysis.report.blocks import ways_to
from psanalysis.report.frames import named, names, stated_value
from psanalysis.report.html import Html
from psanalysis.report.page import Page
from psanalysis.report.periods import ended_word
from psanalysis.report.table import measured, table
from psanalysis.tables.model import Head, Table
from psanalysis.wording import say

# Verdicts on due targets with a known value
TOLD = ("met", "missed", "cannot_tell")
DUE = (*TOLD, "no_value")
NAMED = 3


def due_rows(ends: pd.DataFrame) -> pd.DataFrame:
    """Targets with a number whose year has passed, without repetitions; rows of
    `psanalysis.outcomes`.
    """
    due = ends["verdict"].isin(DUE) & ends["repeat_of"].isna()
    return ends[due]


def told(ends: pd.DataFrame) -> pd.DataFrame:
    """Due targets whose `verdict` rests on a known value; rows of `psanalysis.outcomes`."""
    return due_rows(ends)[lambda rows: rows["verdict"].isin(TOLD)]


def ends_words(page: Page, ends: pd.DataFrame) -> str:
    """The outcomes of the due targets in a sentence, missed ones by name where they are few; rows
    of `psanalysis.outcomes`.
    """
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
    """The names of the missed targets (`verdict`) in brackets; empty for more than NAMED."""
    own = known.loc[known["verdict"] == "missed", f"name_{page.lang}"]
    return say("ambition.named", page.lang, names=page.listed(own)) if len(own) <= NAMED else ""


def shown_rows(ends: pd.DataFrame) -> pd.DataFrame:
    """Targets with a number (`target`) and a known `value`, due or not, without repetitions
    (`repeat_of`).
    """
    known = ends["value"].notna() & ends["target"].notna() & ends["repeat_of"].isna()
    return ends[known]


def ends_frame(page: Page, ends: pd.DataFrame, actuals: str | None = None) -> pd.DataFrame:
    """Rows for `psanalysis.plot.bullet`: targets with their last values, and the values of the
    province around as context.
    """
    lang = page.lang
    ends = ends.join(of_province(page.ds, ends, actuals, _until(ends)))
    frame = named(page.ds, ends, lang)
    units = frame["unit_id"].map(names(page.ds, "units", "unit_id", lang))
    pairs = list(zip(frame.itertuples(), units, strict=True))
    frame["side"] = sides(frame["comparator"], frame["direction"])
    frame["doubted"] = frame["doubted"] | ~frame["value_doubts"].fillna("").eq("")
    frame["context"] = frame["province_value"]
    frame["target_text"] = [
        _dated(stated_value(page.ds, row, lang), row.target_year, lang) for row, _ in pairs
    ]
    frame["value_text"] = [dated_value(row, unit, lang) for row, unit in pairs]
    frame["verdict_text"] = [say(f"ends.{verdict}", lang) for verdict in frame["verdict"]]
    frame["mark_text"] = [
        say("mark_words.bullet", lang, name=row.name, target=row.target_text, value=row.value_text,
            verdict=row.verdict_text)
        + (say("mark_words.bullet_context", lang,
            value=province_text(row, unit, lang)) if pd.notna(row.context) else "")
        for row, unit in zip(frame.itertuples(), units, strict=True)
    ]  # fmt: skip
    return frame


def province_text(row: Any, unit: str, lang: str) -> str:
    """The value of the province around, with its year."""
    if pd.isna(row.province_value):
        return MISSING
    shown = stated(row.province_value, row.province_high, row.province_comparator, unit, lang)
    return _dated(shown, row.province_year, lang)


def dated_value(row: Any, unit: str, lang: str) -> str:
    """The last known value of a row of `psanalysis.outcomes`, with its year."""
    return _dated(
        stated(row.value, row.value_high, row.value_comparator, unit, lang), row.value_year, lang
    )


def _dated(shown: str, year: object, lang: str) -> str:
    return shown if pd.isna(year) else say("ends.of_year", lang, value=shown, year=year)


def _until(ends: pd.DataFrame) -> int | None:
    """The year `as_of` of the rows; None without rows."""
    return int(ends["as_of"].iloc[0]) if len(ends) else None


def ends_table(
    page: Page,
    ends: pd.DataFrame,
    *,
    places: bool = False,
    actuals: str | None = None,
    name: str = "outcomes",
) -> Table:
    """Targets with the values that their verdicts rest on, and those of the province around where
    there are any; rows of `psanalysis.outcomes`.
    """
    around = of_province(page.ds, ends, actuals, _until(ends))
    frame = named(page.ds, ends.join(around), page.lang)
    units = frame["unit_id"].map(names(page.ds, "units", "unit_id", page.lang))
    areas = names(page.ds, "areas", "area_id", page.lang)
    rows = [
        _row(page, row, unit) | {"city": areas[row.area_id], **ways_to(page, row.plan_id)}
        for row, unit in zip(frame.itertuples(), units, strict=True)
    ]  # fmt: skip
    filled = {
        "city": places,
        "province": bool(around["province_value"].notna().any()),
        **dict.fromkeys(
            ("actual", "actual_year", "apart", "citation"), bool(frame["value"].notna().any())
        ),
    }
    columns = page.columns(
        "city name target target_year actual actual_year province verdict_end apart reason "
        "citation",
        "target actual province apart",
        filled=filled,
    )
    caption = say("ends.caption", page.lang, count=len(rows))
    return table(rows, columns, caption=caption, lang=page.lang, name=f"{page.name}-{name}")


def around_table(page: Page, ends: pd.DataFrame, actuals: str | None = None) -> Table | Html:
    """What the province around published of targets for which the place itself published no
    `value`; nothing where it published none either. Rows of `psanalysis.outcomes`.
    """
    alone = ends[ends["value"].isna() & ends["target"].notna() & ends["repeat_of"].isna()]
    shown = alone.join(of_province(page.ds, alone, actuals, _until(ends)))
    shown = shown[shown["province_value"].notna()]
    if shown.empty:
        return Html("")
    frame = named(page.ds, shown, page.lang)
    units = frame["unit_id"].map(names(page.ds, "units", "unit_id", page.lang))
    areas = names(page.ds, "areas", "area_id", page.lang)
    rows = [
        {
            "name": row.name, "name_href": page.indicator(row.indicator_id),
            "target": measured(_dated(stated_value(page.ds, row, page.lang), row.target_year,
                page.lang), row.target, unit, page.lang),
            "target_href": row.url,
            "province": measured(province_text(row, unit, page.lang), row.province_value, unit,
                page.lang),
            "citation": row.province_citation,
        }
        for row, unit in zip(frame.itertuples(), units, strict=True)
    ]  # fmt: skip
    caption = say("ends.around_caption", page.lang, province=areas[shown["province_id"].iloc[0]])
    columns = page.columns("name target province citation", "target province")
    return table(rows, columns, caption=caption, lang=page.lang, name=f"{page.name}-province")


def counts_table(
    page: Page, due: pd.DataFrame, by: str, heads: pd.Series, hrefs: dict[str, str], caption: str
) -> Table:
    """How many due targets were met, were missed, cannot be judged, and have no value (`verdict`):
    a row for each code of the column `by` in the order of `heads`.
    """
    wide = due.groupby([by, "verdict"]).size().unstack(fill_value=0)
    rows = [
        {"head": heads[code], "head_href": hrefs.get(code, ""),
            "head_tag": ended_word(page.ds, str(code), page.lang) if by == "plan_id" else "",
            "due": int(wide.loc[code].sum()),
         **{verdict: int(wide.loc[code].get(verdict, 0)) for verdict in DUE}}
        for code in heads.index if code in wide.index
    ]  # fmt: skip
    key = {"plan_id": "plan", "domain_id": "domain"}[by]
    columns = [
        Head("head", say(f"column.{key}", page.lang)),
        Head("due", say("ends.due", page.lang), True),
        *(Head(verdict, say(f"ends.{verdict}", page.lang), True) for verdict in DUE),
    ]
    return table(rows, columns, caption=caption, lang=page.lang, name=f"{page.name}-{key}-outcomes")


def _row(page: Page, row: Any, unit: str) -> dict[str, Any]:
    lang = page.lang
    value = (
        stated(row.value, row.value_high, row.value_comparator, unit, lang)
        if pd.notna(row.value)
        else MISSING
    )
    margin = difference(row.margin, unit, lang) if row.verdict in ("met", "missed") else MISSING
    return {
        "of": row.statement_id,
        "name": row.name,
        "name_href": page.indicator(row.indicator_id),
        "target": measured(stated_value(page.ds, row, lang), row.target, unit, lang),
        "target_href": row.url,
        "target_year": MISSING if pd.isna(row.target_year) else str(row.target_year),
        "actual": measured(value, row.value, unit, lang),
        "actual_year": MISSING if pd.isna(row.value_year) else str(row.value_year),
        "province": measured(province_text(row, unit, lang), row.province_value, unit, lang),
        "verdict_end": say(f"ends.{row.verdict}", lang),
        "apart": measured(margin, row.margin if margin != MISSING else None, unit, lang),
        "reason": getattr(row, f"reason_{lang}"),
        "citation": _cited(row, lang),
    }


def _cited(row: Any, lang: str) -> str:
    """The source of a value, with the curator's note: its date, or who reported it."""
    note = getattr(row, f"value_note_{lang}")
    known = row.source_citation if isinstance(row.source_citation, str) else ""
    known = "" if known == row.value_note_zh else known
    if pd.isna(note):
        return known or MISSING
    return say("ends.cited", lang, source=known, note=note) if known else str(note)
