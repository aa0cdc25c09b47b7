"""Converts the outputs of cells to HTML that a page may contain.

A cell may show HTML within the limits of `psanalysis.site.contract`, Markdown, an image (PNG, JPEG,
SVG), text, or a DataFrame: this becomes a table in the site's form, whose own style is left out.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from html import escape
from typing import Any

from lxml import etree
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from psanalysis.site.contract import inner, parse
from psanalysis.untrusted import for_page

SHOWN = ("text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain")
ALIGNMENT = re.compile(r"text-align:\s*(left|right|center);?")
# How pandas marks what it shows: a frame by the class of its table, a styled one by its id
FRAME = ".//style|.//*[@class='dataframe']|.//*[starts-with(@id,'T_')]"
STYLED = re.compile(r"T_[0-9a-f]+")
NUMBER = re.compile(r"[-+\u2212]?(?:\d[\d,]*)?(?:\.\d+)?(?:e[-+]?\d+)?\s*[%‰]?", re.IGNORECASE)
NOTHING = {"", "NaN", "NaT", "None", "nan", "<NA>", "—", "..."}
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
# `/home/x/lib/y.py:3: UserWarning: ...`, `<Axes at 0x7f...>`: paths and addresses of one run
WARNED = re.compile(
    r"^(?:(?:[A-Za-z]:)?[^\s:]*[/\\](?:[^:\n]*[/\\])?)?([^/\\:\n]+(?:\.py|>)):(\d+): (?=\w+:)"
)
CELL = re.compile(r"\d+\.py|<ipython-input[^>]*>")
ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


def as_html(output: Any) -> str:
    """An output of a cell as HTML."""
    if output.output_type == "stream":
        return text(plain(output.text))
    data = output.get("data", {})
    kind = next((kind for kind in SHOWN if kind in data), "")
    return _representation(kind, data.get(kind, ""))


def text(words: str) -> str:
    """Text unchanged, in a monospaced font."""
    return f'<pre class="ps-stream">{escape(words)}</pre>' if words else ""


def plain(words: str) -> str:
    """Text without colours, and without parts that differ from run to run: folders, processes,
    addresses.

    Examples
    --------
    >>> plain("/tmp/ipykernel_12/34.py:3: UserWarning: short\\n  f()")
    'UserWarning: short\\n  f()'
    >>> plain("/opt/lib/pandas/core/frame.py:9: FutureWarning: later"), plain("<Axes at 0x7f3a>")
    ('frame.py:9: FutureWarning: later', '<Axes>')
    """
    lines = ADDRESS.sub("", ESCAPES.sub("", words)).split("\n")
    return "\n".join(WARNED.sub(_where, line) for line in lines)


def _where(match: re.Match[str]) -> str:
    return "" if CELL.fullmatch(match[1]) else f"{match[1]}:{match[2]}: "


def _representation(kind: str, content: str) -> str:
    if kind == "text/html":
        return content
    if kind == "text/markdown":
        renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
        tree = parse(str(MarkdownWithMath(renderer=renderer).render(content)), "table")
        _set_tables(tree)
        return inner(tree)
    if kind == "image/svg+xml":
        # as an image it can neither run a script nor clash with the ids of the page
        packed = b64encode(content.encode()).decode()
        return f'<img alt="" src="data:{kind};base64,{packed}">'
    if kind.startswith("image/"):
        return f'<img alt="" src="data:{kind};base64,{content.strip()}">'
    return text(plain(content))


def prepare(tree: etree._Element) -> None:
    """Remove parts of an output that only a notebook shows, and turn frames into tables of the
    site.
    """
    for_page(tree)
    if tree.xpath(FRAME):
        _set_tables(tree)


def _set_tables(tree: etree._Element) -> None:
    """Tables by pandas or Markdown become tables of the site, without style of their own."""
    tables = [table for table in tree.iter("table") if "ps-table" not in table.get("class", "")]
    for table in tables:
        _without_styles(table.getparent())
        _tidy(table)
        _wrapped(table)


def _without_styles(around: etree._Element) -> None:
    for style in [child for child in around if child.tag == "style"]:
        around.remove(style)


def _tidy(table: etree._Element) -> None:
    """Remove styles and names that change from run to run; mark cells with numbers."""
    for element in table.iter():
        alignment = ALIGNMENT.fullmatch(element.attrib.pop("style", "").strip())
        if STYLED.match(element.get("id", "")):
            del element.attrib["id"]
        if STYLED.match(element.get("headers", "")):
            del element.attrib["headers"]
        element.attrib.pop("class", None)
        if alignment and table.get("border") is None:
            element.set("class", f"ps-align-{alignment[1]}")
    table.attrib.pop("border", None)
    table.set("class", "ps-table")
    rows = list(table.iterfind("tbody/tr"))
    for column in range(max((len(row) for row in rows), default=0)):
        cells = [row[column] for row in rows if len(row) > column]
        if _numeric("".join(cell.itertext()).strip() for cell in cells):
            for cell in cells:
                cell.set("class", "ps-number")
    for cell in table.iterfind("thead/tr/th"):
        cell.set("scope", "col")
    for cell in table.iterfind("tbody/tr/th"):
        cell.set("scope", "row")


def _numeric(cells: Iterable[str]) -> bool:
    told = [cell for cell in cells if cell not in NOTHING]
    return bool(told) and all(NUMBER.fullmatch(cell) for cell in told)


def _wrapped(table: etree._Element) -> None:
    """The table in a frame with horizontal scrolling; the text after it stays outside."""
    around = etree.Element("div", {"class": "ps-table-wrap", "tabindex": "0"})
    caption = table.find("caption")
    if caption is not None:
        around.set("role", "region")
        around.set("aria-label", "".join(caption.itertext()).strip())
    around.tail, table.tail = table.tail, None
    parent = table.getparent()
    parent.replace(table, around)
    around.append(table)
