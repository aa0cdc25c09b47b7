"""The verdict on a plan: what it counts is what the table shows, and what is in doubt is left out."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from page_tables import rows
from psanalysis.report import (
    CityGap,
)


def test_the_verdict_of_a_plan_counts_what_the_table_shows_and_nobody_doubts(ds):
    page = CityGap("mianyang-14fyp", "en", ds)
    sure = [
        row["status"]
        for row, doubted in zip(
            rows(page.table()._repr_html_()), page.headline["doubted"], strict=True
        )
        if not doubted
    ]
    assert f"{len(sure)} main indicators" in page.answer()
    assert f"{sum(status.startswith('to improve') for status in sure)} to improve" in page.answer()
    assert "in doubt" in page.left_out()


def test_what_is_in_doubt_says_which_figure_it_is(ds):
    """An indicator may ask for more than the nation while an old figure of it is in doubt: the page
    says which one it is.
    """
    page = CityGap("panjin-14fyp", "en", ds)
    brief = re.sub(r"<[^>]*>", " ", page.brief().text.replace("\xa0", " "))
    assert re.search(
        r"Life expectancy at birth \(in the text “城乡居民人均期望健康寿命”\)\s+79.45 "
        r"years\s+\(2020\)\s*: table against prose",
        brief,
    ), "the table has the same number, which nobody doubts"
    assert re.search(
        r"Retention rate in nine-year compulsory education\s+≥98.5%\s+baseline in doubt", brief
    )
    # 19 main indicators and these make up the 24 of the table
    assert page.answer().startswith("19 main indicators")
    left = re.findall(r"because the (?:target itself|baseline) is in doubt: (\d+)", page.left_out())
    assert 19 + sum(map(int, left)) == 24
    jingmen = CityGap("jingmen-13fyp", "en", ds)
    assert jingmen.left_out().startswith("In doubt and compared with nothing: ")
    assert f'ps-note">{jingmen.left_out()}' in jingmen.title()._repr_html_()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_verdict_has_two_sentences_at_most_and_begins_with_what_came_of_the_plan(ds, lang):
    for plan in ds.plans["plan_id"]:
        page = CityGap(plan, lang, ds)
        assert len(re.findall(r"[.\u3002](?: |$|(?<=\u3002))", page.answer())) <= 2, plan
    ended = CityGap("nanjing-14fyp", "en", ds)
    assert ended.answer().startswith("28 targets are due, 23 of them with a published value")
    assert "no baselines" in ended.left_out()


def test_a_changed_number_changes_the_answer(ds):
    rows = ds.statements.copy()
    own = (
        rows["plan_id"].eq("mianyang-14fyp")
        & rows["role"].eq("target")
        & rows["indicator_id"].eq("sports_area_per_capita")
    )
    rows.loc[own, "value"] = 13.3
    assert (
        CityGap("mianyang-14fyp", "zh", replace(ds, statements=rows)).answer()
        != CityGap("mianyang-14fyp", "zh", ds).answer()
    )
