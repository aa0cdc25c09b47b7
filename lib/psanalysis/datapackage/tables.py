"""Builds typed tables from checked cells, and packs them as Arrow files that are read without
validation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as arrow
import pyarrow.compute as pc
from pandas.api.extensions import ExtensionArray

from psanalysis.datapackage.files import read_regular
from psanalysis.datapackage.rawtable import RawTable, one_array, strings
from psanalysis.datapackage.schema import Package, Resource

PACKED = "checked.arrow"
HASH = b"content_hash"
INTEGERS = ("integer", "year")
DAY = "%Y-%m-%d"
# so many rows are packed at a time; two such batches are in memory at once
BATCH_ROWS = 4096
COMPRESSED = arrow.ipc.IpcWriteOptions(
    compression="lz4" if arrow.Codec.is_available("lz4") else None, use_threads=False
)
# a kernel should not start threads for so small a file
ALONE = arrow.ipc.IpcReadOptions(use_threads=False)


def typed(table: RawTable, without: Collection[int] = ()) -> pd.DataFrame:
    """Valid cells with the types of their schema: numbers, years, dates, strings; empty cells are
    missing. The columns are the fields of the resource, in their order.

    Rows on the lines `without` are left out; each row keeps its number as its index.
    """
    cells, index = table.cells, pd.RangeIndex(len(table.line))
    if without:
        kept = ~np.isin(table.line, list(without))
        cells, index = cells.filter(arrow.array(kept)), pd.Index(np.flatnonzero(kept))
    columns = {
        field.name: _values(cells.column(field.name), field.type) for field in table.resource.fields
    }
    return _frame(table.resource, columns, index)


def _values(cells: arrow.Array, kind: str) -> arrow.Array:
    if kind == "date":
        return pc.strptime(cells, format=DAY, unit="us")
    if kind == "number":
        return cells.cast(arrow.float64())
    return cells.cast(arrow.int64()) if kind in INTEGERS else cells


def _frame(resource: Resource, columns: Mapping[str, arrow.Array], index: pd.Index) -> pd.DataFrame:
    """The columns of a `resource` as a frame, each of the type of its field."""
    # arrays, because pandas would compare the indexes of series with each other
    return pd.DataFrame(
        {field.name: _cells(columns[field.name], field.type) for field in resource.fields},
        index=index,
        copy=False,
    )


def _cells(values: arrow.Array, kind: str) -> ExtensionArray | np.ndarray:
    if kind == "date":
        return values.to_pandas().array
    if kind == "number":
        return np.asarray(values.to_numpy(zero_copy_only=False))
    return pd.Int64Dtype().__from_arrow__(values) if kind in INTEGERS else strings(values)


def files_hash(package: Package, content: Callable[[str], bytes]) -> str:
    """`content_hash` of files by their names."""
    digests = (hashlib.sha256(content(resource.path)).digest() for resource in package.resources)
    return content_hash(content(package.path.name), digests)


def content_hash(descriptor: bytes, digests: Iterable[bytes]) -> str:
    """SHA-256 over a descriptor and the SHA-256 of each file, in the order of the descriptor."""
    digest = hashlib.sha256(descriptor)
    for one in digests:
        digest.update(one)
    return digest.hexdigest()


def named_within(lists: Iterable[str | None], there: Container[str]) -> list[str]:
    """Lists of statements as findings name them, without statements that the rows lack: a page with
    one of them needs no others.

    Examples
    --------
    >>> named_within(["a-001 a-002", None], {"a-002"})
    ['a-002', '']
    """
    return [" ".join(one for one in (cell or "").split() if one in there) for cell in lists]


class Packer:
    """Packs some rows of each table of a data set; reused for many selections of rows.

    Parameters
    ----------
    package, frames
        The data package and its checked tables by name.
    """

    def __init__(self, package: Package, frames: Mapping[str, pd.DataFrame]):
        """`frames` has one for each resource of the package, with the columns of that
        `resource`.
        """
        self.package = package
        self.tables = {
            resource.name: _packable(resource, frames[resource.name])
            for resource in package.resources
        }

    def packed(self, rows: Mapping[str, np.ndarray], files: Mapping[str, bytes]) -> bytes:
        """Packed rows of each table, tied by hash to the files (with descriptor) of just these
        rows.
        """
        mark = {HASH: files_hash(self.package, files.__getitem__).encode()}
        there = (
            self.tables["statements"].column("statement_id").take(arrow.array(rows["statements"]))
        )
        named = frozenset(there.to_pylist())
        sink = arrow.BufferOutputStream()
        for resource in self.package.resources:
            table, chosen = self.tables[resource.name], rows[resource.name]
            with arrow.ipc.new_stream(
                sink, table.schema.with_metadata(mark), options=COMPRESSED
            ) as stream:
                for start in range(0, len(chosen), BATCH_ROWS):
                    batch = table.take(arrow.array(chosen[start : start + BATCH_ROWS]))
                    stream.write_batch(
                        _of_these(batch, named) if resource.name == "findings" else batch
                    )
        return sink.getvalue().to_pybytes()


def _of_these(findings: arrow.RecordBatch, there: frozenset[str]) -> arrow.RecordBatch:
    """Findings that name no statement besides these."""
    column = findings.schema.get_field_index("statement_ids")
    field, lists = findings.schema.field(column), findings.column(column)
    cut = [cell or None for cell in named_within(lists.to_pylist(), there)]
    return findings.set_column(column, field, arrow.array(cut, field.type))


def _packable(resource: Resource, frame: pd.DataFrame) -> arrow.RecordBatch:
    """A frame with the columns of `resource` as one Arrow record batch."""
    arrays = [one_array(arrow.array(frame[name], from_pandas=True)) for name in resource.columns]
    return arrow.RecordBatch.from_arrays(arrays, resource.columns)


def unpacked(folder: Path, package: Package) -> tuple[dict[str, pd.DataFrame], str] | None:
    """The checked tables that are packed in a data package, with the columns that `package`
    describes, and its content hash; None without them, or if the files have changed since.
    """
    try:
        content = read_regular(folder / PACKED)
        current = files_hash(package, lambda name: read_regular(folder / name))
        source = arrow.BufferReader(content)
        tables = {
            resource.name: arrow.ipc.open_stream(source, options=ALONE).read_all()
            for resource in package.resources
        }
        if any(
            (table.schema.metadata or {}).get(HASH) != current.encode() for table in tables.values()
        ):
            return None
        return {
            resource.name: _unpacked(resource, tables[resource.name])
            for resource in package.resources
        }, current
    except (OSError, arrow.ArrowInvalid, KeyError):
        return None


def _unpacked(resource: Resource, table: arrow.Table) -> pd.DataFrame:
    """A packed table as a frame with the columns of its `resource`."""
    return _frame(
        resource,
        {name: one_array(table.column(name)) for name in resource.columns},
        pd.RangeIndex(len(table)),
    )
