"""Checks the owners of files: files that another user may have put there are not run or trusted."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def foreign(paths: Iterable[Path]) -> Path | None:
    """The first existing path that belongs to another user; None on systems without owners."""
    if not hasattr(os, "geteuid"):
        return None
    return next((path for path in paths if _owner(path) not in (None, os.geteuid())), None)


def owner_name(path: Path) -> str:
    """Name of the user whom a path belongs to, else the number."""
    try:
        return path.owner()
    except (KeyError, OSError):
        return f"user {path.lstat().st_uid}"


def own_name() -> str:
    """Name of the user as whom this process runs, else the number."""
    import pwd

    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return f"user {os.geteuid()}"


def _owner(path: Path) -> int | None:
    try:
        return path.lstat().st_uid
    except OSError:
        return None
