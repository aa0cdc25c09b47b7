"""Places, domains and indicators lead to each other wherever their names stand; what is ticked is
in the address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser

import psanalysis as ps
from psanalysis.datapackage.identity import place_names, places, plan_title
from psanalysis.report.addresses import domain_page, indicator_page, plan_page
from psanalysis.wording import LANGUAGES

from .conftest import Watched

# What is quoted from a document, and sentences: a name there is a word among others
QUOTED = {"as_written", "text", "reason", "note"}
# A list of names in a cell
BETWEEN = re.compile(r"[、；;·]|, ")
CARDS = (
    '//ul[contains(@class,"ps-cards") or contains(@class,"ps-plans")]/li | '
    '//section[contains(@class,"ps-block")]//li'
)


def names(ds: ps.Dataset, site: Path, lang: str) -> dict[str, set[str]]:
    """What a reader calls places, domains and indicators, and the pages that each name may
    lead to.
    """
    place, called = places(ds), place_names(ds, lang)
    found: dict[str, set[str]] = {}
    for plan in ds.plans["plan_id"]:
        for name in (plan_title(ds, plan, lang), called[place[plan]]):
            found.setdefault(name, set()).add(plan_page(plan, lang))
    for table, address in (("domains", domain_page), ("indicators", indicator_page)):
        for row in getattr(ds, table).to_dict("records"):
            page = address(row[f"{table[:-1]}_id"], lang)
            found.setdefault(row[f"name_{lang}"], set()).add(page)
    there = {f"../{path.relative_to(site)}" for path in site.glob("*_*/*.html")}
    return {name: pages & there for name, pages in found.items() if pages & there}


def unlinked(page: Path, known: dict[str, set[str]]) -> Iterator[tuple[str, str, str]]:
    """Page, column and name wherever a name stands in a cell or a card without leading to anything;
    not those of the page itself.
    """
    own = f"../{page.parent.name}/{page.name}"
    tree = html.fromstring(page.read_text("utf-8"))
    cells = [
        (head.get("data-key") or "", cell)
        for table in tree.iter("table")
        for row in table.iterfind(".//tbody/tr")
        for head, cell in zip(table.iterfind(".//thead/tr/th"), row, strict=False)
        if cell.get("hidden") is None and head.get("data-key") not in QUOTED
    ]
    cards = [("card", part) for item in tree.xpath(CARDS) for part in item]
    for column, cell in cells + cards:
        linked = "\n".join(link.text_content().strip() for link in cell.iter("a"))
        for tag in cell.xpath('.//span[@class="ps-tag"]'):
            tag.drop_tree()
        words = cell.text_content().strip()
        for name in {words, *(one.strip() for one in BETWEEN.split(words))}:
            if name in known and own not in known[name] and name not in linked:
                yield page.name, column, name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_name_in_a_cell_or_a_card_leads_to_its_page(site: Path, lang: str) -> None:
    known = names(ps.load(), site, lang)
    pages = sorted(site.glob(f"*_*/*{lang}.html"))
    assert len(known) > 10
    assert len(pages) > 20
    assert [one for page in pages for one in unlinked(page, known)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_places_domains_and_indicators_lead_to_each_other(site: Path, lang: str) -> None:
    ds = ps.load()
    domain = ds.indicators.set_index("indicator_id")["domain_id"]

    def leads(page: str, other: str) -> bool:
        path = site / page.removeprefix("../")
        there = (site / other.removeprefix("../")).exists()
        return not path.exists() or not there or f'href="{other}' in path.read_text("utf-8")

    targets = ds.statements[ds.statements["role"] == "target"]
    missing = []
    for plan, indicator in targets[["plan_id", "indicator_id"]].drop_duplicates().to_numpy():
        pages = (
            plan_page(plan, lang),
            indicator_page(indicator, lang),
            domain_page(domain[indicator], lang),
        )
        city, profile, group = pages
        wanted = ((profile, city), (profile, group), (group, profile), (city, group))
        missing += [pair for pair in wanted if not leads(*pair)]
    assert missing == []


def test_statement_ids_are_links(site: Path) -> None:
    count = 0
    for page in sorted(site.glob("*_*/*.html")):
        tree = html.fromstring(page.read_text("utf-8"))
        for table in tree.iter("table"):
            heads = [head.get("data-key") for head in table.iterfind(".//thead/tr/th")]
            if "statement" not in heads:
                continue
            for row in table.iterfind(".//tbody/tr"):
                link = row[heads.index("statement")].find("a")
                if link is None or link.get("href") is None:
                    # the plan's page of statements is not among those that are built
                    continue
                assert link.get("href").endswith(f"#row-{link.text}")
                count += 1
    assert count > 500


def test_places_are_ticked_and_the_choice_goes_to_the_other_language(
    site: Path, watched: Watched
) -> None:
    page = watched.page
    page.goto((site / "03_indicator_profile" / "nursing_bed_share.zh.html").as_uri())
    rows = page.locator('table[data-csv-name$="nursing_bed_share"] tbody tr')
    everything = rows.count()
    assert page.locator(".ps-ticks [data-every]").is_hidden()
    for code in ("mianyang", "china"):
        page.locator(f'.ps-ticks input[value="{code}"]').uncheck()
    shown = [row.get_attribute("data-places") for row in rows.all() if row.is_visible()]
    assert shown
    assert not {"mianyang", "china"} & set(shown)
    chosen = parse_qs(urlsplit(page.url).query)["places"][0].split()
    assert chosen == list(dict.fromkeys(shown))
    page.locator("a.ps-language").click()
    page.wait_for_url("**/nursing_bed_share.en.html**")
    assert not page.locator('.ps-ticks input[value="mianyang"]').is_checked()
    assert [row.get_attribute("data-places") for row in rows.all() if row.is_visible()] == shown
    page.locator(".ps-ticks [data-every]").click()
    assert "places" not in parse_qs(urlsplit(page.url).query)
    assert sum(row.is_visible() for row in rows.all()) == everything


def test_without_script_every_place_is_there(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "03_indicator_profile" / "nursing_bed_share.zh.html").as_uri())
    assert page.locator(".ps-ticks").is_hidden()
    rows = page.locator('table[data-csv-name$="nursing_bed_share"] tbody tr')
    assert rows.count() > 5
    assert all(row.is_visible() for row in rows.all())
    context.close()
