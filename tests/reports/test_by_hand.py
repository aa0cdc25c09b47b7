"""What the README says of one notebook by hand: its commands run as they are written."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from chromium import find

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def commands() -> list[list[str]]:
    """The commands of both halves of the README, language by language."""
    blocks = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    return [block.splitlines() for block in blocks]


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command of this environment, in a folder."""
    name, *arguments = shlex.split(command)
    modules = {"papermill": "papermill", "jupyter": "jupyter", "pytest": "pytest"}
    called = [sys.executable, "-m", modules[name]] if name in modules else [name]
    surroundings = os.environ | {"PYTHONPATH": str(ROOT / "lib"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([*called, *arguments], cwd=folder, env=surroundings, capture_output=True, text=True, check=False)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the notebooks in it; what commands write stays there."""
    for name in ("notebooks", "data"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def test_both_halves_have_the_same_commands() -> None:
    zh, en = commands()
    assert [line.replace("lang zh", "lang en") for line in zh] == en
    assert [line.split()[0] for line in zh] == ["papermill", "jupyter", "chromium", "pytest"]


@pytest.mark.needs("ports")
@pytest.mark.parametrize(("half", "words"), [(0, "盘锦市"), (1, "Panjin")])
def test_a_notebook_is_run_and_turned_into_a_page(folder: Path, half: int, words: str) -> None:
    papermill, nbconvert, _, _ = commands()[half]
    for command in (papermill, nbconvert):
        done = run(command, folder)
        assert done.returncode == 0, done.stderr[-2000:]
    page = (folder / "panjin.html").read_text(encoding="utf-8")
    assert words in page
    assert "<svg" in page


@pytest.mark.needs("chromium")
def test_the_page_is_printed_with_the_chromium_of_the_system(folder: Path) -> None:
    (folder / "panjin.html").write_text("<h1>Panjin</h1>", encoding="utf-8")
    done = run(commands()[1][2].replace("chromium", str(find()), 1), folder)
    assert done.returncode == 0, done.stderr[-2000:]
    assert (folder / "panjin.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.needs("ports")
def test_nbval_compares_the_stored_outputs() -> None:
    done = run(f"{commands()[1][3]} -p no:cacheprovider -q", ROOT)
    assert done.returncode == 0, done.stdout[-2000:]
    assert " passed" in done.stdout


@pytest.mark.needs("ports")
def test_a_misspelt_parameter_stops_the_run(folder: Path) -> None:
    done = run("papermill notebooks/05_service_coverage.ipynb out.ipynb -p lan en", folder)
    assert done.returncode != 0
    assert "lan is not a parameter of this notebook -> use lang" in done.stderr
