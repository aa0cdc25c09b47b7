"""The table of an indicator's page: who asks what, by when, with which nature, and how it ended;
and what the plans call it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import place_names, places, plan_title
from psanalysis.formatting import MISSING
from psanalysis.report.addresses import plan_page, statements_page
from psanalysis.report.choices import ticks
from psanalysis.report.comparison_table import comparison_table
from psanalysis.report.ends import dated_value
from psanalysis.report.frames import names
from psanalysis.report.html import Html
from psanalysis.report.page import Page
from psanalysis.report.provenance import row_id
from psanalysis.report.table import table
from psanalysis.tables.model import Table
from psanalysis.wording import say

# from so many places on the table has a filter for them
LEAST_CHOICE = 3


def targets_table(page: Page, targets: pd.DataFrame, ends: pd.DataFrame) -> Table | Html:
    """The headline target of each plan with nature, verdict and outcome, and the places to choose
    from.

    Parameters
    ----------
    page
        The page that shows it.
    targets
        As from `psanalysis.report.comparisons.comparison_frame`, of one indicator.
    ends
        What came of the targets, see `psanalysis.outcomes`, by statement_id.
    """
    ds, lang = page.ds, page.lang
    place = places(ds)
    further = {
        row.plan_id: {
            "nature": _nature(ds, row.nature, lang),
            "outcome": _outcome(page, row.statement_id, ends),
            "data": {"places": place[row.plan_id]},
        }
        for row in targets.itertuples()
    }
    caption = page.words("table_caption", count=len(targets))
    shown = comparison_table(page, targets, caption, name=False, further=further)
    there = dict.fromkeys(place[plan] for plan in targets["plan_id"])
    if len(there) < LEAST_CHOICE:
        return shown
    options = {area: str(place_names(ds, lang)[area]) for area in there}
    return ticks("places", page.words("choose_places"), options, len(targets), lang) + shown


def _nature(ds: Dataset, nature: object, lang: str) -> str:
    if not isinstance(nature, str):
        return MISSING
    return ds.label("statements", "nature", nature, lang).partition(":")[0]


def _outcome(page: Page, statement_id: str, ends: pd.DataFrame) -> str:
    """The verdict on a target with the value that it rests on; `ends` are rows of
    `psanalysis.outcomes` by statement_id.
    """
    if statement_id not in ends.index:
        return MISSING
    row: Any = ends.loc[statement_id]
    if row["verdict"] == "pledge":
        return MISSING
    words = say(f"ends.{row['verdict']}", page.lang)
    if pd.isna(row["value"]):
        return words
    unit = names(page.ds, "units", "unit_id", page.lang)[row["unit_id"]]
    return page.words("outcome", verdict=words, value=dated_value(row, unit, page.lang))


def names_table(page: Page, indicator_id: str) -> Table | Html:
    """What each plan calls the indicator, with a link to the statement; nothing where every plan
    uses its name.
    """
    rows = list(_written(page, indicator_id))
    if not rows:
        return Html("")
    columns = page.columns("as_written plan")
    caption = page.words("names_caption", count=len(rows))
    return table(rows, columns, caption=caption, lang=page.lang, name=f"{page.name}-names")


def _written(page: Page, indicator_id: str) -> Iterator[dict[str, Any]]:
    ds, lang = page.ds, page.lang
    own = ds.statements[ds.statements["indicator_id"] == indicator_id]
    stated = own.dropna(subset="indicator_as_written").drop_duplicates(
        ["plan_id", "indicator_as_written"]
    )
    known = set(zip(stated["plan_id"], stated["indicator_as_written"], strict=True))
    aliases = ds.aliases[ds.aliases["indicator_id"] == indicator_id].dropna(subset="plan_id")
    by_plan: dict[str, list[dict[str, Any]]] = {plan: [] for plan in ds.plans["plan_id"]}
    rows = stated[["plan_id", "statement_id", "indicator_as_written"]]
    for plan, statement, name in rows.itertuples(index=False):
        href = f"{statements_page(plan, lang)}#{row_id(statement)}"
        by_plan[plan].append({"as_written": name, "as_written_href": href})
    for plan, alias in zip(aliases["plan_id"], aliases["alias"], strict=True):
        if (plan, alias) not in known:
            by_plan[plan].append({"as_written": alias})
    for plan, written in by_plan.items():
        if written:
            title = {"plan": plan_title(ds, plan, lang), "plan_href": plan_page(plan, lang)}
            yield from (one | title for one in written)


def other_names(page: Page, indicator_id: str) -> list[str]:
    """Other names of the indicator that no plan uses, for readers who know it by one of them."""
    own = page.ds.aliases[page.ds.aliases["indicator_id"] == indicator_id]
    return list(dict.fromkeys(own.loc[own["plan_id"].isna(), "alias"]))
