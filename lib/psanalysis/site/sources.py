"""Reads the input files of a site, each once, and records their checksums for the next build."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from psanalysis.site.project import Project

ABSENT = ""
# prefix of the names of data files, which may be outside the project
DATA = "package:"
# larger files are not kept in memory between the check for changes and the copy
KEPT_BYTES = 2**24
CHUNK_BYTES = 2**20


class Sources:
    """Reads files of a project and records their checksums.

    Every input file of a page is read here: data, notebooks, catalogue, lock file, files that
    parameters name. So `checksums` is the single list of inputs, and matches the contents that went
    into the pages.

    Attributes
    ----------
    checksums
        Name of each file in the project -> SHA-256 of its content; empty where there was no file.
    """

    def __init__(self, project: Project):
        self.project = project
        self.checksums: dict[str, str] = {}
        self._kept: dict[str, bytes] = {}

    def read(self, path: Path) -> bytes:
        """Content of a file; repeated calls return the same, even if the file has changed since.

        Raises
        ------
        OSError
            If it cannot be read, or is not a regular file.
        """
        name = self._name(path)
        if self.checksums.get(name) == ABSENT:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        if name not in self._kept:
            try:
                self._kept[name] = read_file(path)
            except FileNotFoundError:
                self.checksums[name] = ABSENT
                raise
        self.checksums[name] = hashlib.sha256(self._kept[name]).hexdigest()
        return self._kept[name]

    def open(self, path: Path) -> io.BufferedIOBase:
        """A file opened for reading; the caller records its checksum with `note`.

        Raises
        ------
        OSError
            As in `open_file`.
        """
        kept = self._kept.get(self._name(path))
        return open_file(path) if kept is None else io.BytesIO(kept)

    def note(self, path: Path, checksum: str) -> None:
        """Record the checksum of a file that was opened."""
        self.checksums[self._name(path)] = checksum

    def release(self) -> None:
        """Forget the contents of data files, which have been copied."""
        self._kept = {
            name: content for name, content in self._kept.items() if not name.startswith(DATA)
        }

    def same(self, checksums: Mapping[str, str]) -> bool:
        """True if every file that an earlier build read is unchanged."""
        return all(self._checksum(name) == known for name, known in checksums.items())

    def _checksum(self, name: str) -> str:
        try:
            with open_file(self._path(name)) as file:
                if os.fstat(file.fileno()).st_size > KEPT_BYTES:
                    return hashlib.file_digest(file, "sha256").hexdigest()
                self._kept[name] = file.read()
        except OSError:
            return ABSENT
        return hashlib.sha256(self._kept[name]).hexdigest()

    def _name(self, path: Path) -> str:
        if path.is_relative_to(self.project.data):
            return DATA + path.relative_to(self.project.data).as_posix()
        return os.path.relpath(path, self.project.root).replace(os.sep, "/")

    def _path(self, name: str) -> Path:
        if name.startswith(DATA):
            return self.project.data / name.removeprefix(DATA)
        return self.project.root / name


def open_file(path: Path) -> io.BufferedReader:
    """Open a regular file for reading; a file that may block (a pipe, a device) is an OSError.

    Raises
    ------
    OSError
        If it cannot be opened, or is not a regular file.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    file = os.fdopen(descriptor, "rb")
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        file.close()
        raise OSError(f"{path}: is not a regular file")
    return file


def read_file(path: Path) -> bytes:
    """Content of a regular file; OSError as in `open_file`."""
    with open_file(path) as file:
        return file.read()
