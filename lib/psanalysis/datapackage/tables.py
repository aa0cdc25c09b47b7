"""Tables of valid cells with the types of their schema; and packed, beside their files, for who need not check them again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as arrow
import pyarrow.compute as pc

from psanalysis.datapackage.reading import STRING, arrow_cells
from psanalysis.datapackage.schema import Package, Resource

PACKED = "checked.arrow"
HASH = b"content_hash"
INTEGERS = ("integer", "year")
DAY = "%Y-%m-%d"


def typed(resource: Resource, cells: pd.DataFrame) -> pd.DataFrame:
    """Valid cells with the types of their schema: numbers, years, dates, strings; cells that state nothing are missing."""
    return pd.DataFrame({field.name: _series(_values(cells[field.name], field.type), field.type, cells.index) for field in resource.fields})


def _values(cells: pd.Series, kind: str) -> arrow.Array:
    written = arrow_cells(cells)
    empty = pc.equal(written, "")
    stated = pc.if_else(empty, None, written) if pc.any(empty).as_py() else written
    if kind == "date":
        return pc.strptime(stated, format=DAY, unit="us")
    if kind == "number":
        return stated.cast(arrow.float64())
    return stated.cast(arrow.int64()) if kind in INTEGERS else stated


def _series(values: arrow.Array, kind: str, index: pd.Index) -> pd.Series:
    if kind == "date":
        return pd.Series(values.to_pandas().array, index=index)
    if kind == "number":
        return pd.Series(values.to_numpy(zero_copy_only=False), index=index)
    if kind in INTEGERS:
        return pd.Series(pd.Int64Dtype().__from_arrow__(values), index=index)
    return pd.Series(STRING.__from_arrow__(values), index=index)


def content_hash(descriptor: bytes, digests: Iterable[bytes]) -> str:
    """SHA-256 over a descriptor and the SHA-256 of each file, in the order of the descriptor."""
    digest = hashlib.sha256(descriptor)
    for one in digests:
        digest.update(one)
    return digest.hexdigest()


class Packer:
    """Makes packed tables of some rows of a data set, for as many choices of rows as are wanted.

    Parameters
    ----------
    package, frames
        The data package and its checked tables by name.
    """

    def __init__(self, package: Package, frames: Mapping[str, pd.DataFrame]):
        self.package = package
        self.tables = {
            resource.name: arrow.table({name: arrow.array(frames[resource.name][name], from_pandas=True) for name in resource.columns})
            for resource in package.resources
        }

    def packed(self, rows: Mapping[str, np.ndarray], files: Mapping[str, bytes]) -> bytes:
        """Rows of each table, bound to the files that hold just these rows, descriptor included."""
        digests = (hashlib.sha256(files[resource.path]).digest() for resource in self.package.resources)
        mark = {HASH: content_hash(files[self.package.path.name], digests).encode()}
        sink = arrow.BufferOutputStream()
        for resource in self.package.resources:
            table = self.tables[resource.name].take(arrow.array(rows[resource.name])).replace_schema_metadata(mark).combine_chunks()
            with arrow.ipc.new_stream(sink, table.schema) as stream:
                stream.write_table(table)
        return sink.getvalue().to_pybytes()


def unpacked(folder: Path, package: Package) -> tuple[dict[str, pd.DataFrame], str] | None:
    """Checked tables that lie packed in a data package, with its content hash; None if there are none, or if the files have changed since."""
    try:
        content = (folder / PACKED).read_bytes()
        digests = [hashlib.sha256((folder / resource.path).read_bytes()).digest() for resource in package.resources]
        current = content_hash(package.path.read_bytes(), digests)
        source = arrow.BufferReader(content)
        tables = {resource.name: arrow.ipc.open_stream(source).read_all() for resource in package.resources}
        if any((table.schema.metadata or {}).get(HASH) != current.encode() for table in tables.values()):
            return None
        return {resource.name: _frame(resource, tables[resource.name]) for resource in package.resources}, current
    except (OSError, arrow.ArrowInvalid, KeyError):
        return None


def _frame(resource: Resource, table: arrow.Table) -> pd.DataFrame:
    index = pd.RangeIndex(len(table))
    return pd.DataFrame(
        {field.name: _series(table.column(field.name).combine_chunks(), field.type, index) for field in resource.fields}, copy=False
    )
