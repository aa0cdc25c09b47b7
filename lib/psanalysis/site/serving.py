"""The main loop of a worker process: builds the reports that come through its pipe, and cleans up
if the builder has ended.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from time import sleep

from psanalysis.kernels import internals, processes
from psanalysis.kernels.protocol import ADDRESS
from psanalysis.lean import collect_seldom
from psanalysis.site.model import Inputs, Outcome

REMOVALS, REMOVAL_SECONDS = 20, 0.1
FAREWELL_SECONDS = 2 * REMOVALS * REMOVAL_SECONDS


def serve(pipe: Connection, address: str, home: str) -> None:
    """Build the reports that come through the pipe until it closes; `home` is the builder's folder
    of temporary files.
    """
    collect_seldom()
    os.environ |= {ADDRESS: address} if address else {internals.SWITCH: internals.ORDINARY}
    folders = {home}
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: _leave())
    watch = threading.Thread(target=_watch, args=(folders,), daemon=True)
    watch.start()
    from psanalysis.site.worker import build_report

    try:
        while (given := _given(pipe)) is not None:
            inputs, scratch = given
            folders.add(scratch)
            _tell(pipe, build_report(inputs, Path(scratch)))
    except _GoneError:
        # if the builder has ended, its leftovers are removed first
        watch.join(FAREWELL_SECONDS)


class _GoneError(Exception):
    """The other end of the pipe is closed."""


def _given(pipe: Connection) -> tuple[Inputs, str] | None:
    """The next report to build, and the folder for its temporary files; None at the end."""
    try:
        given = pipe.recv()
        if given is None:
            return None
        bare, data, packed, scratch = given
        return replace(bare, data=_received(pipe, data), packed=_received(pipe, packed)), scratch
    except (EOFError, OSError):
        raise _GoneError from None


def _tell(pipe: Connection, outcome: Outcome) -> None:
    try:
        pipe.send(outcome)
    except OSError:
        raise _GoneError from None


def _received(pipe: Connection, names: Sequence[str]) -> dict[str, bytes]:
    return {name: pipe.recv_bytes() for name in names}


def _watch(folders: set[str]) -> None:
    """Once the builder has ended, end the kernels and remove the temporary files."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        _kill_children()
        for folder in folders:
            _remove(folder)
        os._exit(1)


def _remove(folder: str) -> None:
    """Remove a folder, repeatedly while kernels that the fork server is about to kill still write
    to it.
    """
    for _ in range(REMOVALS):
        shutil.rmtree(folder, ignore_errors=True)
        sleep(REMOVAL_SECONDS)
        if not Path(folder).exists():
            return


def _leave() -> None:
    _kill_children()
    os._exit(1)


def _kill_children() -> None:
    """Kill this worker's kernels and their children; where the system does not list them, kernels
    end with the worker.
    """
    for process in processes.descendants(os.getpid()):
        with suppress(OSError):
            os.kill(process, signal.SIGKILL)
