"""psanalysis init: a whole project, in a new folder, all or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import psanalysis as ps
from psanalysis.cli import main
from psanalysis.datapackage.dataset import data_folder
from psanalysis.datapackage.shipped import BUNDLED
from psanalysis.site.catalog import read_catalog
from psanalysis.site.project import find_project
from psanalysis.site.start import start_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("of") / "my plans"
    done = CliRunner().invoke(main, ["init", str(folder)])
    assert done.exit_code == 0, done.output
    for part in (
        "data",
        "notebooks",
        "reports/catalog.yml",
        "reports/PAGES.md",
        "reports/schedule",
        "README.md",
    ):
        assert str(folder / part) in done.output
        assert (folder / part).exists()
    return folder


def test_the_data_are_the_shipped_ones_and_ones_own(project: Path) -> None:
    assert ps.load(project / "data").content_hash == ps.load(BUNDLED).content_hash


def test_the_catalogue_is_sound_and_has_the_own_page(project: Path) -> None:
    found = find_project(start=project)
    catalog = read_catalog(found.catalog, found.notebooks, ps.load(found.data))
    own = [report.id for report in catalog.reports if report.notebook == "20_my_page"]
    assert own == [
        f"20_my_page/{indicator}.{lang}"
        for indicator in ("childcare_places_per_1000", "nurses_per_1000")
        for lang in ("zh", "en")
    ]


def test_notebooks_come_without_outputs(project: Path) -> None:
    paths = sorted((project / "notebooks").glob("*.ipynb"))
    assert len(paths) >= 10
    for path in paths:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert all(not cell.get("outputs") for cell in cells), path.name


def test_the_schedule_names_the_project(project: Path) -> None:
    for path in (project / "reports" / "schedule").iterdir():
        text = path.read_text(encoding="utf-8")
        assert "/srv/psanalysis" not in text, path.name
    crontab = (project / "reports" / "schedule" / "crontab").read_text("utf-8")
    assert f"cd '{project}' && " in crontab


def test_load_finds_the_data_of_the_project_around(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PSANALYSIS_DATA", raising=False)
    monkeypatch.chdir(project / "notebooks")
    assert data_folder().resolve() == (project / "data").resolve()
    monkeypatch.chdir(project.parent)
    assert data_folder() == BUNDLED
    monkeypatch.setenv("PSANALYSIS_DATA", str(project / "data"))
    assert data_folder() == project / "data"


def test_what_is_there_is_left_alone(project: Path) -> None:
    before = sorted(project.rglob("*"))
    done = CliRunner().invoke(main, ["init", str(project)])
    assert done.exit_code == 2
    assert "holds something already" in done.output
    assert sorted(project.rglob("*")) == before
    assert sorted(project.parent.iterdir()) == [project]


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert list(start_project(tmp_path / "empty"))[-1].endswith("psanalysis build")


def test_nothing_is_left_where_it_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("psanalysis.site.start.SHIPPED", tmp_path / "nowhere")
    with pytest.raises(ps.ParameterError):
        list(start_project(tmp_path / "new"))
    assert list(tmp_path.iterdir()) == []
