"""Finds the document in a web page: the article with its surroundings, without menus, lists of
links and text about the site.
"""

from __future__ import annotations

import re

from lxml import etree

from psanalysis.formats.html_seen import Sheet
from psanalysis.formats.lexicon import words

CHINESE = re.compile(r"[\u3400-\u9fff]")
DEBRIS = re.compile(
    r"(?:^|[-_\s])(?:nav|menu|breadcrumb|crumbs?|share|copyright|sidebar|related|recommend"
    r"|toolbar|qrcode|pagination)(?:$|[-_\s])",
    re.I,
)
FRAMES = {"header", "footer", "aside", "form"}
HEADINGS = {"h1", "h2", "h3"}
# the tag that replaces a removed element
GONE = "wbr"
KEPT_WHOLE = {"table", "tbody", "thead", "tfoot", "tr", "p", "ul", "ol", GONE}
ARTICLE_SHARE = 0.7
SHORT = 400
LINKED = 0.6
Sizes = dict[etree._Element, tuple[int, int, bool]]


def strip(root: etree._Element) -> None:
    """Remove from a page what is invisible and what is not the document; the text after a removed
    element stays.

    Parameters
    ----------
    root
        The page; it is changed.
    """
    _without_unseen(root, Sheet(element.text or "" for element in root.iter("style")))
    sizes = _sizes(root)
    article = _article(root, sizes)
    ancestors = list(article.iterancestors())
    path = {article, *ancestors}
    for element, (size, _, headed) in sizes.items():
        if element not in path and size < SHORT and _is_beside(element, headed):
            _drop(element)
    for ancestor in ancestors:
        for child in list(ancestor):
            if child not in path and _of_the_site(child, sizes):
                _drop(child)


def _is_beside(element: etree._Element, headed: bool) -> bool:
    """True for a header, footer, aside or form, and for an element whose class or id says menu or
    the like."""
    return (element.tag in FRAMES and not headed) or _marked(element)


def _marked(element: etree._Element) -> bool:
    return bool(DEBRIS.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


def _without_unseen(root: etree._Element, sheet: Sheet) -> None:
    """Remove hidden elements; of elements in white on white, only the text."""
    gone: list[etree._Element] = []
    around: list[tuple[bool, bool]] = [(False, False)]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
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
    """Element -> number of its Chinese characters, of those in links, and whether it has a heading
    or table.

    Only elements that may be removed or may be the article are measured: within tables and
    paragraphs only frames and elements whose class or id says menu. A page may have millions of
    others.
    """
    sizes: Sizes = {}
    within = 0
    open_: list[tuple[int, int, bool]] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        whole = element.tag in KEPT_WHOLE
        if event == "start":
            heads = element.tag in HEADINGS or element.tag == "table"
            open_.append((len(CHINESE.findall(element.text or "")), 0, heads))
            within += whole
            continue
        within -= whole
        own, linked, headed = open_.pop()
        size = (own, own if element.tag == "a" else linked, headed)
        if not within or element.tag in FRAMES or _marked(element):
            sizes[element] = size
        if open_:
            around, links, heads = open_[-1]
            after = len(CHINESE.findall(element.tail or ""))
            open_[-1] = (around + own + after, links + size[1], heads or headed)
    return sizes


def _article(root: etree._Element, sizes: Sizes) -> etree._Element:
    """The innermost element that has most of the Chinese text outside links."""
    least, best = ARTICLE_SHARE * _unlinked(sizes[root]), root
    while True:
        inner = [
            child
            for child in best
            if child.tag not in KEPT_WHOLE and _unlinked(sizes[child]) >= least
        ]
        if not inner:
            return best
        best = inner[0]


def _unlinked(size: tuple[int, int, bool]) -> int:
    return size[0] - size[1]


def _of_the_site(element: etree._Element, sizes: Sizes) -> bool:
    """True for an element beside the article that is mostly links, or is a small block about the
    site.
    """
    size, linked, headed = sizes[element]
    if size and linked >= LINKED * size:
        return True
    own = "".join(element.itertext()) if size < SHORT else ""
    return not headed and bool(words("page", "site").search(own))


def _drop(element: etree._Element) -> None:
    """Empty an element and turn it into a tag that shows nothing; the text after it stays.

    Removing it from the tree would copy the text before and after it each time.
    """
    if element.getparent() is not None:
        element.clear(keep_tail=True)
        element.tag = GONE
