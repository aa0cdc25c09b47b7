"""A lock that allows one build at a time; the system releases it when its holder ends, however it
ends.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from psanalysis.site.errors import LockedError, SiteError

NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP}


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock for the length of a with-block.

    Raises
    ------
    LockedError
        If another build holds it; the message names its process.
    SiteError
        If the file system has no locks.
    """
    lock = FileLock(
        path,
        timeout=0,
        mode=0o644,
        fallback_to_soft=False,
        preserve_lock_file=True,
        on_acquired=_sign,
    )
    try:
        lock.acquire()
    except Timeout:
        raise LockedError(
            f"{path}: {_holder(path)} is building this site -> wait until it is done"
        ) from None
    except (OSError, NotImplementedError) as error:
        if isinstance(error, OSError) and error.errno not in NO_LOCKS:
            raise
        raise SiteError(
            f"{path}: this file system has no locks, which keep two builds apart "
            f"-> name an --output on a local disk, or start the lock service of the file server"
        ) from None
    try:
        yield
    finally:
        lock.release()


def _sign(descriptor: int) -> None:
    """Write the holder's process into the file, for messages to others; errors such as a full disk
    are ignored.
    """
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)


def _holder(path: Path) -> str:
    try:
        process = path.read_bytes()[:32].decode("ascii", "replace").strip()
    except OSError:
        process = ""
    return f"process {process}" if process.isdecimal() else "another process"
