"""Reads filled-in forms for actual values: the rows that are filled in, with cells as in
actuals.csv.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from psanalysis.curation.accepted import NO as REFUSED
from psanalysis.curation.accepted import YES, text_beside
from psanalysis.curation.plan_info import AdditionError, Row
from psanalysis.curation.spans import misplaced, misplaced_fault
from psanalysis.curation.workbooks import NO_RESULT, Grid, read_grids
from psanalysis.datapackage.dataset import Dataset
from psanalysis.errors import Fault
from psanalysis.tables.form import ABOUT, APART, CODED, GIVEN, choices
from psanalysis.wording import LANGUAGES, say

HEAD_WITHIN = 10
NEEDED = ("area_id", "indicator_id", "year", "value")
NUMBERS = ("value", "value_high")
DATES = ("published_on", "retrieved_on")
DAY = re.compile(r"(\d{4})\D(\d{1,2})(?:\D(\d{1,2})\D?)?\D?")
PERCENT, PERCENT_UNIT = "%", "percent"


@dataclass(frozen=True)
class Filled:
    """Rows of one sheet that a person has filled in.

    Attributes
    ----------
    name
        Name of the sheet in messages.
    rows
        Cells by column of actuals.csv.
    lines
        Line of each row in the sheet.
    empty
        Number of rows that were left as the form had them, or were not accepted.
    """

    name: str
    rows: list[Row]
    lines: list[int]
    empty: int


def read_filled(path: Path, ds: Dataset) -> list[Filled]:
    """The filled-in rows of every sheet that has the columns of the form.

    Parameters
    ----------
    path
        A form of `psanalysis actuals template`, a draft of `psanalysis draft --actuals`, or any
        table with columns of actuals.csv, as XLSX or CSV.
    ds
        The data set, for codes and their words.

    Raises
    ------
    AdditionError
        If no sheet has the columns; if a formula has no result; or if the words of an accepted
        row of a draft differ from the text at its span.
    """
    columns = ds.package.by_name["actuals"].columns
    found, faults = [], []
    for grid in read_grids(path):
        head = _head(grid, columns)
        if head is None:
            continue
        line, names = head
        faults += _head_faults(grid.name, line, names, columns)
        rows = [
            (at, {name: cell for name, cell in zip(names, cells, strict=False) if name})
            for at, cells in grid.rows
            if at > line and not _is_head(names, cells)
        ]
        faults += [
            Fault(
                grid.name, at, name, "", "is a formula without a result", "write the number itself"
            )
            for at, row in rows
            for name, cell in row.items()
            if cell == NO_RESULT
        ]
        kept, refused = _accepted(grid.name, rows)
        faults += refused + _misplaced(path, kept, grid.name)
        filled = [(at, row) for at, row in kept if _is_filled(row, columns)]
        words = _codes(ds)
        cells = [{c: _cell(c, row, words) for c in columns} for _, row in filled]
        found.append(Filled(grid.name, cells, [at for at, _ in filled], len(rows) - len(filled)))
    if not found and not faults:
        rule = f"no sheet has the columns {', '.join(NEEDED)}"
        remedy = "take the form that psanalysis actuals template writes"
        faults.append(Fault(path.name, 0, "", "", rule, remedy))
    if faults:
        raise AdditionError(faults)
    return found


def _head(grid: Grid, columns: Sequence[str]) -> tuple[int, list[str]] | None:
    """Line and columns of the head: the row of codes if there is one near the top, else the row of
    titles.
    """
    titles = {
        say(f"form_head.{column}", lang).lower(): column
        for column in (*ABOUT, *columns)
        for lang in LANGUAGES
    }
    best = None
    for line, cells in grid.rows[:HEAD_WITHIN]:
        codes = [cell.strip().lower() for cell in cells]
        if set(NEEDED) <= set(codes):
            return line, codes
        named = [titles.get(code.split("\n")[0].strip(), "") for code in codes]
        if best is None and set(NEEDED) <= set(named):
            best = line, named
    return best


def _is_head(names: list[str], cells: list[str]) -> bool:
    """The row of codes below the titles."""
    at = names.index("area_id")
    return at < len(cells) and cells[at].strip().lower() == "area_id"


def _head_faults(name: str, line: int, names: list[str], columns: Sequence[str]) -> list[Fault]:
    needed = [c for c in (*NEEDED, *CODED, "publisher", "title") if c in columns]
    return [
        Fault(name, line, column, "", "column is missing", "take the columns of the form")
        for column in needed
        if column not in names
    ] + [
        Fault(name, line, column, "", "column is repeated", "keep one of them")
        for column in columns
        if names.count(column) > 1
    ]


def _accepted(name: str, rows: list[tuple[int, Row]]) -> tuple[list[tuple[int, Row]], list[Fault]]:
    """Of a draft the rows that a person has accepted; of a form all."""
    kept, faults = [], []
    for line, row in rows:
        word = row.get("accepted", "yes").strip().lower()
        if word in YES:
            kept.append((line, row))
        elif word not in REFUSED:
            rule, remedy = "is neither yes nor no", "write yes or no"
            faults.append(Fault(name, line, "accepted", row["accepted"], rule, remedy))
    return kept, faults


def _misplaced(path: Path, rows: list[tuple[int, Row]], name: str) -> list[Fault]:
    """Accepted rows of a draft whose words differ from the text beside it at their span."""
    drafted = [(line, row) for line, row in rows if row.get("source_sha256")]
    text = text_beside(path, drafted[0][1]["source_sha256"]) if drafted else None
    return [
        misplaced_fault(name, line, row)
        for line, row in drafted
        if text is not None and misplaced(row, text)
    ]


def _is_filled(row: Row, columns: Sequence[str]) -> bool:
    return any(row.get(column, "").strip() for column in columns if column not in GIVEN)


def _codes(ds: Dataset) -> dict[str, dict[str, str]]:
    """Accepted text (in lower case) -> code for a column of codes: the code itself and its words in
    both languages. Words that several codes share are not accepted.
    """
    found: dict[str, dict[str, str]] = {}
    for column, offered in choices(ds).items():
        words: dict[str, set[str]] = {}
        for code, shown in offered.items():
            for word in (shown, *shown.split(APART)[1:]):
                words.setdefault(word.strip().lower(), set()).add(code)
        alone = {word: next(iter(codes)) for word, codes in words.items() if len(codes) == 1}
        found[column] = alone | {code: code for code in offered}
    return found


def _cell(column: str, row: Row, words: Mapping[str, Mapping[str, str]]) -> str:
    """A cell as in actuals.csv; a cell that cannot be read for certain is not changed, so that the
    check reports it.
    """
    cell = row.get(column, "").strip()
    if column in words:
        code = cell.split(APART)[0].strip()
        return words[column].get(cell.lower()) or words[column].get(code.lower(), cell)
    if column in NUMBERS:
        number = unicodedata.normalize("NFKC", cell).replace("\u2212", "-")
        unit = row.get("unit_id", "").split(APART)[0].strip()
        if number.endswith(PERCENT) and words["unit_id"].get(unit.lower()) == PERCENT_UNIT:
            number = number.removesuffix(PERCENT).strip()
        return number
    if column in DATES and (found := DAY.fullmatch(cell)):
        return "-".join(part.zfill(2) for part in found.groups() if part)
    return cell


def as_frame(filled: Filled, columns: Sequence[str]) -> tuple[pd.DataFrame, np.ndarray]:
    """The rows as a frame of strings with the columns `columns`, and the line of each
    in its sheet.
    """
    return pd.DataFrame(filled.rows, columns=list(columns), dtype="str"), np.array(
        filled.lines, dtype="int64"
    )
