"""The script that makes an environment: what it leaves alone, what it mends, and what it says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "lib" / "environment.py"
# pip that writes down what it was asked for, and fails where it is told to
PIP = """
import pathlib, sys
here = pathlib.Path(__file__).parent
(here / "asked").open("a").write(" ".join(sys.argv[1:]) + "\\n")
if (here / "broken").exists():
    print("ERROR: no matching distribution")
    sys.exit(1)
"""


@pytest.fixture
def make(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Run the script where each environment, also one that it makes, has a pip that installs
    nothing.
    """
    venv, pip = tmp_path / "env", tmp_path / "packages" / "pip"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    pip.mkdir(parents=True)
    (pip / "__init__.py").touch()
    (pip / "__main__.py").write_text(PIP)
    surroundings = os.environ | {"PYTHONPATH": str(pip.parent)}

    def run(level: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(SCRIPT), level, "--venv", str(venv)]
        return subprocess.run(
            command, capture_output=True, text=True, check=False, env=surroundings
        )

    run.asked = pip / "asked"  # type: ignore[attr-defined]
    run.broken = pip / "broken"  # type: ignore[attr-defined]
    run.venv = venv  # type: ignore[attr-defined]
    return run


def test_what_is_whole_is_left_alone_and_the_larger_one_serves_the_smaller(make) -> None:
    first = make("dev")
    assert first.returncode == 0, first.stdout + first.stderr
    assert "requirements-dev.lock" in first.stdout
    asked = make.asked.read_text()
    assert "--require-hashes -r" in asked
    for level in ("dev", "lab", "reports"):
        again = make(level)
        assert (again.returncode, again.stdout) == (0, "")
    assert make.asked.read_text() == asked


def test_a_larger_one_is_installed_on_top(make) -> None:
    assert make("reports").returncode == 0
    assert "requirements-lab.lock" in make("lab").stdout
    assert make("reports").stdout == ""


def test_a_failure_says_what_and_where_and_the_next_run_goes_on(make) -> None:
    make.broken.touch()
    failed = make("reports")
    assert failed.returncode == 2
    assert "ERROR: no matching distribution" in failed.stderr
    assert str(make.venv.with_name("env.log")) in failed.stderr
    assert "Traceback" not in failed.stderr
    make.broken.unlink()
    assert make("reports").returncode == 0


def test_a_half_made_one_is_noticed(make) -> None:
    assert make("reports").returncode == 0
    for path in (make.venv / "bin").glob("python*"):
        path.unlink()
    mended = make("reports")
    assert "is not whole: making it anew" in mended.stdout
    assert mended.returncode == 0, mended.stdout + mended.stderr
    first, _, second, _ = make.asked.read_text().splitlines()
    assert first == second
    assert make("reports").stdout == ""


def test_an_old_python_is_told_so(tmp_path: Path) -> None:
    code = (
        "import runpy, sys; sys.version_info = (3, 9, 1);"
        f" sys.argv = ['x', 'reports', '--venv', {str(tmp_path / 'env')!r}];"
        f" runpy.run_path({str(SCRIPT)!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "psanalysis needs 3.11 or newer" in done.stderr
    assert not (tmp_path / "env").exists()
