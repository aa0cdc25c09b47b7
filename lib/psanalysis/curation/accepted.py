"""Reads the accepted rows of a draft and checks them against the text of their offsets."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from psanalysis.curation.followers import followed
from psanalysis.curation.plan_info import AdditionError, Row
from psanalysis.curation.printed import as_printed
from psanalysis.curation.sheets import read_sheet
from psanalysis.curation.spans import misplaced, misplaced_fault
from psanalysis.errors import Fault
from psanalysis.wording import vocabulary

_ANSWERS = vocabulary("curation/words.toml")["accepted"]
YES, NO = frozenset(_ANSWERS["yes"]), frozenset(_ANSWERS["no"])


@dataclass(frozen=True)
class Accepted:
    """Accepted rows of one plan.

    Attributes
    ----------
    file
        Name of the file that they were read from.
    plan_id
        Their plan.
    rows
        Cells by column, with all columns of the file.
    lines
        Line of each row in the file.
    text
        The text that the offsets refer to, where it stands beside the file.
    """

    file: str
    plan_id: str
    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    text: str | None


def read_accepted(path: Path, columns: Sequence[str]) -> Accepted:
    """Read the accepted rows of a draft.

    Parameters
    ----------
    path
        CSV or XLSX with the columns of statements.csv and any others. With a column `accepted` (yes
        or no) only the rows with yes, else all. A row without an answer that repeats another row
        (`same_as`) follows that row's answer.
    columns
        The columns of statements.csv.

    Raises
    ------
    AdditionError
        If the file lacks columns, has rows of several plans, or has no accepted row; or if a span
        does not fit the text beside it.
    """
    name = path.name
    rows, lines = read_rows(path, columns)
    table = followed(rows)
    wrong = [
        (line, row["accepted"])
        for row, line in zip(table, lines, strict=True)
        if _word(row) not in YES | NO
    ]
    if wrong:
        raise AdditionError(
            [
                Fault(name, line, "accepted", cell, "is neither yes nor no", "write yes or no")
                for line, cell in wrong
            ]
        )
    kept = sorted(
        ((row, line) for row, line in zip(table, lines, strict=True) if _word(row) in YES),
        key=lambda item: (_offset(item[0]), item[1]),
    )
    if not kept:
        raise AdditionError(
            [
                Fault(
                    name,
                    0,
                    "accepted",
                    "",
                    "no row is accepted",
                    "write yes in the column accepted of the rows to keep",
                )
            ]
        )
    plans = sorted({row["plan_id"] for row, _ in kept})
    if len(plans) > 1:
        raise AdditionError(
            [
                Fault(
                    name,
                    0,
                    "plan_id",
                    ", ".join(plans),
                    "rows of more than one plan",
                    "add one plan at a time",
                )
            ]
        )
    text = text_beside(path, kept[0][0].get("source_sha256", ""))
    if text is not None:
        printed = as_printed([row for row, _ in kept], text)
        kept = list(zip(printed, (line for _, line in kept), strict=True))
    faults = (
        []
        if text is None
        else [misplaced_fault(name, line, row) for row, line in kept if misplaced(row, text)]
    )
    if faults:
        raise AdditionError(faults)
    return Accepted(
        name, plans[0], tuple(row for row, _ in kept), tuple(line for _, line in kept), text
    )


def read_rows(path: Path, columns: Sequence[str]) -> tuple[list[Row], list[int]]:
    """All rows of a draft as cells by column, and the line of each.

    Raises
    ------
    AdditionError
        If the file is not a table as Excel saves it, or lacks one of the columns.
    """
    head, *rows = read_sheet(path) or [(1, [])]
    header = [name.strip() for name in head[1]]
    faults = [
        Fault(path.name, 1, column, "", "column is missing", "take a draft's columns")
        for column in columns
        if column not in header
    ]
    faults += [
        Fault(
            path.name,
            line,
            "",
            "",
            f"has {len(row)} cells where the header has {len(header)}",
            "check for a missing or an extra comma",
        )
        for line, row in rows
        if len(row) != len(header)
    ]
    if faults:
        raise AdditionError(faults)
    return [dict(zip(header, row, strict=True)) for _, row in rows], [line for line, _ in rows]


def _word(row: Row) -> str:
    return row.get("accepted", "yes").strip().lower()


def _offset(row: Row) -> int:
    return int(row["char_start"]) if row["char_start"].isdecimal() else 0


def text_beside(path: Path, sha256: str) -> str | None:
    """The stored text of a draft; its hash must be the one that the rows name."""
    file = next(iter(sorted(path.parent.glob(f"*.{sha256[:12]}.txt"))), None) if sha256 else None
    if file is None:
        return None
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise AdditionError(
            [
                Fault(
                    file.name,
                    0,
                    "",
                    "",
                    "is not the text that was drafted",
                    "draft the document again",
                )
            ]
        )
    return content.decode("utf-8")
