"""The gallery of the README is what the notebooks show; notebooks keep no state of their own."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from psanalysis.errors import ParameterError
from psanalysis.report.gallery import FIGURES, gallery

ROOT = Path(__file__).parents[3]


def test_the_gallery_is_what_the_notebooks_show():
    made = gallery(ROOT / "notebooks")
    stored = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "reports" / "gallery").iterdir()}
    assert sorted(made) == sorted(stored)
    assert [name for name in made if made[name] != stored[name]] == [], "make gallery"


def test_the_readme_shows_every_figure_of_the_gallery():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in FIGURES if f"](reports/gallery/{name}-zh.svg)" not in readme] == []


def test_figures_of_the_gallery_stand_for_themselves():
    for name, svg in gallery(ROOT / "notebooks").items():
        root = ElementTree.fromstring(svg)
        used = {use.get("href", "")[1:] for use in root.iter("{http://www.w3.org/2000/svg}use") if use.get("href")}
        assert used <= {element.get("id") for element in root.iter()}, name
        assert "var(" not in svg
        assert "<a " not in svg
        assert root.get("aria-label")


def test_a_figure_that_is_not_there_is_named(tmp_path):
    for name, _ in FIGURES.values():
        (tmp_path / f"{name}.ipynb").write_text('{"cells": []}', encoding="utf-8")
    with pytest.raises(ParameterError, match="run the notebook"):
        gallery(tmp_path)


def test_the_interactive_notebook_keeps_no_widgets():
    stored = json.loads((ROOT / "notebooks" / "10_explore.ipynb").read_text(encoding="utf-8"))
    assert "widgets" not in stored["metadata"]
    assert "model_id" not in json.dumps(stored), "an id that changes with every run"
