"""A command with what it took: wall time, processor time of all its processes, and their memory
together.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import monotonic

import psutil

import psanalysis
from psanalysis.kernels.child import control_process
from psanalysis.kernels.server import SET_SUBREAPER

LIBRARY = Path(psanalysis.__file__).parents[1]
SAMPLE_SECONDS = 2.0
REAP_SECONDS = 5
MB = 2**20
# run by Python with the arguments of `psanalysis`: at its end it tells its own peak, without that
# of its children
OBSERVED = """
import atexit, sys
def tell():
    peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print("peak-kb", peak.split()[1], file=sys.stderr)
atexit.register(tell)
from psanalysis.cli import main
main()
"""


@dataclass(frozen=True)
class Took:
    """What a command took; memory in MB is the largest sum over its processes, shared pages counted
    once.
    """

    wall: float
    cpu: float
    memory: float
    output: str
    errors: str

    @property
    def own_memory(self) -> float:
        """Peak of the builder's own process in MB, as it told."""
        line = next(line for line in self.errors.splitlines() if line.startswith("peak-kb"))
        return int(line.split()[1]) * 1024 / MB


def environment(**more: str) -> dict[str, str]:
    """This process's environment without what would bind a build to other data, and with the
    library under test.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PSANALYSIS_", "PYTEST"))
    }
    return kept | {"PYTHONPATH": str(LIBRARY)} | more


def build(*arguments: str, cwd: Path) -> Took:
    """`psanalysis build` in a project."""
    return took([sys.executable, "-c", OBSERVED, "build", *arguments], cwd)


def took(
    command: Sequence[str],
    cwd: Path,
    env: Mapping[str, str] | None = None,
    codes: Sequence[int] = (0,),
) -> Took:
    """Run a command to its end; orphans that it leaves are waited for and counted."""
    control_process(SET_SUBREAPER, 1)
    others = set(psutil.Process().children())
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = monotonic()
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env=dict(env or environment()),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    watch = _Memory(process.pid)
    output, errors = process.communicate()
    wall = monotonic() - started
    memory = watch.end()
    assert process.returncode in codes, output[-2000:] + errors[-4000:]
    _reap(others)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Took(
        wall,
        after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        memory,
        output,
        errors,
    )


def typical(runs: Sequence[Took]) -> Took:
    """The run with the median wall time."""
    return min(runs, key=lambda run: abs(run.wall - median(one.wall for one in runs)))


def _reap(before: set[psutil.Process]) -> None:
    """Wait for what the command left behind, a few seconds at most; children that were there before
    go on.
    """
    psutil.wait_procs(set(psutil.Process().children()) - before, timeout=REAP_SECONDS)


class _Memory(threading.Thread):
    """Sums the memory of a process and its descendants every two seconds; asking the system more
    often would itself be felt.
    """

    def __init__(self, pid: int):
        super().__init__(daemon=True)
        self.process, self.peak, self.over = psutil.Process(pid), 0, threading.Event()
        self.start()

    def run(self) -> None:
        while not self.over.wait(SAMPLE_SECONDS):
            try:
                family = [self.process, *self.process.children(recursive=True)]
            except psutil.Error:
                return
            self.peak = max(self.peak, sum(map(_share, family)))

    def end(self) -> float:
        self.over.set()
        self.join()
        return self.peak / MB


def _share(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0
