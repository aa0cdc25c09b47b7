"""The brief of a plan as a Word document, made of its page: the same words, tables as tables, charts as images."""

from __future__ import annotations

import io
from typing import Any

from lxml import html

from psanalysis.datapackage.dataset import Dataset
from psanalysis.report.city_gap import CityGap
from psanalysis.report.html import Chart
from psanalysis.site.word_of_html import add_table, text_of
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
    made.add_heading(text_of(main.find(".//h1")), level=1)
    for kind in ("ps-period", "ps-answer"):
        for found in main.find_class(kind)[:1]:
            made.add_paragraph(text_of(found))
    _cards(made, main)
    for block in main.find_class("ps-block"):
        _block(made, block)
    charts = {f"figure-{chart.name}": chart for chart in CityGap(plan_id, lang, ds).charts()}
    for anchor in SECTIONS:
        heading = main.find(f".//h2[@id='{anchor}']")
        if heading is not None:
            _section(made, next(heading.iterancestors("details")), text_of(heading), charts)
    for cite in main.xpath(".//p[contains(@class, 'ps-copy')]"):
        made.add_paragraph(text_of(cite)).runs[0].italic = True
    written = io.BytesIO()
    made.core_properties.title = text_of(main.find(".//h1"))
    made.save(written)
    return same_bytes(written.getvalue())


def _cards(made: Any, main: Any) -> None:
    """The numbers in a row, each over its words."""
    items = main.xpath(".//ul[@class='ps-cards']/li")
    if items:
        numbers = [text_of(item.find("b")) for item in items]
        words = [text_of(item.find("span")) for item in items]
        set_table(made, numbers, [words], [False] * len(items))


def _block(made: Any, block: Any) -> None:
    """A list under its heading, as lines of name and words."""
    made.add_heading(text_of(block.find("p")), level=2)
    for item in block.iterfind("ul/li"):
        name = text_of(item[0]) if len(item) else text_of(item)
        rest = " ".join(text_of(part) for part in item[1:])
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
            for picture in chart.contents("png", width_cm=CHART_CM):
                made.add_picture(io.BytesIO(picture), width=Cm(CHART_CM))
        elif element.tag == "table":
            add_table(made, element)
        elif element.tag == "p" and not list(element.iterancestors("figure", "table")):
            made.add_paragraph(text_of(element))
