"""Faults of a CSV file as a whole: its encoding, its characters, its header."""

from __future__ import annotations

import csv
import difflib
import re

from psanalysis.datapackage.schema import Resource
from psanalysis.errors import Fault


def text_faults(name: str, content: bytes) -> list[Fault]:
    """Why the bytes of a file are not plain UTF-8 text; empty if they are."""
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return [
            Fault(
                name,
                1,
                "",
                "",
                "starts with a byte-order mark",
                "save it as UTF-8 without BOM, as LibreOffice and editors can; Excel cannot",
            )
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


def _line_at(content: bytes, offset: int) -> int:
    return content.count(b"\n", 0, offset) + 1


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def header_faults(name: str, content: bytes, resource: Resource) -> list[Fault]:
    """How the first line of a file differs from the columns of its resource."""
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
    """The remedy for an unknown column: a missing one may be meant."""
    begun = [one for one in missing if one.startswith(f"{column}_") or column.startswith(f"{one}_")]
    meant = begun or difflib.get_close_matches(column, missing, n=1, cutoff=0.7)
    return f"rename it {meant[0]}" if meant else "remove it or describe it there"
