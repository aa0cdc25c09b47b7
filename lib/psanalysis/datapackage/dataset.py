"""The validated data package in memory."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace
from pathlib import Path

import pandas as pd

from psanalysis.about import DESCRIPTOR
from psanalysis.datapackage.reading import read_table
from psanalysis.datapackage.rules import broken_rules
from psanalysis.datapackage.schema import Package, Resource, read_package
from psanalysis.datapackage.shipped import BUNDLED, labelled, relied_on, unread
from psanalysis.datapackage.tables import content_hash, typed, unpacked
from psanalysis.datapackage.validation import validate_cells, validate_references
from psanalysis.errors import DataError


@dataclass(frozen=True, repr=False, eq=False)
class Dataset:
    """Every CSV of the data package as a validated DataFrame; cells that state nothing are missing
    values.

    Attributes
    ----------
    plans, areas, domains, plan_domains, units, indicators, statements, services, service_codes,
    projects, findings, pledges, actuals, aliases, glossary, indicator_notes
        One DataFrame per file, with the columns of datapackage.json.
    package
        The schema, with bilingual labels of all codes.
    content_hash
        SHA-256 over the descriptor and all files; two data sets with the same hash give the same
        reports.

    Examples
    --------
    >>> ds = load()
    >>> ds.label("statements", "nature", "binding", "en")
    'binding'
    >>> bool(ds.statements["plan_id"].isin(ds.plans["plan_id"]).all())
    True
    """

    plans: pd.DataFrame
    areas: pd.DataFrame
    domains: pd.DataFrame
    plan_domains: pd.DataFrame
    units: pd.DataFrame
    indicators: pd.DataFrame
    statements: pd.DataFrame
    services: pd.DataFrame
    service_codes: pd.DataFrame
    projects: pd.DataFrame
    findings: pd.DataFrame
    pledges: pd.DataFrame
    actuals: pd.DataFrame
    aliases: pd.DataFrame
    glossary: pd.DataFrame
    indicator_notes: pd.DataFrame
    package: Package
    content_hash: str

    def __repr__(self) -> str:
        from psanalysis.datapackage.summary import in_words

        return in_words(self)

    def _repr_html_(self) -> str:
        from psanalysis.datapackage.summary import as_html

        return as_html(self)

    def label(self, table: str, column: str, code: str, lang: str) -> str:
        """The reader's word for a code.

        `label("statements", "nature", "binding", "zh")` is 约束性.
        """
        return self.package.label(table, column, code, lang)


# what a project has beside its data
PROJECT_MARK = Path("reports") / "catalog.yml"
TABLES = tuple(member.name for member in fields(Dataset) if member.type == "pd.DataFrame")


def data_folder() -> Path:
    """The folder of the data: $PSANALYSIS_DATA, else that of the project around the working folder,
    else the curated data.
    """
    named = os.environ.get("PSANALYSIS_DATA")
    if named:
        return Path(named)
    here = Path.cwd()
    own = (
        folder / "data"
        for folder in (here, *here.parents)
        if (folder / PROJECT_MARK).is_file() and (folder / "data" / DESCRIPTOR).is_file()
    )
    return next(own, BUNDLED)


def load(path: str | Path | None = None) -> Dataset:
    """Read and validate the data package.

    Parameters
    ----------
    path
        Folder that holds datapackage.json and the CSV files; by default $PSANALYSIS_DATA, else the
        data of the project around the working folder (`psanalysis init` makes one), else the
        curated data.

    Returns
    -------
    Dataset

    Raises
    ------
    DataError
        If anything is wrong: one error that lists every fault with file, line, column, value, rule
        and remedy.

    Examples
    --------
    >>> import psanalysis as ps
    >>> ds = ps.load()
    >>> int(ds.plans.loc[ds.plans.plan_id == "mianyang-14fyp", "horizon_year"].item())
    2025
    """
    folder = Path(path) if path is not None else data_folder()
    package = labelled(read_package(folder, TABLES))
    checked = unpacked(folder, package)
    if checked:
        frames, known = checked
        return Dataset(
            **{name: frames[name] for name in TABLES}, package=package, content_hash=known
        )
    if faults := list(unread(package)):
        raise DataError(faults)
    tables = {resource.name: read_table(folder, resource) for resource in package.resources}
    complete = {name: table for name, table in tables.items() if table.whole}
    faults = [fault for table in tables.values() for fault in table.faults]
    for table in tables.values():
        relied = replace(table, resource=relied_on(table.resource))
        for asked in (table, relied) if relied.resource != table.resource else (table,):
            faults += validate_cells(asked)
            faults += validate_references(asked, complete)
    wrong: dict[str, set[int]] = {}
    for fault in faults:
        wrong.setdefault(fault.file, set()).add(fault.line)
    frames = {name: typed(table, wrong.get(table.file, set())) for name, table in tables.items()}
    for rule, rows in broken_rules(
        frames, [name for name, table in tables.items() if table.file not in wrong]
    ):
        faults += [
            tables[rule.table].fault(row, rule.column, rule.rule, rule.remedy) for row in rows
        ]
    if faults:
        raise DataError(faults)
    digest = content_hash(package.path.read_bytes(), (table.digest for table in tables.values()))
    return Dataset(**{name: frames[name] for name in TABLES}, package=package, content_hash=digest)


__all__ = ["Dataset", "Resource", "data_folder", "load"]
