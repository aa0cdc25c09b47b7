"""One build at a time: an advisory lock that the system itself releases when its holder ends, however it ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from psanalysis.site.errors import LockedError

try:
    import fcntl

    ADVISORY = True
except ImportError:  # no advisory locks on this system
    ADVISORY = False


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock for the length of a with-block.

    Raises
    ------
    LockedError
        If another build holds it; the message names its process.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take(descriptor, path)
        os.ftruncate(descriptor, 0)
        # the name of the holder is a courtesy to the next one, a full disk no reason to stop
        with suppress(OSError):
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _take(descriptor: int, path: Path) -> None:
    if not ADVISORY:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 32, 0).decode(errors="replace").strip()
        who = f"process {holder}" if holder else "another process"
        raise LockedError(f"{path}: {who} is building this site -> wait until it is done") from None
