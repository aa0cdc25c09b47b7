"""Reads reports/catalog.yml, the list of the site's reports, and checks it against notebooks and
data before anything runs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from psanalysis.datapackage.dataset import Dataset
from psanalysis.errors import CatalogError, Fault, ParameterError, system_words
from psanalysis.site.catalog_faults import Faults, key_line, value_line
from psanalysis.site.catalog_values import Read, Values
from psanalysis.site.limits import limits_of
from psanalysis.site.model import Limits, Report
from psanalysis.site.notebook import Notebook, read_notebook
from psanalysis.site.plainyaml import parse
from psanalysis.site.slugs import slug_of

KEYS = ("reports", "limits")
ENTRY_KEYS = ("notebook", "parameters", "matrix", "slug", "limits")
MOST_REPORTS = 20_000


@dataclass(frozen=True)
class Catalog:
    """The reports in the order of the file, their notebooks by name, and the limits of each report
    by id.
    """

    reports: tuple[Report, ...]
    notebooks: Mapping[str, Notebook]
    limits: Mapping[str, Limits]


def read_catalog(path: Path, notebooks: Path, ds: Dataset, read: Read = Path.read_bytes) -> Catalog:
    """Read and check the catalogue.

    Parameters
    ----------
    path
        The YAML file.
    notebooks
        Folder of the notebooks.
    ds
        The data set, for the sets of values and to know which codes exist.
    read
        Returns the content of a file.

    Raises
    ------
    CatalogError
        One error with every fault: what is not YAML, unknown keys, notebooks, parameters, codes and
        sets, missing parameters, values of the wrong type, two reports of the same name; each with
        its line.
    """
    document = _parse(path, read)
    reader = _Reader(path, notebooks, ds, read)
    catalog = reader.read(document)
    if reader.faults:
        raise CatalogError(list(reader.faults))
    return catalog


def _parse(path: Path, read: Read) -> Any:
    try:
        content = read(path)
    except OSError as error:
        remedy = "run inside a project with reports/catalog.yml"
        rule = f"cannot be read: {system_words(error)}"
        raise CatalogError([Fault(str(path), 0, "", "", rule, remedy)]) from None
    return parse(content, path.name)


class _Reader:
    """Collects reports and faults in one pass over the document."""

    def __init__(self, path: Path, notebooks: Path, ds: Dataset, read: Read):
        self.folder, self.read_file = notebooks, read
        self.faults = Faults(path.name)
        self.values = Values(ds, path.parent.parent, read, self.faults)
        self.notebooks: dict[str, Notebook | None] = {}

    def read(self, document: Any) -> Catalog:
        entries = document.get("reports") if isinstance(document, CommentedMap) else None
        if not isinstance(entries, CommentedSeq) or not entries:
            remedy = "begin with `reports:` and `- notebook: ...`"
            self.faults.add(1, "reports", None, "must be a list of entries", remedy)
            return Catalog((), {}, {})
        self._only(document, KEYS, "the catalogue")
        general = limits_of(document, Limits(), self.faults)
        reports: list[Report] = []
        limits: dict[str, Limits] = {}
        seen: dict[str, int] = {}
        for index, entry in enumerate(entries):
            line = entries.lc.item(index)[0] + 1
            if not isinstance(entry, CommentedMap):
                remedy = "begin with `- notebook: ...`"
                self.faults.add(line, "", entry, "must be a mapping", remedy)
                continue
            own = limits_of(entry, general, self.faults)
            for report in self._entry(entry, line):
                if report.id.lower() in seen:
                    rule = f"is also the name of a report of line {seen[report.id.lower()]}"
                    remedy = "give the entry a slug of its own"
                    self.faults.add(line, "slug", report.id, rule, remedy)
                seen.setdefault(report.id.lower(), line)
                reports.append(report)
                limits[report.id] = own
        notebooks = {name: notebook for name, notebook in self.notebooks.items() if notebook}
        return Catalog(tuple(reports), notebooks, limits)

    def _only(self, mapping: CommentedMap, keys: tuple[str, ...], of: str) -> None:
        for key in mapping:
            if key not in keys:
                rule, remedy = f"is not a key of {of}", f"use {', '.join(keys)}"
                self.faults.add(key_line(mapping, key), str(key), None, rule, remedy)

    def _entry(self, entry: CommentedMap, line: int) -> Iterator[Report]:
        self._only(entry, ENTRY_KEYS, "an entry")
        notebook = self._notebook(entry, line)
        given, matrix = (self.faults.mapping(entry, key) for key in ("parameters", "matrix"))
        if notebook is None:
            return
        found = len(self.faults)
        fixed, axes = self.values.fixed(notebook, given), self.values.axes(notebook, matrix)
        self._once(notebook, given, matrix, line)
        if len(self.faults) > found:
            return
        count = math.prod(map(len, axes.values()))
        if count > MOST_REPORTS:
            rule = f"makes {count:,} reports, more than {MOST_REPORTS:,}"
            self.faults.add(key_line(entry, "matrix"), "matrix", None, rule, "list fewer values")
            return
        for values in product(*axes.values()):
            parameters = {**fixed, **dict(zip(axes, values, strict=True))}
            slug = slug_of(entry, line, parameters, self.faults)
            if slug:
                yield Report(notebook.name, parameters, slug)

    def _once(
        self, notebook: Notebook, given: CommentedMap, matrix: CommentedMap, line: int
    ) -> None:
        """Record a fault for a parameter without default and value, and for one that both
        `parameters` and `matrix` set.
        """
        for name in matrix:
            if name in given:
                rule = "is both a parameter and an axis of the matrix"
                self.faults.add(key_line(matrix, name), str(name), None, rule, "keep one")
        for name in notebook.required():
            if name not in given and name not in matrix:
                rule = f"parameter of {notebook.name} is missing"
                self.faults.add(line, name, None, rule, "give it under parameters or matrix")

    def _notebook(self, entry: CommentedMap, line: int) -> Notebook | None:
        name = entry.get("notebook")
        if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z0-9_-]+", name):
            remedy = "write its file name without .ipynb"
            self.faults.add(line, "notebook", name, "must name a notebook", remedy)
            return None
        if name not in self.notebooks:
            self.notebooks[name] = None
            try:
                self.notebooks[name] = read_notebook(self.folder / f"{name}.ipynb", self.read_file)
            except ParameterError as error:
                rule, _, remedy = str(error).partition(" -> ")
                self.faults.add(value_line(entry, "notebook"), "notebook", name, rule, remedy)
        return self.notebooks[name]
