"""Adds a plan to the data package, all or nothing: first to a copy, whose files replace the
originals only if it loads without faults.
"""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from psanalysis.curation.accepted import Accepted
from psanalysis.curation.plan_info import AdditionError, Info, Row
from psanalysis.curation.transaction import finish, replace_files
from psanalysis.datapackage.dataset import Dataset, load
from psanalysis.draft.folding import fold
from psanalysis.errors import DataError, Fault

# the order in which files are replaced: files that others refer to come first
PARENTS_FIRST = (
    "areas", "domains", "units", "indicators", "plans", "plan_domains", "statements", "aliases",
)  # fmt: skip
# codes that are in a form and in its rows, and the column of the rows with the name
NAMED = (
    ("indicators", "indicator_id", "indicator_as_written"),
    ("units", "unit_id", "unit_as_written"),
)
SAME = ("plan_id", "indicator_id", "role", "char_start", "char_end")


@dataclass(frozen=True)
class Added:
    """What was added: the number of rows by file, and the first and last new statement_id."""

    counts: Mapping[str, int]
    first: str
    last: str


def add_plan(folder: Path, accepted: Accepted, info: Info, info_name: str) -> Added:
    """Add accepted rows, and the plan, areas, domains, domain headings and indicators that they
    need, to a data folder.

    Parameters
    ----------
    folder
        The data folder.
    accepted
        The rows; they are put in the order of the text and get new codes after those that the plan
        has.
    info
        Rows of the other tables.
    info_name
        Name of the file that `info` was read from, for messages.

    Returns
    -------
    Added

    Raises
    ------
    DataError
        If the data folder has faults already.
    AdditionError
        If the data would not be valid with the new rows: every fault, with its line in the given
        files. Nothing is changed then.
    """
    finish(folder)
    ds = load(folder)
    faults = list(_already_there(accepted, ds))
    if accepted.plan_id not in {*ds.plans["plan_id"], *(row["plan_id"] for row in info["plans"])}:
        faults.append(
            Fault(
                info_name,
                0,
                "plans.plan_id",
                accepted.plan_id,
                "the plan of the rows is missing",
                "add it to plans",
            )
        )
    if faults:
        raise AdditionError(faults)
    statements = _with_codes(accepted, ds)
    added_rows = {**info, "statements": statements, "aliases": _new_names(accepted, info, ds)}
    rows = {table: added_rows[table] for table in PARENTS_FIRST if added_rows[table]}
    old = {table: (folder / ds.package.by_name[table].path).read_bytes() for table in rows}
    new: dict[str, bytes] = {}
    given: dict[tuple[str, int], Fault] = {}
    for table, added in rows.items():
        resource = ds.package.by_name[table]
        after = accepted.plan_id if table == "statements" else None
        new[resource.path], start = _inserted(old[table], added, resource.columns, after)
        for index in range(len(added)):
            file, line, row = (
                (accepted.file, accepted.lines[index], "")
                if table == "statements"
                else (info_name, 0, f"{table}[{index + 1}].")
            )
            given[resource.path, start + index] = Fault(file, line, row, "", "")
    try:
        check_copy(folder, new, given)
    except AdditionError as error:
        raise AdditionError([*error.faults, *_renamed(accepted, info, info_name, ds)]) from None
    before = {ds.package.by_name[table].path: content for table, content in old.items()}
    replace_files(folder, new, before)
    counts = {ds.package.by_name[table].path: len(added) for table, added in rows.items()}
    return Added(counts, statements[0]["statement_id"], statements[-1]["statement_id"])


def _already_there(accepted: Accepted, ds: Dataset) -> list[Fault]:
    own = ds.statements[ds.statements["plan_id"] == accepted.plan_id]
    keys = {
        tuple(map(str, cells)): code
        for code, *cells in own[["statement_id", *SAME]].itertuples(index=False)
    }
    found = [
        (keys.get(tuple(row[column] for column in SAME)), line)
        for row, line in zip(accepted.rows, accepted.lines, strict=True)
    ]
    return [
        Fault(
            accepted.file, line, "", "", f"is in statements.csv already, as {code}", "leave it out"
        )
        for code, line in found
        if code
    ]


def _renamed(accepted: Accepted, info: Info, info_name: str, ds: Dataset) -> list[Fault]:
    """Codes of the form that no row has, where rows have codes that neither form nor data know:
    such a code was changed in one of the two only.
    """
    found = []
    for table, column, written in NAMED:
        used = {row[column] for row in accepted.rows if row[column]}
        unknown = used - {*getattr(ds, table)[column], *(row[column] for row in info[table])}
        for number, row in enumerate(info[table], 1):
            if row[column] in used or not unknown:
                continue
            same = {
                one[column]
                for one in accepted.rows
                if fold(one.get(written, "")) == fold(row["name_zh"])
            }
            codes = " or ".join(sorted(unknown & same or unknown))
            location = f"{table}[{number}].{column}"
            rule = "is the code of no accepted row"
            remedy = f"write {codes}, as the rows do, or change it there"
            found.append(Fault(info_name, 0, location, row[column], rule, remedy))
    return found


def _new_names(accepted: Accepted, info: Info, ds: Dataset) -> list[Row]:
    """Names as this plan writes them, for aliases.csv."""
    known = {*ds.indicators["indicator_id"], *(row["indicator_id"] for row in info["indicators"])}
    there = set(ds.aliases[["indicator_id", "alias", "plan_id"]].itertuples(index=False, name=None))
    names = [
        (row["indicator_id"], row["indicator_as_written"], accepted.plan_id)
        for row in accepted.rows
        if row["indicator_id"] in known and row["indicator_as_written"]
    ]
    return [
        {"indicator_id": indicator, "alias": name, "lang": "zh", "plan_id": plan}
        for indicator, name, plan in dict.fromkeys(names)
        if (indicator, name, plan) not in there
    ]


def _with_codes(accepted: Accepted, ds: Dataset) -> list[Row]:
    own = ds.statements.loc[ds.statements["plan_id"] == accepted.plan_id, "statement_id"]
    last = max((int(code.rsplit("-", 1)[1]) for code in own), default=0)
    return [
        row | {"statement_id": f"{accepted.plan_id}-{number:03d}"}
        for number, row in enumerate(accepted.rows, last + 1)
    ]


def _inserted(
    content: bytes, rows: list[Row], columns: list[str], after: str | None
) -> tuple[bytes, int]:
    """The file with rows added after those of a plan, or at its end; and the line of the first new
    row.
    """
    lines = content.decode("utf-8").splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    own = [
        number
        for number, line in enumerate(lines)
        if after is not None and line.split(",", 1)[0].rpartition("-")[0] == after
    ]
    at = own[-1] + 1 if own else len(lines)
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(
        [row[column] for column in columns] for row in rows
    )
    return "".join([*lines[:at], buffer.getvalue(), *lines[at:]]).encode("utf-8"), at + 1


def check_copy(
    folder: Path, new: Mapping[str, bytes], given: Mapping[tuple[str, int], Fault]
) -> Dataset:
    """The data of a copy of the folder with the new files; faults have their line in the given
    files.

    Raises
    ------
    AdditionError
        If the copy does not load.
    """
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "data"
        shutil.copytree(folder, copy)
        for path, content in new.items():
            (copy / path).write_bytes(content)
        try:
            return load(copy)
        except DataError as error:
            raise AdditionError(_at_home(fault, given) for fault in error.faults) from None


def _at_home(fault: Fault, given: Mapping[tuple[str, int], Fault]) -> Fault:
    source = given.get((fault.file, fault.line))
    return (
        fault
        if source is None
        else replace(fault, file=source.file, line=source.line, column=source.column + fault.column)
    )
