"""The catalogue: what it makes, and every fault with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import psanalysis as ps
from psanalysis.errors import CatalogError
from psanalysis.report.parameters import value_sets
from psanalysis.site.catalog import Catalog, default_slug, read_catalog


@pytest.fixture(scope="module")
def ds() -> ps.Dataset:
    return ps.load()


@pytest.fixture
def read(tmp_path: Path, ds: ps.Dataset):  # type: ignore[no-untyped-def]
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "reports").mkdir()
    source = 'plan_id = "mianyang-14fyp"\nlang = "zh"\nplans = []\nas_of = 2025\nactuals = ""'
    cell = {
        "cell_type": "code",
        "id": "a",
        "metadata": {"tags": ["parameters"]},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
    document = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "notebooks" / "01.ipynb").write_text(json.dumps(document), encoding="utf-8")

    def reader(text: str) -> Catalog:
        (tmp_path / "reports" / "catalog.yml").write_text(text, encoding="utf-8")
        return read_catalog(tmp_path / "reports" / "catalog.yml", tmp_path / "notebooks", ds)

    return reader


GOOD = """\
limits: {seconds: 60}
reports:
  - notebook: "01"
    parameters:
      as_of: 2024
    matrix:
      plan_id: city_plans
      lang: [zh, en]
    limits: {memory_mb: 500}
"""


def test_a_matrix_makes_every_combination(read, ds: ps.Dataset) -> None:  # type: ignore[no-untyped-def]
    catalog = read(GOOD)
    assert len(catalog.reports) == 2 * len(value_sets(ds)["city_plans"]) == 10
    first = catalog.reports[0]
    assert first.id == "01/2024.mianyang-14fyp.zh"
    assert dict(first.parameters) == {"as_of": 2024, "plan_id": "mianyang-14fyp", "lang": "zh"}
    assert (catalog.limits[first.id].seconds, catalog.limits[first.id].memory_mb) == (60, 500)


def test_slugs() -> None:
    assert (
        default_slug(
            {
                "plan_id": "Panjin 14",
                "lang": "en",
                "actuals": "tests/data/New.csv",
                "plans": ["a", "b"],
            }
        )
        == "panjin-14.new.a-b.en"
    )


def test_national_plan_is_no_city(ds: ps.Dataset) -> None:
    sets = value_sets(ds)
    assert set(sets["plans"]) - set(sets["city_plans"]) == {"china-14fyp"}
    assert set(sets["compared_indicators"]) < set(sets["indicators"])


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("as_of: 2024", "as_off: 2024", 5, "is not a parameter of 01"),
        ("as_of: 2024", "as_of: '2024'", 5, "must be a whole number"),
        ("as_of: 2024", "as_of: true", 5, "must be a whole number"),
        ("    parameters:\n      as_of: 2024\n", "", 3, "parameter of 01 is missing"),
        ("lang: [zh, en]", "lang: [zh, fr]", 8, "'fr' does not exist"),
        ("lang: [zh, en]", "lang: zh", 8, "is not a set of values"),
        ("lang: [zh, en]", "lang: []", 8, "must be a list"),
        ("city_plans", "towns", 7, "is not a set of values"),
        ("city_plans", "[mianyang]", 7, "'mianyang' does not exist"),
        ('"01"', "02", 3, "must name a notebook"),
        ('"01"', '"02"', 3, "cannot be read"),
        ('"01"', '"../01"', 3, "must name a notebook"),
        ("matrix:", "matrixes:", 6, "is not a key of an entry"),
        ("limits: {seconds: 60}", "limits: {seconds: long}", 1, "is not a limit"),
        ("limits: {memory_mb: 500}", "limits: {memory: 500}", 9, "is not a limit"),
        ("limits: {memory_mb: 500}", "limits: {memory_mb: 99999999999999}", 9, "is not a limit"),
        ("limits: {seconds: 60}", "limits: {seconds: 0}", 1, "is not a limit"),
        ("limits: {seconds: 60}", "limits: {seconds: .inf}", 1, "is not a limit"),
        ("limits: {memory_mb: 500}", "slug: '{lang:>900}'", 3, "must be small letters"),
        ("limits: {memory_mb: 500}", "slug: '{city}.{lang}'", 9, "has an unknown part"),
        ("limits: {memory_mb: 500}", "slug: '{lang.name}'", 9, "has an unknown part"),
        ("limits: {memory_mb: 500}", "slug: 'all'", 3, "is also the name of a report of line 3"),
        ("limits: {memory_mb: 500}", "slug: 'A/{plan_id}.{lang}'", 3, "must be small letters"),
        ("as_of: 2024", "as_of: 2024\n      lang: zh", 9, "is both a parameter and an axis"),
        ("as_of: 2024", "as_of: 2024\n      actuals: nowhere.csv", 6, "is not a file"),
        ("as_of: 2024", "as_of: 2024\n      plans: [panjin]", 6, "'panjin' does not exist"),
        ("reports:", "raports:", 1, "must be a list of entries"),
        ("as_of: 2024", "as_of: [2024", 6, "is not YAML"),
        ("as_of: 2024", "as_of: 2024\n      as_of: 2025", 6, "is not YAML"),
    ],
)
def test_faults_name_their_line(read, old: str, new: str, line: int, words: str) -> None:  # type: ignore[no-untyped-def]
    assert old in GOOD
    with pytest.raises(CatalogError) as caught:
        read(GOOD.replace(old, new, 1))
    assert any(fault.line == line and words in str(fault) for fault in caught.value.faults), str(
        caught.value
    )


@pytest.mark.parametrize("text", ["", "reports: []\n", "- 1\n"])
def test_a_catalogue_of_nothing_is_a_fault(read, text: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CatalogError, match="must be a list of entries"):
        read(text)


def test_all_faults_come_at_once(read) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CatalogError) as caught:
        read(GOOD.replace("as_of: 2024", "as_off: 2024").replace("zh, en", "zh, fr"))
    assert len(caught.value.faults) == 3
