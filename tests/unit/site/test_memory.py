"""Memory that a builder frees goes back to the system."""

from __future__ import annotations

import subprocess
import sys

import pytest

# blocks of 6 MB come and go while small things stay above them; MB that the process has grown by in
# the end
SPARING = """
from psanalysis.site.memory import spare_memory
spare_memory()
def resident():
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmRSS")).split()[1]) / 1024
def turn():
    block = b"x" * (6 << 20)
    return bytearray(100_000)
turn()
before = resident()
kept = [turn() for _ in range(12)]
print(resident() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks the system as Linux answers")
def test_a_builder_that_spares_memory_gives_back_what_it_freed() -> None:
    told = subprocess.run(
        [sys.executable, "-c", SPARING], capture_output=True, text=True, check=True
    )
    assert float(told.stdout) < 2
