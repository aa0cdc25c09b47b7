"""ps.load from the real size to a million statements: the first in a process, after imports, and
memory of a process that does nothing else.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from .conftest import QUICK, ROOT
from .measuring import took
from .synthetic import write_data

STATEMENTS_A_PLAN, TIMES = 150, 5
SIZES = (806, 100_000) if QUICK else (806, 10_000, 100_000, 1_000_000)
LOAD = """
import json, sys
from time import monotonic, process_time
from psanalysis.datapackage.dataset import load
wall, cpu = monotonic(), process_time()
dataset = load(sys.argv[1])
wall, cpu = monotonic() - wall, process_time() - cpu
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([wall, cpu, int(peak.split()[1]) / 1024, len(dataset.statements)]))
"""


@pytest.mark.parametrize("size", SIZES)
def test_load(table, tmp_path: Path, size: int) -> None:
    write_data(
        ROOT / "data", tmp_path / "data", 0 if size == SIZES[0] else size // STATEMENTS_A_PLAN
    )
    runs = [
        json.loads(took([sys.executable, "-c", LOAD, str(tmp_path / "data")], tmp_path).output)
        for _ in range(TIMES)
    ]
    wall, cpu, memory, count = sorted(runs)[TIMES // 2]
    targets = {806: "< 0.15 s after imports", 1_000_000: "< 5 s, < 1536 MB"}
    table.add(
        "load",
        f"{count:,} statements",
        wall=wall,
        cpu=cpu,
        memory=memory,
        target=targets.get(size, ""),
    )
    shutil.rmtree(tmp_path / "data")
