"""For a plan under way: how much of the distance from baseline to target has been covered, and how
much is due by now.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from psanalysis.formatting import MISSING, plain, quantity
from psanalysis.measures.gaps import gaps
from psanalysis.measures.progress import progress
from psanalysis.report.frames import document, headline, marks_words, names, with_texts
from psanalysis.report.html import Chart, Html
from psanalysis.report.page import Page
from psanalysis.report.table import cell, share, table
from psanalysis.tables.model import Table
from psanalysis.wording import say

SHOWN = (-30.0, 130.0)
DIGITS = 4  # of a value on a straight line: more would suggest a precision that it does not have


def way_frame(page: Page, plan_id: str, as_of: int, actuals: str | None = None) -> pd.DataFrame:
    """Targets with a number that have a baseline or a value to judge, one row an indicator, for
    chart and table: the columns of `psanalysis.progress` and of `with_texts`.

    Adds `progress` (the status of the progress), `due` and `made` (% of the distance from baseline
    to target), `year`, `expected_text` and `current_text`. What is due is that of the year of the
    last value, or of `as_of` without one.
    """
    ds, lang = page.ds, page.lang
    frame = progress(ds, actuals, as_of, plan_id)
    known = frame[frame["current"].notna()]
    main = headline(gaps(ds, plan_id))["statement_id"]
    open_ways = frame[
        frame["statement_id"].isin(main)
        & frame["gap_status"].isin(["to_improve", "hold", "already_met", "no_baseline"])
    ]
    chosen = frame[frame.index.isin(known.index.union(open_ways.index))]
    chosen = chosen[chosen["target"].notna()].drop_duplicates(["indicator_id", "area_id"])
    texts = with_texts(ds, chosen.assign(status=chosen["gap_status"]), lang)
    status = chosen.set_index("statement_id")["status"]
    frame = texts.assign(progress=texts["statement_id"].map(status))
    frame["due"] = 100 * frame["time_share"].where(frame["expected_now"].notna())
    frame["made"] = (100 * frame["share"]).clip(*SHOWN)
    frame["year"] = frame["current_year"].fillna(as_of).astype("int64")
    unit = frame["unit_id"].map(names(ds, "units", "unit_id", lang))
    for key, column in (("expected", "expected_now"), ("current", "current")):
        frame[f"{key}_text"] = [
            quantity(_rounded(value), words, lang)
            for value, words in zip(frame[column], unit, strict=True)
        ]
    frame["mark_text"] = [
        say("mark_words.progress", lang, name=row.name, year=row.year, baseline=row.baseline_text,
            expected=row.expected_text,
            current=row.current_text, target=row.target_text,
            status=say(f"progress.{row.progress}", lang))
        for row in frame.itertuples()
    ]  # fmt: skip
    return frame


def _rounded(value: float) -> float:
    return value if pd.isna(value) else float(f"{value:.{DIGITS}g}")


def way_section(page: Page, plan_id: str, frame: pd.DataFrame) -> Html:
    """Chart and table of the progress so far; rows of `way_frame`."""
    return Html("") + way_chart(page, plan_id, frame) + _table(page, frame)


def way_chart(page: Page, plan_id: str, frame: pd.DataFrame) -> Chart | Html:
    """The progress made and due, of rows with `due` (% of the way from baseline to target); nothing
    without one. Rows of `way_frame`.
    """
    shown = frame[frame["due"].notna()]
    if shown.empty:
        return Html("")
    return page.drawn(
        "progress",
        shown.assign(status=shown["progress"]).reset_index(drop=True),
        "way",
        finding=page.words(
            "way_finding", known=int(frame["current"].notna().sum()), total=len(frame)
        ),
        source=document(page.ds, plan_id, page.lang),
    )


def _table(page: Page, frame: pd.DataFrame) -> Table:
    """The table of the progress so far; rows of `way_frame`."""
    rows = [_row(page, row) for row in frame.itertuples()]
    numeric = "baseline due current target share pace_ratio cagr_ratio unsd_share"
    shown = (
        "name domain baseline year due current target target_year share pace_ratio cagr_ratio "
        "unsd_share status reason citation"
    )
    caption = page.words("way_caption", count=len(rows))
    return table(
        rows, page.columns(shown, numeric), caption=caption, lang=page.lang, name=f"{page.name}-way"
    )


def _row(page: Page, row: Any) -> dict[str, Any]:
    lang = page.lang
    return {
        "name": row.name, "name_href": row.url, "domain": row.group,
        "baseline": cell(row.baseline_text, row.baseline), "year": row.year,
        "due": cell(row.expected_text, row.expected_now),
        "current": cell(row.current_text, row.current),
        "target": cell(row.target_text, row.target), "target_year": row.year_text,
        "share": share(row.share, 3), "pace_ratio": cell(plain(row.pace_ratio, 3), row.pace_ratio),
        "cagr_ratio": cell(plain(row.cagr_ratio, 3), row.cagr_ratio),
        "unsd_share": share(row.unsd_share, 3),
        "status": say(f"progress.{row.progress}", lang),
        "reason": getattr(row, f"reason_{lang}") + marks_words(row.marks, lang),
        "citation": MISSING if pd.isna(row.source_citation) else row.source_citation,
    }  # fmt: skip
