"""The faults that `check` would find in the rows of a draft, with their lines in its file."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from psanalysis.curation.spans import misplaced, misplaced_fault
from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.rawtable import table_of_frame
from psanalysis.datapackage.rules import broken_rules
from psanalysis.datapackage.tables import typed
from psanalysis.datapackage.validation import validate_cells
from psanalysis.errors import Fault
from psanalysis.measures.actuals import checked_actuals

NEW = "new_"
HEADER = 2  # row 0 is on line 2


def draft_faults(
    file: str, rows: pd.DataFrame, text: str, ds: Dataset, name: str
) -> tuple[Fault, ...]:
    """The faults of all rows of a draft; their plan, area and indicator need not be in the data
    yet.

    Parameters
    ----------
    file
        Name of the draft's file.
    rows
        Its rows as they go into the data: the columns of statements.csv or actuals.csv, all cells
        strings.
    text
        The text that their offsets refer to.
    ds
        The data set that they are to go into.
    name
        The table of it: statements or actuals.
    """
    resource = ds.package.by_name[name]
    table = table_of_frame(rows[resource.columns], resource)
    if name == "actuals":
        found, _ = checked_actuals(ds, table)
        own = [replace(fault, file=file) for fault in found]
        return tuple(sorted({*own, *_misplaced(file, rows, text)}))
    faults = [replace(fault, file=file) for fault in validate_cells(table)]
    faults += [*_misplaced(file, rows, text), *_unknown(file, rows)]
    wrong = {fault.line for fault in faults}
    tables = {
        "statements": typed(table, wrong),
        "units": ds.units,
        "indicators": _indicators(ds, rows),
        "plans": ds.plans,
    }
    for rule, index in broken_rules(tables, list(tables)):
        for i in index:
            cell = tables["statements"].at[i, rule.column]
            shown = "" if pd.isna(cell) else str(cell)
            faults.append(Fault(file, int(i) + HEADER, rule.column, shown, rule.rule, rule.remedy))
    return tuple(sorted(set(faults)))


def _misplaced(file: str, rows: pd.DataFrame, text: str) -> list[Fault]:
    """Rows whose `value_as_written` is not the text from `char_start` to `char_end`."""
    return [
        misplaced_fault(file, number + HEADER, row, "correct char_start and char_end")
        for number, row in enumerate(rows.to_dict("records"))
        if misplaced(row, text)
    ]


def _unknown(file: str, rows: pd.DataFrame) -> list[Fault]:
    """Codes of `indicator_id` and `unit_id` that the drafting rules made up. The curator describes
    them in the form of add-plan, under an English code.
    """
    rule, remedy = "is a code to be replaced", "choose a known one, or give it an English code"
    return [
        Fault(file, number + HEADER, column, row[column], rule, remedy)
        for number, row in enumerate(rows.to_dict("records"))
        for column in ("indicator_id", "unit_id")
        if row[column].startswith(NEW)
    ]


def _indicators(ds: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """The indicators of the data set, and the new ones of the rows: `indicator_id` with the
    `unit_id` of its first row.
    """
    own = rows[["indicator_id", "unit_id"]].drop_duplicates("indicator_id")
    new = own[~own["indicator_id"].isin(ds.indicators["indicator_id"])]
    return pd.concat([ds.indicators, new], ignore_index=True)
