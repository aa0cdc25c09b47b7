"""A forked kernel for its client: subprocess.Popen's interface for a child of the fork server."""

from __future__ import annotations

import contextlib
import math
import os
import select
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from time import monotonic

from psanalysis.kernels import protocol
from psanalysis.kernels.protocol import Exited, Launch, Launched, NotForkedError, Refused, Signal

ANSWER_SECONDS = 60.0
FAREWELL_SECONDS = 1.0
UNKNOWN = -int(signal.SIGKILL)


class ForkedKernel:
    """A kernel of a fork server; it dies when this object's connection closes.

    Parameters
    ----------
    address
        Of the server.
    launch
        The kernel to fork.
    files
        Its stdin, stdout and stderr; they stay the caller's.

    Raises
    ------
    NotForkedError
        If there is no kernel whose sockets are bound, and why.
    """

    stdin = stdout = stderr = None

    def __init__(self, address: str, launch: Launch, files: Sequence[int]):
        self.returncode: int | None = None
        self._connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._connection.settimeout(ANSWER_SECONDS)
        opened: list[int] = []
        try:
            self._connection.connect(f"\0{address}")
            protocol.send(self._connection, launch, files)
            answer, opened = protocol.receive(self._connection)
            if not isinstance(answer, Launched) or len(opened) != 2:
                raise NotForkedError(
                    answer.reason if isinstance(answer, Refused) else "the fork server ended"
                )
            self.pid = answer.pid
            self._pidfd, listening = opened
            try:
                ready, _, _ = select.select([listening], [], [], ANSWER_SECONDS)
                if not ready or not os.read(listening, 1):
                    raise NotForkedError("the kernel ended before its sockets were bound")
            finally:
                os.close(listening)
        except (OSError, NotForkedError) as error:
            self._connection.close()
            protocol.close(opened[:1])
            raise (
                error
                if isinstance(error, NotForkedError)
                else NotForkedError(f"the fork server does not answer: {error}")
            ) from error

    @classmethod
    def launched(
        cls,
        address: str,
        arguments: Sequence[str],
        folder: str,
        environment: Mapping[str, str],
        files: Sequence[int],
    ) -> ForkedKernel:
        """The kernel for a command's arguments."""
        return cls(address, Launch(tuple(arguments), folder, dict(environment)), files)

    def poll(self) -> int | None:
        """Exit code once it has ended, negative for a signal; None while it lives."""
        return self.returncode if self.returncode is not None or not self._gone(0) else self._end()

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its exit code; subprocess.TimeoutExpired if it has not ended in time."""
        if self.returncode is not None:
            return self.returncode
        if not self._gone(math.inf if timeout is None else timeout):
            raise subprocess.TimeoutExpired(f"kernel {self.pid}", timeout or 0.0)
        return self._end()

    def send_signal(self, number: int) -> None:
        """Signal it and its children; does nothing if it has ended."""
        if self.poll() is None:
            with contextlib.suppress(
                OSError
            ):  # without a server it is about to be killed by the system
                protocol.send(self._connection, Signal(int(number)))

    def terminate(self) -> None:
        """Ask it to end (SIGTERM)."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it (SIGKILL)."""
        self.send_signal(signal.SIGKILL)

    def fileno(self) -> int:
        """Its pidfd, readable once it has ended."""
        return self._pidfd

    def _gone(self, seconds: float) -> bool:
        watched = select.poll()
        watched.register(self._pidfd, select.POLLIN)
        return bool(watched.poll(None if seconds == math.inf else math.ceil(seconds * 1000)))

    def _end(self) -> int:
        """Receive the exit code; the server has it shortly after the process has ended."""
        self.returncode = UNKNOWN
        deadline = monotonic() + FAREWELL_SECONDS
        with contextlib.suppress(OSError, NotForkedError):
            while monotonic() < deadline:
                self._connection.settimeout(FAREWELL_SECONDS)
                message, files = protocol.receive(self._connection)
                protocol.close(files)
                if isinstance(message, Exited):
                    self.returncode = message.code
                if message is None or isinstance(message, Exited):
                    break
        self._connection.close()
        os.close(self._pidfd)
        return self.returncode
