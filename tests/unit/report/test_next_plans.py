"""Every kind of page with a second plan of each place, a province, a plan of another length, and one without any number."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import psanalysis as ps
from psanalysis.datapackage.identity import plan_names
from psanalysis.report import (
    CityComparison,
    CityGap,
    DataQuality,
    FindingsPage,
    IndicatorProfile,
    Matrix,
    MissingPage,
    Outcomes,
    Overview,
    ServiceCoverage,
    Succession,
)
from psanalysis.report.html import Html
from psanalysis.report.page import Page
from psanalysis.report.parameters import value_sets

SECTIONS = {
    Overview: "title front outcomes plans chart table sources",
    CityGap: "title brief outcomes succession gap ambition pace domains parts findings sources",
    CityComparison: "title heatmap chart table indicators sources",
    Outcomes: "title numbers chart table missing pace sources",
    ServiceCoverage: "title chart domains table",
    DataQuality: "title chart table findings missing",
    FindingsPage: "title numbers table chart sources",
    Succession: "title numbers table sources",
    MissingPage: "title numbers plans table form sources",
    Matrix: "title table sources",
    IndicatorProfile: "title chart table definition names sources",
}

# a rate of every place, a total of a period, pledges alone, one that the nation alone has twice
PROFILES = (
    "nursing_bed_share",
    "urban_new_jobs",
    "public_rental_housing_guarantee",
    "physicians_per_1000",
    "life_expectancy",
)


@pytest.fixture(scope="module")
def ds(tmp_path_factory: pytest.TempPathFactory) -> ps.Dataset:
    place = Path(__file__).parents[2] / "next_plans.py"
    spec = importlib.util.spec_from_file_location("next_plans", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return ps.load(module.write(tmp_path_factory.mktemp("next") / "data"))


def pages(ds: ps.Dataset, lang: str) -> Iterator[Page]:
    sets = value_sets(ds)
    for kind in (Overview, DataQuality, ServiceCoverage, FindingsPage, MissingPage, Matrix):
        yield kind(lang, ds)
    for plan in ds.plans["plan_id"]:
        yield CityGap(plan, lang, ds)
    for plan in sets["plans_with_values"][:3]:
        yield Outcomes(plan, lang, ds=ds)
    for place in sets["succeeded_places"]:
        yield Succession(place, lang, ds)
    for domain in sets["compared_domains"]:
        yield CityComparison(domain, lang, ds=ds)
    for indicator in PROFILES:
        yield IndicatorProfile(indicator, lang, ds)


def drawn(self, chart, frame, name, *, finding, source, **values):  # type: ignore[no-untyped-def]
    """The words of a chart, in place of the chart: every chart has its own tests."""
    return Html(f"<p>{finding} {self.words(f'{name}_subtitle', **values)} {source}</p>")


def test_every_page_is_made_and_says_which_plan_it_means(ds, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(Page, "drawn", drawn)
    names = plan_names(ds, "en")
    assert names.is_unique
    for page in pages(ds, "en"):
        shown = "".join(
            getattr(page, section)()._repr_html_() for section in SECTIONS[type(page)].split()
        )
        assert "<h1" in shown
        assert "Data as of" in shown, "every page says as of when it speaks"
        assert not re.search(r"\b(?:nan|NaN|NaT|<NA>)\b", shown)
        if isinstance(page, CityComparison) and not page.frame.empty:
            columns = page.cells.groupby("label")["column"]
            assert (columns.nunique() == columns.size()).all(), "a column a plan"


def test_a_place_with_two_plans_leads_from_one_to_the_other(ds) -> None:  # type: ignore[no-untyped-def]
    assert set(value_sets(ds)["succeeded_places"]) >= {"mianyang", "panjin", "china"}
    page = CityGap("mianyang-15fyp", "en", ds)
    assert "08_succession/mianyang.en.html" in page.succession()._repr_html_()
    counts = Succession("mianyang", "en", ds).frame["change"].value_counts()
    assert f"{counts['raised']} raised" in Succession("mianyang", "en", ds).answer()
    assert CityGap("sichuan-14fyp", "en", ds).succession()._repr_html_() == ""


def test_what_is_not_in_a_plan_known_in_part_is_not_called_dropped(ds) -> None:  # type: ignore[no-untyped-def]
    page = Succession("china", "en", ds)
    assert "known in part" in page.answer()
    assert "dropped" not in page.answer()


def test_a_plan_known_in_part_says_what_was_read(ds) -> None:  # type: ignore[no-untyped-def]
    for plan in ds.plans.itertuples():
        shown = CityGap(plan.plan_id, "en", ds).title()._repr_html_()
        assert ("Known in part: " in shown) == (plan.coverage != "full"), plan.plan_id
        assert plan.coverage == "full" or "has no table of indicators" not in shown


def test_what_can_be_told_stands_before_what_cannot() -> None:
    """A row of one plan alone says the least: it comes after each row whose targets can be compared."""
    curated = ps.load()
    for place in value_sets(curated)["succeeded_places"]:
        page = Succession(place, "en", curated)
        untold = page.frame.groupby("indicator_id")["change"].agg(
            lambda changes: (changes == "cannot_tell").all()
        )
        rows = re.findall(
            r'<th scope="row"><a href="[^"]*?(\w+)\.en\.html', page.table()._repr_html_()
        )
        shown = [bool(untold[indicator]) for indicator in rows]
        assert len(shown) == len(page.frame), place
        assert len(set(shown)) == 2, place
        assert shown == sorted(shown), place
