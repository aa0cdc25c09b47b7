"""A copy of the data package, from which a build loads the data and cuts the rows of its reports,
so that each file is read once.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import tempfile
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from psanalysis.about import DESCRIPTOR
from psanalysis.datapackage.dataset import Dataset, load
from psanalysis.datapackage.tables import named_within
from psanalysis.errors import DataError
from psanalysis.site.sources import CHUNK_BYTES, open_file
from psanalysis.site.workspace import workspace

Rows = Mapping[str, np.ndarray]
Open = Callable[[Path], io.BufferedIOBase]
# names of files beside the descriptor; loading refuses all others
PLAIN_NAME = re.compile(r"[^\\/\0]*[^\\/\0.][^\\/\0]*")


@dataclass(frozen=True)
class CopiedFile:
    """Size and SHA-256 of a file, and where in it each line starts and the last one ends: line 0 is
    the header.
    """

    size: int
    sha256: str
    starts: np.ndarray


@dataclass(frozen=True)
class DataFiles:
    """A copy of the descriptor and of every CSV.

    Attributes
    ----------
    folder, files
        The folder of the copy, and its files.
    hash
        As from `psanalysis.site.model.hash_files`.
    """

    folder: Path
    files: Mapping[str, CopiedFile]
    hash: str

    def content(self, name: str) -> bytes:
        """A whole file."""
        return (self.folder / name).read_bytes()

    def write(self, folder: Path) -> None:
        """Write every file into a new folder."""
        folder.mkdir(parents=True)
        for name in self.files:
            shutil.copyfile(self.folder / name, folder / name)

    def only(self, ds: Dataset, rows: Rows) -> dict[str, bytes]:
        """The package with some rows of each table, in the order of the files; its findings name
        only statements that it has.
        """
        tables = {
            resource.path: self._lines(resource.path, rows[resource.name] + 1)
            for resource in ds.package.resources
        }
        there = frozenset(ds.statements["statement_id"].iloc[rows["statements"]])
        path = ds.package.by_name["findings"].path
        tables[path] = _of_these(tables[path], there)
        return {DESCRIPTOR: self.content(DESCRIPTOR), **tables}

    def _lines(self, name: str, lines: np.ndarray) -> bytes:
        """The header and some lines, each with a line feed; consecutive lines are read together."""
        copied, wanted = self.files[name], np.concatenate([[0], lines])
        last = np.append(np.flatnonzero(np.diff(wanted) != 1), len(wanted) - 1)
        first = np.concatenate([[0], last[:-1] + 1])
        found = io.BytesIO()
        with (self.folder / name).open("rb") as file:
            for start, end in zip(
                copied.starts[wanted[first]].tolist(),
                copied.starts[wanted[last] + 1].tolist(),
                strict=True,
            ):
                file.seek(start)
                found.write(file.read(end - start))
        if wanted[-1] + 2 == len(copied.starts) and copied.starts[-1] > copied.size:
            found.write(b"\n")
        return found.getvalue()


def _of_these(findings: bytes, there: frozenset[str]) -> bytes:
    """The file of the findings, without statements that are left out."""
    head, *rows = csv.reader(io.StringIO(findings.decode(), newline=""))
    column = head.index("statement_ids")
    lists = [row[column] for row in rows]
    cut = named_within(lists, there)
    if cut == lists:
        return findings
    made = io.StringIO(newline="")
    kept = ([*row[:column], cell, *row[column + 1 :]] for row, cell in zip(rows, cut, strict=True))
    csv.writer(made, lineterminator="\n").writerows([head, *kept])
    return made.getvalue().encode()


def load_with_files(
    folder: Path, copy: Path | None = None, opened: Open = open_file
) -> tuple[Dataset, DataFiles]:
    """Copy a data package and load the copy, so that later changes of the files have no effect.

    Parameters
    ----------
    folder
        The data package.
    copy
        A new folder for the copy; by default a temporary one, which is removed with the copy's
        object.
    opened
        Opens a file for reading.

    Raises
    ------
    DataError
        If the data are faulty; faults name the files of the package, not of its copy.
    """
    if copy is not None:
        copy.mkdir(parents=True)
        return _loaded(folder, copy, opened)
    copy = Path(tempfile.mkdtemp(prefix="data-", dir=workspace()))
    try:
        ds, files = _loaded(folder, copy, opened)
    except BaseException:
        shutil.rmtree(copy, ignore_errors=True)
        raise
    weakref.finalize(files, shutil.rmtree, copy, ignore_errors=True)
    return ds, files


def _loaded(folder: Path, copy: Path, opened: Open) -> tuple[Dataset, DataFiles]:
    files: dict[str, CopiedFile] = {}
    _copy(folder, DESCRIPTOR, copy, opened, files)
    for name in _tables(copy / DESCRIPTOR):
        _copy(folder, name, copy, opened, files)
    try:
        ds = load(copy)
    except DataError as error:
        raise DataError(
            replace(fault, file=fault.file.replace(str(copy), str(folder)))
            for fault in error.faults
        ) from None
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(f"{name}\0{files[name].size}\0".encode())
        with (copy / name).open("rb") as file:
            while piece := file.read(CHUNK_BYTES):
                whole.update(piece)
    package = replace(ds.package, path=folder / DESCRIPTOR)
    return replace(ds, package=package), DataFiles(copy, files, whole.hexdigest())


def _tables(descriptor: Path) -> list[str]:
    """Names of the CSV files beside a descriptor, as far as it can be understood; loading says what
    cannot.
    """
    try:
        paths = [
            str(resource["path"]) for resource in json.loads(descriptor.read_bytes())["resources"]
        ]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []
    return [path for path in dict.fromkeys(paths) if PLAIN_NAME.fullmatch(path)]


def _copy(folder: Path, name: str, copy: Path, opened: Open, files: dict[str, CopiedFile]) -> None:
    """Copy a file on one way through it; one that cannot be read is left out, and loading
    says why.
    """
    try:
        file = opened(folder / name)
    except OSError:
        return
    size, digest, starts, chunk = 0, hashlib.sha256(), [np.zeros(1, dtype=np.int64)], b""
    with file, (copy / name).open("xb") as out:
        while piece := file.read(CHUNK_BYTES):
            chunk = piece
            out.write(chunk)
            digest.update(chunk)
            starts.append(np.flatnonzero(np.frombuffer(chunk, np.uint8) == ord("\n")) + size + 1)
            size += len(chunk)
    if not chunk.endswith(b"\n"):  # reading gives the last line its line feed
        starts.append(np.array([size + 1]))
    files[name] = CopiedFile(size, digest.hexdigest(), np.concatenate(starts))
