"""The built site as a reader meets it."""

from __future__ import annotations

import codecs
import json
import re
import threading
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pypdfium2 import PdfDocument

from psanalysis.site.font import NAME

from .conftest import Watched

LANGUAGES = ("zh", "en")
PAGE_LIMIT = 600 * 1024
INDEX_LIMIT = 1024 * 1024
# the section of the headline targets, with what stands in it
GAP = "details:has(#gap)"
MIANYANG = "01_city_gap/mianyang-14fyp.zh.html"
PROFILE = "03_indicator_profile/nursing_bed_share.zh.html"
# the rows of a table are alike, and axe takes long over each
LOOKED_AT = {
    "include": [["html"]],
    "exclude": [["tbody tr:nth-child(n+9)"], [".ps-list li:nth-child(n+9)"]],
}
KINDS = (
    "00_overview", "01_city_gap", "02_city_comparison", "03_indicator_profile",
    "04_progress", "05_service_coverage", "06_data_quality", "07_findings", "09_missing",
    "13_matrix",
    "14_statements", "index", "changes",
)  # fmt: skip


# Pixels of the smallest letters of the figures that are shown
SMALLEST_TEXT = """() => Math.min(99, ...Array.from(document.querySelectorAll("figure.ps-figure svg text"),
    text => { const svg = text.ownerSVGElement, width = svg.getBoundingClientRect().width;
        return width ? parseFloat(text.getAttribute("font-size")) * width / svg.viewBox.baseVal.width : 99; }))"""
# Texts of the figures that are shown and leave their figure, and figures of which not one of two
# forms is shown
OUTSIDE = """() => Array.from(document.querySelectorAll("figure.ps-figure svg text")).filter(text => {
    const frame = text.ownerSVGElement.getBoundingClientRect(), box = text.getBoundingClientRect();
    return frame.width && (box.left < frame.left - 2 || box.right > frame.right + 2);
}).map(text => text.textContent)"""
FORMS = """() => Array.from(document.querySelectorAll("figure.ps-figure:has(.ps-wide)"), figure => [".ps-wide", ".ps-narrow"].map(
    form => figure.querySelector(form).checkVisibility()))"""
OVERFLOW = (
    "() => Array.from(document.querySelectorAll('.ps-table-wrap'), wrap => wrap.scrollWidth - "
    "wrap.clientWidth)"
)
UNFOLD = "() => document.querySelectorAll('details').forEach(fold => { fold.open = true; })"
NARROWEST_COLUMN = """() => Math.min(99, ...Array.from(document.querySelectorAll('table.ps-table thead th'))
    .filter(head => head.checkVisibility()).map(head => head.offsetWidth))"""


def example(site: Path, kind: str, lang: str) -> Path:
    """The last page of a kind in a language."""
    if kind in ("index", "changes"):
        return site / (f"{kind}.html" if lang == "zh" else f"{kind}.en.html")
    pages = sorted(
        path
        for path in (site / kind).glob("*.html")
        if f'lang="{"zh-CN" if lang == "zh" else "en"}"' in path.read_text("utf-8")[:400]
    )
    assert pages, f"the site has no page of {kind} in {lang}"
    return pages[-1]


def trouble(folder: Path) -> dict[str, Path]:
    """The pages that only a night of changes and failures has."""
    return {
        "changes": folder / "changes.html",
        "changes in English": folder / "changes.en.html",
        "index": folder / "index.html",
        "failure": folder / "02_city_comparison" / "eldercare.zh.failure.html",
        "stale page": folder / "02_city_comparison" / "health.zh.html",
    }


def opened(watched: Watched, path: Path, *, unfolded: bool = False) -> Page:
    """The page; on demand with every closed section open."""
    watched.page.goto(path.as_uri())
    if unfolded:
        watched.page.evaluate(UNFOLD)
    return watched.page


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_page_is_self_contained_quiet_and_accessible(
    site: Path, watched: Watched, kind: str, lang: str
) -> None:
    check_page(watched, example(site, kind, lang))


@pytest.mark.parametrize("kind", trouble(Path()))
def test_page_of_a_troubled_night_is_sound_too(troubled: Path, watched: Watched, kind: str) -> None:
    check_page(watched, trouble(troubled)[kind])


def check_page(watched: Watched, path: Path) -> None:
    """Assert that a page asks for nothing, complains of nothing, and is accessible on a desk and on
    a phone in the dark.
    """
    page = opened(watched, path)
    page.wait_for_load_state("load")
    assert page.locator("h1").count() == 1
    assert "\ufffd" not in page.content()
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    assert page.evaluate(SMALLEST_TEXT) >= 10, "charts are drawn for a phone"
    assert page.evaluate(OUTSIDE) == []
    # a figure in a closed section shows neither
    assert all(forms in ([False, True], [False, False]) for forms in page.evaluate(FORMS))
    headings = page.locator(".ps-toc a").all_inner_texts()
    assert len(headings) == len(set(headings)), "two sections have one name"
    assert page.evaluate(NARROWEST_COLUMN) >= 40, "no column is squeezed to a character a line"
    for words in page.locator("figcaption:visible").all():
        assert words.bounding_box()["width"] <= 390
    assert faults(page, runOnly=["color-contrast"]) == []
    assert {Path(url).name for url in watched.requests} <= {Path(NAME).name}, (
        "the site's font alone"
    )
    assert watched.errors == []


@pytest.mark.parametrize(("width", "form"), [(1280, ".ps-wide"), (390, ".ps-narrow")])
def test_the_search_of_the_browser_finds_text_in_charts(
    site: Path, watched: Watched, width: int, form: str
) -> None:
    page = opened(watched, site / PROFILE)
    page.set_viewport_size({"width": width, "height": 844})
    words = page.locator(f"figure.ps-figure {form} text").nth(8).text_content()
    assert page.evaluate("words => window.find(words)", words)
    assert page.evaluate("getSelection().toString()") == words


def test_text_of_charts_has_7_points_in_print(site: Path, watched: Watched) -> None:
    page = opened(watched, site / PROFILE)
    page.emulate_media(media="print")
    # the sheet without its margins
    page.set_viewport_size({"width": round(182 / 25.4 * 96), "height": 1000})
    assert page.evaluate(SMALLEST_TEXT) * 72 / 96 >= 6.9
    assert page.evaluate(OUTSIDE) == []
    assert all(forms == [True, False] for forms in page.evaluate(FORMS))


def faults(page: Page, **options: object) -> list[tuple[str, list[str]]]:
    """What axe finds, with the first elements that it finds it in."""
    found = Axe().run(page, context=LOOKED_AT, options=options or None).response["violations"]
    return [(fault["id"], [node["html"][:200] for node in fault["nodes"][:3]]) for fault in found]


def test_language_switch_leads_to_the_same_report(site: Path, watched: Watched) -> None:
    page = opened(watched, example(site, "01_city_gap", "zh"))
    chinese = page.locator("h1").inner_text()
    page.locator("a.ps-language").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator("a.ps-language").click()
    assert page.locator("h1").inner_text() == chinese


def test_a_site_works_below_any_path_of_a_server(site: Path, browser: Browser) -> None:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            return

        def translate_path(self, path: str) -> str:
            return (
                super().translate_path(path.removeprefix("/deep/path"))
                if path.startswith("/deep/path/")
                else "/nowhere"
            )

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        missing: list[str] = []
        page.on(
            "response",
            lambda response: missing.append(response.url) if response.status >= 400 else None,
        )
        page.goto(f"http://127.0.0.1:{server.server_port}/deep/path/index.html")
        page.locator("a[href*='01_city_gap']").first.click()
        page.locator("a[rel=next]").click()
        page.locator("a.ps-language").click()
        page.locator("a.ps-home").click()
        page.locator("a.ps-first").click()
        assert urlsplit(page.url).path == "/deep/path/changes.en.html"
        assert missing == []
        page.close()
        server.shutdown()


def test_without_scripts_everything_is_there_to_read(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    assert page.locator("[data-item]:visible").count() == len(
        json.loads((site / "manifest.json").read_text("utf-8"))["reports"]
    )
    assert not page.locator("form.ps-filters").is_visible()
    page.goto((site / MIANYANG).as_uri())
    page.locator("details:has(table.ps-table) > summary").first.click()
    assert page.locator("table.ps-table").first.is_visible()
    assert page.locator("button:visible").count() == 0
    context.close()


def test_keys_alone_are_enough(site: Path, watched: Watched) -> None:
    page = opened(watched, site / MIANYANG, unfolded=True)
    focused = "document.activeElement"

    def tab_to(condition: str, most: int = 60) -> None:
        for _ in range(most):
            page.keyboard.press("Tab")
            if page.evaluate(f"{focused}.matches({condition!r})"):
                assert page.evaluate(f"parseFloat(getComputedStyle({focused}).outlineWidth)") >= 2
                return
        raise AssertionError(f"{condition} cannot be reached by tabbing")

    tab_to(".ps-skip", 1)
    assert page.locator(".ps-skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert urlsplit(page.url).fragment == "content"
    page.reload()
    page.evaluate(UNFOLD)
    page.locator(".ps-fingerprints summary").focus()
    tab_to("[data-ps-toggle=code]", 1)
    for key, shown in (("Space", True), ("Enter", False)):
        page.keyboard.press(key)
        assert page.locator(".ps-code").first.is_visible() is shown
        assert (
            page.locator("[data-ps-toggle=code]").get_attribute("aria-pressed")
            == str(shown).lower()
        )
    page.locator("table.ps-table").first.focus()
    page.locator(".ps-table-wrap").first.focus()
    tab_to("th button.ps-sort", 3)
    for key, order in (("Enter", "ascending"), ("Space", "descending")):
        page.keyboard.press(key)
        assert page.evaluate(f"{focused}.closest('th').getAttribute('aria-sort')") == order


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headline_table_fits_a_small_desk(site: Path, watched: Watched, lang: str) -> None:
    page = opened(watched, site / MIANYANG.replace("zh", lang))
    assert page.evaluate(OVERFLOW)[0] <= 0


def test_print_fits_a4_and_repeats_the_headings_of_tables(site: Path, watched: Watched) -> None:
    page = opened(watched, site / "07_findings" / "en.html", unfolded=True)
    document = PdfDocument(page.pdf(prefer_css_page_size=True))
    assert {tuple(map(round, sheet.get_size())) for sheet in document} == {(595, 842)}
    texts = [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in document]
    assert not any("Download CSV" in text for text in texts)
    headings = page.locator("table[data-heads] thead th").all_inner_texts()
    sheets = [number for number, text in enumerate(texts) if " ".join(headings) in text]
    assert len(sheets) > 1
    assert sheets == list(range(sheets[0], sheets[-1] + 1))


def test_index_search_and_filters(site: Path, watched: Watched) -> None:
    page = opened(watched, site / "index.html")
    shown = page.locator("[data-item]:visible")
    everything = shown.count()
    page.locator("select[name=city]").select_option("mianyang")
    city = shown.count()
    assert 0 < city < everything
    assert all("mianyang" in str(item.get_attribute("data-city")).split() for item in shown.all())
    page.locator("select[name=city]").select_option("")


def test_table_downloads_as_csv_that_excel_opens(site: Path, watched: Watched) -> None:
    page = opened(watched, site / MIANYANG, unfolded=True)
    with page.expect_download() as waiting:
        page.locator(f"{GAP} button.ps-button[aria-label*=CSV]").first.click()
    content = Path(waiting.value.path()).read_bytes()
    assert content.startswith(codecs.BOM_UTF8)
    assert "基期值" in content.decode("utf-8-sig").splitlines()[0]
    assert len(content.decode("utf-8-sig").splitlines()) > 20


@pytest.mark.parametrize(("column", "signs"), [("基期值", ""), ("目标值", "≥>")])
def test_table_sorts_by_number(site: Path, watched: Watched, column: str, signs: str) -> None:
    page = opened(watched, site / MIANYANG, unfolded=True)
    table = page.locator(f"{GAP} table.ps-table").first
    head = table.locator("thead th.ps-number", has_text=column)
    place = head.evaluate("cell => cell.cellIndex")
    shown = table.locator(f"tbody tr > :nth-child({place + 1})").all_inner_texts()
    assert all(any(text.startswith(sign) for text in shown) for sign in signs), (
        "signs before numbers do not hide them"
    )
    for order, backwards in (("ascending", False), ("descending", True)):
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == order
        cells = [
            row.locator("th, td").nth(place).get_attribute("data-value")
            for row in table.locator("tbody tr").all()
        ]
        numbers = [float(value) for value in cells if value]
        assert len(numbers) > 10
        assert numbers == sorted(numbers, reverse=backwards)


def test_marks_lead_to_their_rows(site: Path, watched: Watched) -> None:
    page = opened(watched, site / MIANYANG, unfolded=True)
    mark = page.locator("figure.ps-figure svg a").first
    target = mark.evaluate("a => a.getAttribute('href') || a.getAttribute('xlink:href')")
    mark.click(force=True)
    page.locator(".ps-panel > p:last-child a").first.click()
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
                parts.fragment
                and other in pages
                and unquote(parts.fragment) not in pages[other].ids
            ):
                broken.append((path.name, link))
    assert broken == []
    reports = json.loads((site / "manifest.json").read_text("utf-8"))["reports"]
    assert len(pages) == len(reports) + len(("index", "changes", "digest")) * len(LANGUAGES)


def test_pages_are_small_and_name_no_machine(site: Path) -> None:
    for path in site.rglob("*.html"):
        content = path.read_text("utf-8")
        limit = INDEX_LIMIT if path.parent == site else PAGE_LIMIT
        assert len(content.encode()) <= limit, (path.name, len(content.encode()))
        assert not re.search(r"/(home|root|tmp|usr|work)/\w", content), path.name
        assert "Content-Security-Policy" in content
