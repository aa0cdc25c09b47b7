"""CSV bytes to a frame of strings: everything that can be wrong with a file before its cells are looked at."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv

from psanalysis.errors import Fault
from psanalysis.datapackage.schema import Resource


@dataclass(frozen=True)
class RawTable:
    """A CSV file as strings; `line` says on which line of the file each row stands."""

    resource: Resource
    file: str
    content: bytes
    frame: pd.DataFrame
    line: pd.Series
    faults: tuple[Fault, ...]


def read_table(folder: Path, resource: Resource, file: str | None = None) -> RawTable:
    """Read one CSV of the data package without interpreting its cells.

    Faults of the file (missing, byte-order mark, not UTF-8, wrong header, rows of the wrong length) are returned, not
    raised, so that all files are reported together. `file` names another file with the columns of the resource.
    """
    name = file or resource.path
    empty = pd.DataFrame({column: pd.Series(dtype="str") for column in resource.columns})
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        fault = Fault(name, 0, "", "", f"cannot be read: {error.strerror}", "restore the file")
        return RawTable(resource, name, b"", empty, _lines(0, []), (fault,))
    faults = _encoding_faults(name, content) or _header_faults(name, content, resource)
    if faults:
        return RawTable(resource, name, content, empty, _lines(0, []), tuple(faults))
    frame, bad_rows = _parse(content, resource)
    for number, found in bad_rows:
        rule = f"has {found} cells where the header has {len(resource.columns)}"
        faults.append(Fault(name, number, "", "", rule, "check for a missing or extra comma, or a blank line"))
    return RawTable(resource, name, content, frame, _lines(len(frame), [number for number, _ in bad_rows]), tuple(faults))


def table_of_frame(frame: pd.DataFrame, resource: Resource) -> RawTable:
    """A frame that a user made, as if it had been read from a CSV file; columns must be those of the resource."""
    missing = [column for column in resource.columns if column not in frame.columns]
    name = f"{resource.name} (frame)"
    faults = tuple(Fault(name, 1, column, "", "column is missing", f"give {', '.join(resource.columns)}") for column in missing)
    kept = frame.reindex(columns=resource.columns).reset_index(drop=True)
    text = pd.DataFrame({column: ["" if pd.isna(cell) else _as_cell(cell) for cell in kept[column]] for column in resource.columns}, dtype="str")
    return RawTable(resource, name, b"", text, _lines(len(text), []), faults)


def _as_cell(value: object) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _encoding_faults(name: str, content: bytes) -> list[Fault]:
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return [Fault(name, 1, "", "", "starts with a byte-order mark", "save it as UTF-8 without BOM")]
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        guess = "GBK/GB18030" if _decodes(content, "gb18030") else "another encoding"
        return [Fault(name, line, "", "", f"is not UTF-8 (byte {error.start}; it looks like {guess})", "save it as UTF-8")]
    if b"\x00" in content:
        line = content.count(b"\n", 0, content.index(b"\x00")) + 1
        return [Fault(name, line, "", "", "holds a NUL byte", "save it as plain UTF-8 text")]
    return []


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _header_faults(name: str, content: bytes, resource: Resource) -> list[Fault]:
    first = content.split(b"\n", 1)[0].decode("utf-8").rstrip("\r")
    header = next(csv.reader([first]), [])
    faults = [
        Fault(name, 1, column, "", "column is missing", f"the header must be {','.join(resource.columns)}")
        for column in resource.columns
        if column not in header
    ]
    faults += [
        Fault(name, 1, column, "", "column is not in datapackage.json", "remove it or describe it there")
        for column in header
        if column not in resource.columns
    ]
    if not faults and header != resource.columns:
        faults.append(Fault(name, 1, "", ",".join(header), "columns are not in the order of datapackage.json", "reorder them"))
    return faults


def _parse(content: bytes, resource: Resource) -> tuple[pd.DataFrame, list[tuple[int, int]]]:
    bad_rows: list[tuple[int, int]] = []

    def skip(row: arrow_csv.InvalidRow) -> str:
        bad_rows.append((row.number, row.actual_columns))
        return "skip"

    if content.count(b"\n") <= 1 and not content.split(b"\n", 1)[-1].strip():
        return pd.DataFrame({column: pd.Series(dtype="str") for column in resource.columns}), bad_rows
    table = arrow_csv.read_csv(
        io.BytesIO(content),
        read_options=arrow_csv.ReadOptions(use_threads=False),
        parse_options=arrow_csv.ParseOptions(ignore_empty_lines=False, invalid_row_handler=skip),
        convert_options=arrow_csv.ConvertOptions(
            column_types={column: pa.string() for column in resource.columns}, null_values=[], strings_can_be_null=False
        ),
    )
    return table.to_pandas().astype("str"), bad_rows


def _lines(rows: int, skipped: list[int]) -> pd.Series:
    """Line of each row that was kept: line 2 is the first row, lines of skipped rows are passed over."""
    passed = set(skipped)
    lines = [line for line in range(2, rows + 2 + len(passed)) if line not in passed] if passed else range(2, rows + 2)
    return pd.Series(lines, dtype="int64")
