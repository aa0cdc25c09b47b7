"""Saves a draft: its table, and the text that its offsets refer to. Decisions in an earlier table
are kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from psanalysis.curation.accepted import read_rows
from psanalysis.curation.followers import SAME_AS
from psanalysis.curation.plan_info import AdditionError
from psanalysis.curation.printed import as_printed
from psanalysis.curation.sheets import sheet_bytes
from psanalysis.draft.drafting import Draft
from psanalysis.errors import Fault
from psanalysis.formats.document import Document
from psanalysis.wholefile import write_whole

KEY = ["char_start", "char_end", "role", "indicator_as_written"]


def save_draft(result: Draft, path: str | Path) -> tuple[Path, Path, int]:
    """Store a draft and, beside it, the normalised text that its offsets refer to.

    Parameters
    ----------
    result
        The draft.
    path
        The table to write (.csv or .xlsx), with an empty column `accepted` for the person who
        reviews it; the text goes beside it as `<name>.<first 12 digits of its SHA-256>.txt`. If
        the table exists, its rows with yes or no are kept unchanged.

    Returns
    -------
    table, text, kept
        The two files, and the number of rows that were kept.

    Raises
    ------
    AdditionError
        If the existing file is not a draft, or has decisions on another text.
    """
    table = Path(path)
    sha256 = result.document.sha256
    frame = result.statements.assign(source_sha256=sha256, accepted="").astype(str)
    kept = _decided(table, list(frame.columns), result.document)
    if len(kept):
        frame = _with_decided(frame, kept, result.plan.plan_id)
    text = table.with_name(f"{table.stem}.{sha256[:12]}.txt")
    table.parent.mkdir(parents=True, exist_ok=True)
    write_whole(text, result.document.text.encode("utf-8"))
    write_whole(table, sheet_bytes(frame, table.suffix))
    return table, text, len(kept)


def _with_decided(frame: pd.DataFrame, kept: pd.DataFrame, plan_id: str) -> pd.DataFrame:
    """A new draft in which each row of `kept` replaces its row, found by the columns KEY; both
    frames have the columns of a draft.

    A decided row takes `statement_id` and SAME_AS of the row that it replaces. Rows that the new
    draft lacks are numbered after it; all are sorted by `char_start`.
    """
    rows, decided = frame.to_dict("records"), kept.to_dict("records")
    for row, same in zip(decided, _same_rows(rows, decided), strict=True):
        number = len(rows) if same is None else same
        if same is None:
            rows.append({"statement_id": f"{plan_id}-{number + 1:03d}", SAME_AS: ""})
        ids = {c: rows[number][c] for c in ("statement_id", SAME_AS) if c in row}
        rows[number] = row | ids
    whole = pd.DataFrame(rows, columns=frame.columns, dtype="str")
    order = pd.to_numeric(whole["char_start"], errors="coerce")
    return whole.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def _same_rows(rows: list[dict[Any, Any]], decided: list[dict[Any, Any]]) -> list[int | None]:
    """For each decided row the number of the row with the same span and role: one of the same name
    if there is one.
    """
    found: list[int | None] = [None] * len(decided)
    for columns in (KEY, KEY[:3]):
        taken = set(found)
        left: dict[tuple[str, ...], list[int]] = {}
        for number, row in enumerate(rows):
            if number not in taken:
                left.setdefault(tuple(row[c] for c in columns), []).append(number)
        for index, row in enumerate(decided):
            own = left.get(tuple(row[c] for c in columns))
            if found[index] is None and own:
                found[index] = own.pop(0)
    return found


def _decided(table: Path, columns: list[str], document: Document) -> pd.DataFrame:
    """The rows of the saved table that a person has decided (`accepted` is not empty), with the
    columns `columns`.
    """
    if not table.exists():
        return pd.DataFrame(columns=columns)
    try:
        rows, _ = read_rows(table, ["accepted", *KEY])
    except AdditionError:
        raise AdditionError(
            [
                Fault(
                    table.name, 0, "", "", "is there and is no draft", "choose another name with -o"
                )
            ]
        ) from None
    decided = [row for row in rows if row["accepted"].strip()]
    others = [row for row in decided if row.get("source_sha256") != document.sha256]
    if others:
        rule = f"has {len(others)} decisions on another text of the plan"
        raise AdditionError(
            [
                Fault(
                    table.name, 0, "accepted", "", rule, "choose another name with -o, or remove it"
                )
            ]
        )
    decided = as_printed(decided, document.text)
    kept = [{column: row.get(column, "") for column in columns} for row in decided]
    return pd.DataFrame(kept, columns=columns, dtype="str")
