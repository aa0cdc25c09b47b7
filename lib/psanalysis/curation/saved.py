"""A draft on disk: its table, the text that its offsets refer to, and what a person has decided, which no second draft loses."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from psanalysis.curation.accepted import read_rows
from psanalysis.curation.plan_info import AdditionError
from psanalysis.curation.sheets import sheet_bytes
from psanalysis.draft.drafting import Draft
from psanalysis.errors import Fault
from psanalysis.wholefile import write_whole

PLACE = ["char_start", "char_end", "role", "indicator_as_written"]


def save_draft(result: Draft, path: str | Path) -> tuple[Path, Path, int]:
    """Store a draft and, beside it, the normalised text that its offsets refer to.

    Parameters
    ----------
    result
        The draft.
    path
        The table to write (.csv or .xlsx), with an empty column `accepted` for the person who
        reviews it; the text goes beside it as `<name>.<first 12 digits of its SHA-256>.txt`. Where
        the table is there and a person has decided in it, the rows that say yes or no are kept as
        they are.

    Returns
    -------
    table, text, kept
        The two files, and the number of rows that were kept.

    Raises
    ------
    AdditionError
        If the file that is there is no draft, or has decisions on another text.
    """
    table = Path(path)
    sha256 = result.document.sha256
    frame = result.statements.assign(source_sha256=sha256, accepted="").astype(str)
    kept = _decided(table, list(frame.columns), sha256)
    if len(kept):
        places = set(kept[PLACE].itertuples(index=False, name=None))
        spans = set(kept[PLACE[:3]].itertuples(index=False, name=None))
        same = [
            tuple(row) in places or tuple(row[:3]) in spans
            for row in frame[PLACE].itertuples(index=False, name=None)
        ]
        frame = pd.concat([frame[[not one for one in same]], kept], ignore_index=True)
        order = pd.to_numeric(frame["char_start"], errors="coerce")
        frame = frame.iloc[order.argsort(kind="stable")].reset_index(drop=True)
    text = table.with_name(f"{table.stem}.{sha256[:12]}.txt")
    table.parent.mkdir(parents=True, exist_ok=True)
    write_whole(text, result.document.text.encode("utf-8"))
    write_whole(table, sheet_bytes(frame, table.suffix))
    return table, text, len(kept)


def _decided(table: Path, columns: list[str], sha256: str) -> pd.DataFrame:
    """The rows of the table that is there in which a person has decided."""
    if not table.exists():
        return pd.DataFrame(columns=columns)
    try:
        rows, _ = read_rows(table, ["accepted", *PLACE])
    except AdditionError:
        raise AdditionError(
            [
                Fault(
                    table.name, 0, "", "", "is there and is no draft", "choose another name with -o"
                )
            ]
        ) from None
    decided = [row for row in rows if row["accepted"].strip()]
    others = [row for row in decided if row.get("source_sha256") != sha256]
    if others:
        rule = f"has {len(others)} decisions on another text of the plan"
        raise AdditionError(
            [
                Fault(
                    table.name, 0, "accepted", "", rule, "choose another name with -o, or remove it"
                )
            ]
        )
    kept = [{column: row.get(column, "") for column in columns} for row in decided]
    return pd.DataFrame(kept, columns=columns, dtype="str")
