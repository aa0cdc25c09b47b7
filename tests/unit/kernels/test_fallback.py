"""Where a forked kernel is not to be had there is an ordinary one, and the log says why; only this
machine is spoken to.
"""

from __future__ import annotations

import logging
import socket
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest

from psanalysis.kernels import internals, preload, protocol, provisioner
from psanalysis.kernels.client import ForkedKernel
from psanalysis.kernels.forks import Server
from psanalysis.kernels.owner import ForkServer
from psanalysis.kernels.protocol import Launch, NotForkedError, Refused, Signal


@pytest.fixture(autouse=True)
def _nothing_said() -> None:
    provisioner._say_once.cache_clear()


def refused(kernel: Any, caplog: pytest.LogCaptureFixture) -> str:
    """The reason in the log; the kernel must work all the same."""
    assert not kernel.is_forked
    assert kernel.run("print(6 * 7)") == "42"
    return str(caplog.messages[-1]).removeprefix("kernels are started anew, which takes longer: ")


def test_without_fork_kernels_are_ordinary(
    start: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(internals, "obstacle", lambda: "fork servers need Linux, this is darwin")
    monkeypatch.delenv(protocol.ADDRESS, raising=False)
    assert refused(start(address=""), caplog) == "fork servers need Linux, this is darwin"


def test_the_reason_is_said_once(start: Any, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        assert not start(address="nobody").is_forked
    assert [record.levelno for record in caplog.records if record.name == provisioner.__name__] == [
        logging.WARNING
    ]


def test_a_dead_server_means_ordinary_kernels(
    start: Any, environment: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    with ForkServer(environment) as gone:
        pass
    assert refused(start(address=gone.address), caplog).startswith(
        "the fork server does not answer"
    )


def test_another_interpreter_environment_means_an_ordinary_kernel(
    start: Any, caplog: pytest.LogCaptureFixture
) -> None:
    reason = refused(start(PYTHONHASHSEED="7", LANG="zu_ZA.UTF-8"), caplog)
    assert reason == "its environment differs at the start of an interpreter: LANG, PYTHONHASHSEED"


def test_a_matplotlibrc_in_the_folder_means_an_ordinary_kernel(
    start: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "0").mkdir()
    (tmp_path / "0" / "matplotlibrc").write_text("lines.linewidth: 9")
    kernel = start()
    assert "matplotlibrc" in refused(kernel, caplog)
    assert kernel.run("import matplotlib; print(matplotlib.rcParams['lines.linewidth'])") == "9.0"


@pytest.mark.parametrize(
    ("cmd", "settings", "reason"),
    [
        (["julia", "-f", "file"], {}, "with this interpreter"),
        ([provisioner.sys.executable, "-m", "other", "-f", "file"], {}, "with this interpreter"),
        (
            [provisioner.sys.executable, "-m", "ipykernel_launcher"],
            {"preexec_fn": print},
            "preexec_fn",
        ),
        (
            [provisioner.sys.executable, "-m", "ipykernel_launcher"],
            {"stdout": provisioner.subprocess.PIPE},
            "pipes",
        ),
    ],
)
def test_what_a_forked_kernel_cannot_be(
    cmd: list[str], settings: dict[str, Any], reason: str
) -> None:
    with pytest.raises(NotForkedError, match=reason):
        provisioner.ForkServerProvisioner(address="nobody")._forked(cmd, settings, {})


def test_a_server_with_a_second_thread_does_not_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preload, "threads", lambda: 2)
    monkeypatch.setattr("psanalysis.kernels.forks.CALM_SECONDS", 0.05)
    ours, theirs = socket.socketpair()
    with ours, theirs, pytest.raises(NotForkedError, match="2 threads"):
        Server(ours, -1, theirs, {}, {})._check(Launch([], "/", {}))


def test_kernels_share_the_builders_server(
    start: Any, server: ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(protocol.ADDRESS, server.address)
    kernel = start(address="")
    parent = kernel.run(f"import os; print(os.getppid(), {protocol.ADDRESS!r} in os.environ)")
    assert parent == f"{server.pid} False"


def test_the_own_server_has_no_setting_that_its_kernels_lack(
    start: Any, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(protocol.ADDRESS, raising=False)
    others = {"LC_OTHERS": "C.UTF-8", "PYTHONOTHERS": "1"}
    assert not others.keys() & environment.keys()
    for name, value in others.items():
        monkeypatch.setenv(name, value)
    provisioner._server.cache_clear()
    kernel = start(address="")
    assert kernel.is_forked
    assert kernel.run("import os; print('LC_OTHERS' in os.environ)") == "False"


def test_a_server_outlives_what_is_no_request(server: ForkServer, start: Any) -> None:
    for raw in (
        b"",
        b"{}",
        b"\xff",
        protocol.encode(Signal(9)),
        protocol.encode(Launch([], "/", {})),
    ):
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as stranger:
            stranger.settimeout(10)
            stranger.connect(f"\0{server.address}")
            stranger.send(raw)
            if raw:
                assert isinstance(protocol.receive(stranger)[0], Refused)
    assert start().is_forked


@pytest.mark.needs("ports")
def test_a_path_too_long_for_a_socket_becomes_loopback(
    start: Any, server: ForkServer, environment: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / ("long" * 30)
    folder.mkdir()
    kernel = type(start(forked=False))(
        folder, environment | {"IPYTHONDIR": str(tmp_path / "ipython")}, True, server.address
    )
    try:
        assert kernel.is_forked
        assert (kernel.manager.transport, kernel.manager.ip) == ("tcp", "127.0.0.1")
        assert kernel.run("print(6 * 7)") == "42"
    finally:
        kernel.close()


@pytest.mark.parametrize("ip", ["0.0.0.0", "192.0.2.1"])
def test_other_machines_are_refused(start: Any, ip: str) -> None:
    manager = type(start(forked=False).manager)(transport="tcp", ip=ip)
    with pytest.raises(RuntimeError, match="for this machine alone"):
        manager.start_kernel()


@pytest.mark.needs("ports")
def test_papermill_runs_unmodified(
    start: Any,
    server: ForkServer,
    environment: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in protocol.fixed_at_start(environment).items():
        monkeypatch.setenv(name, value)
    manager = type(start(forked=False).manager)
    bound = type("Bound", (manager,), {"address": server.address})
    cells = [
        nbformat.v4.new_code_cell("n = 1", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell("import os; print(n * 6, os.getppid())"),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    done = papermill.execute_notebook(
        notebook,
        None,
        parameters={"n": 7},
        kernel_name="python3",
        language="python",
        progress_bar=False,
        cwd=str(tmp_path),
        kernel_manager_class=bound,
    )
    assert done.cells[-1].outputs[0].text == f"42 {server.pid}\n"


def test_a_message_too_long_for_the_socket_is_no_crash(server: ForkServer) -> None:
    with pytest.raises(NotForkedError, match="too long"):
        ForkedKernel(server.address, Launch([], "/", {"LONG": "x" * 10_000_000}), (0, 1, 2))
