"""Finished pages by the key of their inputs: checksummed; damaged entries count as missing."""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psanalysis.site.model import Built, canonical
from psanalysis.site.publish import remove
from psanalysis.site.sources import read_file

MAGIC = "psanalysis-page-4"


@dataclass(frozen=True)
class Label:
    """Title of a page, and the seconds it took."""

    title: str
    seconds: float


class Cache:
    """A folder of entries: a line of JSON with key and checksum, then facts and page, compressed.

    Parameters
    ----------
    folder
        Made when the first entry is stored.
    """

    def __init__(self, folder: Path):
        self.folder = folder

    def path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.page"

    def get(self, key: str) -> Built | None:
        """The entry; None if there is none, or if it is damaged, of another format, or stored under
        a wrong name.
        """
        try:
            about, body = self._sound(key)
            facts, _, page = zlib.decompress(body).partition(b"\n")
            return Built(page, json.loads(facts), float(about["seconds"]))
        except (OSError, ValueError, KeyError, TypeError, zlib.error):
            return None

    def label(self, key: str) -> Label | None:
        """The label of an intact entry, read without unpacking it; None as in `get`."""
        try:
            about, _ = self._sound(key)
            return Label(str(about["title"]), float(about["seconds"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _sound(self, key: str) -> tuple[dict[str, Any], bytes]:
        """Head and body of an entry; ValueError if they do not match each other or the key."""
        head, _, body = read_file(self.path(key)).partition(b"\n")
        about: dict[str, Any] = json.loads(head)
        if (
            about["magic"] != MAGIC
            or about["key"] != key
            or about["sha256"] != hashlib.sha256(body).hexdigest()
        ):
            raise ValueError("not the entry of this key")
        return about, body

    def put(self, key: str, built: Built) -> None:
        """Store an entry atomically."""
        body = zlib.compress(canonical(built.facts).encode() + b"\n" + built.page, level=1)
        label = {"title": str(built.facts["title"]), "seconds": round(built.seconds, 3)}
        head = canonical(
            {"magic": MAGIC, "key": key, "sha256": hashlib.sha256(body).hexdigest(), **label}
        )
        store(self.path(key), head.encode() + b"\n" + body)

    def prune(self, keep: Iterable[str]) -> int:
        """Remove every file but the entries of the keys to keep; returns the number removed."""
        kept = {self.path(key) for key in keep}
        gone = [
            path
            for group in self.folder.glob("*")
            for path in (group.iterdir() if group.is_dir() and not group.is_symlink() else [group])
            if path not in kept
        ]
        for path in gone:
            remove(path)
        return len(gone)


def store(path: Path, content: bytes) -> None:
    """Write a file of a site's store atomically. What stands in its place or that of its folder is
    replaced whatever it is; a link is never followed.
    """
    if path.parent.is_symlink() or path.parent.is_file():
        remove(path.parent)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.is_dir():
            remove(path)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
