"""Reads a file of the data package, or one that a person hands in, as columns of strings with its
faults. Each file is read once.
"""

from __future__ import annotations

import hashlib
from io import RawIOBase
from pathlib import Path

import pyarrow as pa

from psanalysis.datapackage.file_faults import header_faults, text_faults
from psanalysis.datapackage.files import open_regular, read_regular
from psanalysis.datapackage.handed_in import ENCODINGS, as_csv
from psanalysis.datapackage.parsing import cells_of, parse
from psanalysis.datapackage.rawtable import RawTable, file_lines, unreadable
from psanalysis.datapackage.schema import Resource
from psanalysis.errors import Fault


def read_table(folder: Path, resource: Resource, file: str | None = None) -> RawTable:
    """Read one CSV of the data package without interpreting its cells.

    Faults of the file (missing, byte-order mark, not UTF-8, wrong header, rows of the wrong length)
    are returned, not raised, so that all files are reported together. `file` names another file
    with the columns of the resource.
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
    """Read a table that a person hands in, with the columns of a resource, in the encodings and
    with the separators that Excel writes.

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
    faults = text_faults(name, content) or header_faults(name, content, resource)
    if faults:
        return unreadable(resource, name, faults)
    try:
        return parse(content, resource, name)
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
    """A file without faults in which every line is a row, streamed without being kept in memory;
    None if it needs the full checks.
    """
    header = f"{','.join(resource.columns)}\n".encode()
    with open_regular(path) as file:
        if file.read(len(header)) != header:
            return None
        file.seek(0)
        passed = _Passed(file)
        try:
            cells = cells_of(pa.PythonFile(passed, "r"), resource)
        except pa.ArrowInvalid:
            return None
    sound = passed.plain and len(cells) == passed.rows and not cells.column(0).null_count
    return (
        RawTable(resource, name, passed.digest.digest(), cells, file_lines(len(cells), []))
        if sound
        else None
    )


class _Passed:
    """A file being streamed: its SHA-256, its number of lines after the first, and whether it has
    no NUL and no carriage return.
    """

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
