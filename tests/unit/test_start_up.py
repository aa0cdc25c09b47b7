"""What starts without waiting: `import psanalysis` and the command line's help."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import psanalysis

LIBRARY = Path(psanalysis.__file__).parents[1]
HELP = "import sys; sys.argv[1:] = ['--help']; from psanalysis.cli import main; main(standalone_mode=False)"


@pytest.mark.parametrize(
    ("code", "spared"),
    [
        ("import psanalysis", {"pathlib", "importlib.metadata", "pandas"}),
        (HELP, {"importlib.metadata", "pandas", "pyarrow", "numpy", "jupyter_client"}),
    ],
    ids=["import", "help"],
)
def test_imports_only_what_it_needs(code: str, spared: set[str]) -> None:
    """Compared with an interpreter that does nothing: an environment may import at its start."""

    def modules(first: str) -> set[str]:
        told = f"{first}\nimport sys; print('modules:', *sorted(sys.modules))"
        run = subprocess.run(
            [sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=LIBRARY
        )
        return set(run.stdout.rpartition("modules:")[2].split())

    more = modules(code) - modules("pass")
    assert "psanalysis" in more
    assert not more & spared
