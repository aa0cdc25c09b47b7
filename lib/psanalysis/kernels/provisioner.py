"""The kernel provisioner `psanalysis-forkserver`: kernels are forked if possible, else ordinary."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Unicode

from psanalysis.kernels import internals, protocol
from psanalysis.kernels.child import LAUNCHER
from psanalysis.kernels.client import ForkedKernel
from psanalysis.kernels.owner import ForkServer
from psanalysis.kernels.protocol import NotForkedError

NAME = "psanalysis-forkserver"
LONGEST_SOCKET_PATH = 107
LONGEST_PORT = len("-65535")
KNOWN_SETTINGS = frozenset(
    {"env", "cwd", "stdin", "stdout", "stderr", "kernel_id", "extra_arguments"}
)
# an installed kernelspec passes it for the sake of debuggers
HARMLESS = "-Xfrozen_modules=off"
DEATH_SECONDS = 1.0
log = logging.getLogger(__name__)


class ForkServerProvisioner(LocalProvisioner):
    """Starts kernels through a fork server.

    Its address comes from the kernelspec's config, else from the environment variable
    PSANALYSIS_FORKSERVER (a builder's server, which its workers share); without one, this process
    starts a server of its own at the first kernel. The reason why a kernel cannot be forked is
    logged once, and the kernel is started as an ordinary process.
    """

    process: Any = None
    address = Unicode("", help="Address of a running fork server.").tag(config=True)

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """As for a local kernel, over IPC or loopback only: a path too long for a socket makes it
        127.0.0.1.
        """
        manager = self.parent
        if (
            manager
            and manager.transport == "ipc"
            and len(os.fsencode(manager.ip)) + LONGEST_PORT > LONGEST_SOCKET_PATH
        ):
            manager.transport, manager.ip, manager.cache_ports = "tcp", "127.0.0.1", True
        if (
            manager
            and manager.transport == "tcp"
            and not (manager.ip == "localhost" or ip_address(manager.ip).is_loopback)
        ):
            raise RuntimeError(
                f"kernels of {NAME} are for this machine alone, not for {manager.ip} -> leave the "
                "kernel manager's ip as it is"
            )
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork a kernel whose sockets are fixed on return, or launch an ordinary one."""
        environment = {
            name: value
            for name, value in (kwargs.get("env") or os.environ).items()
            if name != protocol.ADDRESS
        }
        try:
            self.process = await asyncio.to_thread(self._forked, cmd, kwargs, environment)
        except NotForkedError as reason:
            if os.environ.get(internals.SWITCH) != internals.ORDINARY:  # or it was asked for
                _say_once(str(reason))
            return await super().launch_kernel(cmd, **kwargs | {"env": environment})
        self.pid, self.pgid = self.process.pid, None
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel and wait until it is gone, so that nobody has to poll for it."""
        await super().kill(restart)
        if isinstance(self.process, ForkedKernel):
            with contextlib.suppress(subprocess.TimeoutExpired):
                await asyncio.to_thread(self.process.wait, DEATH_SECONDS)

    def _forked(
        self, cmd: Sequence[str], settings: Mapping[str, Any], environment: dict[str, str]
    ) -> ForkedKernel:
        hindrance = internals.obstacle()
        if hindrance:
            raise NotForkedError(hindrance)
        arguments = _arguments(cmd)
        folder = Path(settings.get("cwd") or Path.cwd()).absolute()
        unknown = sorted(
            name for name, value in settings.items() if name not in KNOWN_SETTINGS and value
        )
        if unknown:
            raise NotForkedError(f"a forked kernel cannot have {', '.join(unknown)}")
        if (folder / "matplotlibrc").exists():
            raise NotForkedError(
                "its folder has a matplotlibrc, which is read when matplotlib is imported"
            )
        address = (
            self.address or os.environ.get(protocol.ADDRESS) or _own_server(cmd[0], environment)
        )
        environment.setdefault("JPY_PARENT_PID", str(os.getpid()))
        with contextlib.ExitStack() as opened:
            files = [
                _file(settings.get(name), number, opened)
                for number, name in enumerate(("stdin", "stdout", "stderr"))
            ]
            return ForkedKernel.launched(address, arguments, str(folder), environment, files)


def _arguments(cmd: Sequence[str]) -> Sequence[str]:
    """The arguments after the module in a command that starts ipykernel with this interpreter."""
    plain = [word for word in cmd if word != HARMLESS]
    if plain[:3] != [sys.executable, "-m", LAUNCHER]:
        raise NotForkedError(
            f"a forked kernel runs {LAUNCHER} with this interpreter, not {' '.join(cmd[:3])}"
        )
    return plain[3:]


def _file(setting: Any, number: int, opened: contextlib.ExitStack) -> int:
    """The file that Popen would pass to the process for a setting."""
    if setting == subprocess.DEVNULL or (setting is None and number == 0):
        return opened.enter_context(open(os.devnull, "r+b", buffering=0)).fileno()  # noqa: PTH123
    if setting is None:
        return number
    if setting == subprocess.STDOUT or setting == subprocess.PIPE:
        raise NotForkedError("a forked kernel cannot have pipes")
    return int(setting if isinstance(setting, int) else setting.fileno())


_starting = threading.Lock()


def _own_server(executable: str, environment: Mapping[str, str]) -> str:
    """Address of this process's own server, which is started once; a dead one is not replaced."""
    with _starting:
        server = _server(
            os.getpid(), executable, tuple(protocol.fixed_at_start(environment).items())
        )
    if not server.alive():
        raise NotForkedError(f"the fork server ended {server.trouble()}".strip())
    return server.address


@cache
def _server(process: int, executable: str, fixed: tuple[tuple[str, str], ...]) -> ForkServer:
    # variables that kernels lack the server must lack too: a fork cannot undo their effect
    ours = protocol.fixed_at_start(os.environ)
    others = {name: value for name, value in os.environ.items() if name not in ours}
    server = ForkServer(others | dict(fixed), executable)
    atexit.register(_close, server, process)
    return server


def _close(server: ForkServer, process: int) -> None:
    """A forked copy of the process must not end its parent's server."""
    if os.getpid() == process:
        server.close()


@cache
def _say_once(reason: str) -> None:
    log.warning("kernels are started anew, which takes longer: %s", reason)
