"""Cuts a data package down to some rows, with all rows that these refer to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property

import numpy as np
import pandas as pd
import pyarrow as arrow
import pyarrow.compute as pc

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.rawtable import arrow_cells

Rows = dict[str, np.ndarray]
Masks = dict[str, np.ndarray]


class Slicer:
    """Chooses rows by masks, one truth value for each row of a table, put together by `|` and
    narrowed by `&`.

    Examples
    --------
    >>> import psanalysis as ps
    >>> slicer = Slicer(ps.load())
    >>> own = {"indicators": slicer.where("indicators", "indicator_id", "nursing_bed_share")}
    >>> rows = slicer.with_keys(own)
    >>> slicer.names("units", "unit_id", rows["units"])
    ['percent']
    """

    def __init__(self, ds: Dataset):
        self.ds = ds
        self.tables: dict[str, pd.DataFrame] = {
            resource.name: getattr(ds, resource.name) for resource in ds.package.resources
        }
        self.column = cache(self._column)

    def where(self, table: str, column: str, values: str | Iterable[str]) -> np.ndarray:
        """Rows whose cell is one of the values, which are a list or a single text."""
        codes, names = self.column(table, column)
        wanted = np.zeros(len(names) + 1, dtype=bool)  # one more for empty cells, whose code is -1
        wanted[
            [
                names[value]
                for value in ([values] if isinstance(values, str) else values)
                if value in names
            ]
        ] = True
        return np.asarray(wanted[codes])

    def whole(self, *names: str) -> Masks:
        """All rows of some tables, or of every table."""
        names = names or tuple(self.tables)
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

    def findings_about(self, statements: np.ndarray) -> np.ndarray:
        """Findings that name one of some statements."""
        statement, finding = self._named
        chosen = np.zeros(len(self.tables["findings"]), dtype=bool)
        chosen[finding[statements[statement]]] = True
        return chosen

    def _column(self, table: str, column: str) -> tuple[np.ndarray, dict[str, int]]:
        """A column as codes, -1 for empty cells, and the code of each distinct cell."""
        codes, names = pd.factorize(self.tables[table][column])
        return codes.astype(np.int32), {str(name): code for code, name in enumerate(names)}

    @cached_property
    def _named(self) -> tuple[np.ndarray, np.ndarray]:
        """Rows of statements that findings name, one after the other, and the row of the finding of
        each.
        """
        lists = pc.utf8_split_whitespace(arrow_cells(self.tables["findings"]["statement_ids"]))
        return self._positions(
            "statements", "statement_id", lists.flatten()
        ), pc.list_parent_indices(lists).to_numpy()

    @cached_property
    def _links(self) -> list[tuple[str, str, np.ndarray]]:
        """For each foreign key: table, table it points to, and the row that each row points to, -1
        for none.
        """
        return [
            (
                resource.name,
                target,
                self._positions(
                    target, key.reference[0], arrow_cells(self.tables[resource.name][key.fields[0]])
                ),
            )
            for resource in self.ds.package.resources
            for key in resource.foreign_keys
            for target in [key.resource or resource.name]
        ]

    def _positions(self, table: str, column: str, cells: arrow.Array) -> np.ndarray:
        """For each cell the row of the table that has it, -1 for none."""
        return np.asarray(
            pc.index_in(cells, arrow_cells(self.tables[table][column])).fill_null(-1).to_numpy()
        )

    def with_keys(self, chosen: Masks) -> Rows:
        """Numbers of the rows and of all rows that they refer to, directly or indirectly."""
        everything = {
            name: chosen.get(name, np.zeros(len(table), dtype=bool))
            for name, table in self.tables.items()
        }
        fresh = chosen
        while fresh:
            wanted: dict[str, np.ndarray] = {}
            for source, target, positions in self._links:
                if source in fresh:
                    found = positions[fresh[source]]
                    wanted.setdefault(target, np.zeros(len(self.tables[target]), dtype=bool))[
                        found[found >= 0]
                    ] = True
            fresh = {target: mask & ~everything[target] for target, mask in wanted.items()}
            fresh = {target: mask for target, mask in fresh.items() if mask.any()}
            everything |= {target: everything[target] | mask for target, mask in fresh.items()}
        return {name: np.flatnonzero(mask) for name, mask in everything.items()}
