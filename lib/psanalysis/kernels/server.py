"""The fork server's process: it preloads, serves until the builder has ended, and becomes a kernel
in each fork.
"""

from __future__ import annotations

import fcntl
import gc
import os
import select
import signal
import socket
import sys
from types import FrameType
from typing import NoReturn

from psanalysis.kernels import child, internals, preload, protocol
from psanalysis.kernels.forks import Server
from psanalysis.kernels.protocol import Start

SET_SUBREAPER = 36


def main(owner_file: int, listener_file: int) -> None:
    """Preload, then serve; in a forked kernel the loop returns, and the kernel runs as the
    interpreter's main program.
    """
    owner, listener = socket.socket(fileno=owner_file), socket.socket(fileno=listener_file)
    builder = os.pidfd_open(os.getppid())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start, _ = protocol.receive(owner)
    if not isinstance(start, Start):
        return
    _die_with(owner, True)
    if select.select([owner], [], [], 0)[0]:
        return
    del sys.path[0]  # the folder in which the server was started
    before = os.environ.keys() - ({"LC_CTYPE"} - start.fixed.keys())
    preload.preload()
    added = {
        name: value
        for name, value in os.environ.items()
        if name not in before and name not in preload.SETTINGS
    }
    child.control_process(SET_SUBREAPER, 1)
    # preloaded objects stay in shared memory, and no garbage collection in a kernel visits them
    gc.freeze()
    _die_with(owner, False)
    signal.signal(signal.SIGTERM, _stop)
    server = Server(owner, builder, listener, dict(start.fixed), added)
    job = None
    try:
        job = server.serve()
    finally:
        if job is None:
            server.end()
    if job is None:
        _leave()
    del server, owner, listener
    child.run(job)


def _leave() -> NoReturn:
    """Exit without the interpreter's teardown, which the builder would wait for."""
    internals.run_exit_functions()
    sys.stderr.flush()
    os._exit(0)


def _die_with(owner: socket.socket, now: bool) -> None:
    """Make the system end this process (SIGIO) when the socket's other end closes, even in a long
    import.
    """
    fcntl.fcntl(owner, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(owner, fcntl.F_GETFL)
    fcntl.fcntl(owner, fcntl.F_SETFL, flags | os.O_ASYNC if now else flags & ~os.O_ASYNC)


def _stop(number: int, frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
