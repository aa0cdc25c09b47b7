"""From baseline to target on a plan's page: the chart with its finding, and the table."""

from __future__ import annotations

from typing import Any

import pandas as pd

from psanalysis.formatting import MISSING, STEP, difference
from psanalysis.report.addresses import domain_page
from psanalysis.report.frames import document, marks_words, names
from psanalysis.report.html import Chart
from psanalysis.report.page import Page
from psanalysis.report.periods import ended
from psanalysis.report.table import measured, table
from psanalysis.tables.model import Table
from psanalysis.wording import say

# Statuses that need no reason beside them
PLAIN = ("to_improve", "hold", "no_baseline", "pledge")


def gap_chart(page: Page, plan_id: str, frame: pd.DataFrame) -> Chart:
    """Baseline and target of each indicator on one scale.

    Parameters
    ----------
    page, plan_id
        The page that shows it, and the plan.
    frame
        Rows of `psanalysis.gaps`, with the texts of `with_texts`.
    """
    source = document(page.ds, plan_id, page.lang)
    return page.drawn(
        "dumbbell", frame, "gap", finding=_furthest(page, plan_id, frame), source=source
    )


def _furthest(page: Page, plan_id: str, frame: pd.DataFrame) -> str:
    """The row that is furthest from its target: whose `position` (baseline in % of the target) is
    furthest from 100, among those to improve (`status`) and not `doubted`. Reads the texts of
    `with_texts` too.
    """
    sound = frame[~frame["doubted"] & frame["position"].notna()]
    apart = sound[sound["status"] == "to_improve"]
    if apart.empty:
        return page.words("gap_none")
    row = apart.loc[(apart["position"] - 100).abs().idxmax()]
    tense = "was" if ended(page.ds, plan_id) else "is"
    return page.words(
        f"furthest_{tense}",
        name=row["name"],
        baseline=row["baseline_text"],
        target=row["target_text"],
        start=row["baseline_year"],
        end=row["target_year"],
    )


def gap_table(page: Page, frame: pd.DataFrame) -> Table:
    """Baseline, target, gap and status of each indicator.

    Parameters
    ----------
    page
        The page that shows it.
    frame
        Rows of `psanalysis.gaps`, with the texts of `with_texts`.
    """
    units, lang = names(page.ds, "units", "unit_id", page.lang), page.lang
    rows = [
        {
            "of": row.statement_id, "name": row.name, "name_href": page.indicator(row.indicator_id),
            "domain": row.group, "domain_href": domain_page(row.domain_id, lang),
            "nature": MISSING if row.nature == "unstated" else page.ds.label("statements", "nature",
                row.nature, lang),
            "baseline": measured(row.baseline_text, row.baseline, units[row.unit_id], lang),
            "target": measured(row.target_text, row.target, units[row.unit_id], lang),
            "target_href": row.url,
            "year": f"{row.baseline_year}–{row.target_year}" if pd.notna(row.baseline_year)
            else str(row.target_year),
            "gap": measured(difference(row.gap, units[row.unit_id], lang), row.gap,
                units[row.unit_id], lang),
            "step": measured(difference(row.required_step, units[row.unit_id], lang, STEP),
                row.required_step, units[row.unit_id], lang),
            "status": _status(page, row),
        }
        for row in frame.itertuples()
    ]  # fmt: skip
    filled = {
        "nature": bool(frame["nature"].ne("unstated").any()),
        **dict.fromkeys(("baseline", "gap", "step"), bool(frame["baseline"].notna().any())),
    }
    columns = page.columns(
        "name domain nature baseline target year gap step status",
        "baseline target gap step",
        filled=filled,
    )
    caption = page.words("table_caption", count=len(rows))
    return table(rows, columns, caption=caption, lang=lang, name=f"{page.name}-headline")


def _status(page: Page, row: Any) -> str:
    """The status, its reason where the status alone does not explain it, and the marks."""
    reason = "" if row.status in PLAIN else getattr(row, f"reason_{page.lang}")
    words = say(f"status.{row.status}", page.lang)
    if reason:
        words = page.words("status_reason", status=words, reason=reason)
    return words + marks_words(row.marks, page.lang)
