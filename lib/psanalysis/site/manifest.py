"""Reads and writes manifest.json: the reports of a published build, its inputs, and the runs before
it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from psanalysis.site.model import Report
from psanalysis.site.sources import read_file

NAME = "manifest.json"
FORMAT = 1
KEPT_RUNS = 30
# a lone surrogate, which no build writes and no page can contain
HALF = re.compile(rb"\\u[dD][89a-fA-F]")
STATUSES = ("current", "stale", "failed")
# a page is in the folder of its notebook, nowhere else
PAGE_PATH = re.compile(r"[A-Za-z0-9_-]+/[a-z0-9][a-z0-9._-]*\.html")
GENERIC = re.compile(r"\[.*\]")
TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (int, float),
    "Mapping": (dict,),
    "tuple": (tuple,),
    "Mapping | None": (dict, type(None)),
}


@dataclass(frozen=True)
class Entry:
    """A report in a build.

    Attributes
    ----------
    key, hashes
        Of the inputs of the page that is published; empty where there is none.
    status
        current, stale (an older page than its inputs) or failed (no page).
    made
        built or kept: whether this run made the page.
    sha256, size
        Of the published page; the size in bytes.
    seconds
        What the page took to build.
    since
        When the page was first published, UTC.
    failure
        What went wrong in this run: kind, message, cell, and the key that was tried.
    """

    notebook: str
    parameters: Mapping[str, Any]
    path: str
    title: str = ""
    key: str = ""
    hashes: Mapping[str, str] = field(default_factory=dict)
    status: str = "current"
    made: str = "kept"
    sha256: str = ""
    size: int = 0
    seconds: float = 0.0
    since: str = ""
    failure: Mapping[str, Any] | None = None

    @classmethod
    def of(cls, report: Report, **known: Any) -> Entry:
        return cls(report.notebook, dict(report.parameters), report.path, **known)

    def published(self, page: bytes) -> Entry:
        return replace(self, sha256=hashlib.sha256(page).hexdigest(), size=len(page))


@dataclass(frozen=True)
class Manifest:
    """A build: its time, inputs and reports; and the runs before it, newest first.

    Attributes
    ----------
    inputs
        Hashes of data, library and environment.
    read
        Checksum of every file that was read, by its name in the project: what the next build
        compares.
    """

    build: int
    published: str
    seconds: float
    inputs: Mapping[str, str]
    versions: Mapping[str, str]
    reports: Mapping[str, Entry]
    history: tuple[Mapping[str, Any], ...] = ()
    read: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> bytes:
        document = {"format": FORMAT, **asdict(self)}
        return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=False) + "\n").encode()

    def run(self) -> dict[str, Any]:
        """One line of history."""
        entries = self.reports.values()
        return {
            "build": self.build,
            "published": self.published,
            "seconds": self.seconds,
            "reports": len(self.reports),
            "built": sum(entry.made == "built" for entry in entries),
            "stale": sum(entry.status == "stale" for entry in entries),
            "failed": sum(entry.failure is not None for entry in entries),
            "data": self.inputs.get("data", ""),
        }


def read_manifest(folder: Path | None) -> Manifest | None:
    """The manifest of a build; None if there is none, or if it is invalid."""
    if folder is None:
        return None
    try:
        content = read_file(folder / NAME)
        if HALF.search(content):
            return None
        document = json.loads(content)
        if document.pop("format") != FORMAT:
            return None
        reports = {name: _entry(entry) for name, entry in document.pop("reports").items()}
        manifest = Manifest(
            **{**document, "reports": reports, "history": tuple(document["history"])}
        )
        _require_types(manifest)
        for mapping in (manifest.inputs, manifest.versions, manifest.read):
            _require_texts(mapping)
        if not all(isinstance(run, dict) for run in manifest.history):
            raise TypeError("history")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return manifest


def _entry(given: Mapping[str, Any]) -> Entry:
    """An entry from JSON; TypeError or ValueError if a build cannot have written it."""
    entry = Entry(**given)
    _require_types(entry)
    _require_texts(entry.hashes)
    if entry.status not in STATUSES or not PAGE_PATH.fullmatch(entry.path):
        raise ValueError(entry.path)
    return entry


def _require_types(record: Any) -> None:
    """Raise TypeError unless each field has the type of its annotation."""
    for member in fields(record):
        kind, value = TYPES[GENERIC.sub("", str(member.type))], getattr(record, member.name)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise TypeError(member.name)


def _require_texts(mapping: Mapping[str, Any]) -> None:
    if not all(isinstance(value, str) for value in mapping.values()):
        raise TypeError("not a text")


def history(previous: Manifest | None) -> tuple[Mapping[str, Any], ...]:
    """The runs before a new one, newest first."""
    return () if previous is None else (previous.run(), *previous.history)[:KEPT_RUNS]


def intact(folder: Path, manifest: Manifest, pages: Iterable[str]) -> bool:
    """True if every page of a build and the given other files exist with the checksums of the
    manifest.
    """
    try:
        published = (entry for entry in manifest.reports.values() if entry.sha256)
        true = all(
            hashlib.sha256(read_file(folder / entry.path)).hexdigest() == entry.sha256
            for entry in published
        )
        return true and all((folder / name).is_file() for name in pages)
    except OSError:
        return False
