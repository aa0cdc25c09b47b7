"""The table of services on the page of the service lists: the words of each list with their
position in the text, or the services of the list that contain this one or that it contains.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from psanalysis.formatting import MISSING
from psanalysis.report.addresses import domain_page
from psanalysis.report.blocks import filled, link
from psanalysis.report.html import Html
from psanalysis.report.page import Page
from psanalysis.report.periods import plan_head
from psanalysis.report.service_cells import service_state
from psanalysis.report.table import table
from psanalysis.tables.model import Head, Table
from psanalysis.wording import say, template


def service_row(service_id: str) -> str:
    """Id of a service's row on the page."""
    return f"row-service-{service_id}"


def service_table(page: Page, services: pd.DataFrame, plans: Sequence[str]) -> Table:
    """A row a service, a column a list.

    Parameters
    ----------
    page
        The page that shows it.
    services
        Rows of `psanalysis.coverage` with label and group (domain).
    plans
        plan_id of the plans that have a list.
    """
    written = page.ds.services.groupby(["service_id", "plan_id"])[
        ["service_as_written", "char_start", "char_end"]
    ].apply(lambda rows: _written(page, rows))
    by_code = services.set_index("service_id", drop=False)
    rows = [
        {
            "id": service_row(service["service_id"]),
            "service": service["label"],
            "domain": service["group"],
            "domain_href": domain_page(service["domain_id"], page.lang),
            **{
                plan: written.get((service["service_id"], plan))
                or _within(page, service, by_code, plan)
                for plan in plans
            },
        }
        for service in services.to_dict("records")
    ]
    columns = [
        *page.columns("service domain"),
        *(Head(plan, plan_head(page.ds, plan, page.lang)) for plan in plans),
    ]
    caption = page.words("table_caption", count=len(rows))
    return table(rows, columns, caption=caption, lang=page.lang, name=page.name)


def _written(page: Page, rows: pd.DataFrame) -> str:
    """The words of a list for a service, each with its position in the text. The columns are
    `service_as_written`, `char_start` and `char_end`, in this order.
    """
    return page.listed(
        (
            say("cell.written", page.lang, words=words, start=start, end=end)
            for words, start, end in rows.to_numpy()
        ),
        "clause",
    )


def _within(
    page: Page, service: Mapping[str, Any], services: pd.DataFrame, plan_id: str
) -> Html | str:
    """The services of a list that contain this one, or that it contains, each a link to its row; a
    dash for none. Of `services`, by service_id, the columns `label` and `plan_id` (its value names
    the column) are read.
    """
    if service_state(service, plan_id) != "within":
        return MISSING
    parts = page.ds.service_codes.dropna(subset="part_of")
    own = service["service_id"]
    wider = parts.loc[parts["service_id"] == own, "part_of"]
    narrower = parts.loc[parts["part_of"] == own, "service_id"]
    listed = services[services[plan_id] & services.index.isin([*wider, *narrower])]
    links = [link(row.label, f"#{service_row(row.Index)}") for row in listed.itertuples()]
    return filled(template("service_coverage.within", page.lang), names=page.listed(links))
