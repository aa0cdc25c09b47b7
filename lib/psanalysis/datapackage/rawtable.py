"""A table before its cells are interpreted: strings, and their lines."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
from pandas.api.extensions import ExtensionArray

from psanalysis.datapackage.schema import Resource
from psanalysis.errors import Fault

TEXT = pa.large_string()


@dataclass(frozen=True)
class RawTable:
    """A CSV file as strings, missing where a cell is empty; `line` is the line of each row in the
    file.

    `digest` is the SHA-256 of the file, `faults` are those of the file as a file. `whole` is False
    where rows are missing, or may have gone into a cell.
    """

    resource: Resource
    file: str
    digest: bytes
    cells: pa.RecordBatch
    line: np.ndarray
    faults: tuple[Fault, ...] = ()
    whole: bool = True

    @cached_property
    def distinct(self) -> dict[str, pa.Array]:
        """The distinct cells of each column."""
        return {name: self.cells.column(name).unique() for name in self.resource.columns}

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The cells as a frame of strings with the columns of the `resource`."""
        return pd.DataFrame(
            {name: strings(self.cells.column(name)) for name in self.resource.columns}, copy=False
        )

    def fault(self, row: int, column: str, rule: str, remedy: str) -> Fault:
        """A fault of one cell, with its line and value."""
        return Fault(
            self.file,
            int(self.line[row]),
            column,
            self.cells.column(column)[int(row)].as_py() or "",
            rule,
            remedy,
        )


def table_of_frame(frame: pd.DataFrame, resource: Resource) -> RawTable:
    """A user's frame as a table, as if it had been read from a CSV file: with the columns of
    `resource`, of which those that are not required may be left out.
    """
    name = f"{resource.name} (frame)"
    needed = [field.name for field in resource.fields if field.required]
    remedy = f"give {', '.join(needed)}"
    columns = list(frame.columns)
    faults = [
        Fault(name, 1, column, "", "column is missing", remedy)
        for column in needed
        if column not in columns
    ]
    faults += [
        Fault(name, 1, column, "", "column is repeated", remedy)
        for column in resource.columns
        if columns.count(column) > 1
    ]
    if faults:
        return unreadable(resource, name, faults)
    cells = [
        pa.array([_as_cell(cell) or None for cell in frame[column]], TEXT)
        if column in columns
        else pa.nulls(len(frame), TEXT)
        for column in resource.columns
    ]
    return RawTable(
        resource,
        name,
        b"",
        pa.RecordBatch.from_arrays(cells, resource.columns),
        file_lines(len(frame), []),
    )


def _as_cell(value: object) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if isinstance(value, (float, np.floating)) and math.isfinite(value):
        return f"{Decimal(f'{value:.15g}'):f}"
    return str(value)


def unreadable(resource: Resource, name: str, faults: list[Fault]) -> RawTable:
    """A file without readable rows."""
    return RawTable(
        resource, name, b"", no_rows(resource), file_lines(0, []), tuple(faults), whole=False
    )


def no_rows(resource: Resource) -> pa.RecordBatch:
    """The columns of a table without rows."""
    return pa.RecordBatch.from_arrays(
        [pa.array([], TEXT) for _ in resource.columns], resource.columns
    )


def strings(cells: pa.Array) -> ExtensionArray:
    """An Arrow array of strings as a column for a frame, held as pandas is set to hold text: by
    default in Arrow, without a copy.
    """
    return pd.StringDtype(na_value=np.nan).__from_arrow__(cells)


def arrow_cells(cells: pd.Series) -> pa.LargeStringArray:
    """A column of strings as one Arrow array."""
    return one_array(pa.array(cells, TEXT))


def file_lines(rows: int, skipped: list[int]) -> np.ndarray:
    """Line of each row that was kept: line 2 is the first row, lines of skipped rows are passed
    over.
    """
    lines = np.arange(2, rows + 2 + len(set(skipped)))
    return lines[~np.isin(lines, skipped)] if skipped else lines


def one_array(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """A column as a single array, copied only if it has several chunks."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
