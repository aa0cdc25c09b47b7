"""A draft under review: each row accepted, corrected or rejected, and checked at every change.

This module has no widgets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from psanalysis.curation.accepted import read_rows, text_beside
from psanalysis.curation.draft_faults import HEADER, draft_faults
from psanalysis.curation.followers import followed, followers
from psanalysis.curation.plan_info import AdditionError
from psanalysis.curation.printed import as_printed
from psanalysis.curation.sheets import read_sheet, sheet_bytes
from psanalysis.datapackage.dataset import Dataset
from psanalysis.errors import Fault, ParameterError, choose, system_words
from psanalysis.wholefile import write_whole

YES, NO, OPEN = "yes", "no", ""
DECISIONS = (YES, NO, OPEN)
CORRECTED = (
    "indicator_id", "role", "year", "year_basis", "value", "value_high", "unit_id", "comparator",
    "pledge", "commitment", "nature", "area_id",
    "flow_start", "flow_end", "section", "indicator_as_written", "char_start", "char_end",
    "note_zh", "note_en",
    "unit_source",
)  # fmt: skip
OF_ACTUALS = (
    "indicator_id", "area_id", "year", "value", "value_high", "comparator", "unit_id",
    "value_as_stated", "publisher", "title", "published_on",
    "url", "retrieved_on", "status", "quality", "char_start", "char_end", "note_zh", "note_en",
)  # fmt: skip
# the columns of a row that can be corrected, by its table
COLUMNS = {"statements": CORRECTED, "actuals": OF_ACTUALS}


@dataclass(frozen=True)
class Curation:
    """A draft with decisions; immutable: every change returns a new one.

    Attributes
    ----------
    file
        The CSV of the draft.
    rows
        Its rows, all cells strings; column `accepted` is yes, no or empty.
    text
        The text that the offsets refer to.
    ds
        The data set that the rows are to go into.
    table
        The table of the data set: statements, or actuals for a draft of `psanalysis draft
        --actuals`.
    """

    file: Path
    rows: pd.DataFrame
    text: str
    ds: Dataset
    table: str = "statements"

    @classmethod
    def load(cls, file: str | Path, ds: Dataset) -> Curation:
        """Read a draft that `psanalysis draft` wrote, with the text beside it.

        Raises
        ------
        AdditionError
            If the file cannot be read or lacks columns, or if its text is missing or a different
            one.
        """
        path = Path(file)
        try:
            name = "actuals" if _is_of_actuals(path) else "statements"
            table, _ = read_rows(path, ds.package.by_name[name].columns)
        except OSError as error:
            raise AdditionError(
                [
                    Fault(
                        str(path),
                        0,
                        "",
                        "",
                        f"cannot be read ({system_words(error)})",
                        "name the table that `psanalysis draft DOCUMENT --plan CODE` wrote",
                    )
                ]
            ) from None
        rows = pd.DataFrame(table, dtype="str")
        text = (
            text_beside(path, rows["source_sha256"].iloc[0])
            if len(rows) and "source_sha256" in rows
            else None
        )
        if text is None:
            raise AdditionError(
                [
                    Fault(
                        path.name,
                        0,
                        "",
                        "",
                        "has no rows, or no text beside it",
                        "draft the document again",
                    )
                ]
            )
        words = "value_as_stated" if name == "actuals" else "value_as_written"
        rows = pd.DataFrame(as_printed(table, text, words), columns=rows.columns, dtype="str")
        return cls(path, rows if "accepted" in rows else rows.assign(accepted=OPEN), text, ds, name)

    def decide(self, number: int, decision: str) -> Curation:
        """Accept (yes) or reject (no) a row, or leave it open again (empty); rows are numbered from
        0.

        Further occurrences of the same statement follow (`resolved`), unless they are decided
        themselves.
        """
        choose("decision", decision, DECISIONS)
        return self._with(number, {"accepted": decision})

    def correct(self, number: int, column: str, cell: str) -> Curation:
        """Change a cell; with an offset, `value_as_written` changes to the text of the new span."""
        choose("column", column, COLUMNS[self.table])
        changed = {column: cell.strip()}
        if column in ("char_start", "char_end"):
            row = {**self.row(number), **changed}
            if row["char_start"].isdecimal() and row["char_end"].isdecimal():
                words = self.text[int(row["char_start"]) : int(row["char_end"])]
                written = {"value_as_written", "value_as_stated"} & {*self.rows.columns}
                changed |= dict.fromkeys(sorted(written), words)
        return self._with(number, changed)

    def row(self, number: int) -> dict[str, str]:
        """The cells of a row by column."""
        if not 0 <= number < len(self.rows):
            raise ParameterError(
                f"row={number} is not there -> choose one of 0 to {len(self.rows) - 1}"
            )
        return {str(column): str(cell) for column, cell in self.rows.iloc[number].items()}

    @cached_property
    def resolved(self) -> pd.DataFrame:
        """The rows as add-plan takes them, with the columns of the draft: those that repeat another
        one take its decision (`accepted`) and its `value`, unit and other shared cells, see
        `psanalysis.curation.followers.followed`.
        """
        rows = [
            {str(c): str(cell) for c, cell in row.items()} for row in self.rows.to_dict("records")
        ]
        return pd.DataFrame(followed(rows), columns=self.rows.columns, dtype="str")

    def occurrences(self, number: int) -> tuple[int, ...]:
        """The rows that follow a row: further occurrences of its statement that were not decided
        themselves.
        """
        return tuple(self._followers.get(number, ()))

    def follows(self, number: int) -> bool:
        """True for a row that repeats an earlier one and has no decision of its own."""
        return number in self._following

    @cached_property
    def _following(self) -> frozenset[int]:
        return frozenset(n for others in self._followers.values() for n in others)

    @cached_property
    def _followers(self) -> dict[int, list[int]]:
        return followers(self.rows.to_dict("records"))

    def faults(self, number: int) -> tuple[Fault, ...]:
        """The faults that `check` would find in a row; its plan, area and indicator need not be in
        the data yet.
        """
        self.row(number)
        return tuple(fault for fault in self.all_faults if fault.line == number + HEADER)

    @cached_property
    def all_faults(self) -> tuple[Fault, ...]:
        """The faults of all rows, at their lines of the file."""
        return draft_faults(self.file.name, self.resolved, self.text, self.ds, self.table)

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows by decision, and accepted rows with faults."""
        decided = self.resolved["accepted"]
        wrong = {fault.line - HEADER for fault in self.all_faults}
        return {
            "yes": int((decided == YES).sum()),
            "no": int((decided == NO).sum()),
            "open": int(decided.isin([YES, NO]).eq(False).sum()),
            "faulty": sum(
                decision == YES and number in wrong for number, decision in enumerate(decided)
            ),
        }

    def write(self, file: str | Path | None = None) -> Path:
        """Write the rows with the decisions, and the text beside them, for `psanalysis add-plan` or
        `actuals add`, which add the accepted rows.
        """
        path = Path(file) if file is not None else self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.stem}.{self.rows['source_sha256'].iloc[0][:12]}.txt")
        write_whole(beside, self.text.encode("utf-8"))
        return write_whole(path, sheet_bytes(self.rows, path.suffix))

    def _with(self, number: int, cells: Mapping[str, str]) -> Curation:
        self.row(number)
        rows = self.rows.copy()
        for column, cell in cells.items():
            rows.iloc[number, rows.columns.get_loc(column)] = cell
        return replace(self, rows=rows)


def _is_of_actuals(path: Path) -> bool:
    head = next(iter(read_sheet(path)), (1, []))[1]
    return "value_as_stated" in [name.strip() for name in head]
