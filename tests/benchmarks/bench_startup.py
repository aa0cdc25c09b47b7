"""How soon the command line and the library answer."""

from __future__ import annotations

import sys
from pathlib import Path

from .measuring import took, typical

TIMES = 5


def test_start(table, tmp_path: Path) -> None:
    for what, words, target in (
        ("`psanalysis --help`", ["-m", "psanalysis.cli", "--help"], "< 0.4 s"),
        ("`import psanalysis`", ["-c", "import psanalysis"], ""),
        ("`ps.load` imported", ["-c", "import psanalysis; psanalysis.load"], ""),
    ):
        run = typical([took([sys.executable, *words], tmp_path) for _ in range(TIMES)])
        table.add("start", what, wall=run.wall, cpu=run.cpu, target=target)
