"""The data package as lines of its files, so that a report can be given the rows it reads and no others."""

from __future__ import annotations

import hashlib
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
    def starts(self) -> dict[str, np.ndarray]:
        """Where each line of each CSV starts, and where the last one ends: the first is the header, the next is row 0."""
        return {name: _starts(content) for name, content in self.contents.items() if name != DESCRIPTOR}

    def only(self, ds: Dataset, rows: Rows) -> dict[str, bytes]:
        """The package with some rows of each table, in the order of the files."""
        chosen = {DESCRIPTOR: self.contents[DESCRIPTOR]}
        for resource in ds.package.resources:
            content, starts = self.contents[resource.path], self.starts[resource.path]
            lines = np.concatenate([[0], rows[resource.name] + 1])
            ended = content if content.endswith(b"\n") else content + b"\n"
            chosen[resource.path] = b"".join(ended[starts[line] : starts[line + 1]] for line in lines)
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
    before = _digests(folder)
    ds = load(folder)
    read = DataFiles({name: (folder / name).read_bytes() for name in [DESCRIPTOR, *(resource.path for resource in ds.package.resources)]})
    longer = [name for name, starts in read.starts.items() if len(starts) - 2 != len(getattr(ds, _table(ds, name)))]
    if longer or before != _digests(folder) or any(before[name] != _digest(content) for name, content in read.contents.items()):
        raise SiteError(f"{folder}: the data were edited while they were read -> run the build again")
    return ds, read


def _table(ds: Dataset, path: str) -> str:
    return next(resource.name for resource in ds.package.resources if resource.path == path)


def _digests(folder: Path) -> dict[str, bytes]:
    """What tells an edited file from one that was left alone, for each file of the package, with one in memory at a time."""
    files = (path for path in sorted(folder.glob("*")) if path.name == DESCRIPTOR or path.suffix == ".csv")
    return {path.name: _digest(path.read_bytes()) for path in files}


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _starts(content: bytes) -> np.ndarray:
    breaks = np.flatnonzero(np.frombuffer(content, np.uint8) == ord("\n")) + 1
    ended = content.endswith(b"\n") or not content
    return np.concatenate([[0], breaks, [] if ended else [len(content) + 1]]).astype(np.int64)


def snapshot(contents: Mapping[str, bytes], folder: Path) -> None:
    """Write files into a new folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
