"""Services: which plan lists which service."""

from __future__ import annotations

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import known_in_part, places
from psanalysis.datapackage.remembered import remembered


@remembered
def coverage(ds: Dataset) -> pd.DataFrame:
    """Canonical services against the plans that have a service list.

    Parameters
    ----------
    ds
        The data set.

    Returns
    -------
    DataFrame
        One row per service in the order of its domain.

        - service_id, name_zh, name_en, domain_id.
        - one boolean column per plan that has a list, in the order of plans.csv: True where it
          lists the service.
        - plans, places: how many plans, and how many places, list it.
        - unknown_in: plan_id, separated by blanks, of the plans that do not list it but are known
          in part only (plans.csv, coverage), so
          that the service may stand in what is not known.
        - within: plan_id, separated by blanks, of the plans that do not list it under this name but
          list the wider service that it is a part of, or a part
          of it (service_codes.csv, part_of): they do not lack it.
        - only_in: plan_id where one place alone lists it (of several plans of that place the
          latest), nothing is unknown and no other place has it within another service.

        Types: bool each plan_id; int64 plans, places; str the others.

    Examples
    --------
    >>> import psanalysis as ps
    >>> table = ps.coverage(ps.load()).set_index("service_id")
    >>> table.loc["maternal_health", ["plans", "places"]].tolist()
    [3, 3]
    """
    own = set(ds.services["plan_id"])
    plans = ds.plans[ds.plans["plan_id"].isin(own)].set_index("plan_id")
    listed = list(plans.index)
    order = ds.service_codes.merge(ds.domains[["domain_id", "sort"]], on="domain_id").sort_values(
        "sort", kind="stable"
    )
    table = order[["service_id", "name_zh", "name_en", "domain_id"]].reset_index(drop=True)
    for plan in listed:
        services = ds.services.loc[ds.services["plan_id"] == plan, "service_id"]
        table[plan] = table["service_id"].isin(services)
    table["plans"] = table[listed].sum(axis=1).astype("int64") if listed else 0
    # the later plan of a place overwrites the earlier one
    latest = plans.sort_values("period_start", kind="stable")
    place = places(ds)
    partial = known_in_part(ds)
    rows = table.to_dict("records")
    at = [{place[plan]: plan for plan in latest.index if row[plan]} for row in rows]
    unknown = [[plan for plan in listed if plan in partial and not row[plan]] for row in rows]
    kin = _kin(ds)
    has = {plan: set(table.loc[table[plan], "service_id"]) for plan in listed}
    within = [
        [plan for plan in listed if not row[plan] and has[plan] & kin.get(row["service_id"], set())]
        for row in rows
    ]
    only = [
        next(iter(found.values()))
        if len({*found, *map(place.get, others)}) == 1 and found and not gaps
        else None
        for found, gaps, others in zip(at, unknown, within, strict=True)
    ]
    return table.assign(
        places=pd.Series([len(found) for found in at], index=table.index, dtype="int64"),
        unknown_in=pd.Series([" ".join(gaps) for gaps in unknown], index=table.index, dtype="str"),
        within=pd.Series([" ".join(plans) for plans in within], index=table.index, dtype="str"),
        only_in=pd.Series(only, index=table.index, dtype="str"),
    )


def _kin(ds: Dataset) -> dict[str, set[str]]:
    """service_id to the wider service that it is a part of, and to its own parts."""
    kin: dict[str, set[str]] = {}
    parts = ds.service_codes.dropna(subset="part_of")
    for part, wider in zip(parts["service_id"], parts["part_of"], strict=True):
        kin.setdefault(part, set()).add(wider)
        kin.setdefault(wider, set()).add(part)
    return kin
