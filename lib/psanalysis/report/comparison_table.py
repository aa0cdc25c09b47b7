"""Targets of an indicator in several plans as the table of the pages that compare places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from psanalysis.formatting import MISSING, difference, plain, quantity
from psanalysis.report.blocks import ways_to
from psanalysis.report.frames import marks_words, names
from psanalysis.report.page import Page
from psanalysis.report.table import cell, measured, table
from psanalysis.tables.model import Cell, Table
from psanalysis.wording import say


def comparison_table(
    page: Page,
    frame: pd.DataFrame,
    caption: str,
    name: bool = True,
    further: Mapping[str, Mapping[str, Any]] | None = None,
) -> Table:
    """The targets with verdicts and ranks; columns that would be empty are left out.

    Parameters
    ----------
    page, frame, caption
        The page, rows of `comparison_frame`, and what the table holds.
    name
        Whether the rows are of several indicators, whose names they then have.
    further
        Of a table of one indicator: nature, outcome and data of its rows, by plan_id.
    """
    lang, units = page.lang, names(page.ds, "units", "unit_id", page.lang)
    rows = [
        {
            "of": row.statement_id,
            "name": row.name,
            "name_href": page.indicator(row.indicator_id),
            "city": row.city,
            **ways_to(page, row.plan_id),
            "target": measured(row.value_text, row.value, units[row.unit_id], lang),
            "target_href": row.url,
            "year": str(row.year),
            "common": measured(
                _common(row, units[row.unit_id], lang), row.common_value, units[row.unit_id], lang
            ),
            "national": _national(row, units[row.unit_id], lang),
            "verdict": say(f"verdict.{row.verdict}", lang),
            "reason": (row.reason or MISSING) + marks_words(row.marks, lang),
            "rank": _rank(row, lang),
            **(further or {}).get(row.plan_id, {}),
        }
        for row in frame.itertuples()
    ]
    filled = {
        "name": name,
        "common": bool(frame["interpolated"].any()),
        "national": any(row["national"].text != MISSING for row in rows),
        "rank": bool(frame["rank"].notna().any()),
    }
    for key in ("nature", "outcome"):
        filled[key] = any(one[key] != MISSING for one in (further or {}).values())
    columns = page.columns(
        "name city target year nature outcome common national verdict reason rank",
        "target common national",
        filled=filled,
    )
    return table(rows, columns, caption=caption, lang=page.lang, name=page.name)


def _common(row: Any, unit: str, lang: str) -> str:
    if pd.isna(row.common_value):
        return MISSING
    value = quantity(row.common_value, unit, lang)
    key = "common_interpolated" if row.interpolated else "common_value"
    return say(f"cell.{key}", lang, value=value, year=row.common_year)


def _national(row: Any, unit: str, lang: str) -> Cell:
    apart = row.value - row.national_value
    unlike = row.verdict == "not_comparable" or row.grows
    earlier = row.national_caveat == "earlier_year"
    if row.is_reference or pd.isna(apart) or unlike or earlier:
        return cell(MISSING, "")
    return measured(difference(apart, unit, lang), apart, unit, lang)


def _rank(row: Any, lang: str) -> str:
    if pd.isna(row.rank):
        return MISSING
    if not row.left_out:
        return say("column.rank_of_all", lang, rank=plain(row.rank), ranked=row.ranked)
    return say(
        "column.rank_of", lang, rank=plain(row.rank), ranked=row.ranked, left_out=row.left_out
    )
