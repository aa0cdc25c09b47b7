"""The validated data package in memory."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from psanalysis.errors import DataError, Fault
from psanalysis.datapackage.reading import RawTable, read_table
from psanalysis.datapackage.rules import broken_rules
from psanalysis.datapackage.schema import Package, Resource, read_package
from psanalysis.datapackage.validation import validate_cells, validate_references

PANDAS_TYPES = {"string": "str", "number": "float64", "integer": "Int64", "year": "Int64"}


@dataclass(frozen=True)
class Dataset:
    """Every CSV of the data package as a validated DataFrame; cells that state nothing are missing values.

    Attributes
    ----------
    plans, areas, domains, plan_domains, units, indicators, statements, services, service_codes, projects, findings, pledges, actuals
        One DataFrame per file, with the columns of datapackage.json.
    package
        The schema, with bilingual labels of all codes.
    content_hash
        SHA-256 over the descriptor and all files; two data sets with the same hash give the same reports.
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
    package: Package
    content_hash: str

    def label(self, table: str, column: str, code: str, lang: str) -> str:
        """The reader's word for a code: `label("statements", "nature", "binding", "zh")` is 约束性."""
        return self.package.label(table, column, code, lang)


def data_folder() -> Path:
    """The folder of the curated data: $PSANALYSIS_DATA, or the one that comes with the library."""
    named = os.environ.get("PSANALYSIS_DATA")
    if named:
        return Path(named)
    bundled = Path(__file__).parents[1] / "data"
    return bundled if bundled.is_dir() else Path(__file__).parents[3] / "data"


def load(path: str | Path | None = None) -> Dataset:
    """Read and validate the data package.

    Parameters
    ----------
    path
        Folder that holds datapackage.json and the CSV files; by default the curated data of the project.

    Returns
    -------
    Dataset

    Raises
    ------
    DataError
        If anything is wrong: one error that lists every fault with file, line, column, value, rule and remedy.

    Examples
    --------
    >>> import psanalysis as ps
    >>> ds = ps.load()
    >>> ds.plans.loc[ds.plans.plan_id == "mianyang-14fyp", "horizon_year"].item()
    2025
    """
    folder = Path(path) if path is not None else data_folder()
    package = read_package(folder)
    tables = {resource.name: read_table(folder, resource) for resource in package.resources}
    faults = [fault for table in tables.values() for fault in table.faults]
    unreadable = {fault.file for fault in faults if fault.line <= 1}
    for table in tables.values():
        if table.resource.path not in unreadable:
            faults += validate_cells(table)
            sources = {key.resource for key in table.resource.foreign_keys if key.resource}
            if not any(tables[name].resource.path in unreadable for name in sources):
                faults += validate_references(table, tables)
    if faults:
        raise DataError(faults)
    frames = {name: typed(table) for name, table in tables.items()}
    faults = [
        Fault(tables[rule.table].resource.path, int(tables[rule.table].line[index]), rule.column,
              _shown(frames[rule.table].at[index, rule.column]), rule.rule, rule.remedy)
        for rule, rows in broken_rules(frames)
        for index in rows
    ]  # fmt: skip
    if faults:
        raise DataError(faults)
    return Dataset(**frames, package=package, content_hash=_hash(package, tables.values()))


def typed(table: RawTable) -> pd.DataFrame:
    """A table with the types of its schema: numbers, years, dates, strings; cells that state nothing are missing."""
    return pd.DataFrame({field.name: _column(table.frame[field.name], field.type) for field in table.resource.fields})


def _column(cells: pd.Series, kind: str) -> pd.Series:
    stated = cells.where(cells != "")
    if kind == "date":
        return pd.to_datetime(stated, format="%Y-%m-%d")
    if kind in ("integer", "year"):
        return pd.to_numeric(stated).astype("Int64")
    return pd.to_numeric(stated).astype("float64") if kind == "number" else stated


def _shown(value: object) -> str:
    return "" if pd.isna(value) else str(value)


def _hash(package: Package, tables: object) -> str:
    digest = hashlib.sha256(package.path.read_bytes())
    for table in tables:  # type: ignore[attr-defined]
        digest.update(table.content)
    return digest.hexdigest()


__all__ = ["Dataset", "Resource", "data_folder", "load"]
