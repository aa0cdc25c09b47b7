"""Turns a forked process into a kernel: it gets everything that a fresh interpreter would have, and
keeps nothing of the server.
"""

from __future__ import annotations

import atexit
import ctypes
import importlib
import importlib.util
import io
import os
import random
import shutil
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psanalysis.kernels import internals
from psanalysis.lean import collect_seldom

SET_DEATH_SIGNAL = 1
READY = 3
HANDLED = (signal.SIGTERM, signal.SIGCHLD, signal.SIGHUP)
LAUNCHER = "ipykernel_launcher"


@dataclass(frozen=True)
class Job:
    """The settings of a new kernel.

    Attributes
    ----------
    arguments
        Of the kernel's command, after the module.
    folder
        Its working directory.
    environment
        All of its environment.
    files
        Its stdin, stdout and stderr, and the pipe that tells the client that its sockets are bound.
    server
        Process that forked it.
    """

    arguments: Sequence[str]
    folder: str
    environment: Mapping[str, str]
    files: Sequence[int]
    server: int


def run(job: Job) -> None:
    """Run the kernel; returns when a client has shut it down."""
    _detach(job.server)
    _adopt_files(job.files)
    _reset_signals()
    _settle(job)
    _reseed()
    collect_seldom()
    _serve(list(job.arguments))


def _detach(server: int) -> None:
    """Start a session of its own, which ends with the server even if that is killed."""
    os.setsid()
    control_process(SET_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != server:
        os._exit(1)


def control_process(option: int, value: int) -> None:
    """The system call prctl, which Python does not offer."""
    ctypes.CDLL(None).prctl(option, value)


def _adopt_files(files: Sequence[int]) -> None:
    """Make the client's files stdin, stdout and stderr; close everything else but the pipe to
    report on.
    """
    stands = [os.dup(file) for file in files]
    for number, file in enumerate(stands):
        os.dup2(file, number, inheritable=number < READY)
    os.closerange(READY + 1, max(os.sysconf("SC_OPEN_MAX"), max(stands) + 1))
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        stream = _stream(number, getattr(sys, f"__{name}__"))
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _stream(file: int, like: io.TextIOWrapper) -> io.TextIOWrapper:
    """A standard stream with an empty buffer, configured as the interpreter did for the server."""
    raw = io.FileIO(file, "wb" if file else "rb", closefd=False)
    raw.name = like.name
    binary: Any = raw
    if not file:
        binary = io.BufferedReader(raw)
    elif not like.write_through:
        binary = io.BufferedWriter(raw)
    lines = like.line_buffering or (raw.isatty() and not like.write_through)
    return io.TextIOWrapper(
        binary, like.encoding, like.errors, line_buffering=lines, write_through=like.write_through
    )


def _reset_signals() -> None:
    for number in HANDLED:
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _settle(job: Job) -> None:
    """Set working directory, environment, command line, and the system's name of the process."""
    os.chdir(job.folder)
    os.environ.clear()
    os.environ.update(job.environment)
    sys.path[:] = rebased(sys.path, job.environment.get("PYTHONPATH", ""), job.folder)
    found = importlib.util.find_spec(LAUNCHER)
    sys.argv = [str(found.origin) if found else LAUNCHER, *job.arguments]
    sys.orig_argv = [sys.executable, "-m", LAUNCHER, *job.arguments]
    Path("/proc/self/comm").write_text("ipykernel")
    atexit.unregister(
        shutil.rmtree
    )  # matplotlib's temporary cache, if it made one, is the server's to remove
    internals.renumber_main_thread()


def rebased(path: Sequence[str], pythonpath: str, folder: str) -> list[str]:
    """The module search path of a server in the root folder, as it would be in another folder,
    where relative parts of PYTHONPATH differ.

    >>> rebased(["/lib", "/usr/lib"], "lib", "/home/reader")
    ['/home/reader/lib', '/usr/lib']
    """
    relative = (
        [part for part in pythonpath.split(os.pathsep) if not Path(part).is_absolute()]
        if pythonpath
        else []
    )
    moved = {root + part: str(Path(folder, part)) for part in relative for root in ("/", "//")}
    return [moved.get(entry, entry) for entry in path]


def _reseed() -> None:
    random.seed()
    if "numpy" in sys.modules:
        importlib.import_module("numpy").random.seed()


def _serve(arguments: list[str]) -> None:
    """Start as ipykernel does, with a notice between binding the sockets and serving them."""
    from ipykernel.kernelapp import IPKernelApp

    app: Any = IPKernelApp.instance(parent_handle=internals.NO_POLLER)
    internals.read_plain_arguments(app)
    with internals.without_module_list():
        app.initialize(arguments)
    # its handler drops messages below this level, but each would be made first
    app.log.setLevel(app.log_level)
    _choose_backend()
    os.write(READY, b"1")
    os.close(READY)
    app.start()


def _choose_backend() -> None:
    """Set the backend that importing matplotlib would have read from the environment, as completed
    by ipykernel.
    """
    backend = os.environ.get("MPLBACKEND")
    if backend and "matplotlib" in sys.modules:
        importlib.import_module("matplotlib").rcParams["backend"] = backend
