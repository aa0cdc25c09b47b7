"""Finds the texts of the plans in a user's folders, by name or by content."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from psanalysis.errors import ParameterError


@dataclass(frozen=True)
class Text:
    """A file found for a plan: its path, its content, and whether its hash is the plan's."""

    path: Path
    content: bytes
    right: bool


class TextFolders:
    """Folders with texts of plans.

    A text may be named as in plans.csv (source_file), by its plan (`beijing-15fyp.txt`) or by its
    hash; a file of any other name is known by its SHA-256. A file with the right hash is preferred
    to one with the right name.

    Parameters
    ----------
    folders
        One folder or several.

    Raises
    ------
    ParameterError
        If one of them is not a folder.
    """

    def __init__(self, folders: str | Path | Sequence[str | Path]):
        given = [folders] if isinstance(folders, (str, Path)) else list(folders)
        for folder in given:
            if not Path(folder).is_dir():
                raise ParameterError(
                    f"sources={str(folder)!r} is not a folder -> name the folder that holds the "
                    "source texts"
                )
        self.folders = [Path(folder) for folder in given]

    def of(self, plan: Any) -> Text | None:
        """The text of a plan, None where there is none.

        Parameters
        ----------
        plan
            With plan_id, source_file and source_sha256.
        """
        if pd.isna(plan.source_file):
            return None
        names = dict.fromkeys((plan.source_file, f"{plan.plan_id}.txt"))
        named = [
            found for folder in self.folders for name in names if (found := _read(folder / name))
        ]
        texts = [
            Text(path, content, _hash(content) == plan.source_sha256) for path, content in named
        ]
        right = next((text for text in texts if text.right), None)
        if right is None and plan.source_sha256 in self._by_hash:
            path = self._by_hash[plan.source_sha256]
            right = Text(path, path.read_bytes(), True)
        return right or next(iter(texts), None)

    @cached_property
    def _by_hash(self) -> dict[str, Path]:
        """Every text of the folders by its hash; of equal texts the first."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            for path in sorted(folder.glob("*.txt")):
                if file := _read(path):
                    found.setdefault(_hash(file[1]), path)
        return found


def _read(path: Path) -> tuple[Path, bytes] | None:
    try:
        return path, path.read_bytes()
    except OSError:
        return None


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
