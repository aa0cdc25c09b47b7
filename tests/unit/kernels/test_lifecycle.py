"""No kernel outlives its client, its server or its owner; nothing is left of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from psanalysis.kernels.client import ForkedKernel
from psanalysis.kernels.owner import ForkServer
from psanalysis.kernels.protocol import Launch

CLIENT = """
import os, sys, time
from pathlib import Path
sys.path.insert(0, {tests!r})
import conftest
conftest.register()
kernel = conftest.Kernel(Path({folder!r}), dict(os.environ), True, "")
assert kernel.is_forked
child = kernel.run("import subprocess; print(subprocess.Popen(['sleep', '600']).pid)")
escaped = kernel.run("print(subprocess.Popen(['sleep', '600'], start_new_session=True).pid)")
print(kernel.run("import os; print(os.getppid())"), kernel.pid, child, escaped, flush=True)
time.sleep(600)
"""
# a process in a session of its own, whose parent has ended
ESCAPE = """
import subprocess, sys
leave = "import subprocess; subprocess.Popen(['sleep', '600'], start_new_session=True)"
subprocess.run([sys.executable, "-c", leave], check=True)
"""


def alive(pid: int) -> bool:
    """Whether a process exists and is not a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


@pytest.fixture
def own(environment: dict[str, str]) -> Iterator[ForkServer]:
    with ForkServer(environment) as running:
        yield running


@pytest.mark.parametrize(
    "number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=["KILL", "TERM", "INT"]
)
def test_nothing_is_left_after_the_builder(
    environment: dict[str, str], tmp_path: Path, within: Any, number: int
) -> None:
    code = textwrap.dedent(CLIENT).format(
        tests=str(Path(__file__).parent), folder=str(tmp_path / "k")
    )
    builder = subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert builder.stdout
    server, kernel, child, escaped = map(int, builder.stdout.readline().split())
    assert all(map(alive, (server, kernel, child, escaped)))
    assert list(tmp_path.glob("k/k-*"))
    builder.send_signal(number)
    builder.wait(10)
    assert within(lambda: not any(map(alive, (server, kernel, child, escaped))))
    assert within(
        lambda: not list(tmp_path.glob("k/k-*")) and not (tmp_path / "k" / "kernel.json").exists()
    )
    builder.stdout.close()


def test_a_server_dies_with_its_owner_while_it_is_still_importing(
    environment: dict[str, str], within: Any
) -> None:
    code = """
import os, time
from psanalysis.kernels.owner import ForkServer
server = ForkServer(os.environ)
print(server.pid, flush=True)
time.sleep(600)
"""
    owner = subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout
    server = int(owner.stdout.readline())
    assert within(lambda: "pandas" in Path(f"/proc/{server}/maps").read_text())
    owner.kill()
    owner.wait()
    assert within(lambda: not alive(server))
    owner.stdout.close()


def test_a_killed_client_takes_only_its_own_kernels(
    own: ForkServer, environment: dict[str, str], start: Any, within: Any
) -> None:
    first, second = start(address=own.address), start(address=own.address)
    first.manager.provisioner.process._connection.close()
    assert within(lambda: not alive(first.pid))
    assert second.run("print(6 * 7)") == "42"
    assert within(lambda: children(own.pid) == [str(second.pid)])


def test_a_dead_kernel_is_noticed_with_its_signal(start: Any, within: Any) -> None:
    kernel = start()
    os.kill(kernel.pid, signal.SIGKILL)
    assert within(lambda: not kernel.manager.is_alive())
    assert kernel.manager.provisioner.process.returncode == -signal.SIGKILL


def test_the_exit_code_of_a_kernel_arrives(start: Any) -> None:
    kernel = start()
    kernel.client.execute("import os; os._exit(7)")
    assert kernel.manager.provisioner.process.wait(5) == 7
    assert kernel.manager.provisioner.process.poll() == 7


def test_no_zombies_and_no_files_after_many_kernels(
    own: ForkServer, start: Any, within: Any, tmp_path: Path
) -> None:
    for ending in ("now", "polite", "crash", "leave a process"):
        kernel = start(address=own.address)
        if ending == "crash":
            kernel.client.execute("import ctypes; ctypes.string_at(0)")
        if ending == "leave a process":
            kernel.run(
                "import subprocess; subprocess.Popen(['sleep', '0.2'], start_new_session=True)"
            )
        if ending == "polite":
            kernel.manager.shutdown_kernel()
        kernel.close()
    assert within(lambda: children(own.pid) == [])
    assert [
        path for path in tmp_path.rglob("*") if path.is_socket() or path.suffix == ".json"
    ] == []
    assert within(lambda: len(list(Path(f"/proc/{own.pid}/fd").iterdir())) <= 7)


def test_a_polite_end_runs_what_the_kernel_registered(start: Any) -> None:
    kernel = start()
    kernel.run("import atexit, pathlib; atexit.register(pathlib.Path('farewell').touch)")
    process = kernel.manager.provisioner.process
    kernel.manager.shutdown_kernel()
    assert process.returncode == 0
    assert (kernel.folder / "farewell").exists()


def test_an_interrupt_reaches_the_cell(start: Any) -> None:
    kernel = start()
    kernel.client.execute("open('running', 'w'); import time; time.sleep(600)", stop_on_error=False)
    while not (kernel.folder / "running").exists():
        assert kernel.manager.is_alive()
    kernel.manager.interrupt_kernel()
    assert kernel.client.get_shell_msg(timeout=10)["content"]["ename"] == "KeyboardInterrupt"
    assert kernel.run("print(6 * 7)") == "42"


@pytest.mark.parametrize("name", ["terminate", "kill"])
def test_ending_a_kernel_ends_its_children(start: Any, within: Any, name: str) -> None:
    kernel = start()
    child = int(kernel.run("import subprocess; print(subprocess.Popen(['sleep', '600']).pid)"))
    process = kernel.manager.provisioner.process
    getattr(process, name)()
    assert process.wait(5) == -(signal.SIGTERM if name == "terminate" else signal.SIGKILL)
    assert within(lambda: not alive(child))


def test_a_kernel_restarts(start: Any) -> None:
    kernel = start()
    kernel.run("x = 1")
    before = kernel.pid
    kernel.manager.restart_kernel(now=True)
    kernel.client.wait_for_ready(timeout=30)
    assert kernel.is_forked
    assert kernel.pid != before
    assert kernel.run("x") == "NameError"


def test_kernels_die_with_a_killed_server_and_are_noticed(
    own: ForkServer, start: Any, within: Any
) -> None:
    kernel = start(address=own.address)
    os.kill(own.pid, signal.SIGKILL)
    assert within(lambda: not alive(kernel.pid))
    # its leading thread is a zombie before the whole process is gone
    assert within(lambda: not kernel.manager.is_alive())


def test_closing_a_server_ends_its_kernels_and_what_escaped_them(
    own: ForkServer, start: Any
) -> None:
    kernel = start(address=own.address)
    kernel.run(ESCAPE)
    (escaped,) = {*map(int, children(own.pid))} - {kernel.pid}
    own.close()
    assert not alive(kernel.pid)
    assert not alive(escaped)


def test_sigterm_to_the_server_ends_its_kernels(own: ForkServer, start: Any, within: Any) -> None:
    kernel = start(address=own.address)
    os.kill(own.pid, signal.SIGTERM)
    assert within(lambda: not alive(kernel.pid) and not own.alive())


def test_a_kernel_that_cannot_start_says_so_in_its_log(
    server: ForkServer, environment: dict[str, str], tmp_path: Path
) -> None:
    launch = Launch(["-f", str(tmp_path / "kernel.json")], str(tmp_path / "nowhere"), environment)
    with (
        (tmp_path / "log").open("wb") as log,
        pytest.raises(Exception, match="before its sockets were bound"),
    ):
        ForkedKernel(server.address, launch, (log.fileno(), log.fileno(), log.fileno()))
    assert "FileNotFoundError" in (tmp_path / "log").read_text()
