"""The gallery of the README is what the pages draw; notebooks keep no state of their own."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

import psanalysis as ps
from psanalysis.errors import ParameterError
from psanalysis.site.gallery import FIGURES, chart, gallery
from psanalysis.wording import LANGUAGES

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    ds = ps.load()
    return {name: svg for lang in LANGUAGES for name, svg in gallery(ds, lang).items()}


def test_the_gallery_is_what_the_pages_draw(made):
    stored = {path.name: path.read_bytes() for path in (ROOT / "reports" / "gallery").iterdir()}
    assert sorted(made) == sorted(stored)
    assert [name for name in made if made[name] != stored[name]] == [], "make gallery"


def test_the_readme_shows_every_figure_in_both_its_halves_each_in_its_language():
    halves = (ROOT / "README.md").read_text(encoding="utf-8").split('<a id="english"></a>')
    for lang, half in zip(LANGUAGES, halves, strict=True):
        shown = set(re.findall(r"\]\(reports/gallery/([^)]+)\)", half))
        assert shown == {f"{name}-{lang}.svg" for name in FIGURES}


def test_figures_of_the_gallery_need_nothing_of_the_reader(made):
    for name, svg in made.items():
        root = ElementTree.fromstring(svg)
        used = {
            use.get("{http://www.w3.org/1999/xlink}href", "")[1:]
            for use in root.iter("{http://www.w3.org/2000/svg}use")
        }
        assert used, name
        assert used <= {element.get("id") for element in root.iter()}, name
        assert not list(root.iter("{http://www.w3.org/2000/svg}text")), name


def test_a_figure_that_is_not_there_is_named():
    with pytest.raises(ParameterError, match="shows no figure 'map'"):
        chart(replace(FIGURES["overview"], name="map"), ps.load(), "en")


def test_the_interactive_notebook_keeps_no_widgets():
    stored = json.loads((ROOT / "notebooks" / "10_explore.ipynb").read_text(encoding="utf-8"))
    assert "widgets" not in stored["metadata"]
    assert "model_id" not in json.dumps(stored), "an id that changes with every run"
