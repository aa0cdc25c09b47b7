"""What is to be done: the inputs of every report, and why it has to be built or need not be."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any, TypeVar

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.slices import Rows
from psanalysis.datapackage.tables import PACKED, Packer
from psanalysis.report.kinds import Slices
from psanalysis.site.cache import Cache
from psanalysis.site.catalog import Catalog, is_file_parameter
from psanalysis.site.datafiles import DataFiles
from psanalysis.site.manifest import Entry, Manifest
from psanalysis.site.model import Inputs, Limits, Report, canonical
from psanalysis.site.project import Project

Made = TypeVar("Made")
REASON_WORDS = {
    "new": "new report",
    "notebook": "notebook changed",
    "parameters": "parameters changed",
    "data": "data changed",
    "library": "library changed",
    "environment": "lock file or versions changed",
}


@dataclass(frozen=True)
class Task:
    """A report with its key and why it is built; no reason means that its page is in the cache."""

    report: Report
    key: str
    hashes: Mapping[str, str]
    reasons: tuple[str, ...]
    words: str
    wanted: bool = True

    @property
    def due(self) -> bool:
        return self.wanted and bool(self.words)


@dataclass(frozen=True)
class Workshop:
    """Everything that inputs are made from."""

    project: Project
    ds: Dataset
    files: DataFiles
    catalog: Catalog
    library: str
    environment: str

    @cached_property
    def by_id(self) -> dict[str, Report]:
        return {report.id: report for report in self.catalog.reports}

    @cached_property
    def packer(self) -> Packer:
        return Packer(self.ds.package, self.slices.slicer.tables)

    @cached_property
    def slices(self) -> Slices:
        return Slices(self.ds)

    def inputs(self, name: str) -> Inputs:
        """Inputs of a report by its id."""
        report = self.by_id[name]
        notebook = self.catalog.notebooks[report.notebook]
        named = {
            key: str(value)
            for key, value in report.parameters.items()
            if is_file_parameter(key) and value
        }
        return Inputs(
            notebook=report.notebook,
            source=notebook.source,
            parameters=canonical(report.parameters),
            data=self._data(self.slices.rows(report.notebook, report.parameters)),
            files={key: (self.project.root / value).read_bytes() for key, value in named.items()},
            library=self.library,
            environment=self.environment,
            limits=self.catalog.limits.get(name, Limits()),
        )

    def given(self, name: str) -> Inputs:
        """Inputs of a report with the data ready to use: they were checked when this workshop was opened."""
        inputs, report = self.inputs(name), self.by_id[name]
        rows = self.slices.rows(report.notebook, report.parameters)
        return replace(inputs, packed={PACKED: self._packed(rows, inputs.data)})

    @cached_property
    def _data(self) -> Callable[[Rows], Mapping[str, bytes]]:
        return of_the_last(lambda rows: self.files.only(self.ds, rows))

    @cached_property
    def _packed(self) -> Callable[[Rows, Mapping[str, bytes]], bytes]:
        return of_the_last(self.packer.packed)

    def plans_read(self, report: Report) -> set[str]:
        """Plans whose statements a report can read."""
        rows = self.slices.rows(report.notebook, report.parameters)["statements"]
        return set(self.slices.slicer.names("statements", "plan_id", rows))


def of_the_last(make: Callable[..., Made]) -> Callable[..., Made]:
    """A function that gives the same again for the same first argument: the pages of a subject in both languages follow each other."""
    last: list[Any] = []

    def made(subject: object, *more: Any) -> Made:
        if not last or last[0] is not subject:
            last.clear()  # there are never two in memory
            last.extend((subject, make(subject, *more)))
        return last[1]  # type: ignore[no-any-return]

    return made


def matches(report: Report, pattern: str | None) -> bool:
    """True if a report's id, notebook or slug fits a glob pattern."""
    return pattern is None or any(
        fnmatchcase(name, pattern) for name in (report.id, report.notebook, report.slug)
    )


def tasks(
    workshop: Workshop, cache: Cache, published: Manifest | None, only: str | None, force: bool
) -> list[Task]:
    """Every report of the catalogue with what is to be done about it."""
    known = published.reports if published else {}
    return [
        _task(
            report,
            workshop.inputs(report.id),
            cache,
            known.get(report.id),
            matches(report, only),
            force,
        )
        for report in workshop.catalog.reports
    ]


def _task(
    report: Report, inputs: Inputs, cache: Cache, before: Entry | None, wanted: bool, force: bool
) -> Task:
    hashes = inputs.hashes
    if before is None or not before.key:
        reasons: tuple[str, ...] = ("new",)
    else:
        reasons = tuple(
            name
            for name in REASON_WORDS
            if name != "new" and before.hashes.get(name) != hashes[name]
        )
    words = ", ".join(REASON_WORDS[name] for name in reasons)
    if before and before.failure and before.failure.get("key") == inputs.key:
        words = "failed last time"
    elif force:
        words = "forced"
    elif cache.label(inputs.key):
        words = ""
    elif not words:
        words = "cache entry missing or damaged"
    return Task(report, inputs.key, hashes, reasons, words, wanted)


def longest_first(found: list[Task], published: Manifest | None) -> list[str]:
    """Ids of the due reports, those that took longest last time first; a new one counts like the longest of its notebook, or comes first."""
    known = published.reports if published else {}
    alike: dict[str, float] = {}
    for entry in known.values():
        alike[entry.notebook] = max(entry.seconds, alike.get(entry.notebook, 0.0))

    def seconds(task: Task) -> float:
        entry = known.get(task.report.id)
        return entry.seconds if entry else alike.get(task.report.notebook, math.inf)

    return [
        task.report.id
        for task in sorted((task for task in found if task.due), key=seconds, reverse=True)
    ]


def named_files(catalog: Catalog) -> list[str]:
    """Files that parameters of the catalogue name."""
    return sorted(
        {
            str(v)
            for report in catalog.reports
            for k, v in report.parameters.items()
            if is_file_parameter(k) and v
        }
    )
