"""The brief of a plan as a Word document, made of its page: the same words, tables as tables, charts as images."""

from __future__ import annotations

import io
from typing import Any

from lxml import html

from psanalysis.datapackage.dataset import Dataset
from psanalysis.report.city_gap import CityGap
from psanalysis.report.html import Chart
from psanalysis.tables.office import same_bytes
from psanalysis.tables.word import base_document, set_table

# sections of the page that go with the brief, by their anchors
SECTIONS = ("outcomes", "gap", "standing", "findings")
CHART_CM = 17.0
MOST_ROWS = 60


def word(page: bytes, stem: str, ds: Dataset) -> bytes:
    """The document of a page; the same bytes each time.

    Parameters
    ----------
    page
        The built page.
    stem
        Its name without ending: plan_id and language.
    ds
        The data set, which the charts are drawn from again.
    """
    plan_id, _, lang = stem.rpartition(".")
    main = html.fromstring(page.decode()).get_element_by_id("content")
    made = base_document()
    made.add_heading(_text(main.find(".//h1")), level=1)
    for kind in ("ps-period", "ps-answer"):
        for found in main.find_class(kind)[:1]:
            made.add_paragraph(_text(found))
    _cards(made, main)
    for block in main.find_class("ps-block"):
        _block(made, block)
    charts = {f"figure-{chart.name}": chart for chart in CityGap(plan_id, lang, ds).charts()}
    for anchor in SECTIONS:
        heading = main.find(f".//h2[@id='{anchor}']")
        if heading is not None:
            _section(made, next(heading.iterancestors("details")), _text(heading), charts)
    for cite in main.xpath(".//p[contains(@class, 'ps-copy')]"):
        made.add_paragraph(_text(cite)).runs[0].italic = True
    written = io.BytesIO()
    made.core_properties.title = _text(main.find(".//h1"))
    made.save(written)
    return same_bytes(written.getvalue())


def _cards(made: Any, main: Any) -> None:
    """The numbers in a row, each over its words."""
    items = main.xpath(".//ul[@class='ps-cards']/li")
    if items:
        numbers = [_text(item.find("b")) for item in items]
        words = [_text(item.find("span")) for item in items]
        set_table(made, numbers, [words], [False] * len(items))


def _block(made: Any, block: Any) -> None:
    """A list under its heading, as lines of name and words."""
    made.add_heading(_text(block.find("p")), level=2)
    for item in block.iterfind("ul/li"):
        name = _text(item[0]) if len(item) else _text(item)
        rest = " ".join(_text(part) for part in item[1:])
        line = made.add_paragraph(style="List Bullet")
        line.add_run(name).bold = True
        if rest:
            line.add_run(f"  {rest}")


def _section(made: Any, fold: Any, title: str, charts: dict[str, Chart]) -> None:
    from docx.shared import Cm

    made.add_heading(title, level=2)
    for element in fold.iter("p", "figure", "table"):
        if element.tag == "figure" and element.get("id") in charts:
            chart = charts[element.get("id")]
            picture = io.BytesIO(chart.content("png", width_cm=CHART_CM))
            made.add_picture(picture, width=Cm(CHART_CM))
        elif element.tag == "table":
            made.add_paragraph(_text(element.find("caption")))
            heads = element.xpath("./thead//th[not(@hidden)]")
            rows = [
                [_text(cell) for cell in row.xpath("./th|./td") if cell.get("hidden") is None]
                for row in element.xpath("./tbody/tr")
            ]
            numeric = ["ps-number" in (head.get("class") or "") for head in heads]
            set_table(made, [_text(head) for head in heads], rows, numeric)
        elif element.tag == "p" and not list(element.iterancestors("figure", "table")):
            made.add_paragraph(_text(element))


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
