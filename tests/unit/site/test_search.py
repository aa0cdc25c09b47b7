"""The data of the search: every stated indicator, once, with all words that lead to it and links to
rows that exist.
"""

from __future__ import annotations

import json

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.report.addresses import domain_page, indicator_page, plan_page, statements_page
from psanalysis.report.parameters import value_sets
from psanalysis.site.search import indicators, search_index


@pytest.fixture(scope="module")
def ds() -> ps.Dataset:
    return ps.load()


@pytest.fixture(scope="module")
def there(ds: ps.Dataset) -> set[str]:
    return {
        place(plan, "zh").removeprefix("../")
        for plan in ds.plans["plan_id"]
        for place in (plan_page, statements_page)
    }


def test_every_stated_indicator_is_found_once(ds, there) -> None:
    found = indicators(ds, "zh", there)
    stated = set(ds.statements["indicator_id"])
    assert [one.code for one in found] == [
        code for code in ds.indicators["indicator_id"] if code in stated
    ]
    rows = set(ds.statements["statement_id"])
    for one in found:
        assert one.path.partition("#row-")[2] in rows
        assert {row for own in one.rows.values() for row, _ in own} <= rows


def test_an_indicator_leads_to_its_own_page_where_it_has_one(ds, there) -> None:
    own = indicator_page("nursing_bed_share", "zh").removeprefix("../")
    found = {one.code: one.path for one in indicators(ds, "zh", there | {own})}
    assert found["nursing_bed_share"] == own


def test_what_one_plan_alone_uses_leads_to_its_row_and_all_else_to_its_page(ds, there) -> None:
    pages = {
        code: indicator_page(code, "zh").removeprefix("../")
        for code in value_sets(ds)["compared_indicators"]
    }
    plans = ds.statements.groupby("indicator_id")["plan_id"].unique()
    for one in indicators(ds, "zh", there | set(pages.values())):
        if one.code in pages:
            assert one.path == pages[one.code]
            continue
        page, _, row = one.path.partition("#row-")
        plan = ds.statements.set_index("statement_id").loc[row]
        assert plan["indicator_id"] == one.code
        assert page == statements_page(plan["plan_id"], "zh").removeprefix("../")
        assert set(one.rows) == set(plans[one.code])


def test_every_year_of_an_indicator_in_a_plan_has_a_row_and_the_target_comes_first(
    ds, there
) -> None:
    stated = ds.statements.assign(year=ds.statements["year"].fillna(0).astype(int))
    years = stated.groupby(["indicator_id", "plan_id"])["year"].unique()
    roles = ds.statements.set_index("statement_id")["role"]
    of_row = stated.set_index("statement_id")["year"]
    for one in indicators(ds, "zh", there):
        for plan, rows in one.rows.items():
            assert sorted(year for _, year in rows) == sorted(years[one.code, plan])
            assert all(of_row[row] == year for row, year in rows)
            own = ds.statements[
                (ds.statements["indicator_id"] == one.code) & (ds.statements["plan_id"] == plan)
            ]
            assert roles[rows[0][0]] == (
                "target" if "target" in set(own["role"]) else own["role"].iloc[0]
            )


def test_words_are_names_aliases_names_as_written_and_pinyin(ds, there) -> None:
    words = {one.code: one.words for one in indicators(ds, "zh", there)}
    own = words["medical_insurance_participation"]
    assert "=基本医疗保险参保率" in own
    assert "+医保" in own
    assert "~yi bao" in own
    assert "=participation rate in basic medical insurance" in own
    assert any(word.startswith("-") for word in own)
    assert len(own) == len(set(own))


def test_a_place_that_no_page_shows_is_left_out(ds, there) -> None:
    panjin = {path for path in there if "panjin" in path}
    found = indicators(ds, "zh", panjin)
    assert {one.cities for one in found} == {"panjin"}
    packed = json.loads(search_index(ds, "zh", panjin, found, []))
    assert [plan[0] for plan in packed["plans"]] == ["panjin-14fyp"]


def test_of_many_places_the_list_names_none(ds, there, monkeypatch) -> None:
    monkeypatch.setattr("psanalysis.report.facets.MOST_CITIES", 2)
    cities = {one.code: one.cities for one in indicators(ds, "zh", there)}
    assert cities["sports_area_per_capita"] == "*"
    assert any(" " in named for named in cities.values()), "of two places both are named"


def test_rows_are_named_by_the_number_of_the_plan_and_the_end_of_the_id(ds, there) -> None:
    found = indicators(ds, "zh", there)
    packed = json.loads(search_index(ds, "zh", there, found, [("A </script> title", "x/y.html")]))
    rows = set(ds.statements["statement_id"])
    for entry in packed["entries"]:
        for at in entry[5].split() if entry[1] == "indicator" else []:
            plan, _, end = at.partition(":")[0].partition(".")
            assert f"{packed['plans'][int(plan)][0]}-{end}" in rows


def test_a_row_says_its_year_where_it_is_not_the_horizon_of_its_plan(ds, there) -> None:
    packed = json.loads(search_index(ds, "zh", there, indicators(ds, "zh", there), []))
    year = ds.statements.set_index("statement_id")["year"]
    said = 0
    for entry in packed["entries"]:
        for at in entry[5].split() if entry[1] == "indicator" else []:
            row, _, told = at.partition(":")
            number, _, end = row.partition(".")
            plan = packed["plans"][int(number)]
            real = year[f"{plan[0]}-{end}"]
            assert (int(told) if told else plan[6][3]) == (0 if pd.isna(real) else real)
            said += bool(told)
    assert said > 100, "baselines are of other years"


def test_a_five_year_plan_is_found_by_what_its_period_is_called(ds, there) -> None:
    packed = json.loads(search_index(ds, "zh", there, [], []))
    words = {
        plan[0]: [word for word in plan[4] if word.startswith(":")] for plan in packed["plans"]
    }
    assert words["mianyang-14fyp"] == [":十四五", ":14th five-year plan"]
    assert words["beijing-15fyp"][0] == ":十五五"
    assert words["jingmen-13fyp"][0] == ":十三五"
    assert words["yuyao-2023-2027"] == []


def test_a_domain_is_found_by_the_everyday_words_for_it(ds, there) -> None:
    pages = {domain_page(code, "zh").removeprefix("../") for code in ds.domains["domain_id"]}
    packed = json.loads(search_index(ds, "zh", there | pages, [], []))
    words = {entry[2]: entry[4] for entry in packed["entries"] if entry[1] == "domain"}
    assert "+住房" in words["housing"]
    assert "+disabled" in words["support"]
    slogans = {code for code, own in words.items() if not any(one.startswith("+") for one in own)}
    assert slogans == {"general"}, "it has no subject of its own"


def test_no_word_ends_the_element_that_holds_the_data(ds, there) -> None:
    text = search_index(ds, "zh", there, [], [("A </script> title", "x/y.html")])
    assert "<" not in text
    assert json.loads(text)["entries"][-1][0] == "A </script> title"
