"""What of a web page is the document: the article and what stands around it, without menus, lists of links and the site's own lines."""

from __future__ import annotations

import re

from lxml import etree

from psanalysis.formats.html_seen import Sheet
from psanalysis.formats.lexicon import words

CHINESE = re.compile(r"[\u3400-\u9fff]")
DEBRIS = re.compile(
    r"(?:^|[-_\s])(?:nav|menu|breadcrumb|crumbs?|share|copyright|sidebar|related|recommend|toolbar|qrcode|pagination)(?:$|[-_\s])",
    re.I,
)
FRAMES = {"header", "footer", "aside", "form"}
HEADINGS = {"h1", "h2", "h3"}
KEPT_WHOLE = {"table", "tbody", "thead", "tfoot", "tr", "p", "ul", "ol"}
ARTICLE_SHARE = 0.7
SHORT = 400
LINKED = 0.6
Sizes = dict[etree._Element, tuple[int, int, bool]]


def strip(root: etree._Element) -> None:
    """Take out of a page what is not seen and what is not the document; what follows an element stays.

    Parameters
    ----------
    root
        The page; it is changed.
    """
    _without_unseen(root, Sheet(element.text or "" for element in root.iter("style")))
    sizes = _sizes(root)
    article = _article(root, sizes)
    path = [article, *article.iterancestors()]
    for element in list(root.iter()):
        size, _, headed = sizes[element]
        if element in path or size >= SHORT:
            continue
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        if (element.tag in FRAMES and not headed) or DEBRIS.search(marks):
            _drop(element)
    for ancestor in path[1:]:
        for child in list(ancestor):
            if child not in path and _of_the_site(child, sizes):
                _drop(child)


def _without_unseen(root: etree._Element, sheet: Sheet) -> None:
    """Drop hidden elements; of white text on white ground drop the words alone."""
    gone: list[etree._Element] = []
    around: list[tuple[bool, bool]] = [(False, False)]
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            gone.append(element)
        elif event == "end":
            around.pop()
        else:
            look = sheet.look(element)
            if look.hidden and element is not root:
                gone.append(element)
            white = around[-1][0] if look.white is None else look.white
            grounded = around[-1][1] or look.grounded
            around.append((white, grounded))
            if white and not grounded:
                element.text = None
                for child in element:
                    child.tail = None
    for element in gone:
        _drop(element)


def _sizes(root: etree._Element) -> Sizes:
    """Element -> its Chinese characters, those of them in links, whether it holds a heading or table."""
    sizes: Sizes = {}
    for element in reversed(list(root.iter())):
        own = len(CHINESE.findall(element.text or ""))
        linked = 0
        headed = element.tag in HEADINGS or element.tag == "table"
        for child in element:
            size, links, heads = sizes[child]
            own += size + len(CHINESE.findall(child.tail or ""))
            linked += links
            headed = headed or heads
        sizes[element] = (own, own if element.tag == "a" else linked, headed)
    return sizes


def _article(root: etree._Element, sizes: Sizes) -> etree._Element:
    """The innermost element that still holds most of the Chinese text that is no link."""
    plain = {element: size - linked for element, (size, linked, _) in sizes.items()}
    whole, best = plain[root], root
    while True:
        inner = [
            child
            for child in best
            if plain[child] >= ARTICLE_SHARE * whole and child.tag not in KEPT_WHOLE
        ]
        if not inner:
            return best
        best = inner[0]


def _of_the_site(element: etree._Element, sizes: Sizes) -> bool:
    """True for what stands beside the article and is mostly links, or a small block about the site."""
    size, linked, headed = sizes[element]
    if size and linked >= LINKED * size:
        return True
    own = "".join(element.itertext()) if size < SHORT else ""
    return not headed and bool(words("page", "site").search(own))


def _drop(element: etree._Element) -> None:
    """Take an element out; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail:
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
