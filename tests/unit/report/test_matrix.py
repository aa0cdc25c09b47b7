"""The matrix: what the verdict forbids is neither coloured nor subtracted, and everything is in the
table without a script.
"""

from __future__ import annotations

import re

import pandas as pd
import pytest
from lxml import html

import psanalysis as ps
from psanalysis.measures.target import more_demanding
from psanalysis.report import Matrix, matrix
from psanalysis.report.comparisons import beside_each_other
from psanalysis.report.matrix_table import CLASSES


@pytest.fixture(scope="module")
def page(ds: ps.Dataset) -> Matrix:
    return Matrix("en", ds)


@pytest.fixture(scope="module")
def rows(page: Matrix) -> list[html.HtmlElement]:
    return html.fromstring(page.table().text).xpath("//table/tbody/tr")


def test_every_target_of_a_shared_indicator_has_its_cell(page, rows) -> None:
    assert len(rows) == len(page.shared)
    cells = [cell for row in rows for cell in row.xpath("td[@data-c]")]
    assert len(cells) == len(page.frame)
    links = [cell.xpath("a/@href")[0].partition("#row-")[2] for cell in cells]
    assert set(links) == set(page.frame["statement_id"])
    assert all(row.xpath("td[@data-c]") for row in rows), "no row is empty"


def test_a_number_leads_to_its_evidence_on_the_page_and_with_many_places_on_another(
    ds, monkeypatch
) -> None:
    page = Matrix("en", ds)
    rows = set(re.findall(r'<tr id="row-(?!document-)([^"]+)"', page.sources().text))
    assert rows == set(page.frame["statement_id"])
    assert {f"#row-{one}" for one in rows} <= set(re.findall(r'href="([^"]+)"', page.table().text))
    monkeypatch.setattr(matrix, "MOST_SOURCED", 10)
    many = Matrix("en", ds)
    assert "row-" not in many.sources().text
    assert "../14_statements/mianyang-14fyp.en.html#row-mianyang-14fyp-" in many.table().text


def test_only_what_may_stand_side_by_side_is_coloured_or_compared(page) -> None:
    frame = page.frame
    coloured = frame["kind"].isin(["above", "equal", "below", "same_number"])
    assert coloured.any()
    assert not (coloured & (frame["verdict"] == "not_comparable")).any()
    assert not (coloured & frame["doubted"]).any()
    assert set(frame.index[frame["demand"].notna()]) == set(beside_each_other(frame).index)
    assert (frame.loc[frame["doubted"], "kind"] == "doubted").all()


def test_the_order_of_demand_is_that_of_the_library(page) -> None:
    for _, own in page.frame[page.frame["compared"]].groupby("indicator_id"):
        for one in own.itertuples():
            for other in own.itertuples():
                side = pd.Series([one.side or 1.0])
                order = more_demanding(
                    pd.Series([one.value]), pd.Series([one.comparator]), pd.Series([other.value]),
                    pd.Series([other.comparator]), side,
                )  # fmt: skip
                if one.side:
                    assert (one.demand > other.demand) == (order.iloc[0] == 1)


def test_the_widest_difference_is_of_one_year_and_comparable_numbers(page) -> None:
    for indicator, ends in page.apart.iterrows():
        low, high = page.frame.loc[ends["low"]], page.frame.loc[ends["high"]]
        assert low["indicator_id"] == high["indicator_id"] == indicator
        assert low["year"] == high["year"]
        assert low["compared"]
        assert high["compared"]
        assert high["demand"] > low["demand"]


def test_rows_come_with_the_widest_difference_first(rows) -> None:
    shares = [float(row.get("data-apart")) for row in rows]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 0


def test_letters_of_reasons_are_explained(page) -> None:
    text = page.table().text
    used = set("".join(re.findall(r'data-r="(\w+)"', text)))
    assert used
    assert used <= set(page.letters.values())
    legend = html.fromstring(text).find_class("ps-legend")[0].text_content()
    for letter in used:
        assert re.search(rf"\b{letter} \w", legend)


def test_of_many_places_the_table_keeps_what_most_share(ds, monkeypatch) -> None:
    page = Matrix("zh", ds)
    own = ds.statements[
        (ds.statements["role"] == "target") & ds.statements["indicator_id"].isin(page.shared)
    ]
    monkeypatch.setattr(matrix, "MOST_CELLS", 10 * own["plan_id"].nunique())
    assert len(page.shown) == 10
    targets = ds.statements[ds.statements["role"] == "target"]
    count = targets.groupby("indicator_id")["plan_id"].nunique()
    left = [one for one in page.shared if one not in page.shown]
    assert count[page.shown].min() >= count[left].max()
    assert "10" in page.answer()


def test_data_without_a_shared_indicator_say_so(ds) -> None:
    from dataclasses import replace

    alone = ds.statements[ds.statements["plan_id"] == "mianyang-14fyp"]
    page = Matrix("en", replace(ds, statements=alone))
    assert page.answer() == "No two places share a target."
    assert page.table().text == ""


def test_every_kind_of_cell_has_a_look(page) -> None:
    assert set(page.frame["kind"]) <= set(CLASSES)


def test_years_are_those_of_the_targets_each_beside_its_own_where_they_differ(page, rows) -> None:
    places = {page.indicator(one): own for one, own in page.frame.groupby("indicator_id")}
    differ = 0
    for row in rows:
        address = row.xpath("th/a/@href")[0]
        own = places[address].dropna(subset="year")
        by, apart = (row.xpath(f"td[{place}]")[0].text_content() for place in (1, 2))
        beside = [small.text_content() for small in row.xpath("td[@data-c]//small")]
        years = sorted({str(year) for year in own["year"]})
        assert by == ("–".join(dict.fromkeys((years[0], years[-1]))) if years else "—")
        if len(years) < 2:
            assert beside == []
            continue
        differ += 1
        assert sorted(beside) == sorted(map(str, own["year"]))
        if own["indicator_id"].iloc[0] in page.apart.index:
            assert str(page.apart.at[own["indicator_id"].iloc[0], "year"]) in apart
    assert differ > 5
