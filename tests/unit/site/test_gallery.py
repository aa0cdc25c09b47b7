"""The gallery of the README is what the notebooks show, whose outputs are compared with the code; notebooks keep no state of their own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from psanalysis.errors import ParameterError
from psanalysis.site.gallery import FIGURES, executed, gallery, outputs, reports
from psanalysis.site.project import find_project
from psanalysis.site.workshop import open_workshop
from psanalysis.wording import LANGUAGES

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """The gallery from the stored outputs of the notebooks, whose own parameters are those of the reports."""

    def stored(report: str) -> str:
        notebook = ROOT / "notebooks" / f"{report.split('/')[0]}.ipynb"
        return outputs(json.loads(notebook.read_text(encoding="utf-8"))["cells"])

    return gallery({report: stored(report) for report in reports("zh")}, "zh")


def test_the_gallery_is_what_the_notebooks_show(made):
    stored = {
        path.name: path.read_text(encoding="utf-8")
        for path in (ROOT / "reports" / "gallery").iterdir()
    }
    assert sorted(stored) == sorted(f"{name}-{lang}.svg" for name in FIGURES for lang in LANGUAGES)
    assert [name for name in made if made[name] != stored[name]] == [], "make gallery"


def test_the_readme_shows_every_figure_in_both_its_halves_each_in_its_language():
    halves = (ROOT / "README.md").read_text(encoding="utf-8").split('<a id="english"></a>')
    for lang, half in zip(LANGUAGES, halves, strict=True):
        shown = set(re.findall(r"\]\(reports/gallery/([^)]+)\)", half))
        assert shown == {f"{name}-{lang}.svg" for name in FIGURES}


def test_figures_of_the_gallery_stand_for_themselves(made):
    for name, svg in made.items():
        root = ElementTree.fromstring(svg)
        used = {
            use.get("href", "")[1:]
            for use in root.iter("{http://www.w3.org/2000/svg}use")
            if use.get("href")
        }
        assert used <= {element.get("id") for element in root.iter()}, name
        assert "var(" not in svg
        assert "<a " not in svg
        assert root.get("aria-label")


def test_a_figure_that_is_not_there_is_named():
    with pytest.raises(ParameterError, match="shows no figure 'gap'"):
        gallery(dict.fromkeys(reports("zh"), "<p>"), "zh")


def test_every_report_of_the_gallery_is_in_the_catalogue_and_shows_its_figure():
    workshop = open_workshop(find_project(start=ROOT))
    for lang in LANGUAGES:
        assert set(reports(lang)) <= set(workshop.by_id)
    report = FIGURES["trajectories"][0].format(lang="en")
    shown = executed(workshop, report)
    english = gallery(dict.fromkeys(reports("en"), shown), "en", only="trajectories")
    stored = ROOT / "reports" / "gallery" / "trajectories-en.svg"
    assert english == {stored.name: stored.read_text(encoding="utf-8")}, "make gallery"


def test_the_interactive_notebook_keeps_no_widgets():
    stored = json.loads((ROOT / "notebooks" / "10_explore.ipynb").read_text(encoding="utf-8"))
    assert "widgets" not in stored["metadata"]
    assert "model_id" not in json.dumps(stored), "an id that changes with every run"
