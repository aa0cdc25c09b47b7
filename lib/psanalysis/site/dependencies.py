"""Which rows of the data a report can read. It is given these rows alone: the list cannot be wrong without the report showing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd

from psanalysis.datapackage.dataset import Dataset

Rows = dict[str, np.ndarray]
NONE = np.array([], dtype=np.intp)
SUBJECTS = ("plan_id", "domain_id", "indicator_id")
# the pages of a subject in both languages follow each other
KEPT = 8


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
    """`data_slice` for many reports of one data set: tables are indexed once, and a report costs no more than the rows that it gets."""

    def __init__(self, ds: Dataset):
        self.ds = ds
        self.tables: dict[str, pd.DataFrame] = {resource.name: getattr(ds, resource.name) for resource in ds.package.resources}
        self.cells = cache(self._cells)
        self.places = cache(self._places)
        self.known = lru_cache(KEPT)(self._known)

    def rows(self, notebook: str, parameters: Mapping[str, Any]) -> Rows:
        """See `data_slice`."""
        return self.known(notebook, *(parameters.get(name) for name in SUBJECTS))

    def _known(self, notebook: str, *subject: str | None) -> Rows:
        parameters = dict(zip(SUBJECTS, subject, strict=True))
        return self._with_keys(READS[notebook](self, parameters) if notebook in READS else self.whole(*self.tables))

    def where(self, table: str, column: str, values: str | Iterable[str]) -> np.ndarray:
        """Rows whose cell is one of the values, which are a list or a single text."""
        places = self.places(table, column)
        return _together(places.get(value, NONE) for value in ([values] if isinstance(values, str) else values))

    def whole(self, *names: str) -> Rows:
        return {name: np.arange(len(self.tables[name])) for name in names}

    def names(self, table: str, column: str, rows: np.ndarray) -> set[str]:
        """Distinct cells of some rows."""
        return set(self.cells(table, column)[rows]) - {None}

    @cached_property
    def finding_statements(self) -> list[set[str]]:
        """Statements that each finding names."""
        return [set() if ids is None else set(ids.split()) for ids in self.cells("findings", "statement_ids")]

    @cached_property
    def statement_findings(self) -> dict[str, list[int]]:
        """Findings that name each statement."""
        found: dict[str, list[int]] = {}
        for row, ids in enumerate(self.finding_statements):
            for name in ids:
                found.setdefault(name, []).append(row)
        return found

    def _cells(self, table: str, column: str) -> np.ndarray:
        """A column as Python strings, None where nothing is stated."""
        return self.tables[table][column].to_numpy(dtype=object, na_value=None)

    def _places(self, table: str, column: str) -> dict[str, np.ndarray]:
        """Rows of each distinct cell of a column."""
        return {str(value): rows for value, rows in self.tables[table].groupby(column, sort=False).indices.items()}

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

    def _with_keys(self, chosen: Rows) -> Rows:
        """Rows with those that they refer to, and those that these refer to, until nothing is missing."""
        all_rows = dict.fromkeys(self.tables, NONE) | chosen
        fresh = chosen
        while fresh:
            wanted: dict[str, list[np.ndarray]] = {}
            for source, target, places in self._links:
                if source in fresh:
                    wanted.setdefault(target, []).append(places[fresh[source]])
            fresh = {}
            for target, found in wanted.items():
                new = np.setdiff1d(_together(found), [-1, *all_rows[target]])
                if len(new):
                    fresh[target] = new
                    all_rows[target] = np.union1d(all_rows[target], new)
        return all_rows


def _together(parts: Iterable[np.ndarray]) -> np.ndarray:
    """Row numbers in order, each once."""
    return np.unique(np.concatenate([NONE, *parts]))


def _of_plan(slicer: Slicer, parameters: Mapping[str, Any]) -> Rows:
    """A plan with all that is its own, and the statements that its findings compare it with."""
    plan = parameters["plan_id"]
    tables = ("plans", "statements", "findings", "plan_domains", "services", "projects")
    own = {name: slicer.where(name, "plan_id", plan) for name in tables}
    named = set().union(*(slicer.finding_statements[row] for row in own["findings"]))
    return own | {"statements": _together([own["statements"], slicer.where("statements", "statement_id", named)])}


def _of_plan_among_others(slicer: Slicer, parameters: Mapping[str, Any]) -> Rows:
    """A plan, and what the other plans state of the indicators that it sets targets for: the page compares its targets with theirs."""
    found = _of_plan(slicer, parameters)
    mine = slicer.where("statements", "plan_id", parameters["plan_id"])
    targets = np.intersect1d(mine, slicer.where("statements", "role", "target"))
    peers = slicer.where("statements", "indicator_id", slicer.names("statements", "indicator_id", targets))
    return found | {"statements": _together([found["statements"], peers])}


def _of_plan_with_actuals(slicer: Slicer, parameters: Mapping[str, Any]) -> Rows:
    mine = slicer.where("statements", "plan_id", parameters["plan_id"])
    areas = slicer.where("actuals", "area_id", slicer.names("statements", "area_id", mine))
    indicators = slicer.where("actuals", "indicator_id", slicer.names("statements", "indicator_id", mine))
    return _of_plan(slicer, parameters) | {"actuals": np.intersect1d(areas, indicators)}


def _of_domain(slicer: Slicer, parameters: Mapping[str, Any]) -> Rows:
    return _across_plans(slicer, slicer.where("indicators", "domain_id", parameters["domain_id"]))


def _of_indicator(slicer: Slicer, parameters: Mapping[str, Any]) -> Rows:
    found = _across_plans(slicer, slicer.where("indicators", "indicator_id", parameters["indicator_id"]))
    return found | {"actuals": slicer.where("actuals", "indicator_id", parameters["indicator_id"])}


def _across_plans(slicer: Slicer, indicators: np.ndarray) -> Rows:
    """Statements of some indicators in all plans, findings about these alone, and the full lists of plans, areas and domains."""
    statements = slicer.where("statements", "indicator_id", slicer.names("indicators", "indicator_id", indicators))
    named = slicer.names("statements", "statement_id", statements)
    hits = Counter(row for name in named for row in slicer.statement_findings.get(name, ()))
    findings = np.array(sorted(row for row, count in hits.items() if count == len(slicer.finding_statements[row])), dtype=np.intp)
    return slicer.whole("plans", "areas", "domains") | {"indicators": indicators, "statements": statements, "findings": findings}


def _of_services(slicer: Slicer, parameters: Mapping[str, Any]) -> Rows:
    return slicer.whole("plans", "areas", "domains", "plan_domains", "services", "service_codes")


READS: dict[str, Callable[[Slicer, Mapping[str, Any]], Rows]] = {
    "01_city_gap": _of_plan_among_others,
    "02_city_comparison": _of_domain,
    "03_indicator_profile": _of_indicator,
    "04_progress": _of_plan_with_actuals,
    "05_service_coverage": _of_services,
}
