"""Versions of packages, and what starts without waiting for them: `import psanalysis` and the
command line's help.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import distributions, version
from pathlib import Path

import pytest

import psanalysis
from psanalysis.about import installed

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


def test_versions_of_all_packages_are_those_that_python_tells() -> None:
    names = {found.metadata["Name"] for found in distributions()}
    assert len(names) > 50
    assert {name: installed(name) for name in names} == {name: version(name) for name in names}
