"""Replaces several files together, all or none, even if the process is killed between two of them.

The new files are written beside the old ones, then a journal that lists them; then each replaces
its old file. A run that finds a journal completes it; without a journal nothing has been changed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from psanalysis.curation.plan_info import AdditionError
from psanalysis.errors import Fault

JOURNAL = ".additions.json"


def replace_files(folder: Path, new: Mapping[str, bytes], old: Mapping[str, bytes]) -> None:
    """Replace old files by new ones.

    Parameters
    ----------
    folder
        Where they are.
    new, old
        Path within the folder -> content. Files are replaced in the order of `new`: files that
        others refer to come first, so that a reader never finds a dangling reference.

    Raises
    ------
    AdditionError
        If a file no longer has the content in `old`; nothing is changed then.
    """
    changed = [path for path in new if (folder / path).read_bytes() != old[path]]
    if changed:
        raise AdditionError(
            Fault(path, 0, "", "", "was changed meanwhile", "run the command again")
            for path in changed
        )
    journal = folder / JOURNAL
    try:
        for path, content in new.items():
            _write(_waiting(folder, path), content)
            shutil.copymode(folder / path, _waiting(folder, path))
        entries = {path: [_hash(old[path]), _hash(content)] for path, content in new.items()}
        _write(journal.with_suffix(".new"), json.dumps(entries).encode())
        journal.with_suffix(".new").replace(journal)
    except BaseException:
        for file in (journal.with_suffix(".new"), *(_waiting(folder, path) for path in new)):
            with contextlib.suppress(OSError):
                file.unlink()
        raise
    finish(folder)


def finish(folder: Path) -> list[str]:
    """Complete the transaction of a run that was killed; returns the files of its journal.

    Parameters
    ----------
    folder
        The data folder.

    Raises
    ------
    AdditionError
        If a file was changed since, so that neither the old nor the new state can be restored.
    """
    journal = folder / JOURNAL
    try:
        entries = json.loads(journal.read_bytes())
        wanted = {str(path): (str(old), str(new)) for path, (old, new) in entries.items()}
    except FileNotFoundError:
        return []
    except (ValueError, TypeError, AttributeError):
        raise AdditionError(
            [
                Fault(
                    JOURNAL,
                    0,
                    "",
                    "",
                    "is no journal of this program",
                    "look at it, then remove it",
                )
            ]
        ) from None
    done: list[str] = []
    odd: list[str] = []
    for path, (old, new) in wanted.items():
        now = _hash((folder / path).read_bytes())
        waiting = _waiting(folder, path)
        if now == new:
            continue
        if now == old and waiting.exists() and _hash(waiting.read_bytes()) == new:
            done.append(path)
        else:
            odd.append(path)
    if odd:
        raise AdditionError(
            Fault(path, 0, "", "", "was changed since an addition to it broke off",
                f"restore it, or remove {JOURNAL}")
            for path in odd
        )  # fmt: skip
    for path in done:
        _waiting(folder, path).replace(folder / path)
    _settled(folder)
    for path in wanted:
        with contextlib.suppress(OSError):
            _waiting(folder, path).unlink()
    journal.unlink()
    return list(wanted)


def _waiting(folder: Path, path: str) -> Path:
    return (folder / path).with_name(f".{Path(path).name}.new")


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write(file: Path, content: bytes) -> None:
    """Write a file and sync it to disk."""
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _settled(folder: Path) -> None:
    """Sync the folder's entries to disk, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
