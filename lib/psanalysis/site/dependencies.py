"""Which rows of the data a report can read. It is given these rows alone: the list cannot be wrong without the report showing it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as arrow
import pyarrow.compute as pc

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.rawtable import arrow_cells

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


@dataclass(frozen=True)
class _Column:
    """The rows of each distinct cell: `order` has all rows cell by cell, `starts` says where each cell's rows start in it."""

    codes: np.ndarray
    names: np.ndarray
    order: np.ndarray
    starts: np.ndarray

    @classmethod
    def of(cls, cells: pd.Series) -> _Column:
        codes, names = pd.factorize(cells)
        order = np.argsort(codes, kind="stable")
        starts = np.searchsorted(codes[order], np.arange(len(names) + 1))
        return cls(codes.astype(np.int32), np.asarray(names, dtype=object), order.astype(np.int32), starts)

    @cached_property
    def code(self) -> dict[str, int]:
        return {str(name): code for code, name in enumerate(self.names)}

    def rows(self, value: str) -> np.ndarray:
        code = self.code.get(value)
        return NONE if code is None else self.order[self.starts[code] : self.starts[code + 1]].astype(np.intp)

    def distinct(self, rows: np.ndarray) -> set[str]:
        codes = np.unique(self.codes[rows])
        return set(self.names[codes[codes >= 0]])


class Slicer:
    """`data_slice` for many reports of one data set: tables are indexed once, and a report costs no more than the rows that it gets."""

    def __init__(self, ds: Dataset):
        self.ds = ds
        self.tables: dict[str, pd.DataFrame] = {resource.name: getattr(ds, resource.name) for resource in ds.package.resources}
        self.column = cache(lambda table, column: _Column.of(self.tables[table][column]))
        self.known = lru_cache(KEPT)(self._known)

    def rows(self, notebook: str, parameters: Mapping[str, Any]) -> Rows:
        """See `data_slice`."""
        return self.known(notebook, *(parameters.get(name) for name in SUBJECTS))

    def _known(self, notebook: str, *subject: str | None) -> Rows:
        parameters = dict(zip(SUBJECTS, subject, strict=True))
        return self._with_keys(READS[notebook](self, parameters) if notebook in READS else self.whole(*self.tables))

    def where(self, table: str, column: str, values: str | Iterable[str]) -> np.ndarray:
        """Rows whose cell is one of the values, which are a list or a single text."""
        known = self.column(table, column)
        return _together(known.rows(value) for value in ([values] if isinstance(values, str) else values))

    def whole(self, *names: str) -> Rows:
        return {name: np.arange(len(self.tables[name])) for name in names}

    def names(self, table: str, column: str, rows: np.ndarray) -> set[str]:
        """Distinct cells of some rows."""
        return self.column(table, column).distinct(rows)

    def statements_of(self, findings: np.ndarray) -> np.ndarray:
        """Statements that some findings name."""
        names, of_finding = self._named
        named = names.filter(arrow.array(np.isin(of_finding, findings)))
        return _places(pc.is_in(self._statement_ids, named))

    def findings_within(self, statements: np.ndarray) -> np.ndarray:
        """Findings that name some statements, and these alone."""
        names, of_finding = self._named
        within = pc.is_in(names, self._statement_ids.take(arrow.array(statements))).to_numpy(zero_copy_only=False)
        return np.setdiff1d(of_finding[within], of_finding[~within])

    @cached_property
    def _statement_ids(self) -> arrow.Array:
        return arrow_cells(self.tables["statements"]["statement_id"])

    @cached_property
    def _named(self) -> tuple[arrow.Array, np.ndarray]:
        """Codes of statements that findings name, one after the other, and the finding of each."""
        lists = pc.utf8_split_whitespace(arrow_cells(self.tables["findings"]["statement_ids"]))
        return lists.flatten(), pc.list_parent_indices(lists).to_numpy()

    @cached_property
    def _links(self) -> list[tuple[str, str, np.ndarray]]:
        """For each foreign key: table, table it points to, and the row that each row points to, -1 for none."""
        found = []
        for resource in self.ds.package.resources:
            for key in resource.foreign_keys:
                target = key.resource or resource.name
                cells, keys = self.tables[resource.name][key.fields[0]], self.tables[target][key.reference[0]]
                found.append((resource.name, target, pc.index_in(arrow_cells(cells), arrow_cells(keys)).fill_null(-1).to_numpy()))
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


def _places(chosen: arrow.Array) -> np.ndarray:
    return np.flatnonzero(chosen.to_numpy(zero_copy_only=False))


def _together(parts: Iterable[np.ndarray]) -> np.ndarray:
    """Row numbers in order, each once."""
    return np.unique(np.concatenate([NONE, *parts]))


def _of_plan(slicer: Slicer, parameters: Mapping[str, Any]) -> Rows:
    """A plan with all that is its own, and the statements that its findings compare it with."""
    plan = parameters["plan_id"]
    tables = ("plans", "statements", "findings", "plan_domains", "services", "projects")
    own = {name: slicer.where(name, "plan_id", plan) for name in tables}
    return own | {"statements": _together([own["statements"], slicer.statements_of(own["findings"])])}


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
    own = {"indicators": indicators, "statements": statements, "findings": slicer.findings_within(statements)}
    return slicer.whole("plans", "areas", "domains") | own


def _of_services(slicer: Slicer, parameters: Mapping[str, Any]) -> Rows:
    return slicer.whole("plans", "areas", "domains", "plan_domains", "services", "service_codes")


READS: dict[str, Callable[[Slicer, Mapping[str, Any]], Rows]] = {
    "01_city_gap": _of_plan_among_others,
    "02_city_comparison": _of_domain,
    "03_indicator_profile": _of_indicator,
    "04_progress": _of_plan_with_actuals,
    "05_service_coverage": _of_services,
}
