"""The data package as lines of its files, so that a report can be given the rows it reads and no others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from psanalysis.datapackage.dataset import Dataset, load
from psanalysis.datapackage.schema import DESCRIPTOR
from psanalysis.site.errors import SiteError
from psanalysis.site.model import hash_files

Rows = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class DataFiles:
    """Bytes of the descriptor and of every CSV, by file name."""

    contents: Mapping[str, bytes]

    @cached_property
    def hash(self) -> str:
        return hash_files(self.contents)

    @cached_property
    def lines(self) -> dict[str, list[bytes]]:
        """Lines of each CSV with their ends: the first is the header, the next is row 0."""
        return {name: _lines(content) for name, content in self.contents.items() if name != DESCRIPTOR}

    def only(self, ds: Dataset, rows: Rows) -> dict[str, bytes]:
        """The package with some rows of each table, in the order of the files."""
        chosen = {DESCRIPTOR: self.contents[DESCRIPTOR]}
        for resource in ds.package.resources:
            lines = self.lines[resource.path]
            index = rows[resource.name]
            whole = len(index) == len(lines) - 1
            chosen[resource.path] = b"".join(lines if whole else [lines[0], *(lines[row + 1] for row in index)])
        return chosen


def load_with_files(folder: Path) -> tuple[Dataset, DataFiles]:
    """Load a data package together with the bytes that it was loaded from.

    Raises
    ------
    DataError
        If the data are faulty.
    SiteError
        If a file was edited meanwhile.
    """
    before = _read(folder)
    ds = load(folder)
    read = DataFiles({name: before[name] for name in [DESCRIPTOR, *(resource.path for resource in ds.package.resources)]})
    longer = [name for name, lines in read.lines.items() if len(lines) - 1 != len(getattr(ds, _table(ds, name)))]
    if longer or before != _read(folder):
        raise SiteError(f"{folder}: the data were edited while they were read -> run the build again")
    return ds, read


def _table(ds: Dataset, path: str) -> str:
    return next(resource.name for resource in ds.package.resources if resource.path == path)


def _read(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*")) if path.name == DESCRIPTOR or path.suffix == ".csv"}


def _lines(content: bytes) -> list[bytes]:
    lines = content.split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    return [line + b"\n" for line in lines]


def snapshot(contents: Mapping[str, bytes], folder: Path) -> None:
    """Write files into a new folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
