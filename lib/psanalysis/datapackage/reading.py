"""CSV bytes to columns of strings: everything that can be wrong with a file before its cells are looked at."""

from __future__ import annotations

import csv
import difflib
import hashlib
import re
from dataclasses import replace
from io import RawIOBase
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from psanalysis.datapackage.files import open_regular, read_regular
from psanalysis.datapackage.handed_in import ENCODINGS, as_csv
from psanalysis.datapackage.rawtable import (
    TEXT,
    RawTable,
    file_lines,
    no_rows,
    one_array,
    unreadable,
)
from psanalysis.datapackage.schema import Resource
from psanalysis.errors import Fault

# fewer and larger pieces to put together than Arrow's own megabyte
BLOCK_BYTES = 2**22


def read_table(folder: Path, resource: Resource, file: str | None = None) -> RawTable:
    """Read one CSV of the data package without interpreting its cells.

    Faults of the file (missing, byte-order mark, not UTF-8, wrong header, rows of the wrong length) are returned, not
    raised, so that all files are reported together. `file` names another file with the columns of the resource.
    """
    name = file or resource.path
    try:
        sound = _sound_table(folder / name, resource, name)
        if sound:
            return sound
        content = read_regular(folder / name)
    except OSError as error:
        return unreadable(
            resource,
            name,
            [Fault(name, 0, "", "", f"cannot be read: {error.strerror}", "restore the file")],
        )
    return _checked(content, resource, name)


def read_handed_in(path: Path, resource: Resource) -> RawTable:
    """Read a table that a person hands in, with the columns of a resource, in the encodings and with the separators that Excel writes.

    Faults of the file are returned, not raised, as by `read_table`.
    """
    try:
        text = as_csv(read_regular(path))
    except OSError as error:
        rule = f"cannot be read: {error.strerror}"
        return unreadable(
            resource, path.name, [Fault(str(path), 0, "", "", rule, "name a CSV file")]
        )
    if text is None:
        fault = Fault(path.name, 0, "", "", f"is no text in {ENCODINGS}", "save it as CSV UTF-8")
        return unreadable(resource, path.name, [fault])
    return _checked(text.encode(), resource, path.name)


def _checked(content: bytes, resource: Resource, name: str) -> RawTable:
    faults = _text_faults(name, content) or _header_faults(name, content, resource)
    if faults:
        return unreadable(resource, name, faults)
    try:
        return _parse(content, resource, name)
    except pa.ArrowInvalid as error:
        return unreadable(
            resource,
            name,
            [
                Fault(
                    name,
                    0,
                    "",
                    "",
                    f"is not CSV: {error}",
                    "check for a quotation mark without its pair",
                )
            ],
        )


def _sound_table(path: Path, resource: Resource, name: str) -> RawTable | None:
    """A file in which every line is a row and nothing is amiss, read once and never held; None if it has to be looked at."""
    header = f"{','.join(resource.columns)}\n".encode()
    with open_regular(path) as file:
        if file.read(len(header)) != header:
            return None
        file.seek(0)
        passed = _Passed(file)
        try:
            cells = _cells(pa.PythonFile(passed, "r"), resource)
        except pa.ArrowInvalid:
            return None
    sound = passed.plain and len(cells) == passed.rows and not cells.column(0).null_count
    return (
        RawTable(resource, name, passed.digest.digest(), cells, file_lines(len(cells), []))
        if sound
        else None
    )


class _Passed:
    """A file on its way to a reader: its SHA-256, how many lines follow the first, and whether it is free of NUL and carriage returns."""

    def __init__(self, file: RawIOBase):
        self.file, self.digest, self.breaks, self.ended, self.plain = (
            file,
            hashlib.sha256(),
            0,
            True,
            True,
        )

    @property
    def closed(self) -> bool:
        return self.file.closed

    @property
    def rows(self) -> int:
        return self.breaks - self.ended

    def read(self, size: int) -> bytes:
        content = self.file.read(size) or b""
        self.digest.update(content)
        self.breaks += content.count(b"\n")
        self.plain = self.plain and b"\x00" not in content and b"\r" not in content
        self.ended = content.endswith(b"\n") if content else self.ended
        return content


def _text_faults(name: str, content: bytes) -> list[Fault]:
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return [
            Fault(name, 1, "", "", "starts with a byte-order mark", "save it as UTF-8 without BOM")
        ]
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        guess = "GBK/GB18030" if _decodes(content, "gb18030") else "another encoding"
        rule = f"is not UTF-8 (byte {error.start}; it looks like {guess})"
        return [Fault(name, _line_at(content, error.start), "", "", rule, "save it as UTF-8")]
    if b"\x00" in content:
        return [
            Fault(
                name,
                _line_at(content, content.index(b"\x00")),
                "",
                "",
                "holds a NUL byte",
                "save it as plain UTF-8 text",
            )
        ]
    alone = re.search(rb"\r(?!\n)", content) if b"\r" in content else None
    if alone:
        return [
            Fault(
                name,
                _line_at(content, alone.start()),
                "",
                "",
                "holds a carriage return alone",
                "end lines with a line feed",
            )
        ]
    return []


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
    faults = [
        Fault(name, 1, column, "", "column is missing", expected)
        for column in resource.columns
        if column not in header
    ]
    faults += [
        Fault(
            name,
            1,
            column,
            "",
            "column is not in datapackage.json",
            _instead(column, [one for one in resource.columns if one not in header]),
        )
        for column in header
        if column not in resource.columns
    ]
    faults += [
        Fault(name, 1, column, "", "column is repeated", expected)
        for column in resource.columns
        if header.count(column) > 1
    ]
    if not faults and header != resource.columns:
        faults.append(
            Fault(
                name,
                1,
                "",
                ",".join(header),
                "columns are not in the order of datapackage.json",
                "reorder them",
            )
        )
    return faults


def _instead(column: str, missing: list[str]) -> str:
    """What to do with a column that nobody knows: one that is missing may be meant."""
    begun = [one for one in missing if one.startswith(f"{column}_") or column.startswith(f"{one}_")]
    meant = begun or difflib.get_close_matches(column, missing, n=1, cutoff=0.7)
    return f"rename it {meant[0]}" if meant else "remove it or describe it there"


def _parse(content: bytes, resource: Resource, name: str) -> RawTable:
    skipped: list[tuple[int, str, str]] = []

    def skip(row: arrow_csv.InvalidRow) -> str:
        rule = f"has {row.actual_columns} cells where the header has {len(resource.columns)}"
        skipped.append((row.number, rule, "check for a missing or an extra comma"))
        return "skip"

    digest = hashlib.sha256(content).digest()
    if content.find(b"\n") in (-1, len(content) - 1):
        return RawTable(resource, name, digest, no_rows(resource), file_lines(0, []))
    rows = content.count(b"\n") - content.endswith(b"\n")
    cells = _cells(
        pa.BufferReader(content), resource, newlines_in_values=True, invalid_row_handler=skip
    )
    line = file_lines(len(cells), [number for number, _, _ in skipped])
    if cells.column(0).null_count and (b"\n\n" in content or b"\n\r\n" in content):
        nulls = [column.is_null().to_numpy(zero_copy_only=False) for column in cells.columns]
        blank = np.vstack(nulls).all(axis=0)
        skipped += [(int(number), "is blank", "remove the line") for number in line[blank]]
        cells, line = cells.filter(pa.array(~blank)), line[~blank]
    faults = [Fault(name, number, "", "", rule, remedy) for number, rule, remedy in skipped]
    broken = rows != len(cells) + len(skipped)
    if broken:
        line, faults = _with_breaks_inside(name, content, cells, line, faults)
    return RawTable(
        resource, name, digest, cells, line, tuple(faults), whole=not faults and not broken
    )


def _cells(source: Any, resource: Resource, **parsing: Any) -> pa.RecordBatch:
    """The cells of a CSV as strings; rows in the order of the file. Lines can be told apart only by a single thread."""
    table = arrow_csv.read_csv(
        source,
        read_options=arrow_csv.ReadOptions(use_threads=not parsing, block_size=BLOCK_BYTES),
        parse_options=arrow_csv.ParseOptions(ignore_empty_lines=False, **parsing),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(resource.columns, TEXT),
            null_values=[""],
            strings_can_be_null=True,
        ),
    )
    columns = []
    for name in table.column_names:  # one at a time, for a moment there are two of it
        columns.append(one_array(table[name]))
        table = table.drop_columns(name)
    return pa.RecordBatch.from_arrays(columns, resource.columns)


def _with_breaks_inside(
    name: str, content: bytes, cells: pa.RecordBatch, line: np.ndarray, faults: list[Fault]
) -> tuple[np.ndarray, list[Fault]]:
    """Lines moved by the line breaks inside of cells before them; rows that vanished into a cell without end are a fault."""
    breaks = [pc.count_substring(column, "\n").fill_null(0).to_numpy() for column in cells.columns]
    inside = np.vstack(breaks).sum(axis=0)
    moved = [
        replace(fault, line=fault.line + int(inside[line < fault.line].sum())) for fault in faults
    ]
    after = line + inside.cumsum() - inside
    last = max([1, *(after + inside), *(fault.line for fault in moved)])
    if last < content.count(b"\n") + (not content.endswith(b"\n")):
        rule = "has a quotation mark without its pair, which takes in the rest of the file"
        moved.append(Fault(name, int(last) + 1, "", "", rule, "remove or close it"))
    return after, moved
