"""Makes the inputs of every report from data, catalogue, library and environment, each of which is
read once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.remembered import remembering
from psanalysis.datapackage.slices import Rows
from psanalysis.datapackage.tables import PACKED, Packer
from psanalysis.report.kinds import Slices
from psanalysis.site.catalog import Catalog, read_catalog
from psanalysis.site.catalog_values import is_file_parameter
from psanalysis.site.datafiles import DataFiles, load_with_files
from psanalysis.site.fingerprint import Library, environment_hash, read_library
from psanalysis.site.model import Inputs, Limits, Report, canonical
from psanalysis.site.project import Project
from psanalysis.site.sources import Sources

Made = TypeVar("Made")


@dataclass(frozen=True)
class Workshop:
    """Data, catalogue, library and environment, from which inputs are made.

    Attributes
    ----------
    sources
        The files that were read.
    """

    project: Project
    ds: Dataset
    files: DataFiles
    catalog: Catalog
    library: Library
    environment: str
    sources: Sources

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
            files={
                key: self.sources.read(self.project.root / value) for key, value in named.items()
            },
            library=self.library.hash,
            environment=self.environment,
            limits=self.catalog.limits.get(name, Limits()),
        )

    def given(self, name: str) -> Inputs:
        """Inputs of a report with packed data, which need no validation because they were checked
        when this workshop was opened.
        """
        inputs, report = self.inputs(name), self.by_id[name]
        rows = self.slices.rows(report.notebook, report.parameters)
        return replace(inputs, packed={PACKED: self._packed(rows, inputs.data)})

    @cached_property
    def _data(self) -> Callable[[Rows], Mapping[str, bytes]]:
        return of_the_last(lambda rows: self.files.only(self.ds, rows))

    @cached_property
    def _packed(self) -> Callable[[Rows, Mapping[str, bytes]], bytes]:
        return of_the_last(self.packer.packed)

    def plans_read(self, report: Report) -> frozenset[str]:
        """Plans whose statements a report can read."""
        return self.slices.plans(report.notebook, report.parameters)


def of_the_last(make: Callable[..., Made]) -> Callable[..., Made]:
    """A function that remembers its last result, by first argument: the pages of a subject in both
    languages are made one after the other.
    """
    last: list[Any] = []

    def made(subject: object, *more: Any) -> Made:
        if not last or last[0] is not subject:
            last.clear()  # only one is in memory at a time
            last.extend((subject, make(subject, *more)))
        return last[1]  # type: ignore[no-any-return]

    return made


def open_workshop(
    project: Project,
    sources: Sources | None = None,
    library: Library | None = None,
    copy: Path | None = None,
) -> Workshop:
    """Read data and catalogue of a project.

    Parameters
    ----------
    project
        What to read.
    sources, library
        Files and library that were read already, to find out whether they changed.
    copy
        A new folder for a copy of the data; by default a temporary one.

    Raises
    ------
    DataError, CatalogError
        If either is faulty.
    """
    sources, library = sources or Sources(project), library or read_library()
    ds, files = load_with_files(project.data, copy, sources.open)
    for name, copied in files.files.items():
        sources.note(project.data / name, copied.sha256)
    sources.release()
    catalog = read_catalog(project.catalog, project.notebooks, ds, sources.read)
    environment = environment_hash(sources)
    return Workshop(project, remembering(ds), files, catalog, library, environment, sources)
