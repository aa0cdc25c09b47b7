"""The matrix in a browser: filters, two places side by side, state in the address, and all of it
there without a script.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Page

from .conftest import Watched

PAGE = "13_matrix/zh.html"
ROWS = ".ps-matrix tbody tr"


def opened(watched: Watched, site: Path, query: str = "") -> Page:
    watched.page.goto((site / PAGE).as_uri() + query)
    return watched.page


def test_filters_leave_what_fits_and_are_in_the_address(site: Path, watched: Watched) -> None:
    page = opened(watched, site)
    assert page.locator(f"{ROWS}:visible").count() < page.locator(ROWS).count(), "most share"
    page.locator("select[name=least]").select_option("1")
    assert page.locator(f"{ROWS}:visible").count() == page.locator(ROWS).count()
    page.locator("select[name=domain]").select_option("eldercare")
    domains = page.locator(f"{ROWS}:visible").evaluate_all(
        "rows => rows.map(row => row.dataset.domain)"
    )
    assert set(domains) == {"eldercare"}
    page.locator("select[name=nature]").select_option("binding")
    shown = page.locator(f"{ROWS}:visible").count()
    assert 0 < shown < len(domains)
    natures = page.locator(f"{ROWS}:visible td[data-c]:not(.ps-faded)").evaluate_all(
        "cells => cells.map(cell => cell.dataset.c.split(',')[2])"
    )
    assert set(natures) == {"b"}
    assert parse_qs(urlsplit(page.url).query) == {
        "least": ["1"],
        "domain": ["eldercare"],
        "nature": ["binding"],
    }
    page.reload()
    assert page.locator(f"{ROWS}:visible").count() == shown
    page.locator("a.ps-language").click()
    assert urlsplit(page.url).path.endswith("13_matrix/en.html")
    assert page.locator(f"{ROWS}:visible").count() == shown
    page.locator(f"{ROWS}:visible th a").first.click()
    page.go_back()
    assert page.locator(f"{ROWS}:visible").count() == shown


def test_a_period_shows_the_plans_of_that_period(site: Path, watched: Watched) -> None:
    page = opened(watched, site, "?period=2021%E2%80%932025")
    heads = page.locator(".ps-matrix thead th[data-plan]:visible").all()
    assert len(heads) > 2
    assert {head.get_attribute("data-period") for head in heads} == {"2021–2025"}


def test_two_places_are_subtracted_where_the_verdict_lets_them(
    site: Path, watched: Watched
) -> None:
    page = opened(watched, site, "?first=mianyang-14fyp&second=panjin-14fyp&least=1")
    heads = page.locator(".ps-matrix thead th[data-plan]:visible")
    assert [head.get_attribute("data-plan") for head in heads.all()] == [
        "mianyang-14fyp",
        "panjin-14fyp",
    ]
    names = [head.inner_text() for head in page.locator(".ps-matrix thead th").all()]
    between = names.index(page.locator(".ps-matrix thead th[data-apart]").inner_text())
    found = {}
    for row in page.locator(f"{ROWS}:visible").all():
        cells = row.locator("td[data-c]:visible")
        given = [str(cell.get_attribute("data-c")).split(",") for cell in cells.all()]
        words = row.locator("th, td").nth(between).inner_text()
        found[row.locator("th a").inner_text()] = words
        assert len(given) == 2
        compared = all(one[1] for one in given) and given[0][3] == given[1][3]
        assert words.startswith("⊘") is not compared
        if compared and float(given[0][1]) > float(given[1][1]):
            assert words[0] in "▲◐"
    assert found["人均体育场地面积"] == "▲ +0.15平方米"
    assert found["城市（社区）健身圈到达时间"] == "▼ +5分钟"
    assert found["每千人口拥有3岁以下婴幼儿托位数"] == "⊘", "a doubted figure is not subtracted"
    assert found["基本医疗保险参保率"] == "◐ 0", "95 and more than 95"


def test_places_are_chosen_by_name(site: Path, watched: Watched) -> None:
    page = opened(watched, site)
    page.locator(".ps-choice summary").click()
    page.locator(".ps-choice input[value=panjin-14fyp]").uncheck()
    assert not page.locator("th[data-plan=panjin-14fyp]").is_visible()
    assert "panjin-14fyp" not in page.url
    page.locator("[data-reset]").click()
    assert page.locator("th[data-plan=panjin-14fyp]").is_visible()
    assert urlsplit(page.url).query == ""


def test_without_script_the_table_is_whole(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / PAGE).as_uri())
    assert page.locator(f"{ROWS}:visible").count() == page.locator(ROWS).count() > 40
    assert page.locator(".ps-controls").is_hidden()
    context.close()
