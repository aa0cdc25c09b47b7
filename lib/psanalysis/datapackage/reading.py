"""CSV bytes to a frame of strings: everything that can be wrong with a file before its cells are looked at."""

from __future__ import annotations

import csv
import hashlib
import math
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv

from psanalysis.datapackage.schema import Resource
from psanalysis.errors import Fault

TEXT = pa.large_string()
STRING = pd.StringDtype("pyarrow", na_value=np.nan)


@dataclass(frozen=True)
class RawTable:
    """A CSV file as strings; `line` says on which line of the file each row stands.

    `digest` is the SHA-256 of the file, `faults` are those of the file as a file. `whole` is False where rows are missing, or may have
    gone into a cell.
    """

    resource: Resource
    file: str
    digest: bytes
    frame: pd.DataFrame
    line: pd.Series
    faults: tuple[Fault, ...] = ()
    whole: bool = True

    def without(self, lines: set[int]) -> pd.DataFrame:
        """The rows that do not stand on these lines."""
        return self.frame[~self.line.isin(lines)] if lines else self.frame


def read_table(folder: Path, resource: Resource, file: str | None = None) -> RawTable:
    """Read one CSV of the data package without interpreting its cells.

    Faults of the file (missing, byte-order mark, not UTF-8, wrong header, rows of the wrong length) are returned, not
    raised, so that all files are reported together. `file` names another file with the columns of the resource.
    """
    name = file or resource.path
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        return _unreadable(resource, name, [Fault(name, 0, "", "", f"cannot be read: {error.strerror}", "restore the file")])
    faults = _text_faults(name, content) or _header_faults(name, content, resource)
    if faults:
        return _unreadable(resource, name, faults)
    try:
        return _parse(content, resource, name)
    except pa.ArrowInvalid as error:
        return _unreadable(resource, name, [Fault(name, 0, "", "", f"is not CSV: {error}", "check for a quotation mark without its pair")])


def table_of_frame(frame: pd.DataFrame, resource: Resource) -> RawTable:
    """A frame that a user made, as if it had been read from a CSV file; columns must be those of the resource."""
    name = f"{resource.name} (frame)"
    remedy = f"give {', '.join(resource.columns)}"
    columns = list(frame.columns)
    faults = [Fault(name, 1, column, "", "column is missing", remedy) for column in resource.columns if column not in columns]
    faults += [Fault(name, 1, column, "", "column is repeated", remedy) for column in resource.columns if columns.count(column) > 1]
    if faults:
        return _unreadable(resource, name, faults)
    text = pd.DataFrame({column: [_as_cell(cell) for cell in frame[column]] for column in resource.columns}, dtype="str")
    return RawTable(resource, name, b"", text, _lines(len(text), []))


def _as_cell(value: object) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if isinstance(value, (float, np.floating)) and math.isfinite(value):
        return f"{Decimal(f'{value:.15g}'):f}"
    return str(value)


def _unreadable(resource: Resource, name: str, faults: list[Fault]) -> RawTable:
    return RawTable(resource, name, b"", _no_rows(resource), _lines(0, []), tuple(faults), whole=False)


def _no_rows(resource: Resource) -> pd.DataFrame:
    return pd.DataFrame({column: pd.Series(dtype="str") for column in resource.columns})


def _text_faults(name: str, content: bytes) -> list[Fault]:
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return [Fault(name, 1, "", "", "starts with a byte-order mark", "save it as UTF-8 without BOM")]
    try:
        _check_utf8(content)
    except UnicodeDecodeError as error:
        guess = "GBK/GB18030" if _decodes(content, "gb18030") else "another encoding"
        rule = f"is not UTF-8 (byte {error.start}; it looks like {guess})"
        return [Fault(name, _line_at(content, error.start), "", "", rule, "save it as UTF-8")]
    if b"\x00" in content:
        return [Fault(name, _line_at(content, content.index(b"\x00")), "", "", "holds a NUL byte", "save it as plain UTF-8 text")]
    alone = re.search(rb"\r(?!\n)", content) if b"\r" in content else None
    if alone:
        return [Fault(name, _line_at(content, alone.start()), "", "", "holds a carriage return alone", "end lines with a line feed")]
    return []


def _check_utf8(content: bytes) -> None:
    """Raise UnicodeDecodeError with the place in the file; Arrow sees without decoding it whether there is one."""
    ends = pa.array([0, len(content)], pa.int64()).buffers()[1]
    try:
        pa.LargeStringArray.from_buffers(1, ends, pa.py_buffer(content)).validate(full=True)
    except pa.ArrowInvalid:
        content.decode("utf-8")
        raise


def _line_at(content: bytes, place: int) -> int:
    return content.count(b"\n", 0, place) + 1


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _header_faults(name: str, content: bytes, resource: Resource) -> list[Fault]:
    first = content[: content.find(b"\n") % (len(content) + 1)].decode("utf-8").rstrip("\r")
    header = next(csv.reader([first]), [])
    expected = f"the header must be {','.join(resource.columns)}"
    faults = [Fault(name, 1, column, "", "column is missing", expected) for column in resource.columns if column not in header]
    faults += [
        Fault(name, 1, column, "", "column is not in datapackage.json", "remove it or describe it there")
        for column in header
        if column not in resource.columns
    ]
    faults += [Fault(name, 1, column, "", "column is repeated", expected) for column in resource.columns if header.count(column) > 1]
    if not faults and header != resource.columns:
        faults.append(Fault(name, 1, "", ",".join(header), "columns are not in the order of datapackage.json", "reorder them"))
    return faults


def _parse(content: bytes, resource: Resource, name: str) -> RawTable:
    skipped: list[tuple[int, str, str]] = []

    def skip(row: arrow_csv.InvalidRow) -> str:
        rule = f"has {row.actual_columns} cells where the header has {len(resource.columns)}"
        skipped.append((row.number, rule, "check for a missing or an extra comma"))
        return "skip"

    digest = hashlib.sha256(content).digest()
    if content.find(b"\n") in (-1, len(content) - 1):
        return RawTable(resource, name, digest, _no_rows(resource), _lines(0, []))
    rows = content.count(b"\n") - content.endswith(b"\n")
    frame = _sound_cells(content, resource, rows)
    if frame is None:
        frame = _cells(content, resource, newlines_in_values=True, invalid_row_handler=skip)
    line = _lines(len(frame), [number for number, _, _ in skipped])
    if (frame.iloc[:, 0] == "").any() and (b"\n\n" in content or b"\n\r\n" in content):
        blank = (frame == "").all(axis=1)
        skipped += [(number, "is blank", "remove the line") for number in line[blank]]
        frame, line = frame[~blank].reset_index(drop=True), line[~blank].reset_index(drop=True)
    faults = [Fault(name, number, "", "", rule, remedy) for number, rule, remedy in skipped]
    broken = rows != len(frame) + len(skipped)
    if broken:
        line, faults = _with_breaks_inside(name, content, frame, line, faults)
    return RawTable(resource, name, digest, frame, line, tuple(faults), whole=not faults and not broken)


def _sound_cells(content: bytes, resource: Resource, rows: int) -> pd.DataFrame | None:
    """The cells on all cores, if every line is a row of the right length; None if a line has to be looked at."""
    try:
        frame = _cells(content, resource)
    except pa.ArrowInvalid:
        return None
    return frame if len(frame) == rows else None


def _cells(content: bytes, resource: Resource, **parsing: Any) -> pd.DataFrame:
    """The cells of a CSV as strings; rows in the order of the file. Lines can be told apart only by a single thread."""
    table = arrow_csv.read_csv(
        pa.BufferReader(content),
        read_options=arrow_csv.ReadOptions(use_threads=not parsing),
        parse_options=arrow_csv.ParseOptions(ignore_empty_lines=False, **parsing),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(resource.columns, TEXT), null_values=[], strings_can_be_null=False
        ),
    )
    columns = {}
    for name in table.column_names:  # one at a time, for a moment there are two of it
        columns[name] = pd.Series(STRING.__from_arrow__(table[name].combine_chunks()))
        table = table.drop_columns(name)
    return pd.DataFrame(columns, copy=False)


def _with_breaks_inside(
    name: str, content: bytes, frame: pd.DataFrame, line: pd.Series, faults: list[Fault]
) -> tuple[pd.Series, list[Fault]]:
    """Lines moved by the line breaks inside of cells before them; rows that vanished into a cell without end are a fault."""
    inside = frame.apply(lambda cells: cells.str.count("\n")).sum(axis=1).astype("int64")
    moved = [replace(fault, line=fault.line + int(inside[line < fault.line].sum())) for fault in faults]
    after = line + inside.cumsum().shift(fill_value=0)
    last = max([1, *after + inside, *(fault.line for fault in moved)])
    if last < content.count(b"\n") + (not content.endswith(b"\n")):
        rule = "has a quotation mark without its pair, which takes in the rest of the file"
        moved.append(Fault(name, last + 1, "", "", rule, "remove or close it"))
    return after, moved


def arrow_cells(cells: pd.Series) -> pa.LargeStringArray:
    """A column of strings as one Arrow array."""
    array = pa.array(cells, TEXT)
    if isinstance(array, pa.ChunkedArray):
        return array.chunk(0) if array.num_chunks == 1 else array.combine_chunks()
    return array


def _lines(rows: int, skipped: list[int]) -> pd.Series:
    """Line of each row that was kept: line 2 is the first row, lines of skipped rows are passed over."""
    passed = set(skipped)
    lines = [line for line in range(2, rows + 2 + len(passed)) if line not in passed] if passed else range(2, rows + 2)
    return pd.Series(lines, dtype="int64")
