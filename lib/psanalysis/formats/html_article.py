"""What of a web page is the document: the article and what stands around it, without menus, lists
of links and the site's own lines.
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
# what is left of an element that was taken out
GONE = "wbr"
KEPT_WHOLE = {"table", "tbody", "thead", "tfoot", "tr", "p", "ul", "ol", GONE}
ARTICLE_SHARE = 0.7
SHORT = 400
LINKED = 0.6
Sizes = dict[etree._Element, tuple[int, int, bool]]


def strip(root: etree._Element) -> None:
    """Take out of a page what is not seen and what is not the document; what follows an element
    stays.

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
    """True for a frame around the document, and for what its own marks call a menu or like."""
    return (element.tag in FRAMES and not headed) or _marked(element)


def _marked(element: etree._Element) -> bool:
    return bool(DEBRIS.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


def _without_unseen(root: etree._Element, sheet: Sheet) -> None:
    """Drop hidden elements; of white text on white ground drop the words alone."""
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
    """Element -> its Chinese characters, those of them in links, whether it holds a heading or
    table.

    Only of elements that may be taken out, or hold most of the document: of what stands within a
    table or paragraph none but frames and what has a mark. A page may have millions of others.
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
    """The innermost element that still holds most of the Chinese text that is no link."""
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
    """True for what stands beside the article and is mostly links, or a small block about the
    site.
    """
    size, linked, headed = sizes[element]
    if size and linked >= LINKED * size:
        return True
    own = "".join(element.itertext()) if size < SHORT else ""
    return not headed and bool(words("page", "site").search(own))


def _drop(element: etree._Element) -> None:
    """Leave nothing of an element but a mark that shows nothing; the text after it stays.

    Were it taken out, the text would have to be joined with that before it, each time all of it.
    """
    if element.getparent() is not None:
        element.clear(keep_tail=True)
        element.tag = GONE
