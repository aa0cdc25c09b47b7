"""reports/catalog.yml: what the site consists of, checked against notebooks and data before anything runs."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from string import Formatter
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from psanalysis.datapackage.dataset import Dataset
from psanalysis.errors import CatalogError, Fault, ParameterError, system_words
from psanalysis.report.addresses import default_slug
from psanalysis.report.parameters import known_codes, value_sets
from psanalysis.site.model import Limits, Report
from psanalysis.site.notebook import Notebook, read_notebook
from psanalysis.site.plainyaml import parse, plain

ENTRY_KEYS = ("notebook", "parameters", "matrix", "slug", "limits")
MOST_REPORTS = 20_000
SHOWN_CHARACTERS = 200
SLUG = re.compile(r"[a-z0-9][a-z0-9._-]{0,150}")
Read = Callable[[Path], bytes]
LIMIT_TYPES: dict[str, tuple[type, ...]] = {"seconds": (int, float), "memory_mb": (int,)}
LIMIT_RANGES = {"seconds": (0.1, 86_400), "memory_mb": (0, 2**24)}


@dataclass(frozen=True)
class Catalog:
    """The reports in the order of the file, their notebooks by name, and the limits of each report by id."""

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
        Gives the content of a file.

    Raises
    ------
    CatalogError
        One error with every fault: what is not YAML, unknown keys, notebooks, parameters, codes and sets, missing parameters, values of
        the wrong type, two reports of the same name; each with its line.
    """
    document = _parse(path, read)
    reader = _Reader(path, notebooks, ds, read)
    catalog = reader.read(document)
    if reader.faults:
        raise CatalogError(reader.faults)
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
    """Collects reports and faults on one way through the document."""

    def __init__(self, path: Path, notebooks: Path, ds: Dataset, read: Read):
        self.file, self.folder, self.base = path.name, notebooks, path.parent.parent
        self.read_file = read
        self.sets, self.codes = value_sets(ds), known_codes(ds)
        self.faults: list[Fault] = []
        self.notebooks: dict[str, Notebook | None] = {}

    def fault(self, line: int, column: str, value: object, rule: str, remedy: str) -> None:
        self.faults.append(
            Fault(
                self.file,
                line,
                column,
                "" if value is None else str(value)[:SHOWN_CHARACTERS],
                rule,
                remedy,
            )
        )

    def read(self, document: Any) -> Catalog:
        if (
            not isinstance(document, CommentedMap)
            or not isinstance(document.get("reports"), CommentedSeq)
            or not document["reports"]
        ):
            self.fault(
                1,
                "reports",
                None,
                "must be a list of entries",
                "begin with `reports:` and `- notebook: ...`",
            )
            return Catalog((), {}, {})
        for key in document:
            if key not in ("reports", "limits"):
                self.fault(
                    _key_line(document, key),
                    str(key),
                    None,
                    "is not a key of the catalogue",
                    "use reports, limits",
                )
        general = self._limits(document, Limits())
        reports: list[Report] = []
        limits: dict[str, Limits] = {}
        seen: dict[str, int] = {}
        for place, entry in enumerate(document["reports"]):
            line = document["reports"].lc.item(place)[0] + 1
            if not isinstance(entry, CommentedMap):
                self.fault(line, "", entry, "must be a mapping", "begin with `- notebook: ...`")
                continue
            own = self._limits(entry, general)
            for report in self._entry(entry, line):
                if report.id.lower() in seen:
                    rule = f"is also the name of a report of line {seen[report.id.lower()]}"
                    self.fault(line, "slug", report.id, rule, "give the entry a slug of its own")
                seen.setdefault(report.id.lower(), line)
                reports.append(report)
                limits[report.id] = own
        return Catalog(
            tuple(reports),
            {name: notebook for name, notebook in self.notebooks.items() if notebook},
            limits,
        )

    def _entry(self, entry: CommentedMap, line: int) -> Iterator[Report]:
        for key in entry:
            if key not in ENTRY_KEYS:
                self.fault(
                    _key_line(entry, key),
                    str(key),
                    None,
                    "is not a key of an entry",
                    f"use {', '.join(ENTRY_KEYS)}",
                )
        notebook = self._notebook(entry, line)
        fixed, matrix = self._mapping(entry, "parameters"), self._mapping(entry, "matrix")
        if notebook is None:
            return
        found = len(self.faults)
        for name in fixed:
            if self._known(notebook, fixed, name):
                self._check(notebook, name, plain(fixed[name]), _value_line(fixed, name))
        axes = {
            str(name): self._axis(notebook, matrix, name)
            for name in matrix
            if self._known(notebook, matrix, name)
        }
        for name in {*fixed} & {*matrix}:
            self.fault(
                _key_line(matrix, name),
                str(name),
                None,
                "is both a parameter and an axis of the matrix",
                "keep one",
            )
        for name in notebook.required():
            if name not in fixed and name not in matrix:
                self.fault(
                    line,
                    name,
                    None,
                    f"parameter of {notebook.name} is missing",
                    "give it under parameters or matrix",
                )
        if len(self.faults) > found:
            return
        count = math.prod(map(len, axes.values()))
        if count > MOST_REPORTS:
            rule = f"makes {count:,} reports, more than {MOST_REPORTS:,}"
            self.fault(_key_line(entry, "matrix"), "matrix", None, rule, "list fewer values")
            return
        for values in product(*axes.values()):
            parameters = {**plain(fixed), **dict(zip(axes, values, strict=True))}
            slug = self._slug(entry, line, parameters)
            if slug:
                yield Report(notebook.name, parameters, slug)

    def _notebook(self, entry: CommentedMap, line: int) -> Notebook | None:
        name = entry.get("notebook")
        if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z0-9_-]+", name):
            self.fault(
                line, "notebook", name, "must name a notebook", "write its file name without .ipynb"
            )
            return None
        if name not in self.notebooks:
            self.notebooks[name] = None
            try:
                self.notebooks[name] = read_notebook(self.folder / f"{name}.ipynb", self.read_file)
            except ParameterError as error:
                rule, _, remedy = str(error).partition(" -> ")
                self.fault(_value_line(entry, "notebook"), "notebook", name, rule, remedy)
        return self.notebooks[name]

    def _mapping(self, entry: CommentedMap, key: str) -> CommentedMap:
        value = entry.get(key)
        if value is None:
            return CommentedMap()
        if not isinstance(value, CommentedMap):
            self.fault(
                _key_line(entry, key),
                key,
                value,
                "must be a mapping of parameters",
                "write `name: value` lines below it",
            )
            return CommentedMap()
        return value

    def _known(self, notebook: Notebook, mapping: CommentedMap, name: object) -> bool:
        if name in notebook.parameters:
            return True
        listed = ", ".join(notebook.parameters)
        self.fault(
            _key_line(mapping, name),
            str(name),
            None,
            f"is not a parameter of {notebook.name}",
            f"use {listed}",
        )
        return False

    def _axis(self, notebook: Notebook, matrix: CommentedMap, name: str) -> list[Any]:
        line, value = _value_line(matrix, name), matrix[name]
        if isinstance(value, str):
            if value not in self.sets:
                self.fault(
                    line,
                    name,
                    value,
                    "is not a set of values",
                    f"list the values or use {', '.join(self.sets)}",
                )
                return []
            return list(self.sets[value])
        if not isinstance(value, CommentedSeq) or not value:
            self.fault(
                line,
                name,
                value,
                "must be a list or a set of values",
                f"list the values or use {', '.join(self.sets)}",
            )
            return []
        for place, item in enumerate(value):
            self._check(notebook, name, plain(item), value.lc.item(place)[0] + 1)
        return [plain(item) for item in value]

    def _check(self, notebook: Notebook, name: str, value: Any, line: int) -> None:
        fault = notebook.fault(name, value)
        if fault:
            self.fault(line, name, value, fault, f"see the parameters cell of {notebook.name}")
            return
        valid = self.codes.get(name, [])
        for item in value if isinstance(value, list) else [value]:
            if valid and item not in ("", *valid):
                self.fault(line, name, item, "does not exist", f"choose one of {', '.join(valid)}")
        if (
            isinstance(notebook.parameters[name], str)
            and is_file_parameter(name)
            and value
            and not self._readable(value)
        ):
            self.fault(line, name, value, "is not a file", "name it relative to the project")

    def _readable(self, name: str) -> bool:
        """Whether a file of the project can be read; it is read here, and what was read goes into the reports."""
        try:
            self.read_file(self.base / name)
        except (OSError, ValueError):
            return False
        return True

    def _slug(self, entry: CommentedMap, line: int, parameters: dict[str, Any]) -> str:
        pattern = entry.get("slug")
        try:
            slug = _filled(str(pattern), parameters) if pattern else default_slug(parameters)
        except (KeyError, ValueError) as error:
            parts = ", ".join("{" + name + "}" for name in parameters)
            self.fault(
                _value_line(entry, "slug"),
                "slug",
                pattern,
                f"has an unknown part {error}",
                f"use {parts}",
            )
            return ""
        if not SLUG.fullmatch(slug) or slug.endswith(".failure"):
            self.fault(
                line,
                "slug",
                slug[:80],
                "must be small letters, digits, dots and hyphens, 150 at most",
                "give the entry a slug",
            )
            return ""
        return slug

    def _limits(self, mapping: CommentedMap, default: Limits) -> Limits:
        given = self._mapping(mapping, "limits")
        kept: dict[str, Any] = {}
        for name in given:
            value = plain(given[name])
            number = isinstance(value, LIMIT_TYPES.get(name, ())) and not isinstance(value, bool)
            least, most = LIMIT_RANGES.get(name, (0, 0))
            if number and least <= value <= most:
                kept[name] = value
            else:
                self.fault(
                    _key_line(given, name),
                    str(name),
                    given[name],
                    "is not a limit",
                    "write seconds: 180 or memory_mb: 2048",
                )
        return Limits(**{"seconds": default.seconds, "memory_mb": default.memory_mb, **kept})


def _filled(pattern: str, parameters: Mapping[str, Any]) -> str:
    """A slug's pattern with the values of parameters in place of their names; KeyError or ValueError for anything else in braces."""
    filled = ""
    for text, name, form, conversion in Formatter().parse(pattern):
        if form or conversion:
            raise ValueError(f"{{{name}}}: a name alone can stand in braces")
        filled += text + ("" if name is None else str(parameters[name]))
    return filled


def is_file_parameter(name: str) -> bool:
    """True for a parameter that names a file of the user, whose content is an input of the report."""
    return name == "actuals"


def _key_line(mapping: CommentedMap, key: object) -> int:
    return int(mapping.lc.key(key)[0]) + 1


def _value_line(mapping: CommentedMap, key: object) -> int:
    return int(mapping.lc.value(key)[0]) + 1
