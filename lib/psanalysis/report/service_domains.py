"""Services by domain on the page of the service lists: how many of each list are in all lists, in
some, in one, as chart and table.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from psanalysis.report.addresses import domain_page
from psanalysis.report.frames import documents, names
from psanalysis.report.html import Chart, Html, heading
from psanalysis.report.page import Page
from psanalysis.report.periods import plan_head
from psanalysis.report.table import table
from psanalysis.tables.model import Head, Table

PARTS = ("everywhere", "shared", "alone")


def counts_by_domain(services: pd.DataFrame, plans: Sequence[str]) -> pd.DataFrame:
    """How many services of each domain the list of each plan has, by how many lists have them.

    Parameters
    ----------
    services
        Rows of `psanalysis.coverage` with lists (in how many it is).
    plans
        plan_id of the plans that have a list.

    Returns
    -------
    pandas.DataFrame
        plan_id, domain_id, part (everywhere, shared or alone), count; zeros included.
    """
    part = pd.Series("shared", index=services.index)
    part = part.mask(services["lists"] == len(plans), "everywhere")
    part = part.mask(services["lists"] == 1, "alone")
    long = services.assign(part=part).melt(
        id_vars=["domain_id", "part"], value_vars=plans, var_name="plan_id", value_name="has"
    )
    keys = ["plan_id", "domain_id", "part"]
    every = pd.MultiIndex.from_product([plans, services["domain_id"].unique(), PARTS], names=keys)
    counted = long[long["has"]].groupby(keys).size().reindex(every, fill_value=0)
    return counted.rename("count").reset_index()


def service_domains_section(page: Page, services: pd.DataFrame, plans: Sequence[str]) -> Html:
    """Chart and table of `counts_by_domain`; nothing where no plan has a list."""
    if services.empty:
        return Html("")
    counts = counts_by_domain(services, plans)
    sums = counts.groupby(["domain_id", "plan_id"])["count"].sum().unstack()
    totals = sums.loc[services["domain_id"].unique(), list(plans)]
    in_all = services[services["lists"] == len(plans)]["domain_id"].value_counts()
    title = heading(2, page.words("domains_title"))
    return title + _chart(page, counts, totals) + _table(page, totals, in_all)


def _chart(page: Page, counts: pd.DataFrame, totals: pd.DataFrame) -> Chart:
    """The chart of `counts_by_domain`; `totals` has a row for each domain and a column for each
    plan. Adds `panel`, `panel_text`, `label`, `url` and `mark_text` to `counts`.
    """
    every = totals.sum()
    spoken = {domain: _counted(page, row) for domain, row in totals.iterrows()}
    titles = names(page.ds, "domains", "domain_id", page.lang)
    frame = counts.assign(
        panel=counts["plan_id"].map(page.called),
        panel_text=[page.words("panel", count=every[plan]) for plan in counts["plan_id"]],
        label=counts["domain_id"].map(titles),
        url="#" + counts["domain_id"].map(_row),
        mark_text=[
            page.words("mark_domain", domain=titles[domain], counts=spoken[domain])
            for domain in counts["domain_id"]
        ],
    )
    return page.drawn(
        "stacks",
        frame,
        "domains",
        finding=page.words("domains_finding", parts=_counted(page, every)),
        source=documents(page.ds, totals.columns, page.lang),
    )


def _counted(page: Page, counts: pd.Series) -> str:
    """How many services the list of each plan has, in words."""
    return page.listed(
        page.words("mark_count", city=page.called[plan], count=count)
        for plan, count in counts.items()
    )


def _table(page: Page, totals: pd.DataFrame, in_all: pd.Series) -> Table:
    """The table of `totals`, which has domain_id as index and a column for each plan_id; `in_all`
    has the number of services that all lists have, by domain_id.
    """
    titles = names(page.ds, "domains", "domain_id", page.lang)
    rows = [
        {
            "id": _row(str(domain)),
            "domain": titles[domain],
            "domain_href": domain_page(str(domain), page.lang),
            "in_all": int(in_all.get(domain, 0)),
            **{plan: int(count) for plan, count in of_plans.items()},
        }
        for domain, of_plans in totals.iterrows()
    ]
    columns = [
        *page.columns("domain in_all", "in_all"),
        *(Head(plan, plan_head(page.ds, plan, page.lang), True) for plan in totals.columns),
    ]
    caption = page.words("domains_caption")
    return table(rows, columns, caption=caption, lang=page.lang, name=f"{page.name}-domains")


def _row(domain_id: str) -> str:
    return f"row-domain-{domain_id}"
