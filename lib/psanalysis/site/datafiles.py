"""The data package as lines of its files, so that a report can be given the rows it reads and no others."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np

from psanalysis.datapackage.dataset import Dataset, load
from psanalysis.datapackage.schema import DESCRIPTOR
from psanalysis.datapackage.tables import content_hash
from psanalysis.site.errors import SiteError

Rows = Mapping[str, np.ndarray]
CHUNK_BYTES = 2**20
# rows that a report reads lie near each other
BUFFER_BYTES = 2**17


@dataclass(frozen=True)
class _Kept:
    """Where a file lies in the copy, its SHA-256, and where in it each line starts and the last one ends: line 0 is the header."""

    place: int
    size: int
    digest: bytes
    starts: np.ndarray


@dataclass(frozen=True)
class DataFiles:
    """A copy of the descriptor and of every CSV, on disk under no name: it is gone with the process, and takes no memory.

    Attributes
    ----------
    copy, files
        The copy, and where each file lies in it.
    hash
        As `psanalysis.site.model.hash_files` gives it.
    """

    copy: IO[bytes]
    files: Mapping[str, _Kept]
    hash: str

    def content(self, name: str) -> bytes:
        """A whole file."""
        return self._read(self.files[name].place, self.files[name].size)

    def write(self, folder: Path) -> None:
        """Write every file into a new folder."""
        folder.mkdir(parents=True)
        for name in self.files:
            (folder / name).write_bytes(self.content(name))

    def only(self, ds: Dataset, rows: Rows) -> dict[str, bytes]:
        """The package with some rows of each table, in the order of the files."""
        tables = {
            resource.path: self._lines(resource.path, rows[resource.name] + 1)
            for resource in ds.package.resources
        }
        return {DESCRIPTOR: self.content(DESCRIPTOR), **tables}

    def _lines(self, name: str, lines: np.ndarray) -> bytes:
        """The header and some lines, those that follow each other read in one piece; each ends with a line feed."""
        file, wanted = self.files[name], np.concatenate([[0], lines])
        last = np.append(np.flatnonzero(np.diff(wanted) != 1), len(wanted) - 1)
        first = np.concatenate([[0], last[:-1] + 1])
        found = io.BytesIO()
        for start, end in zip(
            file.starts[wanted[first]].tolist(), file.starts[wanted[last] + 1].tolist(), strict=True
        ):
            found.write(self._read(file.place + start, end - start))
        return found.getvalue()

    def _read(self, place: int, size: int) -> bytes:
        self.copy.seek(place)
        return self.copy.read(size)


def load_with_files(folder: Path) -> tuple[Dataset, DataFiles]:
    """Load a data package together with a copy of the files that it was loaded from.

    Raises
    ------
    DataError
        If the data are faulty.
    SiteError
        If a file was edited meanwhile.
    """
    ds = load(folder)
    tables = [resource.path for resource in ds.package.resources]
    copy = tempfile.TemporaryFile(buffering=BUFFER_BYTES)  # noqa: SIM115  # open as long as the copy is needed
    files: dict[str, _Kept] = {}
    whole = hashlib.sha256()
    for name in sorted([DESCRIPTOR, *tables]):
        files[name] = _copied(folder / name, copy, whole)
    kept = DataFiles(copy, files, whole.hexdigest())
    weakref.finalize(kept, copy.close)
    if (
        content_hash(kept.content(DESCRIPTOR), (files[name].digest for name in tables))
        != ds.content_hash
    ):
        raise SiteError(
            f"{folder}: the data were edited while they were read -> run the build again"
        )
    return ds, kept


def _copied(path: Path, copy: IO[bytes], whole: hashlib._Hash) -> _Kept:
    """Append a file to the copy, its last line with a line feed, and to the hash of all files its name, size and content."""
    place, size, digest, starts = copy.tell(), 0, hashlib.sha256(), [np.zeros(1, dtype=np.int64)]
    chunk = b""
    with path.open("rb", buffering=0) as file:
        whole.update(f"{path.name}\0{os.fstat(file.fileno()).st_size}\0".encode())
        while piece := file.read(CHUNK_BYTES):
            chunk = piece
            copy.write(chunk)
            digest.update(chunk)
            whole.update(chunk)
            starts.append(np.flatnonzero(np.frombuffer(chunk, np.uint8) == ord("\n")) + size + 1)
            size += len(chunk)
    if not chunk.endswith(b"\n"):
        copy.write(b"\n")
        starts.append(np.array([size + 1]))
    return _Kept(place, size, digest.digest(), np.concatenate(starts))
