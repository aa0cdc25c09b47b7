"""Parts of an output that only a notebook shows, never a page: its style there, and a sentence for
notebooks that are not trusted.

In a notebook that is not trusted JupyterLab removes the elements of an SVG and leaves their texts.
Texts outside HTML elements have font size zero here, so that they are invisible; the sentence has a
size, and is where a trusted notebook does not draw it.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from psanalysis.wording import say

# Jupyter aligns every cell of a table to the right; a page has its own style sheet
ALIGNMENT = (
    ".ps-table-wrap .ps-table :is(th,td){text-align:left;vertical-align:top}"
    ".ps-table-wrap .ps-table .ps-number{text-align:right}"
)
ALIGNED = f"<style>{ALIGNMENT}</style>"
# The texts of a chart have their own sizes, which this one does not change
SIZELESS, SIZED = "font-size:0px", "font-size:14px"
WIDE, NARROW = "ps-wide", "ps-narrow"
GONE = "ps-gone"


def forms(wide: str, narrow: str) -> str:
    """The two forms of a chart, of which a trusted notebook shows the wide one, others the sentence
    in it.

    Parameters
    ----------
    wide, narrow
        An SVG each, whose texts have sizes of their own; the wide one with a sentence (`explain`).

    Examples
    --------
    >>> forms("<svg><text font-size='9'>58 %</text></svg>", "<svg/>")[:42]
    '<div class="ps-wide" style="font-size:0px"'
    """
    return (
        f'<div class="{WIDE}" style="{SIZELESS}">{wide}</div>'
        f'<div class="{NARROW}" hidden="" style="{SIZELESS}">{narrow}</div>'
    )


def explain(svg: ElementTree.Element, lang: str) -> None:
    """Put into a chart the sentence that is shown where its notebook is not trusted."""
    # HTML in a description is never drawn, and is all that remains without the SVG
    namespace = svg.tag.partition("}")[0] + "}" if svg.tag.startswith("{") else ""
    description = ElementTree.Element(f"{namespace}desc")
    ElementTree.SubElement(description, "p", style=SIZED).text = say("chart.not_trusted", lang)
    svg.insert(0, description)


def for_page(tree: Any) -> None:
    """Leave of the tree of a cell, by lxml, what a page holds: every chart shows, nothing has a
    style.
    """
    from lxml import etree

    for style in tree.iter("style"):
        if style.text == ALIGNMENT:
            style.tag = GONE
    for form in tree.iter("div"):
        if form.get("class") in (WIDE, NARROW) and form.get("style") == SIZELESS:
            del form.attrib["style"]
            for description in form.iterfind("svg/desc[p]"):
                description.tag = GONE
    etree.strip_elements(tree, GONE, with_tail=False)
