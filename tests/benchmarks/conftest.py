"""One table of all that was measured, printed and written to reports/benchmarks.md."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "reports" / "benchmarks.md"
QUICK = os.environ.get("PSANALYSIS_BENCH") == "quick"
PARTS = {
    "catalogue": "Whole catalogue",
    "change": "Rebuild",
    "cluster": "Dask",
    "count": "Many reports",
    "load": "ps.load",
    "matrix": "Matrix",
    "start": "Start-up",
}
PACKAGES = ("pandas", "pyarrow", "matplotlib", "papermill", "nbconvert", "ipykernel", "distributed")


@dataclass
class Table:
    """Rows by part, in the order in which they were measured."""

    rows: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)

    def add(
        self,
        part: str,
        what: str,
        *,
        wall: float | None = None,
        cpu: float | None = None,
        memory: float | None = None,
        result: str = "",
        target: str = "",
    ) -> None:
        """A row: seconds, seconds, MB; what follows from them; and what was aimed at."""
        figures = [f"{value:.2f}" if value is not None else "" for value in (wall, cpu)] + [
            f"{memory:.0f}" if memory is not None else ""
        ]
        self.rows.setdefault(part, []).append((what, *figures, result, target))

    def text(self) -> str:
        lines = [
            "# Benchmarks",
            "",
            f"`make bench`{' (quick)' if QUICK else ''} on {machine()}.",
            "",
        ]
        lines += [
            "Seconds are medians of several runs where a step is short or the row says so, of one "
            "run elsewhere. Memory is the largest sum over all processes.",
            "",
        ]
        lines += ["| | wall s | CPU s | MB | result | target |", "|---|--:|--:|--:|---|---|"]
        for part, title in PARTS.items():
            if part in self.rows:
                lines.append(f"| **{title}** | | | | | |")
                lines += [f"| {' | '.join(row)} |" for row in self.rows[part]]
        return "\n".join(lines) + "\n"


def machine() -> str:
    """Processor, cores, memory, system, versions and how busy it was; no name and no path."""
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        "",
    )
    memory = psutil.virtual_memory().total / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{model or platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB, "
        f"{platform.system()}, Python {platform.python_version()}, "
        f"{packages}; load {BUSY:.1f} per core at the start"
    )


TABLE = Table()
BUSY = os.getloadavg()[0] / (os.cpu_count() or 1)


@pytest.fixture(scope="session")
def table() -> Table:
    return TABLE


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the project without its site."""
    root = tmp_path_factory.mktemp("project")
    for name in ("data", "notebooks", "reports"):
        shutil.copytree(
            ROOT / name,
            root / name,
            ignore=shutil.ignore_patterns("site", ".builds", "gallery"),
            symlinks=True,
        )
    shutil.copy(ROOT / "requirements.lock", root)
    yield root
    shutil.rmtree(root)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if TABLE.rows:
        terminalreporter.write_line(TABLE.text())


def pytest_sessionfinish(exitstatus: int) -> None:
    """Write the page only if everything was measured."""
    if exitstatus == 0 and set(TABLE.rows) == set(PARTS):
        PAGE.write_text(TABLE.text(), encoding="utf-8")
