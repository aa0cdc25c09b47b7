"""Which rows of the data a report can read. It is given these rows alone: the list cannot be wrong without the report showing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from psanalysis.datapackage.dataset import Dataset

Masks = dict[str, np.ndarray]


def data_slice(ds: Dataset, notebook: str, parameters: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Rows of each table that a report can read.

    Every notebook names the rows it starts from; what these point to by foreign keys comes with them. A notebook that is not known here
    can read everything.

    Parameters
    ----------
    ds
        The data set.
    notebook, parameters
        The report.

    Returns
    -------
    dict
        Table name to the places of its rows, in the order of the file.

    Examples
    --------
    >>> import psanalysis as ps
    >>> ds = ps.load()
    >>> rows = data_slice(ds, "03_indicator_profile", {"indicator_id": "nursing_bed_share", "lang": "zh"})
    >>> set(ds.statements["indicator_id"].iloc[rows["statements"]])
    {'nursing_bed_share'}
    """
    return Slicer(ds).rows(notebook, parameters)


class Slicer:
    """`data_slice` for many reports of one data set: what foreign keys point to is looked up once."""

    def __init__(self, ds: Dataset):
        self.ds = ds
        self.tables: dict[str, pd.DataFrame] = {resource.name: getattr(ds, resource.name) for resource in ds.package.resources}

    def rows(self, notebook: str, parameters: Mapping[str, Any]) -> dict[str, np.ndarray]:
        """See `data_slice`."""
        if notebook not in READS:
            return {name: np.arange(len(table)) for name, table in self.tables.items()}
        chosen = {name: np.zeros(len(table), dtype=bool) for name, table in self.tables.items()}
        chosen |= READS[notebook](self, parameters)
        self._follow_keys(chosen)
        return {name: np.flatnonzero(mask) for name, mask in chosen.items()}

    def where(self, table: str, column: str, values: object) -> np.ndarray:
        """True for rows whose cell is one of the values, which are a list or a single text."""
        cells = self.tables[table][column]
        found = cells == values if isinstance(values, str) else cells.isin(list(values))  # type: ignore[call-overload]
        return np.array(found.fillna(False), dtype=bool)

    def whole(self, *names: str) -> Masks:
        return {name: np.ones(len(self.tables[name]), dtype=bool) for name in names}

    def names(self, table: str, column: str, rows: np.ndarray) -> list[str]:
        """Distinct cells of some rows."""
        return list(self.tables[table].loc[rows, column].dropna().unique())

    @cached_property
    def finding_statements(self) -> list[set[str]]:
        """Statements that each finding names."""
        return [set() if pd.isna(ids) else set(ids.split()) for ids in self.ds.findings["statement_ids"]]

    @cached_property
    def _links(self) -> list[tuple[str, str, np.ndarray]]:
        """For each foreign key: table, table it points to, and the row that each row points to, -1 for none."""
        found = []
        for resource in self.ds.package.resources:
            for key in resource.foreign_keys:
                target = key.resource or resource.name
                places = pd.Index(self.tables[target][key.reference[0]]).get_indexer(self.tables[resource.name][key.fields[0]])
                found.append((resource.name, target, np.asarray(places)))
        return found

    def _follow_keys(self, chosen: Masks) -> None:
        """Add the rows that chosen rows refer to, until nothing is missing."""
        grown = True
        while grown:
            grown = False
            for source, target, places in self._links:
                wanted = places[chosen[source]]
                wanted = wanted[wanted >= 0]
                if len(wanted) and not chosen[target][wanted].all():
                    chosen[target][wanted] = True
                    grown = True


def _of_plan(slicer: Slicer, parameters: Mapping[str, Any]) -> Masks:
    """A plan with all that is its own, and the statements that its findings compare it with."""
    plan = parameters["plan_id"]
    tables = ("plans", "statements", "findings", "plan_domains", "services", "projects")
    own = {name: slicer.where(name, "plan_id", plan) for name in tables}
    named = set().union(*(ids for ids, mine in zip(slicer.finding_statements, own["findings"], strict=True) if mine))
    return own | {"statements": own["statements"] | slicer.where("statements", "statement_id", named)}


def _of_plan_among_others(slicer: Slicer, parameters: Mapping[str, Any]) -> Masks:
    """A plan, and what the other plans state of the indicators that it sets targets for: the page compares its targets with theirs."""
    found = _of_plan(slicer, parameters)
    targets = slicer.where("statements", "plan_id", parameters["plan_id"]) & slicer.where("statements", "role", "target")
    peers = slicer.where("statements", "indicator_id", slicer.names("statements", "indicator_id", targets))
    return found | {"statements": found["statements"] | peers}


def _of_plan_with_actuals(slicer: Slicer, parameters: Mapping[str, Any]) -> Masks:
    mine = slicer.where("statements", "plan_id", parameters["plan_id"])
    areas = slicer.where("actuals", "area_id", slicer.names("statements", "area_id", mine))
    indicators = slicer.where("actuals", "indicator_id", slicer.names("statements", "indicator_id", mine))
    return _of_plan(slicer, parameters) | {"actuals": areas & indicators}


def _of_domain(slicer: Slicer, parameters: Mapping[str, Any]) -> Masks:
    return _across_plans(slicer, slicer.where("indicators", "domain_id", parameters["domain_id"]))


def _of_indicator(slicer: Slicer, parameters: Mapping[str, Any]) -> Masks:
    found = _across_plans(slicer, slicer.where("indicators", "indicator_id", parameters["indicator_id"]))
    return found | {"actuals": slicer.where("actuals", "indicator_id", parameters["indicator_id"])}


def _across_plans(slicer: Slicer, indicators: np.ndarray) -> Masks:
    """Statements of some indicators in all plans, findings about these alone, and the full lists of plans, areas and domains."""
    statements = slicer.where("statements", "indicator_id", slicer.names("indicators", "indicator_id", indicators))
    known = set(slicer.names("statements", "statement_id", statements))
    findings = np.array([bool(ids) and ids <= known for ids in slicer.finding_statements], dtype=bool)
    return slicer.whole("plans", "areas", "domains") | {"indicators": indicators, "statements": statements, "findings": findings}


def _of_services(slicer: Slicer, parameters: Mapping[str, Any]) -> Masks:
    return slicer.whole("plans", "areas", "domains", "plan_domains", "services", "service_codes")


READS: dict[str, Callable[[Slicer, Mapping[str, Any]], Masks]] = {
    "01_city_gap": _of_plan_among_others,
    "02_city_comparison": _of_domain,
    "03_indicator_profile": _of_indicator,
    "04_progress": _of_plan_with_actuals,
    "05_service_coverage": _of_services,
}
