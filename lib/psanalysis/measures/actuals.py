"""Actual values: the data set's own, or a user's file checked against the same schema."""

from __future__ import annotations

from numbers import Integral
from pathlib import Path
from typing import Any

import pandas as pd

from psanalysis.comparators import SIDELESS
from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.rawtable import RawTable, table_of_frame
from psanalysis.datapackage.reading import read_handed_in
from psanalysis.datapackage.rules import broken_rules
from psanalysis.datapackage.tables import typed
from psanalysis.datapackage.validation import validate_cells
from psanalysis.errors import DataError, Fault, ParameterError
from psanalysis.measures.units import convert_column

LATEST = ("area_id", "indicator_id", "current_year", "current", "source_citation")


def latest_actuals(
    ds: Dataset, actuals: str | Path | pd.DataFrame | None, as_of: int | None
) -> pd.DataFrame:
    """Latest value of each area and indicator up to a year: `area_id`, `indicator_id`, `current`,
    `current_year`, `source_citation`.

    Values are in the unit of the indicator. Of several publications of a year the last one holds.
    Bounds (more than 95 %) are no values.
    """
    rows = chosen_actuals(ds, actuals, as_of)
    rows = rows[rows["comparator"].isin(SIDELESS)]
    rows = rows.sort_values(["year", "published_on"], kind="stable", na_position="first")
    rows = rows.drop_duplicates(["area_id", "indicator_id"], keep="last")
    unit = rows["indicator_id"].map(ds.indicators.set_index("indicator_id")["unit_id"])
    rows = rows.assign(
        current=convert_column(rows["value"], rows["unit_id"], unit, ds.units),
        source_citation=[citation(row) for row in rows.to_dict("records")],
    )
    return rows.rename(columns={"year": "current_year"})[list(LATEST)]


def chosen_actuals(
    ds: Dataset, actuals: str | Path | pd.DataFrame | None, as_of: int | None
) -> pd.DataFrame:
    """The actual values to look at, with the columns of actuals.csv: a user's, or the data set's
    own, up to a year.

    Raises
    ------
    ParameterError
        If as_of is not a year.
    DataError
        If a user's values break the schema.
    """
    if as_of is not None and (
        isinstance(as_of, bool) or not isinstance(as_of, Integral) or not 1000 <= as_of <= 9999
    ):
        raise ParameterError(
            f"as_of={as_of!r} is not a year -> give a whole number such as 2023, or None"
        )
    own = actuals is None or (isinstance(actuals, str) and actuals == "")
    rows = ds.actuals if actuals is None or own else read_actuals(ds, actuals)
    return rows if as_of is None else rows[rows["year"] <= as_of]


def citation(row: dict[str, Any]) -> str:
    """Publisher, title and date of an actual value, as far as they are known; otherwise the
    curator's note.
    """
    parts = [
        str(row[name]) for name in ("publisher", "title", "published_on") if pd.notna(row[name])
    ]
    if parts:
        return ", ".join(parts)
    return "" if pd.isna(row["note_zh"]) else str(row["note_zh"])


def read_actuals(ds: Dataset, actuals: str | Path | pd.DataFrame) -> pd.DataFrame:
    """Read and check actual values from a file or a frame with the columns of actuals.csv.

    Raises
    ------
    DataError
        Every fault at once: cells, codes that the data set does not have, units of another
        dimension.
    ParameterError
        If it is neither a path nor a frame.
    """
    resource = ds.package.by_name["actuals"]
    if isinstance(actuals, pd.DataFrame):
        table = table_of_frame(actuals, resource)
    elif not isinstance(actuals, str | Path):
        raise ParameterError(
            f"actuals={actuals!r} is neither a file nor a frame -> give the path of a CSV file, "
            "or a frame, with the columns of actuals.csv"
        )
    else:
        table = read_handed_in(Path(actuals), resource)
    faults, frame = checked_actuals(ds, table)
    if faults:
        raise DataError(faults)
    return frame


def checked_actuals(ds: Dataset, table: RawTable) -> tuple[list[Fault], pd.DataFrame]:
    """Every fault of a table with the columns of actuals.csv, all at once; and its rows without
    faults of their own, typed.
    """
    faults = [*table.faults, *validate_cells(table), *_reference_faults(ds, table)]
    frame = typed(table, {fault.line for fault in faults})
    faults += [
        table.fault(row, rule.column, rule.rule, rule.remedy)
        for rule, rows in broken_rules({"actuals": frame}, ())
        for row in rows
    ]
    return faults, frame


def _reference_faults(ds: Dataset, table: RawTable) -> list[Fault]:
    """Codes that the data set does not have, and units that do not convert to the indicator's."""
    faults = []
    known = {
        "area_id": ds.areas["area_id"],
        "indicator_id": ds.indicators["indicator_id"],
        "unit_id": ds.units["unit_id"],
    }
    for column, codes in known.items():
        values = table.frame[column]
        for index in values.index[values.notna() & ~values.isin(codes)]:
            faults.append(
                table.fault(
                    index, column, f"is no known {column}", "use a code of the data package"
                )
            )
    dimension = ds.units.set_index("unit_id")["dimension"]
    unit = table.frame["indicator_id"].map(ds.indicators.set_index("indicator_id")["unit_id"])
    own, wanted = table.frame["unit_id"].map(dimension), unit.map(dimension)
    apart = own.notna() & wanted.notna() & (own != wanted)
    for index in table.frame.index[apart]:
        rule, remedy = (
            "is of another dimension than its indicator's unit",
            f"use a unit that converts to {unit[index]}",
        )
        faults.append(table.fault(index, "unit_id", rule, remedy))
    return faults
