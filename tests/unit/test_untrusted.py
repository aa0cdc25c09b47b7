"""Charts in notebooks that are not trusted: a sentence, as JupyterLab's sanitizer leaves it."""

from xml.etree import ElementTree

import pandas as pd
import pytest
from lxml import etree, html

import psanalysis as ps
from psanalysis.untrusted import ALIGNED, explain, for_page, forms
from psanalysis.wording import say

SIZELESS = "font-size:0px"


def shown(chart: str) -> str:
    """The words with a size, once all elements that are no HTML are gone and their words left."""
    words = []

    def walk(element, size):
        style = element.get("style", "") if element.tag in ("div", "p") else ""
        size = False if SIZELESS in style else True if "font-size" in style else size
        words.append(element.text if size else "")
        for child in element:
            walk(child, size)
            words.append(child.tail if size else "")

    walk(html.fragment_fromstring(chart, create_parent="div"), True)
    return "".join(word or "" for word in words)


def on_a_page(cell: str) -> str:
    tree = html.fragment_fromstring(cell, create_parent="div")
    for_page(tree)
    return (tree.text or "") + "".join(
        etree.tostring(one, method="html", encoding="unicode") for one in tree
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_untrusted_chart_is_one_sentence(lang):
    svg = '<svg role="group"><a href="#x"><title>58 %</title><text>58 %</text></a></svg>'
    explained = ElementTree.fromstring(svg)
    explain(explained, lang)
    wide = ElementTree.tostring(explained, encoding="unicode")
    assert shown(forms(wide, svg)) == say("chart.not_trusted", lang)


def test_a_page_holds_neither_the_sentence_nor_a_style():
    from psanalysis.report import CityGap

    chart = CityGap("mianyang-14fyp", "en").gap()._repr_html_()
    assert SIZELESS in chart
    assert say("chart.not_trusted", "en") in chart
    page = on_a_page(chart)
    assert "style=" not in page
    assert say("chart.not_trusted", "en") not in page
    assert page.count("<svg") == chart.count("<svg") > 0


def test_a_table_has_its_alignment_in_a_notebook_and_no_style_on_a_page():
    table = ps.table(pd.DataFrame({"place": ["Panjin"], "count": [3]}), "en")
    assert table._repr_html_() == ALIGNED + table.to_html()
    assert on_a_page(table._repr_html_()) == on_a_page(table.to_html())
    assert "style" not in table.to_html()


def test_what_a_cell_of_ones_own_shows_is_left_alone():
    own = pd.DataFrame({"a": [1]}).to_html()
    own = (
        "<style>td{color:red}</style>kept" + own + '<div class="ps-wide" style="color:red">a</div>'
    )
    assert on_a_page(own) == own
