"""The data classes of a build: a report of the catalogue, its inputs by content, its outcome."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

KEY_FORMAT = 1
MESSAGE_CHARACTERS = 300
TEXT_CHARACTERS = 40_000
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Limits:
    """The limits of a report.

    Attributes
    ----------
    seconds
        Wall time from the start of its kernel.
    memory_mb
        Private memory of its kernel in MiB; 0 for no limit.
    """

    seconds: float = 180.0
    memory_mb: int = 2048


@dataclass(frozen=True)
class Report:
    """One entry of the catalogue: a notebook with all its parameters.

    Attributes
    ----------
    notebook
        Name of the notebook without ending.
    parameters
        Value of each parameter that the catalogue gives.
    slug
        Name of the page without ending, unique within the notebook.
    """

    notebook: str
    parameters: Mapping[str, Any]
    slug: str

    @property
    def id(self) -> str:
        """Notebook and slug: `01_city_gap/mianyang-14fyp.zh`."""
        return f"{self.notebook}/{self.slug}"

    @property
    def path(self) -> str:
        """Path of the page in the site."""
        return f"{self.id}.html"

    @property
    def failure_path(self) -> str:
        """Path of the page that says why the report failed."""
        return f"{self.id}.failure.html"

    @property
    def lang(self) -> str:
        """Language of the page, zh unless the parameters say otherwise."""
        return str(self.parameters.get("lang", "zh"))

    @property
    def family(self) -> tuple[str, str]:
        """The part of the name that the zh and en pages of a report share."""
        return self.notebook, canonical(
            {name: value for name, value in self.parameters.items() if name != "lang"}
        )


@dataclass(frozen=True)
class Inputs:
    """All inputs of a report, by content; its kernel gets nothing else.

    Attributes
    ----------
    notebook, source
        Name, and the notebook as JSON without outputs.
    parameters
        As in the catalogue, as canonical JSON.
    data
        File name -> bytes: the part of the data package that the report can read.
    files
        Parameter name -> bytes of the file that the parameter names.
    library, environment
        Hashes of the library's source, and of the lock file with the versions in use.
    packed
        File name -> bytes of an Arrow copy of the same data that skips validation; empty if the
        kernel has to validate. Not part of the key, because it follows from the data.
    limits
        Not part of the key: they decide whether a report is made, not what it contains.
    """

    notebook: str
    source: str
    parameters: str
    data: Mapping[str, bytes]
    files: Mapping[str, bytes]
    library: str
    environment: str
    packed: Mapping[str, bytes] = field(default_factory=dict, compare=False)
    limits: Limits = field(default=Limits(), compare=False)

    @cached_property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of each kind of input."""
        return {
            "notebook": sha256(self.source.encode()),
            "parameters": sha256(self.parameters.encode()),
            "data": hash_files(
                {
                    **self.data,
                    **{f"parameter:{name}": content for name, content in self.files.items()},
                }
            ),
            "library": self.library,
            "environment": self.environment,
        }

    @cached_property
    def key(self) -> str:
        """Name of the report's entry in the cache."""
        return sha256(
            canonical({"format": KEY_FORMAT, "name": self.notebook, **self.hashes}).encode()
        )


@dataclass(frozen=True)
class Built:
    """A finished page.

    Attributes
    ----------
    page
        HTML with empty slots for what depends on the other reports, see `psanalysis.site.slots`.
    facts
        Title, figures and tables of the page, for the index and for what changed.
    seconds
        Wall time it took; goes to manifest.json alone.
    """

    page: bytes
    facts: Mapping[str, Any]
    seconds: float


@dataclass(frozen=True)
class Failed:
    """A report that could not be built.

    Attributes
    ----------
    kind
        cell, timeout, output, dead_kernel, no_kernel, contract or worker.
    message
        One line of at most MESSAGE_CHARACTERS; more is cut.
    cell, source
        Number (from 1) and source of the cell that failed; 0 and empty without one.
    traceback, log
        Traceback of the cell, and the output of the kernel to its standard streams; the middle of a
        long text is cut.
    """

    kind: str
    message: str
    cell: int = 0
    source: str = ""
    traceback: str = ""
    log: str = ""
    seconds: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(
            self,
            "message",
            _shortened(" ".join(_readable(self.message).split()), MESSAGE_CHARACTERS),
        )
        for name in ("source", "traceback", "log"):
            object.__setattr__(
                self, name, _shortened(_readable(getattr(self, name)), TEXT_CHARACTERS)
            )

    @property
    def retry(self) -> bool:
        """True for failures that the notebook did not cause."""
        return self.kind in ("dead_kernel", "no_kernel", "worker")


Outcome = Built | Failed


class SecondTries:
    """Second tries for failures that the notebook did not cause (a dead kernel, a lost worker)."""

    def __init__(self) -> None:
        self._tried: set[str] = set()

    def due(self, name: str, outcome: Outcome) -> bool:
        """Whether a report may be tried again; afterwards it may not."""
        again = isinstance(outcome, Failed) and outcome.retry and name not in self._tried
        if again:
            self._tried.add(name)
        return again


Load = Callable[[str], Inputs]
Runner = Callable[[Sequence[str], Load, int, Path], Iterator[tuple[str, Outcome]]]


def canonical(value: object) -> str:
    """JSON with sorted keys and no blanks: equal values, equal text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _readable(text: str) -> str:
    """The text without characters that pages and logs cannot contain."""
    return UNREADABLE.sub("\ufffd", text)


def _shortened(text: str, most: int) -> str:
    half = most // 2
    return text if len(text) <= most else f"{text[:half]} … {text[-half:]}"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def hash_files(files: Mapping[str, bytes | Path]) -> str:
    """One hash over names and contents; files on disk are read one by one."""
    digest = hashlib.sha256()
    for name, given in sorted(files.items()):
        content = given if isinstance(given, bytes) else given.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
