"""Kernels of this interpreter, started without any kernelspec of the machine, in a folder of their own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

import psanalysis
from psanalysis.site.meter import Meter, MeteredSession

NOT_INHERITED = ("JUPYTER_", "IPYTHON", "PYTHONSTARTUP", "PYTHONHASHSEED")
LIBRARY_ROOT = Path(psanalysis.__file__).parents[1]


class KernelManager(AsyncKernelManager):
    """A kernel that knows only its own folder.

    `bound` gives it the folder and its limits; the kernelspec is made here, so that neither a kernelspec of the user nor one of
    another environment can take its place. Another way to start kernels is another `provisioner` named in the metadata.
    """

    folder: Path
    memory_mb: int = 0
    meter: Meter
    provisioner_name = "psanalysis-forkserver"

    @classmethod
    def bound(cls, folder: Path, memory_mb: int, meter: Meter) -> type[KernelManager]:
        """The class for one report."""
        return type("BoundKernelManager", (cls,), {"folder": folder, "memory_mb": memory_mb, "meter": meter})

    def __init__(self, **settings: Any):
        super().__init__(**settings)
        if os.name == "posix":
            self.transport, self.ip = "ipc", str(self.folder / "k")
        self.connection_file = str(self.folder / "kernel.json")
        self.session = MeteredSession.bound(self.meter)(parent=self)
        self.meter.pid = lambda: getattr(self.provisioner, "pid", None)

    @property
    def kernel_spec(self) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        metadata = {"kernel_provisioner": {"provisioner_name": self.provisioner_name, "config": {}}}
        return KernelSpec(argv=argv, display_name="Python 3", language="python", metadata=metadata)

    async def _async_start_kernel(self, **settings: Any) -> None:
        with (self.folder / "kernel.log").open("ab") as log:
            await super()._async_start_kernel(**settings, env=environment(self.folder), cwd=str(self.folder), stdout=log, stderr=log)
        _limit(getattr(self.provisioner, "pid", None), self.memory_mb)

    start_kernel = _async_start_kernel


def environment(folder: Path) -> dict[str, str]:
    """Environment of a kernel: this one's, with data, IPython's profile and the library bound to the report."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(NOT_INHERITED)}
    path = [str(LIBRARY_ROOT), *filter(None, inherited.get("PYTHONPATH", "").split(os.pathsep))]
    return inherited | {
        "PSANALYSIS_DATA": str(folder / "data"),
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(folder),
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(path)),
        "PYTHONHASHSEED": "0",
        "PYTHONNOUSERSITE": "1",
        "NO_COLOR": "1",
    }


def _limit(pid: int | None, memory_mb: int) -> None:
    """Bound the private memory of a process, where the system can."""
    if pid and memory_mb and sys.platform == "linux":
        import resource

        try:
            resource.prlimit(pid, resource.RLIMIT_DATA, (memory_mb * 2**20, memory_mb * 2**20))
        except ProcessLookupError:
            return
