"""Which rows of the data a report can read. It is given these rows alone: the list cannot be wrong without the report showing it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as arrow
import pyarrow.compute as pc

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.rawtable import arrow_cells

Rows = dict[str, np.ndarray]
Masks = dict[str, np.ndarray]
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
    """`data_slice` for many reports of one data set.

    Rows are chosen by masks, one truth value for each row of a table: they are put together by `|` and narrowed by `&`.
    """

    def __init__(self, ds: Dataset):
        self.ds = ds
        self.tables: dict[str, pd.DataFrame] = {
            resource.name: getattr(ds, resource.name) for resource in ds.package.resources
        }
        self.column = cache(self._column)
        self.known = lru_cache(KEPT)(self._known)

    def rows(self, notebook: str, parameters: Mapping[str, Any]) -> Rows:
        """See `data_slice`."""
        return self.known(notebook, *(parameters.get(name) for name in SUBJECTS))

    def _known(self, notebook: str, *subject: str | None) -> Rows:
        parameters = dict(zip(SUBJECTS, subject, strict=True))
        chosen = self._with_keys(
            READS[notebook](self, parameters) if notebook in READS else self.whole(*self.tables)
        )
        return {name: np.flatnonzero(mask) for name, mask in chosen.items()}

    def where(self, table: str, column: str, values: str | Iterable[str]) -> np.ndarray:
        """Rows whose cell is one of the values, which are a list or a single text."""
        codes, names = self.column(table, column)
        wanted = np.zeros(
            len(names) + 1, dtype=bool
        )  # one more for cells that state nothing, whose code is -1
        wanted[
            [
                names[value]
                for value in ([values] if isinstance(values, str) else values)
                if value in names
            ]
        ] = True
        return np.asarray(wanted[codes])

    def whole(self, *names: str) -> Masks:
        return {name: np.ones(len(self.tables[name]), dtype=bool) for name in names}

    def names(self, table: str, column: str, chosen: np.ndarray) -> list[str]:
        """Distinct cells of some rows, by mask or by number."""
        codes, names = self.column(table, column)
        seen = np.zeros(len(names) + 1, dtype=bool)
        seen[codes[chosen]] = True
        return [name for name, there in zip(names, seen, strict=False) if there]

    def statements_of(self, findings: np.ndarray) -> np.ndarray:
        """Statements that some findings name."""
        statement, finding = self._named
        chosen = np.zeros(len(self.tables["statements"]), dtype=bool)
        chosen[statement[findings[finding]]] = True
        return chosen

    def findings_within(self, statements: np.ndarray) -> np.ndarray:
        """Findings that name some statements, and these alone."""
        statement, finding = self._named
        named, within = (
            np.bincount(finding[kept], minlength=len(self.tables["findings"]))
            for kept in (slice(None), statements[statement])
        )
        return np.asarray((named > 0) & (named == within))

    def _column(self, table: str, column: str) -> tuple[np.ndarray, dict[str, int]]:
        """A column as codes, -1 where nothing is stated, and the code of each distinct cell."""
        codes, names = pd.factorize(self.tables[table][column])
        return codes.astype(np.int32), {str(name): code for code, name in enumerate(names)}

    @cached_property
    def _named(self) -> tuple[np.ndarray, np.ndarray]:
        """Rows of statements that findings name, one after the other, and the row of the finding of each."""
        lists = pc.utf8_split_whitespace(arrow_cells(self.tables["findings"]["statement_ids"]))
        return self._places("statements", "statement_id", lists.flatten()), pc.list_parent_indices(
            lists
        ).to_numpy()

    @cached_property
    def _links(self) -> list[tuple[str, str, np.ndarray]]:
        """For each foreign key: table, table it points to, and the row that each row points to, -1 for none."""
        return [
            (
                resource.name,
                target,
                self._places(
                    target, key.reference[0], arrow_cells(self.tables[resource.name][key.fields[0]])
                ),
            )
            for resource in self.ds.package.resources
            for key in resource.foreign_keys
            for target in [key.resource or resource.name]
        ]

    def _places(self, table: str, column: str, cells: arrow.Array) -> np.ndarray:
        """Row of the table where each cell stands, -1 for none."""
        return np.asarray(
            pc.index_in(cells, arrow_cells(self.tables[table][column])).fill_null(-1).to_numpy()
        )

    def _with_keys(self, chosen: Masks) -> Masks:
        """Rows with those that they refer to, and those that these refer to, until nothing is missing."""
        everything = {
            name: chosen.get(name, np.zeros(len(table), dtype=bool))
            for name, table in self.tables.items()
        }
        fresh = chosen
        while fresh:
            wanted: dict[str, np.ndarray] = {}
            for source, target, places in self._links:
                if source in fresh:
                    found = places[fresh[source]]
                    wanted.setdefault(target, np.zeros(len(self.tables[target]), dtype=bool))[
                        found[found >= 0]
                    ] = True
            fresh = {target: mask & ~everything[target] for target, mask in wanted.items()}
            fresh = {target: mask for target, mask in fresh.items() if mask.any()}
            everything |= {target: everything[target] | mask for target, mask in fresh.items()}
        return everything


def _of_plan(slicer: Slicer, parameters: Mapping[str, Any]) -> Masks:
    """A plan with all that is its own, and the statements that its findings compare it with."""
    plan = parameters["plan_id"]
    tables = ("plans", "statements", "findings", "plan_domains", "services", "projects")
    own = {name: slicer.where(name, "plan_id", plan) for name in tables}
    return own | {"statements": own["statements"] | slicer.statements_of(own["findings"])}


def _of_plan_among_others(slicer: Slicer, parameters: Mapping[str, Any]) -> Masks:
    """A plan, and what the other plans state of the indicators that it sets targets for: the page compares its targets with theirs."""
    found = _of_plan(slicer, parameters)
    targets = slicer.where("statements", "plan_id", parameters["plan_id"]) & slicer.where(
        "statements", "role", "target"
    )
    peers = slicer.where(
        "statements", "indicator_id", slicer.names("statements", "indicator_id", targets)
    )
    return found | {"statements": found["statements"] | peers}


def _of_plan_with_actuals(slicer: Slicer, parameters: Mapping[str, Any]) -> Masks:
    mine = slicer.where("statements", "plan_id", parameters["plan_id"])
    areas = slicer.where("actuals", "area_id", slicer.names("statements", "area_id", mine))
    indicators = slicer.where(
        "actuals", "indicator_id", slicer.names("statements", "indicator_id", mine)
    )
    return _of_plan(slicer, parameters) | {"actuals": areas & indicators}


def _of_domain(slicer: Slicer, parameters: Mapping[str, Any]) -> Masks:
    return _across_plans(slicer, slicer.where("indicators", "domain_id", parameters["domain_id"]))


def _of_indicator(slicer: Slicer, parameters: Mapping[str, Any]) -> Masks:
    found = _across_plans(
        slicer, slicer.where("indicators", "indicator_id", parameters["indicator_id"])
    )
    return found | {"actuals": slicer.where("actuals", "indicator_id", parameters["indicator_id"])}


def _across_plans(slicer: Slicer, indicators: np.ndarray) -> Masks:
    """Statements of some indicators in all plans, findings about these alone, and the full lists of plans, areas and domains."""
    statements = slicer.where(
        "statements", "indicator_id", slicer.names("indicators", "indicator_id", indicators)
    )
    own = {
        "indicators": indicators,
        "statements": statements,
        "findings": slicer.findings_within(statements),
    }
    return slicer.whole("plans", "areas", "domains") | own


def _of_services(slicer: Slicer, parameters: Mapping[str, Any]) -> Masks:
    return slicer.whole("plans", "areas", "domains", "plan_domains", "services", "service_codes")


READS: dict[str, Callable[[Slicer, Mapping[str, Any]], Masks]] = {
    "01_city_gap": _of_plan_among_others,
    "02_city_comparison": _of_domain,
    "03_indicator_profile": _of_indicator,
    "04_progress": _of_plan_with_actuals,
    "05_service_coverage": _of_services,
}
