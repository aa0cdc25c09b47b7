"""The built site as a reader meets it."""

from __future__ import annotations

import codecs
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from psanalysis.plot.rows import SMALLEST

from .conftest import Watched

LANGUAGES = ("zh", "en")
PAGE_LIMIT = 600 * 1024
INDEX_LIMIT = 1024 * 1024
MIANYANG = "01_city_gap/mianyang-14fyp.zh.html"
KINDS = (
    "00_overview", "01_city_gap", "02_city_comparison", "03_indicator_profile",
    "04_progress", "05_service_coverage", "06_data_quality", "index", "changes",
)  # fmt: skip


# Pixels of the smallest letters of the figures, and width of the narrowest column of the tables
SMALLEST_TEXT = """points => Math.min(99, ...Array.from(document.querySelectorAll("figure.ps-figure svg"),
    svg => points * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width))"""
NARROWEST_COLUMN = "() => Math.min(99, ...Array.from(document.querySelectorAll('table.ps-table thead th'), head => head.offsetWidth))"


def example(site: Path, kind: str, lang: str) -> Path:
    """The first page of a kind in a language."""
    if kind in ("index", "changes"):
        return site / (f"{kind}.html" if lang == "zh" else f"{kind}.en.html")
    pages = sorted(
        path for path in (site / kind).glob("*.html") if f'lang="{"zh-CN" if lang == "zh" else "en"}"' in path.read_text("utf-8")[:400]
    )
    assert pages, f"the site has no page of {kind} in {lang}"
    return pages[0]


def opened(watched: Watched, path: Path) -> Page:
    watched.page.goto(path.as_uri())
    return watched.page


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_page_is_self_contained_quiet_and_accessible(site: Path, watched: Watched, kind: str, lang: str) -> None:
    page = opened(watched, example(site, kind, lang))
    page.wait_for_load_state("networkidle")
    assert watched.requests == []
    assert watched.errors == []
    assert page.locator("h1").count() == 1
    assert "\ufffd" not in page.content()
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in violations] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_page_fits_a_phone_in_both_schemes(site: Path, watched: Watched, kind: str, scheme: str) -> None:
    page = watched.page
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 844})
    opened(watched, example(site, kind, "zh"))
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    assert page.evaluate(SMALLEST_TEXT, SMALLEST) >= 9, "figures scroll rather than shrink"
    assert page.evaluate(NARROWEST_COLUMN) >= 40, "no column is squeezed to a character a line"
    for words in page.locator("figcaption").all():
        assert words.bounding_box()["width"] <= 390
    contrast = Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
    assert [n["html"][:200] for v in contrast for n in v["nodes"][:3]] == []


def test_language_switch_leads_to_the_same_report(site: Path, watched: Watched) -> None:
    page = opened(watched, example(site, "01_city_gap", "zh"))
    chinese = page.locator("h1").inner_text()
    page.locator("a.ps-language").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator("a.ps-language").click()
    assert page.locator("h1").inner_text() == chinese


def test_index_search_and_filters(site: Path, watched: Watched) -> None:
    page = opened(watched, site / "index.html")
    shown = page.locator("[data-item]:visible")
    everything = shown.count()
    page.locator("select[name=city]").select_option("mianyang")
    city = shown.count()
    assert 0 < city < everything
    assert all("mianyang" in str(item.get_attribute("data-city")).split() for item in shown.all())
    page.locator("select[name=city]").select_option("")
    page.locator("input[type=search]").fill("盘锦")
    found = shown.all_inner_texts()
    assert 0 < len(found) < everything
    assert all("盘锦" in text for text in found)


def test_table_downloads_as_csv_that_excel_opens(site: Path, watched: Watched) -> None:
    page = opened(watched, site / MIANYANG)
    with page.expect_download() as waiting:
        page.locator("button.ps-button[aria-label*=CSV]").first.click()
    content = Path(waiting.value.path()).read_bytes()
    assert content.startswith(codecs.BOM_UTF8)
    assert "基期值" in content.decode("utf-8-sig").splitlines()[0]
    assert len(content.decode("utf-8-sig").splitlines()) > 20


@pytest.mark.parametrize(("column", "signs"), [("基期值", ""), ("目标值", "≥>")])
def test_table_sorts_by_number(site: Path, watched: Watched, column: str, signs: str) -> None:
    page = opened(watched, site / MIANYANG)
    table = page.locator("table.ps-table").first
    head = table.locator("thead th.ps-number", has_text=column)
    place = head.evaluate("cell => cell.cellIndex")
    shown = table.locator(f"tbody tr > :nth-child({place + 1})").all_inner_texts()
    assert all(any(text.startswith(sign) for text in shown) for sign in signs), "signs before numbers do not hide them"
    for order, backwards in (("ascending", False), ("descending", True)):
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == order
        cells = [row.locator("th, td").nth(place).get_attribute("data-value") for row in table.locator("tbody tr").all()]
        numbers = [float(value) for value in cells if value]
        assert len(numbers) > 10
        assert numbers == sorted(numbers, reverse=backwards)


def test_marks_lead_to_their_rows(site: Path, watched: Watched) -> None:
    page = opened(watched, site / MIANYANG)
    mark = page.locator("figure.ps-figure svg a").first
    target = mark.evaluate("a => a.getAttribute('href') || a.getAttribute('xlink:href')")
    mark.click(force=True)
    assert urlsplit(page.url).fragment == target[1:]
    assert page.locator(f'[id="{target[1:]}"]').count() == 1


class References(HTMLParser):
    """Ids and links of a page."""

    def __init__(self, text: str):
        super().__init__()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if names.get("id"):
            self.ids.add(str(names["id"]))
        link = names.get("href") or names.get("xlink:href") or names.get("src")
        if link and not link.startswith("data:"):
            self.links.add(link)


def test_every_link_of_every_page_resolves(site: Path) -> None:
    pages = {path: References(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))}
    broken = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https"):
                continue
            other = path if not parts.path else (path.parent / unquote(parts.path)).resolve()
            if (other not in pages and not other.is_file()) or (
                parts.fragment and other in pages and unquote(parts.fragment) not in pages[other].ids
            ):
                broken.append((path.name, link))
    assert broken == []
    assert len(pages) > 60


def test_pages_are_small_and_name_no_machine(site: Path) -> None:
    for path in site.rglob("*.html"):
        content = path.read_text("utf-8")
        limit = INDEX_LIMIT if path.parent == site else PAGE_LIMIT
        assert len(content.encode()) <= limit, (path.name, len(content.encode()))
        assert not re.search(r"/(home|root|tmp|usr|work)/\w", content), path.name
        assert "Content-Security-Policy" in content
