"""The table of all plans: document, period, how much of each was read, and what it contains."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from psanalysis.datapackage.identity import known_in_part
from psanalysis.datapackage.titles import document_titles
from psanalysis.report.addresses import plan_page
from psanalysis.report.page import Page
from psanalysis.report.periods import ended
from psanalysis.report.table import cell, share, table
from psanalysis.tables.model import Cell, Table


def plans_table(page: Page, targets: pd.DataFrame) -> Table:
    """A row a plan.

    Parameters
    ----------
    page
        The page that shows it.
    targets
        Every target of every plan, see `psanalysis.gaps`.
    """
    ds, titles = page.ds, document_titles(page.ds, page.lang)
    in_part = known_in_part(ds)
    rows = []
    for plan in ds.plans.to_dict("records"):
        code = plan["plan_id"]
        own = targets[targets["plan_id"] == code]
        services, projects = (
            int((frame["plan_id"] == code).sum()) for frame in (ds.services, ds.projects)
        )
        natures = own["nature"].notna().any()
        partly = code in in_part
        coverage = ds.label("plans", "coverage", plan["coverage"], page.lang)
        rows.append(
            {
                "plan": titles[code],
                "plan_href": plan_page(code, page.lang),
                "period": _period(page, plan),
                "coverage": coverage.partition(";")[0],
                "total": len(own),
                "binding": _count(page, partly, (own["nature"] == "binding").sum(), natures),
                "paired": _count(page, partly, own["baseline"].notna().sum(), True),
                "pledge_share": share(own["target"].isna().mean(), 2),
                "services": _count(page, partly, services, services > 0),
                "projects": _count(page, partly, projects, projects > 0),
            }
        )
    numeric = "total binding paired pledge_share services projects"
    return table(
        rows,
        page.columns(f"plan period coverage {numeric}", numeric),
        caption=page.words("plans_caption"),
        lang=page.lang,
        name="plans",
    )


def _count(page: Page, in_part: bool, count: int, there: bool) -> Cell:
    """A number, or why there is none: the plan is known in part (`in_part`), or its document has no
    such column or list (`there` is False).
    """
    if count or (there and not in_part):
        return cell(str(int(count)), int(count))
    return cell(page.words("not_known" if in_part else "not_in_source"), "")


def _period(page: Page, plan: Mapping[str, Any]) -> str:
    years = f"{plan['period_start']}–{plan['period_end']}"
    return f"{years} ({page.words('ended')})" if ended(page.ds, plan["plan_id"]) else years
