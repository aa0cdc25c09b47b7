"""Reads saved web pages: each paragraph on a line of its own, tables as grids; without menus,
forms, footers and hidden elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from lxml import etree

from psanalysis.formats.assembly import Block, Missing, Paragraph, raised
from psanalysis.formats.characters import INVISIBLE
from psanalysis.formats.document import DocumentError
from psanalysis.formats.html_article import CHINESE, GONE, SHORT, strip
from psanalysis.formats.html_table import BLANK, data_tables, table_block
from psanalysis.formats.lexicon import words

BLOCKS = {
    "p", "div", "li", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article",
    "main", "header", "tr", "td",
    "th", "dd", "dt", "blockquote", "center", "pre", "table", "caption", "figure", "figcaption",
    "hr", "form", "fieldset",
    "address", "details", "summary", "tbody", "thead", "tfoot", "body", "html", "aside", "footer",
}  # fmt: skip
NOTE_LINK = re.compile(r"\s*[\[〔(（]?\s*[\d*①-⑳]{1,3}\s*[\])〕）]?\s*$")
RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
ICON = 48
FRAMED = {"iframe", "object", "embed"}


def html_blocks(source: str, name: str) -> Iterator[Block]:
    """The blocks of a saved page, in reading order.

    Left out are hidden and struck elements, white text on white and the marks of notes. The parts
    around the article (title, lead, tables) are kept, unless they are mostly links. Whether the
    page is a document at all is checked after its last block, so the errors come late.

    Parameters
    ----------
    source
        The page.
    name
        File name for messages.

    Raises
    ------
    DocumentError
        If the page asks for a login, holds no Chinese text, or is nested too deeply.

    Examples
    --------
    >>> list(html_blocks("<nav>首页</nav><p>到2025年,参保率达到95<sup>1</sup>%。</p>", "a.html"))
    [Paragraph(text='到2025年,参保率达到95%。')]
    """
    reader = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        tree = etree.fromstring(
            INVISIBLE.sub("", source).encode("utf-8", "replace"),
            parser=reader,
        )
        if tree is None:
            raise ValueError
        if any("depth" in entry.message for entry in reader.error_log):
            raise DocumentError(
                name, "it is nested too deeply", "open it in a browser and save it as .txt"
            )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise DocumentError(
            name, "the page is empty", "save the page again, once it shows the document"
        ) from None
    asks = bool(tree.xpath("//input[@type='password']"))
    strip(tree)
    chinese = 0
    for block in _flow(tree, data_tables(tree)):
        chinese += len(CHINESE.findall(_words(block)))
        yield block
    if chinese < SHORT and (asks or len(words("page", "login").findall(source)) >= 3):
        raise DocumentError(
            name,
            "this is a login page, not the document",
            "log in, then save the page that shows the document",
        )
    if not chinese:
        raise DocumentError(
            name,
            "the page holds no Chinese text",
            "save the page with its content (not only the frame), or as .txt",
        )


def _flow(root: etree._Element, data: set[etree._Element]) -> Iterator[Block]:
    """The blocks within an element, given the tables of data.

    Only tables within cells recurse, so that deep nesting does not exhaust the stack.
    """
    parts: list[str] = []
    lifted: list[tuple[etree._Element, int]] = []
    skipped: etree._Element | None = None
    plain = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        block = element.tag in BLOCKS
        if event == "end":
            plain -= element.tag == "pre"
            if lifted and lifted[-1][0] is element:
                begin = min(lifted.pop()[1], len(parts))
                words_raised = "".join(parts[begin:])
                parts[begin:] = [raised("".join(parts[max(0, begin - 6) : begin]), words_raised)]
            if block and element is not skipped:
                yield from _flushed(parts)
            if element is not root and element.tail:
                tail = element.tail if plain else BLANK.sub(" ", element.tail)
                joined = element.tag == GONE and not plain and parts and parts[-1].endswith(" ")
                parts.append(tail.removeprefix(" ") if joined else tail)
            continue
        if element is not root and element.tag == "table" and element in data:
            yield from _flushed(parts)
            yield from table_block(element, partial(_flow, data=data))
            skipped = element
            walk.skip_subtree()
            continue
        if element.tag == "a" and (element.get("href") or "").startswith("#") and _is_mark(element):
            walk.skip_subtree()
            continue
        if block:
            yield from _flushed(parts)
        if kind := _missing(element):
            yield from _flushed(parts)
            yield Missing(kind)
        if element.tag in FRAMED:
            walk.skip_subtree()
            continue
        if element.tag == "sup" or RAISED.search(element.get("style") or ""):
            lifted.append((element, len(parts)))
        plain += element.tag == "pre"
        if element.tag == "br":
            parts.append("\n")
        elif element.text:
            parts.append(element.text if plain else BLANK.sub(" ", element.text))
    yield from _flushed(parts)


def _flushed(parts: list[str]) -> Iterator[Block]:
    text = "".join(parts)
    parts.clear()
    if text.strip():
        yield Paragraph(text)


def _is_mark(link: etree._Element) -> bool:
    """True for the link of a note: [1], ①."""
    return bool(NOTE_LINK.match("".join(link.itertext())))


def _missing(element: etree._Element) -> str:
    """The kind of content without text that an element shows: a picture larger than an icon, a page
    within the page; empty for others.
    """
    if element.tag in FRAMED:
        return "embedded"
    if element.tag != "img":
        return ""
    sizes = (element.get("width") or "", element.get("height") or "")
    small = any(size.isdecimal() and len(size) < 5 and int(size) <= ICON for size in sizes)
    return "" if small else "picture"


def _words(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text
    return "" if isinstance(block, Missing) else "".join(t for row in block.rows for t, _, _ in row)
