"""Adds actual values to the data package, all or none. Every fault is reported at once with its
line; a revision is stored beside the value that it revises.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from psanalysis.curation.add_plan import check_copy
from psanalysis.curation.filled_form import Filled, as_frame, read_filled
from psanalysis.curation.plan_info import AdditionError, Row
from psanalysis.curation.transaction import finish, replace_files
from psanalysis.datapackage.dataset import Dataset, load
from psanalysis.datapackage.rawtable import table_of_frame
from psanalysis.errors import Fault
from psanalysis.measures.actuals import checked_actuals
from psanalysis.measures.magnitudes import doubted_values

TABLE = "actuals"
OF_SERIES = ("area_id", "indicator_id", "year")


class ActualsError(AdditionError):
    """Actual values that cannot be added: nothing was changed."""

    subject = "actual values to add"


@dataclass(frozen=True)
class AddedActuals:
    """What was added.

    Attributes
    ----------
    count
        Number of rows.
    empty
        Rows of the form that were not filled in.
    revisions
        Rows for a year that had a value already; the earlier value stays.
    doubts
        The new rows with a value of doubtful size, see `psanalysis.magnitudes`.
    unworded
        The new rows without the words of the publication, so that their value cannot be checked.
    """

    count: int
    empty: int
    revisions: int
    doubts: pd.DataFrame
    unworded: pd.DataFrame


def add_actuals(folder: Path, file: Path) -> AddedActuals:
    """Add the filled-in rows of a form, or the accepted rows of a draft, to actuals.csv.

    Parameters
    ----------
    folder
        The data folder.
    file
        XLSX or CSV, see `psanalysis.curation.filled_form.read_filled`.

    Returns
    -------
    AddedActuals

    Raises
    ------
    DataError
        If the data folder has faults already.
    ActualsError
        If anything is wrong with a row: every fault with file, sheet, row, column, value, rule and
        remedy. Nothing is changed then.
    """
    finish(folder)
    ds = load(folder)
    resource = ds.package.by_name[TABLE]
    try:
        sheets = read_filled(file, ds)
    except AdditionError as error:
        raise ActualsError(error.faults) from None
    faults = [fault for sheet in sheets for fault in _faults(sheet, ds)]
    faults += _repeated(sheets, ds)
    rows = [row for sheet in sheets for row in sheet.rows]
    empty = sum(sheet.empty for sheet in sheets)
    if not rows and not faults:
        rule, remedy = "no row is filled in", "fill in value, source and status of what is known"
        faults.append(Fault(file.name, 0, "value", "", rule, remedy))
    if faults:
        raise ActualsError(faults)
    old = (folder / resource.path).read_bytes()
    new, lines = _inserted(old, rows, resource.columns)
    sources = [(sheet.name, line) for sheet in sheets for line in sheet.lines]
    given = {
        (resource.path, line): Fault(name, at, "", "", "")
        for line, (name, at) in zip(lines, sources, strict=True)
    }
    after = check_copy(folder, {resource.path: new}, given)
    replace_files(folder, {resource.path: new}, {resource.path: old})
    doubts = doubted_values(after, after.actuals)
    own = np.array(lines) - 2
    unworded = after.actuals.loc[own][after.actuals.loc[own, "value_as_stated"].isna()]
    return AddedActuals(
        len(rows), empty, _revisions(rows, ds), doubts[doubts.index.isin(own)], unworded
    )


def _faults(sheet: Filled, ds: Dataset) -> list[Fault]:
    """The faults of the cells, codes and rows of a sheet."""
    resource = ds.package.by_name[TABLE]
    frame, lines = as_frame(sheet, resource.columns)
    table = replace(table_of_frame(frame, resource), file=sheet.name, line=lines)
    faults, _ = checked_actuals(ds, table)
    return faults


def _repeated(sheets: Iterable[Filled], ds: Dataset) -> list[Fault]:
    """Rows that are in actuals.csv already, or on another sheet."""
    key = ds.package.by_name[TABLE].primary_key
    there = ds.actuals[[*key, "value"]].astype("str").where(ds.actuals[[*key, "value"]].notna(), "")
    known = {
        tuple(cells[:-1]): f"is in actuals.csv already (line {line}, value {float(cells[-1]):g})"
        for line, cells in enumerate(there.itertuples(index=False, name=None), 2)
    }
    faults = []
    for sheet in sheets:
        own = {}
        for row, line in zip(sheet.rows, sheet.lines, strict=True):
            cells = tuple(row[column] for column in key)
            if cells in known:
                remedy = (
                    "leave the row out; a revision has a date of publication of its own and "
                    "status revised"
                )
                faults.append(
                    Fault(sheet.name, line, "+".join(key), ", ".join(cells), known[cells], remedy)
                )
            own[cells] = f"repeats the key of line {line} of {sheet.name}"
        known |= {cells: words for cells, words in own.items() if cells not in known}
    return faults


def _revisions(rows: Sequence[Row], ds: Dataset) -> int:
    known = {
        tuple(map(str, cells)) for cells in ds.actuals[list(OF_SERIES)].itertuples(index=False)
    }
    return sum(tuple(row[column] for column in OF_SERIES) in known for row in rows)


def _inserted(
    content: bytes, rows: Sequence[Row], columns: Sequence[str]
) -> tuple[bytes, list[int]]:
    """The file with each row after those of its place and indicator up to its year, else at the
    end; and the lines of the new rows.
    """
    text = content.decode("utf-8")
    head, *kept = list(csv.reader(io.StringIO(text, newline="")))
    entries: list[tuple[list[str], int]] = [(cells, -1) for cells in kept]
    for number, row in enumerate(rows):
        cells = [row[column] for column in columns]
        same = [
            at
            for at, (other, _) in enumerate(entries)
            if other[:2] == cells[:2] and other[2] <= cells[2]
        ] or [at - 1 for at, (other, _) in enumerate(entries) if other[:2] == cells[:2]][:1]
        entries.insert(same[-1] + 1 if same else len(entries), (cells, number))
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows([head, *(cells for cells, _ in entries)])
    lines = {number: line for line, (_, number) in enumerate(entries, 2) if number >= 0}
    return stream.getvalue().encode("utf-8"), [lines[number] for number in range(len(rows))]
