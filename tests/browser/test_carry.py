"""What a reader carries away from a page: charts, tables, citations; and what a mark says of
itself.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Browser, Locator, Page
from pypdfium2 import PdfDocument

from .conftest import Watched
from .test_site import MIANYANG, PROFILE, opened

SVG = "{http://www.w3.org/2000/svg}"
COMPARISON = "02_city_comparison/health.en.html"
ANNEX = "14_statements/mianyang-14fyp.{lang}.html"
FURTHER = {
    "zh": ["数值", "上限值", "比较符", "单位", "承诺", "原文写法", "陈述编号", "相关疑点", "出处"],
    "en": ["value", "upper value", "comparator", "unit", "pledge", "as stated", "statement id",
        "doubted by", "citation"],
}  # fmt: skip


def taken(page: Page, button: Locator) -> tuple[str, bytes]:
    """Name and content of the file that a button gives."""
    with page.expect_download() as waiting:
        button.click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_chart_is_taken_as_svg_png_and_pdf_with_its_words(
    site: Path, watched: Watched, lang: str
) -> None:
    page = opened(watched, site / PROFILE.replace("zh", lang), unfolded=True)
    figure = page.locator("figure.ps-figure").first
    files = {
        kind: taken(page, figure.get_by_role("button", name=f"{kind}:"))
        for kind in ("SVG", "PNG", "PDF")
    }
    assert {name.rpartition(".")[2] for name, _ in files.values()} == {"svg", "png", "pdf"}
    drawing = ElementTree.fromstring(files["SVG"][1])
    said = "".join("".join(text.itertext()) for text in drawing.iter(f"{SVG}text"))
    source = figure.locator(".ps-source").inner_text()
    assert re.sub(r"\s", "", source) in re.sub(r"\s", "", said)
    assert page.locator("h1").inner_text()[:6] in said
    assert b"var(--" not in files["SVG"][1], "colours of the page are not there for a file"
    assert b"file://" not in files["SVG"][1]
    width, height = (
        float(length.removesuffix("pt"))
        for length in (drawing.get("width", ""), drawing.get("height", ""))
    )
    picture = Image.open(io.BytesIO(files["PNG"][1]))
    assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert picture.size == pytest.approx((width / 72 * 300, height / 72 * 300), abs=1)
    assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 20, "it is drawn"
    sheet = PdfDocument(files["PDF"][1])
    assert len(sheet) == 1
    assert sheet[0].get_size() == pytest.approx((width, height), abs=0.1)
    assert sheet.get_metadata_dict()["Title"]
    assert watched.errors == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_table_is_taken_whole_as_csv_and_as_a_workbook(
    site: Path, watched: Watched, lang: str
) -> None:
    page = opened(watched, site / MIANYANG.replace("zh", lang), unfolded=True)
    tools = (
        page.locator("#gap")
        .locator("xpath=ancestor::details")
        .locator(".ps-tools:has(+ .ps-table-wrap)")
    )
    name, content = taken(page, tools.get_by_role("button").nth(0))
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    book_name, book = taken(page, tools.get_by_role("button").nth(1))
    assert (name.removesuffix("csv"), book_name[-5:]) == (book_name.removesuffix("xlsx"), ".xlsx")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sheets = load_workbook(io.BytesIO(book)).worksheets
    cells = [["" if cell is None else cell for cell in row] for row in sheets[0].values]
    assert rows[0] == cells[0]
    assert rows[0][-len(FURTHER[lang]) :] == FURTHER[lang]
    assert len(rows) == len(cells) == 25
    listed = [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]
    told = [
        {key: row[name] for key, name in zip(FURTHER["en"], FURTHER[lang], strict=True)}
        for row in listed
    ]
    (beds,) = (row for row in told if row["statement id"] == "mianyang-14fyp-152")
    assert (beds["value"], beds["upper value"]) == (5.2, "")
    assert beds["comparator"] == {"zh": "等于", "en": "equal"}[lang]
    assert beds["unit"]
    assert (beds["pledge"], beds["as stated"], beds["doubted by"]) == (
        "", "5.2", "mianyang-14fyp-f18",
    )  # fmt: skip
    assert beds["citation"]
    assert any(row["pledge"] for row in told), "pledges are told"
    assert any(isinstance(row["value"], float) for row in told), "numbers are numbers"
    again = taken(page, tools.get_by_role("button").nth(1))[1]
    assert again == book, "the same bytes each time"
    about = [row[0] for row in sheets[1].values]
    assert page.title() in about
    assert any("0.2.0" in str(line) for line in about)


SHOWN = {"zh": "（如页面所示）", "en": ", as shown"}
# what the page shows in its columns of numbers, by their heads
NUMBERS = """wrap => Object.fromEntries(Array.from(wrap.querySelectorAll('thead th.ps-number')).map(head => [
    head.textContent.replace('↕', '').trim(), Array.from(wrap.querySelectorAll('tbody tr')).map(row =>
        row.cells[head.cellIndex].textContent.trim().replace(/\\s+/g, ' '))]))"""


def bare(text: str) -> str:
    """A number without what only makes it easier to read; empty for none."""
    return re.sub(r"[\s,+']", "", text).replace("−", "-").replace("—", "")


@pytest.mark.parametrize(
    "name",
    [MIANYANG, PROFILE, COMPARISON, "08_succession/nanjing.zh.html",
        "04_progress/china-14fyp.en.html"]
)  # fmt: skip
def test_the_files_of_a_table_say_what_the_page_says_with_a_number(
    site: Path, watched: Watched, name: str
) -> None:
    """Signs, units, years and pledges in every column, not only of the statement that a row is
    about.
    """
    page = opened(watched, site / name, unfolded=True)
    mark = SHOWN["en" if "en.html" in name else "zh"]
    told = 0
    for table in page.locator(".ps-table-wrap:not(:has([data-heads]))").all()[:4]:
        button = table.locator("xpath=preceding-sibling::*[1]").get_by_role("button").first
        head, *rows = csv.reader(io.StringIO(taken(page, button)[1].decode("utf-8-sig")))
        for title, shown in table.evaluate(NUMBERS).items():
            values = [row[head.index(title)] for row in rows]
            if title + mark in head:
                assert [row[head.index(title + mark)].lstrip("'") for row in rows] == shown
                told += 1
            else:
                assert list(map(bare, values)) == list(map(bare, shown))
    assert told


def test_no_cell_is_taken_for_a_formula(site: Path, watched: Watched) -> None:
    page = opened(watched, site / ANNEX.format(lang="zh"), unfolded=True)
    page.locator("tbody td").nth(6).evaluate("cell => { cell.textContent = '=1+1'; }")
    page.locator("tbody td").nth(7).evaluate("cell => { cell.textContent = '@x'; }")
    tools = page.locator(".ps-tools:has(+ .ps-table-wrap)").first
    rows = csv.reader(
        io.StringIO(taken(page, tools.get_by_role("button").nth(0))[1].decode("utf-8-sig"))
    )
    cells = [cell for row in rows for cell in row]
    assert {"'=1+1", "'@x"} <= set(cells)
    number = re.compile(r"[+-]?[\d.,\s]*\d\s*[%‰]?")
    assert not [
        cell for cell in cells if cell[:1] in ("=", "+", "-", "@") and not number.fullmatch(cell)
    ]
    book = load_workbook(io.BytesIO(taken(page, tools.get_by_role("button").nth(1))[1]))
    assert {cell.data_type for row in book.worksheets[0] for cell in row} <= {"s", "n", "inlineStr"}


def test_the_citation_box_names_version_and_day(site: Path, watched: Watched) -> None:
    page = opened(watched, site / PROFILE, unfolded=True)
    plain, entry = page.locator(".ps-copy").all_inner_texts()
    for words in (plain, entry):
        assert "0.2.0" in words
        assert re.search(r"\d{4}-\d\d-\d\d", words)
        assert "file:" not in words
    assert entry.startswith("@misc{psanalysis-")
    assert page.locator(".ps-tools:has(+ .ps-copy) button").count() == 2


def test_a_mark_opens_its_evidence_and_gives_the_focus_back(site: Path, watched: Watched) -> None:
    page = opened(watched, site / MIANYANG, unfolded=True)
    mark = page.locator("figure.ps-figure .ps-wide svg a[*|href='#row-mianyang-14fyp-158']").first
    panel = page.locator(".ps-panel")
    mark.scroll_into_view_if_needed()
    mark.hover(force=True)
    panel.wait_for(state="visible")
    row = page.locator('[id="row-mianyang-14fyp-158"]')
    for told in row.locator("td").all_inner_texts():
        assert told in ("—", "") or told in panel.inner_text() or told.startswith("绵阳市（")
    page.mouse.move(2, 2)
    panel.wait_for(state="hidden")
    mark.focus()
    page.keyboard.press("Enter")
    panel.wait_for(state="visible")
    assert page.evaluate("document.activeElement.className") == "ps-panel"
    assert panel.get_attribute("role") == "dialog"
    assert page.evaluate(
        "document.getElementById(document.querySelector('.ps-panel').getAttribute('aria-labelledby')).textContent"
    )
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    assert page.evaluate(
        "document.activeElement.getAttribute('href') || "
        "document.activeElement.getAttribute('xlink:href')"
    ).startswith("#row-")
    assert watched.errors == []


def test_a_tap_opens_the_evidence_of_a_number_in_a_table(site: Path, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto((site / PROFILE).as_uri())
    number = page.locator("table.ps-table tbody td a[href^='#row-']").first
    number.tap()
    panel = page.locator(".ps-panel")
    box = panel.bounding_box()
    assert box
    assert (box["x"], round(box["width"]), round(box["y"] + box["height"])) == (0, 390, 844)
    panel.locator("a[href^='#row-']").tap()
    assert panel.is_hidden()
    assert "#row-" in page.url
    context.close()


def test_statements_are_chosen_and_the_choice_is_in_the_address(
    site: Path, watched: Watched
) -> None:
    path = site / ANNEX.format(lang="en")
    page = watched.page
    page.goto(path.as_uri() + "?role=baseline#statements")
    shown = page.locator("table.ps-table").first.locator("tbody tr:visible")
    assert page.locator("select[name=role]").input_value() == "baseline"
    roles = {row.get_attribute("data-role") for row in shown.all()}
    assert roles == {"baseline"}
    some = shown.count()
    page.locator("select[name=domain]").select_option("health")
    assert 0 < shown.count() < some
    assert f"{shown.count()} of" in page.locator("output").inner_text()
    assert "domain=health" in page.url
    page.reload()
    assert page.locator("select[name=domain]").input_value() == "health"
    page.locator("select[name=role]").select_option("")
    page.locator("input[name=q]").fill("护士")
    assert 0 < shown.count() < 20
    assert watched.errors == []


# pieces of a cell that stand below its label instead of beside it
UNDER_LABELS = """() => Array.from(document.querySelectorAll('[data-cards] tbody td[data-label]')).flatMap(cell =>
    Array.from(cell.children).filter(one => one.getClientRects().length &&
        one.getBoundingClientRect().left < cell.getBoundingClientRect().left + 90).map(one => one.outerHTML))"""


def test_tables_are_cards_on_a_phone(site: Path, watched: Watched) -> None:
    watched.page.set_viewport_size({"width": 390, "height": 844})
    for name in (MIANYANG, PROFILE, COMPARISON, ANNEX.format(lang="en")):
        page = opened(watched, site / name, unfolded=True)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
        assert page.evaluate(
            "() => Array.from(document.querySelectorAll('.ps-table-wrap')).every(wrap => "
            "wrap.scrollWidth <= wrap.clientWidth)"
        ), name
        cell = page.locator("[data-cards] tbody td[data-label]:visible").first
        assert cell.get_attribute("data-label")
        assert page.evaluate(UNDER_LABELS) == [], name


def test_a_link_into_the_rest_of_a_long_table_shows_its_row(site: Path, watched: Watched) -> None:
    page = watched.page
    page.goto((site / ANNEX.format(lang="zh")).as_uri() + "#row-mianyang-14fyp-300")
    row = page.locator('[id="row-mianyang-14fyp-300"]')
    assert row.is_visible()
    inside = (
        "id => { const y = document.getElementById(id).getBoundingClientRect().y; return y >= 0 "
        "&& y < innerHeight; }"
    )
    page.wait_for_function(inside, arg="row-mianyang-14fyp-300", timeout=5000)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_row_that_a_link_leads_to_stands_below_the_headings(
    site: Path, watched: Watched, lang: str
) -> None:
    page = watched.page
    page.goto((site / ANNEX.format(lang=lang)).as_uri() + "#row-mianyang-14fyp-152")
    page.wait_for_timeout(300)
    row = page.locator('[id="row-mianyang-14fyp-152"]').bounding_box()
    head = page.locator("table:has([id='row-mianyang-14fyp-152']) thead th").first.bounding_box()
    assert row
    assert head
    assert head["y"] + head["height"] <= row["y"] + 1 < 300


def test_headings_of_a_table_stay_in_view(site: Path, watched: Watched) -> None:
    page = opened(watched, site / "14_statements" / "mianyang-14fyp.zh.html")
    table = page.locator("table.ps-table").first
    rows = table.locator("tbody tr:visible")
    assert rows.count() == 30
    page.locator("button.ps-whole").click()
    assert rows.count() == 357
    table.locator("tbody tr").nth(60).scroll_into_view_if_needed()
    page.mouse.wheel(0, 300)
    head = table.locator("thead th").first.bounding_box()
    assert head
    assert 0 <= head["y"] < 200
