"""Builds on a Dask cluster of two worker processes: the same bytes, nothing lost with a worker, no
foreign version let in.
"""

from __future__ import annotations

import contextlib
import http.server
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from psanalysis.kernels.owner import ForkServer
from psanalysis.kernels.protocol import ADDRESS
from psanalysis.site import cluster, cluster_watch
from psanalysis.site import scheduler as scheduler_module
from psanalysis.site.errors import SiteError
from psanalysis.site.fingerprint import library_hash
from psanalysis.site.kernel_environment import common
from psanalysis.site.model import Built, Failed, Inputs
from psanalysis.site.worker import build_report

from .conftest import notebook

PLAIN = [
    'lang = "en"',
    "from IPython.display import HTML, display",
    "display(HTML(f'<h1>{lang}</h1>'))",
]
FATAL = """
import os, signal, time
if not os.path.exists({mark!r}):
    open({mark!r}, "w").close()
    os.kill(int(os.environ["JPY_PARENT_PID"]), signal.SIGKILL)
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """Address of a cluster; its workers, and this process, take their kernels from one fork server,
    so that it warms up once.
    """
    with (
        pytest.MonkeyPatch.context() as patch,
        ForkServer(common()) as server,
    ):
        patch.setenv("PYTHONPATH", common()["PYTHONPATH"])
        patch.setenv(ADDRESS, server.address)
        with LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=":0", memory_limit=0
        ) as running:
            yield running.scheduler_address


def inputs(name: str, cells: list[str]) -> Inputs:
    return Inputs(
        name, notebook(cells), '{"lang":"en"}', {"a.csv": b"a\n1\n"}, {}, library_hash(), "e"
    )


@pytest.fixture
def built(scheduler: str, tmp_path: Path):  # type: ignore[no-untyped-def]
    """Outcomes of notebooks that are sent to the cluster, by name."""

    def run(**cells: list[str]) -> dict[str, Built | Failed]:
        return dict(
            cluster.cluster_runner(scheduler)(
                list(cells), lambda name: inputs(name, cells[name]), 1, tmp_path
            )
        )

    return run


def test_a_cluster_builds_the_same_bytes(built, tmp_path: Path) -> None:
    data = (
        "import os; display(HTML(open(os.path.join(os.environ['PSANALYSIS_DATA'], "
        "'a.csv')).read()))"
    )
    there = built(first=PLAIN, second=[*PLAIN, data])
    here = {
        name: build_report(inputs(name, cells), tmp_path)
        for name, cells in (("first", PLAIN), ("second", [*PLAIN, data]))
    }
    assert {name: built.page for name, built in there.items()} == {
        name: built.page for name, built in here.items()
    }
    assert {name: built.facts for name, built in there.items()} == {
        name: built.facts for name, built in here.items()
    }


def test_a_killed_worker_loses_nothing(built, tmp_path: Path) -> None:
    outcomes = built(
        first=[PLAIN[0], FATAL.format(mark=str(tmp_path / "mark")), *PLAIN[1:]],
        second=PLAIN,
        third=PLAIN,
    )
    assert (tmp_path / "mark").exists()
    assert {name: type(outcome) for name, outcome in outcomes.items()} == dict.fromkeys(
        ["first", "second", "third"], Built
    )
    assert b"<h1>en</h1>" in outcomes["first"].page


def test_a_failing_cell_is_told_as_it_is_here(built) -> None:
    (failed,) = built(only=[PLAIN[0], "1 / 0"]).values()
    assert (failed.kind, failed.cell, failed.message) == (
        "cell",
        2,
        "ZeroDivisionError: division by zero",
    )


def test_another_version_on_a_worker_is_refused(built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "versions", lambda: {"pandas": "99.0", "python": "3"})
    with pytest.raises(
        SiteError,
        match=r"worker tcp://127.0.0.1:\d+: pandas \d[\d.]+ instead of 99.0, python .* -> install",
    ):
        built(only=PLAIN)


def test_another_library_on_a_worker_is_refused(built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "library_hash", lambda: "0" * 64)
    with pytest.raises(
        SiteError,
        match=r"worker tcp://127.0.0.1:\d+: library [0-9a-f]{12} instead of 000000000000 -> "
        r"install",
    ):
        built(only=PLAIN)


def test_a_worker_that_comes_later_is_checked_too(built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_checked", lambda *_: 1)
    monkeypatch.setattr(cluster, "versions", lambda: {"pandas": "99.0"})
    with pytest.raises(SiteError, match=r"worker tcp://127.0.0.1:\d+: pandas"):
        built(only=PLAIN)


def test_inputs_that_changed_on_the_way_are_refused(built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Inputs, "key", "k" * 64)
    with pytest.raises(SiteError, match="the inputs of only arrived damaged"):
        built(only=PLAIN)


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in (("TICK", 0.2), ("SILENT", 4), ("WITHOUT_WORKERS", 2), ("ANSWER", 8)):
        monkeypatch.setattr(cluster_watch, f"{name}_SECONDS", seconds)


@pytest.fixture
def own_cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalCluster]:
    """A cluster that a test may break."""
    monkeypatch.setenv("PYTHONPATH", common()["PYTHONPATH"])
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=":0", memory_limit=0
    ) as running:
        yield running


def pids(running: LocalCluster) -> list[int]:
    return [worker.pid for worker in running.workers.values()]


def built_by(
    address: str, tmp_path: Path, cells: dict[str, list[str]]
) -> dict[str, Built | Failed]:
    return dict(
        cluster.cluster_runner(address)(
            list(cells), lambda name: inputs(name, cells[name]), 1, tmp_path
        )
    )


def test_a_frozen_worker_is_taken_off_and_its_reports_are_built_by_others(
    own_cluster: LocalCluster, soon: None, tmp_path: Path
) -> None:
    frozen, _ = pids(own_cluster)
    os.kill(frozen, signal.SIGSTOP)
    thaws = threading.Timer(30, os.kill, (frozen, signal.SIGCONT))
    thaws.start()
    started = time.monotonic()
    outcomes = built_by(
        own_cluster.scheduler_address, tmp_path, dict.fromkeys(["a", "b", "c", "d"], PLAIN)
    )
    assert {type(outcome) for outcome in outcomes.values()} == {Built}
    assert time.monotonic() - started < 30
    thaws.cancel()


def test_a_cluster_that_loses_all_its_workers_is_said(
    own_cluster: LocalCluster, soon: None, tmp_path: Path
) -> None:
    cells = [PLAIN[0], "import time; time.sleep(600)"]
    threading.Timer(3, own_cluster.scale, (0,)).start()
    with pytest.raises(SiteError, match="has lost all its workers -> start some"):
        built_by(own_cluster.scheduler_address, tmp_path, {"a": cells})


@pytest.mark.needs("ports")
def test_a_lost_scheduler_is_said(soon: None, tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    known = os.environ | {"PYTHONPATH": common()["PYTHONPATH"]}
    running = [
        subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{what}", *arguments],
            env=known,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=tmp_path,
        )
        for what, arguments in (
            ("scheduler", ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]),
            ("worker", [address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]),
        )
    ]
    try:
        cells = {"a": [PLAIN[0], "import time; time.sleep(600)"]}
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with contextlib.suppress(SiteError):
                scheduler_module.require(address)
                with Client(address, set_as_default=False) as client:
                    client.wait_for_workers(1, timeout=20)
                break
            time.sleep(0.2)
        threading.Timer(4, running[0].kill).start()
        with pytest.raises(SiteError, match=r"the scheduler is gone|has not answered"):
            built_by(address, tmp_path, cells)
    finally:
        for process in running:
            process.kill()
            process.wait()


class Web(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize("kind", ["web server", "silent", "talks first", "closes"])
def test_what_is_no_scheduler_is_a_plain_message(
    fresh, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(scheduler_module, "CONNECT_SECONDS", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"tcp://127.0.0.1:{listener.getsockname()[1]}"

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                if kind == "web server":
                    Web(connection, ("127.0.0.1", 0), None)  # type: ignore[arg-type]
                elif kind == "talks first":
                    connection.sendall(b"SSH-2.0-OpenSSH_9.9\r\n")
                    time.sleep(1)
                elif kind == "silent":
                    time.sleep(3)

        threading.Thread(target=answer, daemon=True).start()
        done = fresh.cli("build", "--scheduler", address)
    assert done.exit_code == 2
    assert f"--scheduler {address}: no Dask scheduler answers there" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not list(fresh.store.glob("*.part"))


@pytest.mark.parametrize(
    "address",
    ["", "tcp://", "nowhere", "tcp://127.0.0.1", "tcp://127.0.0.1:x", "tcp://127.0.0.1:99999",
        "tls://127.0.0.1:1", "odd://a:1",
     "tcp://\u2603.invalid:8786"],
)  # fmt: skip
def test_what_is_no_address_is_a_plain_message(fresh, address: str) -> None:
    done = fresh.cli("build", "--scheduler", address)
    assert done.exit_code == 2
    assert done.stderr.startswith("psanalysis: --scheduler")
    assert len(done.stderr.splitlines()) == 1


def test_no_scheduler_is_bad_usage(fresh) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{unused.getsockname()[1]}"
        done = fresh.run(
            "build", "--scheduler", address, DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT="1s"
        )
    assert done.returncode == 2
    assert f"psanalysis: --scheduler {address}: no Dask scheduler answers there" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_cluster_without_workers_is_bad_usage(tmp_path: Path) -> None:
    with (
        LocalCluster(n_workers=0, processes=False, dashboard_address=":0") as empty,
        pytest.raises(SiteError, match="has no worker -> start some"),
    ):
        list(
            cluster.cluster_runner(empty.scheduler_address)(
                ["a"], lambda _: Inputs("", "", "", {}, {}, "", ""), 1, tmp_path
            )
        )
