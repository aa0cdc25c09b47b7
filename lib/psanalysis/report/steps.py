"""Past pace against the pace that a plan requires."""

from __future__ import annotations

import math

import pandas as pd

from psanalysis.formatting import MISSING, STEP, difference, plain, quantity
from psanalysis.measures.pace import STATUSES
from psanalysis.report.frames import document, marks_words, named, names
from psanalysis.report.html import Html
from psanalysis.report.page import Page
from psanalysis.report.table import cell, measured, table
from psanalysis.wording import say


def pace_frame(page: Page, pairs: pd.DataFrame) -> pd.DataFrame:
    """Rows of `psanalysis.pace` for a plan, with the yearly steps also in percent of the value at
    the start of the plan.
    """
    frame = named(page.ds, pairs, page.lang, statement="to_statement_id")
    frame["unit"] = frame["unit_id"].map(names(page.ds, "units", "unit_id", page.lang))
    base = frame["to_value"].abs().where(frame["to_value"] != 0)
    frame["past"] = 100 * frame["past_step"].astype("float64") / base
    frame["required"] = 100 * frame["required_step"].astype("float64") / base
    frame["past_text"] = [
        difference(row.past_step, row.unit, page.lang, STEP) for row in frame.itertuples()
    ]
    frame["required_text"] = [
        difference(row.required_step, row.unit, page.lang, STEP) for row in frame.itertuples()
    ]
    frame["verdict"] = [say(f"pace.{status}", page.lang) for status in frame["status"]]
    frame["mark_text"] = [
        say("mark_words.pace", page.lang, name=row.name, start=row.from_year, end=row.to_year,
            past=row.past_text, required=row.required_text,
            verdict=row.verdict)
        for row in frame.itertuples()
    ]  # fmt: skip
    return frame


def pace_section(page: Page, plan_id: str, pairs: pd.DataFrame) -> Html:
    """Finding, chart and table of past and required pace; nothing for a plan without past values.
    `pairs` are rows of `psanalysis.pace`.
    """
    frame = pace_frame(page, pairs)
    if frame.empty:
        return Html("")
    counts = frame["status"].value_counts()
    parts = [
        say(f"pace_section.part_{status}", page.lang, count=counts[status])
        for status in STATUSES
        if status in counts
    ]
    finding = say(
        "pace_section.finding", page.lang, pairs=len(frame), parts=page.listed(parts, "clause")
    )
    chart = page.drawn(
        "pace", frame, "pace", finding=finding, source=document(page.ds, plan_id, page.lang)
    )
    rows = [
        {
            "of": row.to_statement_id, "name": row.name,
            "name_href": page.indicator(row.indicator_id), "to_href": row.url,
            "from": measured(say("cell.common_value", page.lang,
                value=quantity(row.from_value, row.unit, page.lang), year=row.from_year),
                row.from_value, row.unit, page.lang),
            "to": measured(say("cell.common_value", page.lang,
                value=quantity(row.to_value, row.unit, page.lang), year=row.to_year),
                row.to_value, row.unit, page.lang),
            "past_step": measured(row.past_text, row.past_step, row.unit, page.lang),
            "required_step": measured(row.required_text, row.required_step, row.unit, page.lang),
            "pace_ratio": cell(plain(row.pace_ratio, 3), row.pace_ratio),
            "arrival": MISSING if pd.isna(row.arrival_year) else str(math.ceil(row.arrival_year)),
            "status": row.verdict,
            "reason": getattr(row, f"reason_{page.lang}") + marks_words(row.marks, page.lang),
        }
        for row in frame.itertuples()
    ]  # fmt: skip
    columns = page.columns(
        "name from to past_step required_step pace_ratio arrival status reason",
        "from to past_step required_step pace_ratio arrival",
    )
    return (
        Html("")
        + chart
        + table(
            rows,
            columns,
            caption=say("pace_section.caption", page.lang, count=len(rows)),
            lang=page.lang,
            name=f"{page.name}-pace",
        )
    )
