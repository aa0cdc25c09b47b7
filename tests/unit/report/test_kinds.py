"""A kind of page is one class: its notebook, its parameters, and what the site has to know of
it.
"""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from psanalysis.report.city_comparison import CityComparison
from psanalysis.report.facets import Codes
from psanalysis.report.indicator_profile import IndicatorProfile
from psanalysis.report.kinds import KINDS, PAGES, Slices, kind_of
from psanalysis.report.page import Page
from psanalysis.report.parameters import PARAMETERS, PLAN, value_sets
from psanalysis.site.notebook import read_notebook
from psanalysis.wording import LANGUAGES

ROOT = Path(__file__).parents[3]
NOTEBOOKS = ROOT / "notebooks"


def test_every_kind_has_its_notebook_and_both_take_the_same(ds) -> None:  # type: ignore[no-untyped-def]
    for name, kind in KINDS.items():
        takes = {one.name for one in kind.takes}
        assert set(read_notebook(NOTEBOOKS / f"{name}.ipynb").parameters) == takes
        assert set(inspect.signature(kind).parameters) - {"ds"} == takes
        assert takes <= set(PARAMETERS)
        assert kind.kind_title("zh") != kind.kind_title("en")


def test_a_catalogue_can_name_every_set_and_nothing_of_it_is_unknown(ds) -> None:  # type: ignore[no-untyped-def]
    for one in PARAMETERS.values():
        for name, values in one.sets.items():
            assert values(ds) == value_sets(ds)[name]
            assert set(values(ds)) <= set(one.codes(ds) if one.codes else ())


def test_a_notebook_of_somebodys_own_is_found_by_its_parameters(ds) -> None:  # type: ignore[no-untyped-def]
    kind, codes = kind_of("20_mine"), Codes(ds)
    assert kind is Page
    assert kind.facets(codes, {"plan_id": "panjin-14fyp"}, set()) == {
        "city": "panjin",
        "domain": "",
    }
    found = kind.facets(codes, {"indicator_id": "nursing_bed_share"}, {"mianyang-14fyp"})
    assert found == {"city": "mianyang", "domain": "eldercare"}


def test_the_page_of_an_indicator_hangs_under_that_of_its_domain_and_no_other_does(ds) -> None:  # type: ignore[no-untyped-def]
    codes = Codes(ds)
    about = {"indicator_id": "nursing_bed_share", "plan_id": "panjin-14fyp", "domain_id": "health"}
    for kind in PAGES:
        own = {one.name: about[one.name] for one in kind.takes if one.name in about}
        above = kind.above(codes, own, "zh")
        if kind is IndicatorProfile:
            assert [address for address, _ in above] == [
                CityComparison.address("zh", domain_id="eldercare")
            ]
        else:
            assert above == []


@pytest.fixture
def joined(monkeypatch: pytest.MonkeyPatch) -> type[Page]:
    """A new kind, as its author would write it."""

    class Length(Page):
        section = "overview"
        notebook = "30_length"
        takes = (PLAN,)

        @classmethod
        def reads(cls, slicer, subject):  # type: ignore[no-untyped-def]
            return {"plans": slicer.where("plans", "plan_id", subject["plan_id"])}

    monkeypatch.setattr("psanalysis.report.kinds.KINDS", KINDS | {Length.notebook: Length})
    return Length


def test_a_new_kind_is_one_class(ds, joined: type[Page]) -> None:  # type: ignore[no-untyped-def]
    rows = Slices(ds).rows("30_length", {"plan_id": "panjin-14fyp", "lang": "zh"})
    assert list(ds.plans["plan_id"].iloc[rows["plans"]]) == ["panjin-14fyp"]
    assert not len(rows["statements"])
    assert kind_of("30_length") is joined


@pytest.mark.parametrize(
    ("notebook", "parameters"),
    [
        ("01_city_gap", {"plan_id": "panjin-14fyp"}),
        ("03_indicator_profile", {"indicator_id": "nursing_bed_share"}),
        ("08_succession", {"area_id": "nanjing"}),
        ("00_overview", {}),
    ],
)
def test_the_plans_of_a_page_are_those_of_its_statements(ds, notebook, parameters) -> None:  # type: ignore[no-untyped-def]
    rows = Slices(ds).rows(notebook, parameters)["statements"]
    read = set(ds.statements["plan_id"].iloc[rows])
    slices = Slices(ds)
    for lang in LANGUAGES:
        assert slices.plans(notebook, parameters | {"lang": lang}) == read
    asked = Slices(ds)
    asked.rows(notebook, parameters)
    asked._rows = None  # type: ignore[assignment, method-assign]
    assert asked.plans(notebook, parameters) == read


def test_no_other_module_knows_a_kind_by_its_notebook() -> None:
    """Its class does, or `addresses` where others lead to its pages; nothing says it twice."""
    library = ROOT / "lib" / "psanalysis"
    said = [
        (node.value, path.relative_to(library).as_posix())
        for path in sorted(library.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in KINDS
    ]
    assert sorted(name for name, _ in said) == sorted(KINDS)
    assert {path.split("/")[0] for _, path in said} == {"report"}


def test_who_asks_what_pages_there_are_needs_no_charts() -> None:
    code = "import sys, psanalysis.report.kinds; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
