"""Makes the brief of a plan as a Word document from its page: the same words, tables as tables,
charts as images.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import Any

from lxml import html
from lxml.html import builder

from psanalysis.datapackage.dataset import Dataset
from psanalysis.report.city_gap import CityGap
from psanalysis.report.html import Chart
from psanalysis.site.word_of_html import PNG, WIDE_CM, add_html, text_of
from psanalysis.tables.office import same_bytes
from psanalysis.tables.word import base_document

# sections of the page that are part of the brief, by anchor
SECTIONS = ("outcomes", "gap", "standing", "findings")


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
    charts = {f"figure-{chart.name}": chart for chart in CityGap(plan_id, lang, ds).charts()}
    made = base_document()
    for element in _brief(main, charts):
        add_html(made, element)
    written = io.BytesIO()
    made.core_properties.title = text_of(main.find(".//h1"))
    made.save(written)
    return same_bytes(written.getvalue())


def _brief(main: Any, charts: dict[str, Chart]) -> Iterator[Any]:
    """The parts of the page for the brief, in order, as plain HTML for `add_html`."""
    yield builder.H1(text_of(main.find(".//h1")))
    for kind in ("ps-period", "ps-answer"):
        for found in main.find_class(kind)[:1]:
            yield builder.P(text_of(found))
    yield from _cards(main)
    for block in main.find_class("ps-block"):
        yield builder.H2(text_of(block.find("p")))
        yield builder.UL(*(_line(item) for item in block.iterfind("ul/li")))
    for anchor in SECTIONS:
        heading = main.find(f".//h2[@id='{anchor}']")
        if heading is not None:
            yield builder.H2(text_of(heading))
            yield from _section(next(heading.iterancestors("details")), charts)
    for cite in main.xpath(".//p[contains(@class, 'ps-copy')]"):
        yield builder.P(builder.I(text_of(cite)))


def _cards(main: Any) -> Iterator[Any]:
    """The cards in a row, each number above its words."""
    items = main.xpath(".//ul[@class='ps-cards']/li")
    if items:
        numbers = [builder.TH(text_of(item.find("b"))) for item in items]
        words = [builder.TD(text_of(item.find("span"))) for item in items]
        head, body = builder.THEAD(builder.TR(*numbers)), builder.TBODY(builder.TR(*words))
        yield builder.TABLE(head, body)


def _line(item: Any) -> Any:
    """A line of a list: its name in bold, then its text."""
    name = text_of(item[0]) if len(item) else text_of(item)
    return builder.LI(builder.B(name), "".join(f" {text_of(part)}" for part in item[1:]))


def _section(fold: Any, charts: dict[str, Chart]) -> Iterator[Any]:
    """Sentences, charts and tables of a section; a chart is redrawn at the width of the paper."""
    for element in fold.iter("p", "figure", "table"):
        if element.tag == "figure" and element.get("id") in charts:
            for picture in charts[element.get("id")].contents("png", width_cm=WIDE_CM):
                yield builder.IMG(src=PNG + base64.b64encode(picture).decode())
        elif element.tag == "table" or (
            element.tag == "p" and not list(element.iterancestors("figure", "table"))
        ):
            yield element
