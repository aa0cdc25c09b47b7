"""The table of all indicators of a domain that a plan uses."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd

from psanalysis.report.addresses import statements_page
from psanalysis.report.blocks import folded, names_linked
from psanalysis.report.html import Html
from psanalysis.report.page import Page
from psanalysis.report.provenance import row_id
from psanalysis.report.table import table


def indicators_section(page: Page, domain_id: str, plans: Collection[str]) -> Html:
    """Every indicator of a domain that a plan uses, those of most plans first; nothing where there
    is none. An indicator of several plans links to its page, that of a single plan to its row among
    the statements of the plan.
    """
    known = page.ds.indicators.set_index("indicator_id")
    domain = page.ds.statements["indicator_id"].map(known["domain_id"])
    own = page.ds.statements[(domain == domain_id) & page.ds.statements["plan_id"].isin(plans)]
    if own.empty:
        return Html("")
    name, groups = known[f"name_{page.lang}"], own.groupby("indicator_id")
    order = groups["plan_id"].nunique().sort_values(ascending=False, kind="stable").index
    rows = [_row(page, name[code], groups.get_group(code)) for code in order]
    listing = table(
        rows,
        page.columns("name city"),
        caption=page.words("indicators_caption", count=len(rows)),
        lang=page.lang,
        name=f"{page.name}-indicators",
    )
    return folded(page.words("indicators_title", count=len(rows)), "indicators", listing)


def _row(page: Page, name: str, stated: pd.DataFrame) -> dict[str, Any]:
    """A row of the table: the indicator and its plans. The name links to the indicator's page, or,
    if one plan alone has it, to the statement. Reads `plan_id`, `role`, `statement_id` and
    `indicator_id`.
    """
    plans = list(stated["plan_id"].unique())
    # a target comes before a statement about the past
    first = stated.sort_values("role", key=lambda role: role != "target", kind="stable").iloc[0]
    row = f"{statements_page(first['plan_id'], page.lang)}#{row_id(first['statement_id'])}"
    href = page.indicator(first["indicator_id"]) if len(plans) > 1 else row
    return {"name": name, "name_href": href, "city": names_linked(page, plans)}
