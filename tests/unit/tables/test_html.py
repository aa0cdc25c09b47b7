"""One writer of tables for pages and for `psanalysis.table`: what scripts read, and what a reader
sees.
"""

from __future__ import annotations

import pandas as pd
import pytest
from lxml import html

import psanalysis as ps
from psanalysis.report.city_gap import CityGap
from psanalysis.report.html import Html
from psanalysis.report.table import cell, measured, share, table
from psanalysis.tables.model import Head, Table

GAPS = ps.gaps(ps.load(), "mianyang-14fyp")


def root(shown: Table) -> html.HtmlElement:
    return html.fragment_fromstring(shown.to_html(), create_parent="div")


def test_a_table_of_the_library_says_what_scripts_of_a_page_read():
    gaps = GAPS[GAPS["baseline"].notna()]
    shown = root(ps.table(gaps, "en", caption="Gaps & ways", name="gaps"))
    (wrap,) = shown.xpath("./div[@class='ps-table-wrap'][@role='region'][@tabindex='0']")
    assert wrap.get("aria-label") == wrap.findtext("table/caption") == "Gaps & ways"
    assert wrap.find("table").get("data-csv-name") == "gaps"
    assert shown.xpath("//thead//th/@data-key")[:2] == ["name", "nature"]
    assert shown.xpath("//tbody/tr/@data-of") == gaps["statement_id"].tolist()
    keys = shown.xpath("//thead//th/@data-key")
    targets = shown.xpath(f"//tbody/tr/*[{keys.index('target') + 1}]")
    assert [float(one.get("data-value")) for one in targets if "%" in one.text] == [
        target
        for target, unit in zip(gaps["target"], gaps["unit_id"], strict=True)
        if unit == "percent"
    ]


def test_without_name_and_caption_there_is_neither_file_nor_region():
    shown = root(ps.table(GAPS.head(1), "en"))
    (wrap,) = shown.xpath("./div[@class='ps-table-wrap']")
    assert dict(wrap.find("table").attrib) == {"class": "ps-table"}
    assert (wrap.get("role"), wrap.find("table/caption")) == (None, None)


def test_a_table_of_a_page_is_written_in_every_form(tmp_path):
    shown = CityGap("mianyang-14fyp", "en").table()
    assert isinstance(shown, Table)
    frame = pd.read_excel(shown.to_excel(tmp_path / "gaps.xlsx"), header=2)
    numbers = CityGap("mianyang-14fyp", "en").headline["target"].notna().tolist()
    assert [isinstance(one, int | float) for one in frame["target"]] == numbers
    assert shown.to_frame()["indicator"].str.contains("Childcare").any()
    assert r"\toprule" in shown.to_latex()


def test_cells_of_a_page_are_numbers_that_excel_shows_as_they_are_printed():
    assert (measured("≥13,000 beds", 1.3, "10,000 beds", "en").value, share(0.58, 2).format) == (
        13000.0,
        "0%",
    )
    assert measured("≥13,000 beds", 1.3, "10,000 beds", "en").format == '"≥"#,##0" beds"'
    assert [
        one.plain for one in (cell("—", float("nan")), share(float("nan"), 2), cell("3 years", 3))
    ] == ["", "", "3"]


@pytest.fixture
def listed() -> Table:
    rows = [
        {"id": "row-1", "a": Html('<a href="x">one</a> &amp; two'), "b": "b", "b_tag": "new",
            "c": "s-1", "data": {"place": "x", "none": ""}},
        {"of": "s-2", "a": "3–4", "a_href": "#d", "b": cell("4", 4.0), "c": "s-2"},
    ]  # fmt: skip
    heads = [Head("a", "A"), Head("b", "B", True), Head("c", "C", download=True)]
    return table(rows, heads, caption="t", name="t", lang="en", data={"heads": "x|y"})


def test_rows_and_cells_of_a_page_lead_on(listed):
    assert listed.to_html() == (
        '<div class="ps-table-wrap" tabindex="0" role="region" aria-label="t"><table '
        'class="ps-table" data-csv-name="t" data-heads="x|y"><caption>t</caption>'
        '<thead><tr><th scope="col" data-key="a" class="ps-w4">A</th><th scope="col" data-key="b" '
        'class="ps-number">B</th>'
        '<th scope="col" data-key="c" hidden>C</th></tr></thead><tbody>'
        '<tr id="row-1" data-place="x"><td><a href="x">one</a> &amp; two</td>'
        '<td class="ps-number" data-value="b">b <span class="ps-tag">new</span></td><td '
        "hidden>s-1</td></tr>"
        '<tr data-of="s-2"><th scope="row"><a href="#d"><span class="ps-hold">3–4</span></a></th>'
        '<td class="ps-number" data-value="4">4</td><td hidden>s-2</td></tr></tbody></table></div>'
    )


def test_columns_of_data_are_not_printed_and_html_has_its_words(listed):
    assert listed.to_frame().columns.tolist() == ["A", "B", "C"]
    assert listed.printed.to_frame().to_dict("list") == {"A": ["one & two", "3–4"], "B": ["b", "4"]}
    assert repr(listed) == "Table(t: 2 × 3)"
