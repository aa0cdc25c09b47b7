"""Saved web pages: the article without menus, forms and footers, tables as pipe rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as parser

from psanalysis.formats.document import DocumentError
from psanalysis.formats.grid import Spanned, expand, pipe_rows

DROPPED = {
    "script",
    "style",
    "noscript",
    "nav",
    "header",
    "footer",
    "form",
    "button",
    "select",
    "aside",
    "iframe",
    "svg",
    "template",
    "head",
}
DEBRIS = re.compile(
    r"(?:^|[-_\s])(?:nav|menu|breadcrumb|share|copyright|sidebar|related|recommend|toolbar|qrcode|pagination)(?:$|[-_\s])",
    re.I,
)
BLOCKS = {
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "tr",
    "dd",
    "dt",
    "blockquote",
    "center",
    "pre",
}
CHINESE = re.compile(r"[\u3400-\u9fff]")
LOGIN = re.compile(r"登录|登錄|密码|密碼|验证码|驗證碼|sign in|log in|password", re.I)
ARTICLE_SHARE = 0.7
SHORT = 400


def html_text(source: str, name: str) -> str:
    """The text of a saved page: paragraphs on lines of their own, tables as pipe rows, page debris left out.

    Parameters
    ----------
    source
        The page.
    name
        File name for messages.

    Raises
    ------
    DocumentError
        If the page asks for a login or holds no Chinese text.

    Examples
    --------
    >>> html_text("<nav>首页</nav><p>到2025年,参保率达到95%。</p><table><tr><td>指标<td>2025年</table>", "a.html")
    '到2025年,参保率达到95%。\\n指标 | 2025年 |\\n'
    """
    try:
        tree = parser.fromstring(
            source.encode("utf-8"), parser=parser.HTMLParser(encoding="utf-8", huge_tree=True)
        )
    except (etree.ParserError, ValueError):
        raise DocumentError(
            name, "the page is empty", "save the page again, once it shows the document"
        ) from None
    asks = bool(tree.xpath("//input[@type='password']"))
    for element in list(tree.iter()):
        if _dropped(element) and element.getparent() is not None:
            element.drop_tree()
    text = _lines("".join(_pieces(_article(tree))))
    chinese = len(CHINESE.findall(text))
    if chinese < SHORT and (asks or len(LOGIN.findall(source)) >= 3):
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
    return text


def _dropped(element: etree._Element) -> bool:
    if not isinstance(element.tag, str):
        return True
    marks = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag in DROPPED or (
        bool(DEBRIS.search(marks)) and len(CHINESE.findall("".join(element.itertext()))) < SHORT
    )


def _article(root: etree._Element) -> etree._Element:
    """The innermost element that still holds most of the Chinese text."""
    sizes: dict[etree._Element, int] = {}
    for element in reversed(list(root.iter())):
        own = len(CHINESE.findall(element.text or "")) + sum(
            len(CHINESE.findall(child.tail or "")) for child in element
        )
        sizes[element] = own + sum(sizes[child] for child in element)
    whole, best = sizes[root], root
    while True:
        inner = [
            child
            for child in best
            if sizes[child] >= ARTICLE_SHARE * whole
            and child.tag not in ("table", "tbody", "tr", "p")
        ]
        if not inner:
            return best
        best = inner[0]


def _pieces(element: etree._Element) -> Iterator[str]:
    if (
        element.tag == "table"
        and not element.xpath(".//table")
        and len(element.xpath(".//td|.//th")) > 1
    ):
        yield "\n" + pipe_rows(expand(_cells(row) for row in element.iter("tr"))) + "\n"
        return
    block = element.tag in BLOCKS
    if block:
        yield "\n"
    yield re.sub(r"\s+", " ", element.text or "")
    for child in element:
        yield from _pieces(child)
        yield re.sub(r"\s+", " ", child.tail or "")
    if block or element.tag in ("td", "th", "table"):
        yield "\n"


def _cells(row: etree._Element) -> list[Spanned]:
    return [
        ("".join(cell.itertext()), _span(cell.get("colspan")), _span(cell.get("rowspan")))
        for cell in row
        if cell.tag in ("td", "th")
    ]


def _span(value: str | None) -> int:
    return min(int(value), 100) if value and value.strip().isdigit() else 1


def _lines(text: str) -> str:
    lines = (line.strip(" \t\xa0\u3000") for line in text.split("\n"))
    return "".join(f"{line}\n" for line in lines if line)
