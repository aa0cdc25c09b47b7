"""Services: which plan lists which service."""

from __future__ import annotations

import pandas as pd

from psanalysis.datapackage.dataset import Dataset


def coverage(ds: Dataset) -> pd.DataFrame:
    """Canonical services against the plans that have a service list.

    Returns
    -------
    DataFrame
        One row per service in the order of its domain: service_id, name_zh, name_en, domain_id, one boolean column per plan that has a
        list (in the order of plans.csv), `plans` (how many list it), and `only_in` (plan_id where exactly one does, else missing).

    Examples
    --------
    >>> import psanalysis as ps
    >>> table = ps.coverage(ps.load())
    >>> bool(table.set_index("service_id").loc["lifelong_absence"].any()) if "lifelong_absence" in set(table.service_id) else False
    False
    """
    listed = [plan for plan in ds.plans["plan_id"] if plan in set(ds.services["plan_id"])]
    order = ds.service_codes.merge(ds.domains[["domain_id", "sort"]], on="domain_id").sort_values(
        "sort", kind="stable"
    )
    table = order[["service_id", "name_zh", "name_en", "domain_id"]].reset_index(drop=True)
    for plan in listed:
        table[plan] = table["service_id"].isin(
            ds.services.loc[ds.services["plan_id"] == plan, "service_id"]
        )
    table["plans"] = table[listed].sum(axis=1) if listed else 0
    alone = (
        table[listed].idxmax(axis=1)
        if listed and len(table)
        else pd.Series(pd.NA, index=table.index, dtype="str")
    )
    table["only_in"] = alone.where(table["plans"] == 1)
    return table
