"""Starts and ends a fork server: a clean interpreter that ends with the process that owns it."""

from __future__ import annotations

import contextlib
import secrets
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from psanalysis.kernels import internals, protocol

END_SECONDS = 2.0
BACKLOG = 128


def _started(*command: Any, **settings: Any) -> subprocess.Popen[bytes]:
    """Start a process; NotForkedError if the system refuses."""
    try:
        return subprocess.Popen(*command, **settings)
    except OSError as error:
        raise protocol.NotForkedError(f"the fork server cannot be started: {error}") from None


class ForkServer:
    """A running fork server.

    Parameters
    ----------
    environment
        The part of the environment that all its kernels share.
    executable
        Their interpreter.

    Raises
    ------
    NotForkedError
        If this system cannot run one.

    Notes
    -----
    Its socket has an abstract address, so that no file remains however it ends. Clients need not
    wait until the server is ready: an early connection is served as soon as it is.
    """

    def __init__(self, environment: Mapping[str, str], executable: str = sys.executable):
        hindrance = internals.obstacle()
        if hindrance:
            raise protocol.NotForkedError(hindrance)
        self.executable = executable
        self.address = f"psanalysis-{secrets.token_hex(16)}"
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115
        with theirs, listener:
            listener.bind(f"\0{self.address}")
            listener.listen(BACKLOG)
            files = (theirs.fileno(), listener.fileno())
            self._process = _started(
                [executable, "-m", "psanalysis.kernels.server", *map(str, files)],
                pass_fds=files,
                env=dict(environment),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                start_new_session=True,
            )
        self._owner = ours
        with contextlib.suppress(OSError):
            protocol.send(ours, protocol.Start(protocol.fixed_at_start(environment)))

    @property
    def pid(self) -> int:
        """The server's process."""
        return self._process.pid

    def alive(self) -> bool:
        """Whether the server is running."""
        return self._process.poll() is None

    def trouble(self) -> str:
        """The last line that it wrote to stderr, which says why it ended."""
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else ""

    def close(self) -> None:
        """End the server and its kernels, and wait until they have ended."""
        self._owner.close()
        self._errors.close()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> ForkServer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
