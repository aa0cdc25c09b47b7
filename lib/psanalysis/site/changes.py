"""Compares the published site with the next one: rows of data, statuses, reports, numbers."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psanalysis.datapackage.dataset import Dataset, load
from psanalysis.datapackage.schema import Package
from psanalysis.errors import PsanalysisError
from psanalysis.measures.gaps import statuses
from psanalysis.site.datafiles import DataFiles
from psanalysis.site.model import hash_files
from psanalysis.site.sources import read_file

SENTENCE = re.compile(r"[。.](?:\s|$|(?<=。))")


@dataclass(frozen=True)
class RowChange:
    """A row that was added, removed or changed; for a changed row one record for each cell."""

    file: str
    row: str
    kind: str
    column: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class StatusChange:
    """A target whose status changed."""

    statement_id: str
    plan_id: str
    indicator_id: str
    old: str
    new: str


@dataclass(frozen=True)
class ReportChange:
    """A report whose page differs, and why; `same` where only the fingerprint of its inputs
    differs, and nothing that it shows.
    """

    id: str
    reasons: tuple[str, ...]
    same: bool = False


@dataclass(frozen=True)
class NumberChange:
    """A changed cell of a table, or a changed figure."""

    report: str
    place: str  # where on the page; the key of changes.json
    old: str = ""
    new: str = ""


def row_changes(old: Mapping[str, bytes], new: DataFiles, package: Package) -> list[RowChange]:
    """Differences of two data packages, row by row; rows are matched by primary key."""
    found: list[RowChange] = []
    for resource in package.resources:
        before, after = _differing(
            old.get(resource.path, b""), new.content(resource.path), resource.primary_key
        )
        for key in [*before, *(key for key in after if key not in before)]:
            row = " ".join(key)
            if key not in after:
                found.append(RowChange(resource.path, row, "removed"))
            elif key not in before:
                found.append(
                    RowChange(
                        resource.path,
                        row,
                        "added",
                        new=", ".join(v for v in after[key].values() if v),
                    )
                )
            else:
                cells = (
                    (column, before[key].get(column, ""), value)
                    for column, value in after[key].items()
                )
                found += [
                    RowChange(resource.path, row, "changed", column, was, now)
                    for column, was, now in cells
                    if was != now
                ]
    return found


def _differing(
    old: bytes, new: bytes, key: tuple[str, ...]
) -> tuple[dict[tuple[str, ...], dict[str, str]], ...]:
    """The lines that only one of two files has, as rows by key."""
    lines = [content.decode("utf-8").splitlines() for content in (old, new)]
    shared = (
        set(lines[0][1:]) & set(lines[1][1:])
        if all(lines) and lines[0][:1] == lines[1][:1]
        else set()
    )
    tables = []
    for own in lines:
        kept = own[:1] + [line for line in own[1:] if line not in shared]
        rows = csv.DictReader(kept)
        tables.append(
            {
                tuple(str(row.get(column) or "") for column in key): {
                    str(k): str(v or "") for k, v in row.items()
                }
                for row in rows
            }
        )
    return tuple(tables)


def stored_data(folder: Path, expected: str) -> dict[str, bytes] | None:
    """Files of an earlier data package, None if they are not there or are not those of the expected
    hash.
    """
    try:
        files = {path.name: read_file(path) for path in folder.iterdir()}
    except OSError:
        return None
    return files if hash_files(files) == expected else None


def keeps_data(folder: Path, files: DataFiles) -> bool:
    """Whether a folder has exactly these files."""
    try:
        return hash_files({path.name: read_file(path) for path in folder.iterdir()}) == files.hash
    except OSError:
        return False


def status_changes(old_folder: Path, ds: Dataset, rows: Sequence[RowChange]) -> list[StatusChange]:
    """The targets of both data sets whose status differs; none if the old data do not follow the
    present schema.

    `rows` are the changes of the data: if only statements changed, only their plans are
    compared.
    """
    files = {change.file for change in rows} - {
        "findings.csv",
        "services.csv",
        "projects.csv",
        "actuals.csv",
    }
    changed = {change.row.rsplit("-", 1)[0] for change in rows if change.file == "statements.csv"}
    try:
        old = load(old_folder)
        present = [plan for plan in ds.plans["plan_id"] if plan in set(old.plans["plan_id"])]
        plans = (
            [plan for plan in present if plan in changed]
            if files <= {"statements.csv"}
            else present
        )
        if not plans:
            return []
        before = {
            target: status for plan in plans for target, status in statuses(old, plan).items()
        }
    except PsanalysisError:
        return []
    indicators = dict(
        zip(ds.statements["statement_id"], ds.statements["indicator_id"], strict=True)
    )
    return [
        StatusChange(str(target), plan, str(indicators[target]), str(before[target]), str(status))
        for plan in plans
        for target, status in statuses(ds, plan).items()
        if target in before and before[target] != status
    ]


def number_changes(
    report: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[NumberChange]:
    """Cells and figures of a page that differ from its earlier version; rows are matched by their
    first cell, tables by their name.
    """
    before = {key: table["rows"] for key, table in _told_apart(old["tables"])}
    for key, table in _told_apart(new["tables"]):
        was = _cells(before.get(key, []))
        caption = table["caption"] or key[0]
        now = _cells(table["rows"])
        for cell, value in now.items():
            if was.get(cell, "") != value and key in before:
                yield NumberChange(
                    report, f"{caption}: {cell[0]} · {cell[2]}", was.get(cell, ""), value
                )
        for cell, value in was.items():
            if cell not in now:
                yield NumberChange(report, f"{caption}: {cell[0]} · {cell[2]}", value, "")
    figures = {figure["name"]: figure for figure in old["figures"]}
    for figure in new["figures"]:
        if figure["name"] in figures and figures[figure["name"]]["sha256"] != figure["sha256"]:
            yield NumberChange(report, SENTENCE.split(figure["label"])[0] or figure["name"])


def _told_apart(
    tables: Sequence[Mapping[str, Any]],
) -> Iterator[tuple[tuple[str, int], Mapping[str, Any]]]:
    """Tables by name; tables of the same name are numbered."""
    seen: Counter[str] = Counter()
    for number, table in enumerate(tables):
        name = str(table["name"] or f"table {number + 1}")
        seen[name] += 1
        yield (name, seen[name]), table


def _cells(rows: list[list[str]]) -> dict[tuple[str, int, str], str]:
    """Cell texts by first cell of the row, its occurrence, and column heading."""
    if not rows:
        return {}
    header, count, cells = rows[0], {}, {}  # type: ignore[var-annotated]
    for row in rows[1:]:
        label = row[0] if row else ""
        count[label] = count.get(label, 0) + 1
        for column, value in zip(header[1:], row[1:], strict=False):
            cells[(label, count[label], column)] = value
    return cells
