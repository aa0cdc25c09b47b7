"""The fork server: one thread, no event loop; a kernel for each connection until either ends."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

from psanalysis.kernels import child, preload, processes, protocol
from psanalysis.kernels.protocol import (
    Exited,
    Launch,
    Launched,
    Message,
    NotForkedError,
    Refused,
    Signal,
)

TICK_MILLISECONDS = 1000
CALM_SECONDS = 1.0
STOPPING = (signal.SIGTERM, signal.SIGINT)
READABLE = select.POLLIN | select.POLLHUP | select.POLLERR


@dataclass
class Kernel:
    """A forked kernel; connection is None once its client has gone."""

    pid: int
    pidfd: int
    connection: socket.socket | None
    leavings: Sequence[Path] = ()


@dataclass
class Server:
    """Sockets and kernels of the running server.

    Attributes
    ----------
    owner
        Socket whose end means that the builder has ended.
    builder
        pidfd of the builder, in case a copy of the socket's other end outlives it.
    listener
        Socket at which clients connect.
    fixed
        Variables whose values a kernel's environment must share.
    added
        Variables that the interpreter and its libraries set themselves: they would do so in a fresh
        kernel.
    """

    owner: socket.socket
    builder: int
    listener: socket.socket
    fixed: dict[str, str]
    added: dict[str, str]
    callers: list[socket.socket] = field(default_factory=list)
    kernels: list[Kernel] = field(default_factory=list)

    def serve(self) -> child.Job | None:
        """Fork kernels until the owner has ended, then return None; in a forked process return the
        job of its kernel.
        """
        while True:
            ready = self._wait()
            if self.owner.fileno() in ready or self.builder in ready:
                return None
            for kernel in [kernel for kernel in self.kernels if kernel.pidfd in ready]:
                self._bury(kernel)
            for kernel in [
                kernel
                for kernel in self.kernels
                if kernel.connection and kernel.connection.fileno() in ready
            ]:
                self._hear(kernel)
            for caller in [caller for caller in self.callers if caller.fileno() in ready]:
                self.callers.remove(caller)
                job = self._answer(caller)
                if job:
                    return job
            if self.listener.fileno() in ready:
                self._accept()
            self._reap_orphans()

    def end(self) -> None:
        """Kill every kernel and remove its files."""
        for kernel in list(self.kernels):
            processes.kill(kernel.pid, signal.SIGKILL)
        for kernel in list(self.kernels):
            self._bury(kernel)
            processes.remove(kernel.leavings)
        for orphan in processes.children():
            with contextlib.suppress(OSError):
                os.kill(orphan, signal.SIGKILL)
                os.waitpid(orphan, 0)

    @property
    def _sockets(self) -> list[socket.socket]:
        """All sockets that the server has open."""
        connections = [kernel.connection for kernel in self.kernels if kernel.connection]
        return [self.owner, self.listener, *self.callers, *connections]

    def _wait(self) -> set[int]:
        """Wait for events; the file numbers of the sockets and processes that have one."""
        watched = select.poll()
        sockets = [one.fileno() for one in self._sockets]
        for file in [*sockets, self.builder, *(kernel.pidfd for kernel in self.kernels)]:
            watched.register(file, READABLE)
        return {file for file, _ in watched.poll(TICK_MILLISECONDS)}

    def _accept(self) -> None:
        caller, _ = self.listener.accept()
        _, user, _ = struct.unpack(
            "3i", caller.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        )
        if user == os.getuid():
            self.callers.append(caller)
        else:
            caller.close()

    def _answer(self, caller: socket.socket) -> child.Job | None:
        """Serve the one request of a new connection."""
        files: list[int] = []
        job = None
        try:
            request, files = protocol.receive(caller)
            job = self._fork(caller, request, files)
        except (NotForkedError, OSError) as reason:
            with contextlib.suppress(OSError):
                protocol.send(caller, Refused(str(reason)))
            caller.close()
        if job is None:
            protocol.close(files)
        return job

    def _fork(
        self, caller: socket.socket, request: Message | None, files: Sequence[int]
    ) -> child.Job | None:
        if not isinstance(request, Launch) or len(files) != child.READY:
            raise NotForkedError("the first message has to be a launch with three files")
        self._check(request)
        leavings = processes.leavings(request.arguments)
        told, tell = os.pipe()
        server = os.getpid()
        # a signal between fork and the child's own handlers must not run the server's
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
        try:
            pid = os.fork()
        except OSError:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
            protocol.close((told, tell))
            raise
        if pid == 0:
            self._forget()
            caller.close()
            return child.Job(
                request.arguments,
                request.folder,
                {**self.added, **request.environment},
                (*files, tell),
                server,
            )
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
        kernel = Kernel(pid, os.pidfd_open(pid), caller, leavings)
        self.kernels.append(kernel)
        try:
            protocol.send(caller, Launched(pid), (kernel.pidfd, told))
        except OSError:
            self._hear(kernel)
        protocol.close((told, tell))
        return None

    def _check(self, request: Launch) -> None:
        """Check that a fork now would be a fresh kernel with that environment."""
        wanted = protocol.fixed_at_start(request.environment)
        differing = sorted(
            name
            for name in wanted.keys() | self.fixed.keys()
            if wanted.get(name) != self.fixed.get(name)
        )
        if differing:
            raise NotForkedError(
                f"its environment differs at the start of an interpreter: {', '.join(differing)}"
            )
        calm = monotonic() + CALM_SECONDS
        while preload.threads() > 1:
            if monotonic() > calm:
                raise NotForkedError(f"the fork server has {preload.threads()} threads")
            sleep(0.01)

    def _hear(self, kernel: Kernel) -> None:
        """Handle a signal for a kernel, or the end of its client, which ends the kernel."""
        message = None
        if kernel.connection:
            with contextlib.suppress(NotForkedError, OSError):
                message, files = protocol.receive(kernel.connection)
                protocol.close(files)
        if isinstance(message, Signal):
            processes.kill(kernel.pid, message.number)
            return
        if kernel.connection:
            kernel.connection.close()
            kernel.connection = None
        processes.kill(kernel.pid, signal.SIGKILL)

    def _bury(self, kernel: Kernel) -> None:
        """Reap a dead kernel after the rest of its group; until then the system does not reuse its
        number.
        """
        processes.kill(kernel.pid, signal.SIGKILL)
        _, status = os.waitpid(kernel.pid, 0)
        os.close(kernel.pidfd)
        self.kernels.remove(kernel)
        if kernel.connection:
            with contextlib.suppress(OSError):
                protocol.send(kernel.connection, Exited(os.waitstatus_to_exitcode(status)))
            kernel.connection.close()
        else:
            processes.remove(kernel.leavings)

    def _reap_orphans(self) -> None:
        """Reap processes that outlived their kernels and have ended since."""
        known = {kernel.pid for kernel in self.kernels}
        for orphan in set(processes.children()) - known:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(orphan, os.WNOHANG)

    def _forget(self) -> None:
        """In the child: close the server's sockets through their objects, which would otherwise
        close an unrelated file later.
        """
        for one in self._sockets:
            one.close()
