"""Opens data files only if they are regular files: a pipe would block, and a device may have no
end.
"""

from __future__ import annotations

import errno
import os
import stat
from io import RawIOBase
from pathlib import Path


def open_regular(path: Path) -> RawIOBase:
    """A regular file, opened without a buffer.

    Raises
    ------
    OSError
        If it cannot be opened, or is a folder, a pipe, a socket or a device; never blocks.
    """
    try:
        descriptor = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
    except ValueError as error:
        raise OSError(errno.EINVAL, str(error)) from None
    file = os.fdopen(descriptor, "rb", buffering=0) if _regular(descriptor) else None
    if file is None:
        folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        os.close(descriptor)
        raise (
            IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if folder
            else OSError(errno.EINVAL, "it is no regular file")
        )
    return file


def _regular(descriptor: int) -> bool:
    return stat.S_ISREG(os.fstat(descriptor).st_mode)


def read_regular(path: Path) -> bytes:
    """The bytes of a regular file; see `open_regular`."""
    with open_regular(path) as file:
        return file.readall()  # type: ignore[attr-defined,no-any-return]
