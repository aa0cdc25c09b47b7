"""Kernels for these tests: forked or ordinary, in a folder of their own, run by a client that
blocks.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory

import psanalysis
from psanalysis.kernels.owner import ForkServer
from psanalysis.kernels.provisioner import NAME

LIBRARY = str(Path(psanalysis.__file__).parents[1])


class Manager(KernelManager):
    """A kernel manager that makes its own kernelspec."""

    forked = True
    address = ""

    @property
    def kernel_spec(self) -> KernelSpec:
        provisioner = (
            {"provisioner_name": NAME, "config": {"address": self.address}} if self.forked else {}
        )
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(
            argv=argv,
            display_name="test",
            language="python",
            metadata={"kernel_provisioner": provisioner},
        )


class Kernel:
    """A running kernel and its client."""

    def __init__(self, folder: Path, environment: dict[str, str], forked: bool, address: str):
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.manager = Manager(
            transport="ipc", ip=str(folder / "k"), connection_file=str(folder / "kernel.json")
        )
        self.manager.forked, self.manager.address = forked, address
        self.log = (folder / "kernel.log").open("ab")
        self.manager.start_kernel(
            env=environment, cwd=str(folder), stdout=self.log, stderr=self.log
        )
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    @property
    def pid(self) -> int:
        return int(self.manager.provisioner.pid)

    @property
    def is_forked(self) -> bool:
        return type(self.manager.provisioner.process).__name__ == "ForkedKernel"

    def run(self, code: str) -> str:
        """What a cell prints, or the name of what it raises."""
        said: list[str] = []

        def hear(message: dict[str, Any]) -> None:
            content = message["content"]
            said.append(
                content.get("text", "")
                if message["msg_type"] == "stream"
                else content.get("ename", "")
            )

        self.client.execute_interactive(code, output_hook=hear, timeout=60, store_history=False)
        return "".join(said).strip()

    def close(self) -> None:
        self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()
        self.log.close()


def register() -> None:
    """Make the provisioner known whether or not the package is installed."""
    factory = KernelProvisionerFactory.instance()
    factory.provisioners[NAME] = EntryPoint(
        NAME, "psanalysis.kernels.provisioner:ForkServerProvisioner", factory.GROUP_NAME
    )


@pytest.fixture(scope="session", autouse=True)
def _registered() -> None:
    register()


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    path = os.pathsep.join([LIBRARY, *filter(None, [os.environ.get("PYTHONPATH")])])
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST", "MPLBACKEND", "IPYTHON", "JUPYTER"))
    }
    return kept | {"PYTHONPATH": path, "PYTHONHASHSEED": "0"}


@pytest.fixture(scope="session")
def server(environment: dict[str, str]) -> Iterator[ForkServer]:
    with ForkServer(environment) as running:
        yield running


@pytest.fixture
def start(
    server: ForkServer, environment: dict[str, str], tmp_path: Path
) -> Iterator[Callable[..., Kernel]]:
    running: list[Kernel] = []

    def started(forked: bool = True, address: str = server.address, **changes: str) -> Kernel:
        folder = tmp_path / str(len(running))
        kernel = Kernel(
            folder, environment | {"IPYTHONDIR": str(folder / "ipython")} | changes, forked, address
        )
        running.append(kernel)
        return kernel

    yield started
    for kernel in running:
        kernel.close()


@pytest.fixture
def within() -> Callable[..., Any]:
    """Wait until something holds; so long only because a loaded machine may be slow to take a
    process away.
    """

    def holds(condition: Callable[[], Any]) -> bool:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if condition():
                return True
            time.sleep(0.02)
        return bool(condition())

    return holds
