"""The cells of the chart of services by plans, and the state of a service in the list of a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from psanalysis.report.page import Page

# states of a service in the list, under its own name or within another one
HAS_IT = ("alone", "listed", "within")


def service_state(service: Mapping[str, Any], plan_id: str) -> str:
    """The state of a service in the list of a plan.

    Parameters
    ----------
    service
        A row of `psanalysis.coverage`.
    plan_id
        A plan that has a list.

    Returns
    -------
    str
        alone (only this place lists it), listed, within (its list has the service within another
        one), unknown (the plan is known in part) or absent.

    Examples
    --------
    >>> import psanalysis as ps
    >>> services = ps.coverage(ps.load()).set_index("service_id")
    >>> service_state(services.loc["maternal_health"], "mianyang-14fyp")
    'listed'
    """
    if service[plan_id]:
        return "alone" if service["only_in"] == plan_id else "listed"
    if plan_id in service["within"].split():
        return "within"
    return "unknown" if plan_id in service["unknown_in"].split() else "absent"


def service_cells(page: Page, services: pd.DataFrame, plans: Sequence[str]) -> pd.DataFrame:
    """A cell for every plan and every service that is not in all lists.

    Parameters
    ----------
    page
        The page that shows them.
    services
        Rows of `psanalysis.coverage` with lists (in how many it is), label, group and url.
    plans
        plan_id of the plans that have a list, in the order of the columns.

    Returns
    -------
    pandas.DataFrame
        A row a cell: label (name of the service), group (domain), column (plan), url, state (as
        `service_state` says), note (which place alone has it), mark_text.
    """
    rows = [
        {
            "label": service["label"],
            "group": service["group"],
            "column": page.called[plan],
            "url": service["url"],
            "state": service_state(service, plan),
            "note": _note(page, service["only_in"]),
        }
        for service in services[services["lists"] < len(plans)].to_dict("records")
        for plan in plans
    ]
    if not rows:
        return pd.DataFrame(columns=["state"])
    cells = pd.DataFrame(rows)
    has = cells[cells["state"].isin(["alone", "listed"])]
    cities = has.groupby("label")["column"].agg(page.listed)
    texts = [page.words("mark", name=label, cities=cities[label]) for label in cells["label"]]
    return cells.assign(mark_text=texts)


def _note(page: Page, only_in: Any) -> str:
    return "" if pd.isna(only_in) else page.words("only_in", city=page.called[only_in])
