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
        Of the file. Of a link the target is replaced, not the link. To a pipe or a device the
        content is written directly.
    content
        All of it.

    Raises
    ------
    OSError
        If it cannot be written, or the old file must not be; the old file is then unchanged.

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
    # a unique name, within the limit on the length of names
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
