"""The catalogue: what it makes, and every fault with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import psanalysis as ps
from psanalysis.errors import CatalogError
from psanalysis.report.addresses import default_slug
from psanalysis.report.parameters import value_sets
from psanalysis.site.catalog import Catalog, read_catalog
from psanalysis.site.plainyaml import parse, plain


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
    assert len(catalog.reports) == 2 * len(value_sets(ds)["city_plans"]) == 16
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
    assert set(sets["plans"]) - set(sets["city_plans"]) == {"china-14fyp", "china-15fyp"}
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
        (
            "limits: {seconds: 60}",
            "limits: {seconds: .inf}",
            1,
            "is no number that every program can hold",
        ),
        ("limits: {memory_mb: 500}", "slug: '{lang:>900}'", 9, "a name alone can stand in braces"),
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


@pytest.mark.parametrize("character", ["\0", "\a", "\x7f", "\ufffe"])
def test_a_character_that_yaml_forbids_is_a_fault_with_its_line(read, character: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CatalogError) as caught:
        read(f"# one\n# two\nreports: {character}\n")
    assert [(fault.file, fault.line) for fault in caught.value.faults] == [("catalog.yml", 3)]


def test_all_faults_come_at_once(read) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CatalogError) as caught:
        read(GOOD.replace("as_of: 2024", "as_off: 2024").replace("zh, en", "zh, fr"))
    assert len(caught.value.faults) == 3


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2024-05-01", "is a date, which JSON lacks"),
        ("2024-05-01T10:00:00Z", "is a TimeStamp, which JSON lacks"),
        ("!!binary aGVsbG8=", "which JSON lacks"),
        ("!!set {a, b}", "which JSON lacks"),
        ("!!omap [a: 1]", "which JSON lacks"),
        ("!mine x", "is a TaggedScalar, which JSON lacks"),
        ("!mine [x]", "which JSON lacks"),
        ("!!python/object/apply:os.system [ls]", "which JSON lacks"),
        ("9" * 39, "no number that every program can hold"),
        ("9" * 5000, "too many digits"),
        ("1e400", "no number that every program can hold"),
        (".nan", "no number that every program can hold"),
        ('"\\uD800"', "half of a character"),
        ("'" + "x" * 3000 + "'", "more than 2000 characters"),
        ("{1: x}", "is a key that is no text"),
        ("[[[[[[[[[[[[[[1]]]]]]]]]]]]]]", "levels deep"),
    ],
)
@pytest.mark.parametrize("name", ["as_of", "plan_id", "plans", "actuals", "limits", "slug"])
def test_what_json_lacks_is_a_fault_with_its_line(read, name: str, value: str, words: str) -> None:  # type: ignore[no-untyped-def]
    own = (
        f"    {name}: {value}\n"
        if name in ("limits", "slug")
        else f"    parameters: {{{name}: {value}}}\n"
    )
    with pytest.raises(CatalogError) as raised:
        read(f"reports:\n  - notebook: '01'\n{own}")
    assert any(fault.line == 3 and words in str(fault) for fault in raised.value.faults), str(
        raised.value
    )


BOMB = "x: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"x{n}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("reports: &a [*a]\n", "must be a mapping"),
        (BOMB + "reports: [*j]\n", "values, with what its anchors repeat"),
        ("base: &b {notebook: '01'}\nreports:\n  - <<: *b\n", "is a merge key"),
        ("reports: " + "[" * 3000, "levels deep"),
        ("reports: " + "[\n" * 3000, "levels deep"),
        ("reports:\n" + "- " * 3000, "levels deep"),
        ("\n".join(" " * level + "a:" for level in range(500)), "levels deep"),
        ("reports:\n" + "  - notebook: '01'\n" * 20_000, "has more than 256 KB"),
        ("reports:\n" + "  - {a: 1}\n" * 16_000, "holds more than 15000 values"),
        ("reports: [\x00]\n", "is not YAML"),
        ("a: 1\n---\nreports: []\n", "is not YAML"),
        ("", "must be a list of entries"),
        ("- a\n", "must be a list of entries"),
        ("? [a, b]\n: 1\nreports: []\n", "is a key that is no text"),
        ("null: 1\nreports: []\n", "is a key that is no text"),
    ],
)
def test_a_catalogue_that_would_keep_the_reader_busy_is_refused_soon(  # type: ignore[no-untyped-def]
    read, text: str, words: str
) -> None:
    with pytest.raises(CatalogError) as raised:
        read(text)
    assert words in str(raised.value)
    assert len(str(raised.value)) < 2000


def test_a_matrix_of_too_many_reports_is_not_made(read) -> None:  # type: ignore[no-untyped-def]
    listed = ", ".join(str(year) for year in range(2000, 2900))
    text = (
        f"reports:\n  - notebook: '01'\n    matrix:\n      as_of: [{listed}]\n      plan_id: "
        "plans\n      lang: languages\n"
    )
    with pytest.raises(CatalogError, match=r"makes 162,000 reports, more than 20,000") as raised:
        read(text.replace("plan_id: plans", f"plan_id: [{', '.join(['panjin-14fyp'] * 90)}]"))
    assert raised.value.faults[0].line == 3


@pytest.mark.parametrize(
    "slug",
    [
        "{lang:3000000000}",
        "{lang!r}",
        "{lang.__class__}",
        "{lang[0]}",
        "{0}",
        "{}",
        "{",
        "}",
        "{nobody}",
    ],
)
def test_a_slug_holds_names_of_parameters_and_no_more(read, slug: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CatalogError, match="has an unknown part") as raised:
        read(
            f"reports:\n  - notebook: '01'\n    slug: '{slug}'\n    parameters: {{lang: zh, "
            f"plan_id: panjin-14fyp, as_of: 2024}}\n"
        )
    assert raised.value.faults[0].line == 3


def test_booleans_with_an_anchor_stay_booleans(tmp_path: Path) -> None:
    document = parse(b"a: &x true\nb: *x\n", "catalog.yml")
    assert plain(document) == {"a": True, "b": True}
    assert type(plain(document)["b"]) is bool
