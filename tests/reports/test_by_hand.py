"""What the README says of one notebook by hand: its commands run as they are written."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from docx import Document

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def commands() -> list[list[str]]:
    """The commands of both halves of the README, language by language."""
    blocks = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    return [block.splitlines() for block in blocks]


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command of this environment, in a folder."""
    name, *arguments = shlex.split(command)
    paths = os.pathsep.join([str(ROOT / "lib"), str(entry_points(folder))])
    surroundings = os.environ | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-m", name, *arguments],
        cwd=folder,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )


def entry_points(folder: Path) -> Path:
    """What an installation tells nbconvert of the project, as pyproject.toml has it now: an
    editable one keeps what it was made with.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = folder / "told" / "psanalysis_now-0.dist-info"
    told.mkdir(parents=True, exist_ok=True)
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: psanalysis-now\nVersion: 0\n")
    group = "nbconvert.exporters"
    lines = [f"{name} = {place}" for name, place in project["entry-points"][group].items()]
    (told / "entry_points.txt").write_text("\n".join([f"[{group}]", *lines]))
    return told.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the notebooks in it; what commands write stays there."""
    for name in ("notebooks", "data"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def test_both_halves_have_the_same_commands() -> None:
    zh, en = commands()
    assert [line.replace("lang zh", "lang en") for line in zh] == en
    assert [line.split()[0] for line in zh] == ["papermill", *["jupyter"] * 3, "pytest"]


@pytest.mark.needs("ports")
@pytest.mark.needs("chromium")
@pytest.mark.parametrize(("half", "words"), [(0, "盘锦市"), (1, "Panjin")])
def test_a_notebook_is_run_and_carried_away_in_every_format(
    folder: Path, half: int, words: str
) -> None:
    for command in commands()[half][:4]:
        done = run(command, folder)
        assert done.returncode == 0, done.stderr[-2000:]
    page = (folder / "panjin.html").read_text(encoding="utf-8")
    assert words in page
    assert "<svg" in page
    printed = pdfium.PdfDocument(folder / "panjin.pdf")
    assert len(printed) > 5, "what is closed on the page is printed too"
    assert words in printed[0].get_textpage().get_text_bounded()
    made = Document(str(folder / "panjin.docx"))
    assert words in next(one.text for one in made.paragraphs if one.style.name == "Heading 1")
    assert page.count('<div class="ps-wide"') == len(made.inline_shapes) > 0
    assert page.count("<table") == len(made.tables) > 3


@pytest.mark.needs("ports")
def test_nbval_compares_the_stored_outputs(folder: Path) -> None:
    done = run(f"{commands()[1][4]} -p no:cacheprovider -q", folder)
    assert done.returncode == 0, done.stdout[-2000:]
    assert " passed" in done.stdout


@pytest.mark.needs("ports")
def test_a_misspelt_parameter_stops_the_run(folder: Path) -> None:
    done = run("papermill notebooks/05_service_coverage.ipynb out.ipynb -p lan en", folder)
    assert done.returncode != 0
    assert "lan is not a parameter of this notebook -> use lang" in done.stderr
