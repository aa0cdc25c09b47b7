"""Parses a CSV into strings, with the line of each row in the file."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from psanalysis.datapackage.rawtable import TEXT, RawTable, file_lines, no_rows, one_array
from psanalysis.datapackage.schema import Resource
from psanalysis.errors import Fault

# larger blocks than Arrow's own megabyte, so that fewer have to be joined
BLOCK_BYTES = 2**22


def parse(content: bytes, resource: Resource, name: str) -> RawTable:
    """The cells of a CSV with a sound header, and the line of each row; rows of the wrong length
    are faults of the table.
    """
    skipped: list[tuple[int, str, str]] = []

    def skip(row: arrow_csv.InvalidRow) -> str:
        rule = f"has {row.actual_columns} cells where the header has {len(resource.columns)}"
        skipped.append((row.number, rule, "check for a missing or an extra comma"))
        return "skip"

    digest = hashlib.sha256(content).digest()
    if content.find(b"\n") in (-1, len(content) - 1):
        return RawTable(resource, name, digest, no_rows(resource), file_lines(0, []))
    rows = content.count(b"\n") - content.endswith(b"\n")
    cells = cells_of(
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


def cells_of(source: Any, resource: Resource, **parsing: Any) -> pa.RecordBatch:
    """The cells of a CSV as strings; rows in the order of the file.

    Line numbers are known only with a single thread.
    """
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
    in_chunks, columns = table.columns[::-1], []
    del table
    while in_chunks:  # one column after the other: each is in memory twice meanwhile
        columns.append(one_array(in_chunks.pop()))
    return pa.RecordBatch.from_arrays(columns, resource.columns)


def _with_breaks_inside(
    name: str, content: bytes, cells: pa.RecordBatch, line: np.ndarray, faults: list[Fault]
) -> tuple[np.ndarray, list[Fault]]:
    """Line numbers corrected for line breaks within earlier cells; rows that were read as part of
    an unclosed cell are a fault.
    """
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
