"""The wheel: what an installed library has beside its modules, and that a project can be made from
it alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the content of the wheel of this tree, and nothing of the tree itself."""
    wheel = pytest.importorskip("hatchling.builders.wheel").WheelBuilder(str(ROOT))
    place = tmp_path_factory.mktemp("wheel")
    built = next(iter(wheel.build(directory=str(place), versions=["standard"])))
    with zipfile.ZipFile(built) as packed:
        packed.extractall(place / "lib")
    return place / "lib"


def test_the_wheel_has_data_words_and_what_projects_are_made_from(installed: Path) -> None:
    package = installed / "psanalysis"
    for folder, below in (
        ("data", "data"),
        ("notebooks", "project/notebooks"),
        ("reports/schedule", "project/reports/schedule"),
    ):
        own = {path.name for path in (ROOT / folder).iterdir() if path.is_file()}
        assert own <= {path.name for path in (package / below).iterdir()}, folder
    for name in ("catalog.yml", "PAGES.md"):
        shipped = package / "project" / "reports" / name
        assert shipped.read_bytes() == (ROOT / "reports" / name).read_bytes()
    source = ROOT / "lib" / "psanalysis"
    kinds = {".py", ".toml", ".txt", ".css", ".js", ".typed", ".j2"}
    wanted = {path.relative_to(source) for path in source.rglob("*") if path.suffix in kinds}
    assert {path for path in wanted if not (package / path).is_file()} == set()


def test_a_project_is_made_from_the_installed_library_alone(
    installed: Path, tmp_path: Path
) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(installed)}
    for words in (["init", "own"], ["--help"]):
        told = subprocess.run(
            [sys.executable, "-m", "psanalysis.cli", *words],
            cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert told.returncode == 0, told.stderr
    own = tmp_path / "own"
    made = {path.name for path in (own / "notebooks").glob("*.ipynb")}
    assert {path.name for path in (ROOT / "notebooks").glob("0*.ipynb")} <= made
    assert (own / "data" / "statements.csv").read_bytes() == (
        ROOT / "data" / "statements.csv"
    ).read_bytes()
    assert (own / "reports" / "catalog.yml").is_file()
