"""What a page tells of its documents."""

from __future__ import annotations

import dataclasses
import re

import pandas as pd
from lxml import html

import psanalysis as ps
from psanalysis.report import (
    CityComparison,
    CityGap,
    IndicatorProfile,
    MissingPage,
    Outcomes,
    Overview,
    Succession,
)
from psanalysis.report.provenance import document_table


def test_it_is_said_where_a_text_can_be_had_or_that_no_address_is_known(ds: ps.Dataset) -> None:
    shown = document_table(ds, "en").text
    cited = int(ds.plans["source_sha256"].isna().sum())
    assert shown.count("No address is recorded.") == len(ds.plans)
    assert shown.count("The figures are from the report") == cited > 0
    plans = ds.plans.copy()
    plans.loc[0, ["url", "archive_url"]] = [
        "https://example.org/a?b=1&c=2",
        "https://example.org/b",
    ]
    plans.loc[0, "retrieved_on"] = pd.Timestamp("2026-11-20")
    shown = document_table(dataclasses.replace(ds, plans=plans), "en").text
    assert shown.count("No address is recorded.") == len(ds.plans) - 1
    [link] = [
        one
        for one in html.fromstring(shown).iter("a")
        if one.get("href") == "https://example.org/a?b=1&c=2" and "address" in one.text_content()
    ]
    assert link.text_content() == "address (read 2026-11-20)"
    assert '<a href="https://example.org/b">archived copy</a>' in shown


def test_the_source_row_of_a_target_says_sign_unit_pledge_and_findings(ds):
    page = CityGap("mianyang-14fyp", "en", ds)
    sources, listing = page.sources()._repr_html_(), page.table()._repr_html_()
    targets = page.headline.set_index("indicator_id")["statement_id"]
    assert set(re.findall(r'data-of="([^"]+)"', listing)) == set(targets)

    def row(statement):
        return re.search(f'<tr id="row-{statement}".*?</tr>', sources)[0]

    life = row(targets["life_expectancy"])
    assert 'data-comparator="&gt;" data-unit="years"' in life
    assert 'data-value="80.3"' in life
    beds = row(targets["eldercare_beds_total"])
    assert 'data-value="38700"' in beds
    assert 'data-unit="beds"' in beds
    pledged = page.headline.loc[page.headline["pledge"].eq("all_eligible"), "statement_id"].iloc[0]
    assert 'data-pledge="everyone eligible"' in row(pledged)
    schooling = row(targets["mean_years_schooling_working_age"])
    assert 'href="#finding-mianyang-14fyp-f20"' in schooling


def test_every_row_that_stands_for_a_statement_has_it_among_its_sources(ds):
    pages = [
        CityGap("panjin-14fyp", "zh", ds),
        CityGap("china-14fyp", "en", ds),
        CityComparison("health", "zh", ds=ds),
        IndicatorProfile("nursing_bed_share", "en", ds),
        Outcomes("china-14fyp", "zh", ds=ds),
        MissingPage("en", ds),
        Succession("mianyang", "en", ds),
    ]
    for page in pages:
        parts = [
            getattr(page, name)()._repr_html_()
            for name in ("brief", "gap", "ambition", "pace", "outcomes", "table", "missing",
                "sources")
            if hasattr(page, name)
        ]  # fmt: skip
        html = "".join(parts)
        rows = set(re.findall(r'<tr id="row-([^"]+)"', html))
        named = set(re.findall(r'data-of="([^"]+)"', html)) | set(
            re.findall(r'href="#row-([^"]+)"', html)
        )
        assert named <= rows, (page.name, named - rows)


def test_a_parameter_without_a_value_is_not_printed(ds):
    words = CityComparison("safety", "zh", ds=ds).sources()._repr_html_()
    assert "domain_id = safety, lang = zh" in words


def test_a_title_is_in_the_script_of_the_page(ds):
    """The text of Jingmen's plan was transcribed in traditional script; only what is quoted from it
    and its entry among the sources keep that.
    """
    page = CityGap("jingmen-13fyp", "zh", ds)
    assert (
        "\u8346\u95e8\u5e02\u201c\u5341\u4e09\u4e94\u201d\u63a8\u8fdb\u57fa\u672c\u516c\u5171"
        "\u670d\u52a1" in page.pace()._repr_html_()
    )
    assert "\u8346\u9580" not in page.pace()._repr_html_()
    overview = Overview("zh", ds).plans()._repr_html_()
    assert "\u8346\u9580" not in overview
    assert "\u8346\u95e8\u5e02\u201c" in overview
