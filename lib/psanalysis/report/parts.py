"""The other parts of a plan: its contents by domain with the units that lead them, its service
list, and its key projects.
"""

from __future__ import annotations

import pandas as pd

from psanalysis.formatting import MISSING
from psanalysis.measures.coverage import coverage
from psanalysis.report.addresses import domain_page, statements_page
from psanalysis.report.blocks import folded, link, names_linked
from psanalysis.report.frames import names
from psanalysis.report.html import Html
from psanalysis.report.page import Page
from psanalysis.report.service_cells import HAS_IT, service_state
from psanalysis.report.service_coverage import ServiceCoverage
from psanalysis.report.table import table
from psanalysis.wording import say


def domains_section(page: Page, plan_id: str, gaps: pd.DataFrame) -> Html:
    """Targets, services and projects of a plan by domain, the plan's own heading for it, and the
    unit that leads it where the plan names one; with a link to the list of all its statements.

    Parameters
    ----------
    page
        The page that shows it.
    plan_id
        The plan.
    gaps
        Its targets, see `psanalysis.gaps`.
    """
    ds, lang = page.ds, page.lang
    counted = {
        "total": gaps["domain_id"].value_counts(),
        "binding": gaps.loc[gaps["nature"] == "binding", "domain_id"].value_counts(),
        "doubted": gaps.loc[gaps["doubted"], "domain_id"].value_counts(),
        "services": _own(ds.services, plan_id)["domain_id"].value_counts(),
        "projects": _own(ds.projects, plan_id)["domain_id"].value_counts(),
    }
    headings = _own(ds.plan_domains, plan_id).groupby("domain_id")
    written = headings["domain_as_written"].agg(lambda all_: page.listed(dict.fromkeys(all_)))
    lead = headings["lead_unit"].agg(lambda units: page.listed(dict.fromkeys(units.dropna())))
    filled = {name: bool(len(counts)) for name, counts in counted.items()}
    filled |= {"lead": bool(lead.ne("").any())}
    rows = [
        {
            "domain": row[f"name_{lang}"],
            "domain_href": domain_page(row["domain_id"], lang),
            "as_written": written.get(row["domain_id"], MISSING),
            "lead": lead.get(row["domain_id"], "") or MISSING,
            **{name: str(counts.get(row["domain_id"], 0)) for name, counts in counted.items()},
            "total_href": statements_page(plan_id, lang, role="target", domain=row["domain_id"])
            if row["domain_id"] in counted["total"]
            else "",
        }
        for row in ds.domains.sort_values("sort").to_dict("records")
        if any(row["domain_id"] in counts for counts in counted.values())
        or row["domain_id"] in written
    ]
    numeric = "total binding doubted services projects"
    columns = page.columns(f"domain as_written {numeric} lead", numeric, filled=filled)
    caption = say("parts.domains_caption", lang, count=len(rows))
    listing = table(rows, columns, caption=caption, lang=lang, name=f"{page.name}-domains")
    count = len(_own(ds.statements, plan_id))
    every = link(page.words("to_statements", count=count), statements_page(plan_id, lang))
    return folded(page.words("domains_title"), "domains", listing + Html(f"<p>{every}</p>"))


def _own(table: pd.DataFrame, plan_id: str) -> pd.DataFrame:
    """The rows of a plan (`plan_id`); any table of the data."""
    return table[table["plan_id"] == plan_id]


def services_section(page: Page, plan_id: str) -> Html:
    """The service list of a plan against the other lists: which of them have each service too."""
    own = _own(page.ds.services, plan_id)
    if own.empty:
        return Html("")
    lang = page.lang
    known = coverage(page.ds).set_index("service_id")
    others = [plan for plan in page.ds.plans["plan_id"] if plan in known and plan != plan_id]
    domain = names(page.ds, "domains", "domain_id", lang)
    also = {
        code: names_linked(
            page, [plan for plan in others if service_state(known.loc[code], plan) in HAS_IT]
        )
        for code in own["service_id"].unique()
    }
    rows = [
        {
            "domain": domain[row.domain_id],
            "domain_href": domain_page(row.domain_id, lang),
            "service": known.at[row.service_id, f"name_{lang}"],
            "as_written": row.service_as_written,
            "also": also[row.service_id],
        }
        for row in own.itertuples()
    ]
    alone = int((known["only_in"] == plan_id).sum())
    words = say("parts.services", lang, count=len(own), others=len(others), alone=alone)
    mine = known[known.index.isin(own["service_id"]) & (known["places"] == 1)]
    if untold := int((mine["unknown_in"] != "").sum()):
        words += say("parts.services_unknown", lang, count=untold)
    to_all = link(say("parts.to_services", lang), ServiceCoverage.address(lang))
    keys = "service domain as_written also" if others else "service domain as_written"
    listing = table(
        rows,
        page.columns(keys),
        caption=say("parts.services_caption", lang, count=len(rows)),
        lang=page.lang,
        name=f"{page.name}-services",
    )
    top = Html(f"<p>{words if others else ''} {to_all}</p>")
    return folded(say("parts.services_title", lang, count=len(rows)), "services", top + listing)


def projects_section(page: Page, plan_id: str) -> Html:
    """The key projects that a plan names."""
    own, domain = _own(page.ds.projects, plan_id), names(page.ds, "domains", "domain_id", page.lang)
    if own.empty:
        return Html("")
    rows = [
        {
            "domain": domain[row.domain_id], "domain_href": domain_page(row.domain_id, page.lang),
            "as_written": row.project_as_written, "box": row.box,
            "project_status": page.ds.label("projects", "status", row.status, page.lang),
            "status_source": MISSING if pd.isna(row.status_source) else row.status_source,
        }
        for row in own.itertuples()
    ]  # fmt: skip
    known = " project_status status_source" if (own["status"] != "unknown").any() else ""
    caption = say("parts.projects_caption", page.lang, count=len(rows))
    listing = table(
        rows,
        page.columns(f"as_written domain box{known}"),
        caption=caption,
        lang=page.lang,
        name=f"{page.name}-projects",
    )
    return folded(say("parts.projects_title", page.lang, count=len(rows)), "projects", listing)
