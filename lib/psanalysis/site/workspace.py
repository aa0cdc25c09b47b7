"""The folder of temporary files of a process, locked while it lives. The next build removes folders
of killed processes, which it knows by their free locks.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from psanalysis.kernels import internals
from psanalysis.site.file_owners import foreign

PREFIX, LOCK = "psanalysis-", "lock"


_made: dict[int, Path] = {}


def workspace() -> Path:
    """The folder; made at the first call, after removing folders of killed processes, and removed
    when the process ends. Sockets of worker processes are in it too.

    Raises
    ------
    OSError
        If the folder cannot be made, for example on a full disk.
    """
    made = _made.get(os.getpid())
    if made is not None and made.is_dir():
        return made
    clear()
    folder = _made[os.getpid()] = Path(tempfile.mkdtemp(prefix=PREFIX))
    lock = _lock(folder)
    with suppress(
        OSError, NotImplementedError
    ):  # without locks a folder does not show whether its process lives
        lock.acquire()
    atexit.register(_end, os.getpid(), folder, lock)
    internals.put_sockets_into(folder)
    return folder


def clear() -> None:
    """Remove the folders of this user's killed processes; folders of living processes and of other
    users stay.
    """
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{LOCK}"):
        with suppress(OSError, NotImplementedError):
            _clear(folder.parent)


def _clear(folder: Path) -> None:
    own = not folder.is_symlink() and foreign([folder, folder / LOCK]) is None
    if not own or not (folder / LOCK).is_file() or (folder / LOCK).is_symlink():
        return
    lock = _lock(folder)
    try:
        lock.acquire()
    except Timeout:
        return
    try:
        # the lock is removed last: a folder without one is never cleared
        for path in folder.iterdir():
            if path.name != LOCK and path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.name != LOCK:
                path.unlink()
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        lock.release()


def _lock(folder: Path) -> FileLock:
    return FileLock(
        folder / LOCK,
        timeout=0,
        mode=0o600,
        fallback_to_soft=False,
        preserve_lock_file=True,
    )


def _end(process: int, folder: Path, lock: FileLock) -> None:
    """Remove the folder if it belongs to this process; a forked process has inherited this exit
    function.
    """
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):
            lock.release()
