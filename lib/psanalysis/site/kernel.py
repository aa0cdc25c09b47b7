"""Starts kernels of this interpreter in their own folders, without a kernelspec of the machine."""

from __future__ import annotations

import math
import os
import sys
from pathlib import Path
from queue import Empty
from time import monotonic
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from psanalysis.kernels.internals import WITHOUT_PAUSE
from psanalysis.site.kernel_environment import environment
from psanalysis.site.meter import Meter, MeteredSession

REPLY_SECONDS, BROADCAST_SECONDS = 1.0, 0.2
SPARED = (
    # history is never read, and would create an SQLite file for each report
    "--HistoryManager.enabled=False",
    WITHOUT_PAUSE,
)


class Client(AsyncKernelClient):
    """A client that is ready as soon as the kernel answers and its broadcasts arrive, without the
    pause of `AsyncKernelClient`.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return once the kernel has answered and its broadcasts arrive.

        Broadcasts that have arrived by then are older than any later request.

        Raises
        ------
        RuntimeError
            If the kernel dies, or does not answer in time.
        """
        deadline = math.inf if timeout is None else monotonic() + timeout
        while not await self._answered():
            if not await self.is_alive():
                raise RuntimeError("kernel died before it answered")
            if monotonic() > deadline:
                raise RuntimeError(f"kernel did not answer within {timeout:g} s")

    async def _answered(self) -> bool:
        self.kernel_info()
        try:
            reply = await self.get_shell_msg(timeout=REPLY_SECONDS)
            await self.get_iopub_msg(timeout=BROADCAST_SECONDS)
        except Empty:
            return False
        return bool(reply["msg_type"] == "kernel_info_reply")


class KernelManager(AsyncKernelManager):
    """The manager of a kernel that gets only its own folder.

    `for_report` gives it the folder and its limits; the kernelspec is made here, so that neither a
    kernelspec of the user nor one of another environment replaces it. Another way to start
    kernels is another `provisioner` named in the metadata.
    """

    folder: Path
    memory_mb: int = 0
    meter: Meter
    provisioner_name = "psanalysis-forkserver"

    @classmethod
    def for_report(cls, folder: Path, memory_mb: int, meter: Meter) -> type[KernelManager]:
        """The class for one report."""
        return type(
            "ReportKernelManager",
            (cls,),
            {"folder": folder, "memory_mb": memory_mb, "meter": meter},
        )

    def __init__(self, **settings: Any):
        super().__init__(**settings)
        self.client_factory = Client
        if os.name == "posix":
            self.transport, self.ip = "ipc", str(self.folder / "k")
        self.connection_file = str(self.folder / "kernel.json")
        self.session = MeteredSession.with_meter(self.meter)(parent=self)
        self.meter.pid = lambda: getattr(self.provisioner, "pid", None)

    @property
    def kernel_spec(self) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", *SPARED]
        metadata = {"kernel_provisioner": {"provisioner_name": self.provisioner_name, "config": {}}}
        return KernelSpec(argv=argv, display_name="Python 3", language="python", metadata=metadata)

    async def start_kernel(self, **settings: Any) -> None:  # type: ignore[override]
        """Start the kernel in its folder, with nothing around it but what the folder holds."""
        with (self.folder / "kernel.log").open("ab") as log:
            await super().start_kernel(
                **settings,
                env=environment(self.folder),
                cwd=str(self.folder),
                stdout=log,
                stderr=log,
            )
        _limit(getattr(self.provisioner, "pid", None), self.memory_mb)


def _limit(pid: int | None, memory_mb: int) -> None:
    """Limit the private memory of a process, where the system can."""
    if pid and memory_mb and sys.platform == "linux":
        import resource

        try:
            resource.prlimit(pid, resource.RLIMIT_DATA, (memory_mb * 2**20, memory_mb * 2**20))
        except ProcessLookupError:
            return
