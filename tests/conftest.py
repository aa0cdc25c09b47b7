"""What all tests share: the same examples everywhere, and what happens where a machine lacks
something.

A test says what it needs (`@pytest.mark.needs("mounts")`, or a fixture of `FIXTURES`). Where that
is absent the test is skipped, and the closing lines count such tests, a line a reason with what to
do. With PSANALYSIS_TEST_ALL=1, as in CI, each skip is a failure instead.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))  # for what tests share and is no test
from machine import NEEDS, lacks

if TYPE_CHECKING:
    from psanalysis.datapackage.dataset import Dataset

settings.register_profile("project", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("project")

DEMAND = "PSANALYSIS_TEST_ALL"
# Dask's workers are talked to by TCP, and take their locks in shared memory
CLUSTER = ("ports", "shm")
FIXTURES = {
    "sources": ("sources",),
    "browser": ("chromium",),
    "scheduler": CLUSTER,
    "own_cluster": CLUSTER,
}


@pytest.fixture(scope="session")
def ds() -> Dataset:
    """The curated data."""
    from psanalysis.datapackage.dataset import load

    return load()


def pytest_configure(config: pytest.Config) -> None:
    # a shell's background job and nohup ignore these, and so would all that the tests start and end
    for name in ("SIGINT", "SIGQUIT", "SIGHUP", "SIGTERM"):
        asked = getattr(signal, name, signal.SIGINT)
        if signal.getsignal(asked) is signal.SIG_IGN:
            signal.signal(asked, signal.SIG_DFL)
    config.addinivalue_line("markers", f"needs(name): what a machine may lack: {', '.join(NEEDS)}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture in FIXTURES.keys() & set(getattr(item, "fixturenames", ())):
            for need in FIXTURES[fixture]:
                item.add_marker(pytest.mark.needs(need))
        # nbval starts ordinary kernels, which are talked to by TCP
        if item.path.suffix == ".ipynb":
            item.add_marker(pytest.mark.needs("ports"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("needs"):
        words = lacks(*marker.args)
        if words:
            pytest.skip(words)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    report = yield
    if report.skipped and os.environ.get(DEMAND) and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and {DEMAND} demands every test: {_reason(report)}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    counts = Counter(map(_reason, terminalreporter.stats.get("skipped", ())))
    for words, count in sorted(counts.items()):
        terminalreporter.write_line(f"skipped {count}: {words}")


def _reason(report: pytest.TestReport) -> str:
    words = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return words.removeprefix("Skipped: ")
