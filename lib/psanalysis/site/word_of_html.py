"""Converts HTML to a Word document: headings, paragraphs, lists, tables, charts as pictures."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Iterator
from typing import Any

from psanalysis.tables.word import MARGIN_CM, set_table

# Size of a picture on a page of A4, in centimetres
WIDE_CM, HIGH_CM = 21 - 2 * MARGIN_CM, 24.0
CSS_PIXELS = 96 / 2.54
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SILENT = ("script", "style", "button", "nav", "form", "template", "input", "select", "title")
# HTML block elements
BLOCKS = frozenset(
    (
        *HEADINGS,
        "p",
        "pre",
        "ul",
        "ol",
        "table",
        "figure",
        "svg",
        "img",
        "div",
        "section",
        "details",
    )
)
BOLD, SLANTED = ("b", "strong"), ("i", "em")
# controls that open more of a page, which paper shows anyway
LEADING = "ps-more-link"
PNG = "data:image/png;base64,"

# An SVG and its size in pixels -> a PNG
Picture = Callable[[str, int, int], bytes]


def text_of(element: Any) -> str:
    """The text of an element on one line; empty without an element."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def add_table(made: Any, table: Any) -> None:
    """Add a table of a page without hidden cells, below its caption."""
    if caption := text_of(table.find("caption")):
        made.add_paragraph(caption).paragraph_format.keep_with_next = True
    lines = [line for line in table.iter("tr") if line.get("hidden") is None]
    cells = [[one for one in line if one.get("hidden") is None] for line in lines]
    head = [line.getparent().tag == "thead" for line in lines]
    columns = max((len(line) for line in cells), default=0)
    if not columns:
        return
    heads = next((line for line, is_head in zip(cells, head, strict=True) if is_head), [])
    rows = [line for line, is_head in zip(cells, head, strict=True) if not is_head]
    # a table of pandas without row names, or with joined cells: missing cells are empty
    texts = [[text_of(cell) for cell in line] + [""] * (columns - len(line)) for line in rows]
    titles = [text_of(cell) for cell in heads] + [""] * (columns - len(heads))
    numeric = ["ps-number" in (cell.get("class") or "") for cell in heads]
    set_table(made, titles, texts, numeric + [False] * (columns - len(heads)))


def add_html(made: Any, element: Any, picture: Picture | None = None) -> None:
    """Add the visible content of an element to the end of a document.

    Parameters
    ----------
    made
        The document of python-docx.
    element
        Of lxml.
    picture
        Function that draws an SVG; without it pictures are left out.
    """
    if not isinstance(element.tag, str) or element.tag in SILENT:
        return
    if element.get("hidden") is not None or LEADING in (element.get("class") or ""):
        return
    if element.tag in HEADINGS:
        made.add_heading(text_of(element), level=int(element.tag[1]))
    elif element.tag == "table":
        add_table(made, element)
    elif element.tag in ("ul", "ol"):
        style = "List Bullet" if element.tag == "ul" else "List Number"
        for item in element.iterfind("li"):
            _add_words(made.add_paragraph(style=style), item)
    elif element.tag == "pre":
        made.add_paragraph(element.text_content().strip("\n")).style = "No Spacing"
    elif element.tag == "svg":
        if picture is not None:
            _add_svg(made, element, picture)
    elif element.tag == "img":
        source = element.get("src") or ""
        if source.startswith(PNG):
            _add_png(made, base64.b64decode(source.removeprefix(PNG)))
    elif any(below.tag in BLOCKS for below in element.iterdescendants()):
        for below in element:
            add_html(made, below, picture)
    elif text_of(element):
        _add_words(made.add_paragraph(), element)


def _add_words(paragraph: Any, element: Any) -> None:
    """Add the text of an element in one paragraph, bold and italic as on the page."""
    run = None
    for text, bold, slanted in _runs(element, element.tag in BOLD, element.tag in SLANTED):
        words = re.sub(r"\s+", " ", text)
        # a blank at the end of a run and one at the start of the next are one blank
        if run is None or run.text.endswith(" "):
            words = words.lstrip()
        if words:
            run = paragraph.add_run(words)
            run.bold, run.italic = bold or None, slanted or None
    if run is not None:
        run.text = run.text.rstrip()


def _runs(element: Any, bold: bool, slanted: bool) -> Iterator[tuple[str, bool, bool]]:
    """The text of an element in runs, each with whether it is bold and italic."""
    if element.text:
        yield element.text, bold, slanted
    for below in element:
        if isinstance(below.tag, str):
            yield from _runs(below, bold or below.tag in BOLD, slanted or below.tag in SLANTED)
        if below.tail:
            yield below.tail, bold, slanted


def _add_svg(made: Any, svg: Any, picture: Picture) -> None:
    from lxml import html

    box = (svg.get("viewBox") or svg.get("viewbox") or "").split()
    if len(box) == 4:
        wide, high = (max(1, round(float(one))) for one in box[2:])
        # the text after an element is not part of it
        drawn = html.tostring(svg, encoding="unicode", with_tail=False)
        _add_png(made, picture(drawn, wide, high))


def _add_png(made: Any, png: bytes) -> None:
    """Add a picture, at most as wide and as high as the page."""
    import matplotlib.image as images
    from docx.shared import Cm

    high, wide = images.imread(io.BytesIO(png), format="png").shape[:2]
    width = min(WIDE_CM, wide / CSS_PIXELS, HIGH_CM * wide / high)
    made.add_picture(io.BytesIO(png), width=Cm(width))
