"""Writes files atomically: after a kill or on a full disk the old file is unchanged."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file beside the old one, then rename it over the old one.

    Parameters
    ----------
    path
        Of the file; what a link leads to is replaced, not the link. A pipe or a device takes the
        content as it comes.
    content
        All of it.

    Raises
    ------
    OSError
        If it cannot be written, or the file that is there may not be; that one is as it was.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder) / "a.csv", b"1").read_bytes()
    b'1'
    """
    target = path.resolve() if path.is_symlink() else path
    there = target.exists()
    if there and not target.is_file():
        target.write_bytes(content)
        return path
    if there and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    # a name of its own, which is not longer than names may be
    part = target.with_name(f".{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if there:
            shutil.copymode(target, part)
        part.replace(target)
    except BaseException as error:
        with suppress(OSError):
            part.unlink()
        if isinstance(error, OSError) and error.filename == os.fspath(part):
            error.filename = os.fspath(path)  # the caller knows nothing of the part file
        raise
    return path
