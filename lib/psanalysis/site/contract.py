"""The content that a page may have, as an allow-list: an output is parsed, checked, and serialised
again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from lxml import etree

from psanalysis.site.errors import ContractError

SLOT = "ps:"
END = "hr"


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Text, tables, lists, images, what a reader opens (details), and controls for the page's script
HTML = _words(
    "a abbr address article aside b bdi bdo blockquote br button caption cite code col colgroup"
    " data dd del details dfn div dl dt em fieldset figcaption figure footer h1 h2 h3 h4 h5 h6"
    " header hr i img input ins kbd label legend li mark meter nav ol optgroup option output p pre"
    " progress q rp rt ruby s samp section select small span strong sub summary sup table tbody td"
    " tfoot th thead time tr u ul var wbr"
)
# Shapes and text; no animation, which could change a link
SVG = _words(
    "svg g path rect circle ellipse line polyline polygon text tspan title desc defs use symbol"
    " image clippath mask marker pattern lineargradient radialgradient stop a"
)
GLOBAL = _words("class dir hidden id lang role tabindex title")
OWN = {
    "a": "download href hreflang rel",
    "abbr": "",
    "blockquote": "cite",
    "button": "disabled type",
    "col": "span",
    "colgroup": "span",
    "data": "value",
    "del": "cite datetime",
    "details": "name open",
    "fieldset": "disabled",
    "img": "alt height loading src width",
    "input": "autocomplete checked disabled list max maxlength min name placeholder size step type"
    " value",
    "ins": "cite datetime",
    "label": "for",
    "li": "value",
    "meter": "high low max min optimum value",
    "ol": "reversed start type",
    "optgroup": "disabled label",
    "option": "disabled label selected value",
    "output": "for name",
    "progress": "max value",
    "q": "cite",
    "select": "disabled multiple name size",
    "table": "border",
    "td": "colspan headers rowspan",
    "th": "abbr colspan headers rowspan scope",
    "time": "datetime",
}
ALLOWED = {name: GLOBAL | _words(own) for name, own in OWN.items()}
PRESENTATION = GLOBAL | _words(
    "clip-path clip-rule clippathunits color cx cy d dominant-baseline dx dy fill fill-opacity"
    " fill-rule focusable font-family font-size font-style font-variant font-weight fx fy"
    " gradienttransform gradientunits height href lengthadjust letter-spacing marker-end"
    " marker-mid marker-start markerheight markerunits markerwidth mask maskcontentunits maskunits"
    " offset opacity orient overflow paint-order patterncontentunits patterntransform patternunits"
    " points preserveaspectratio r refx refy rotate rx ry shape-rendering spreadmethod stop-color"
    " stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin"
    " stroke-miterlimit stroke-opacity stroke-width text-anchor textlength text-rendering"
    " transform vector-effect version viewbox visibility width x x1 x2 xlink:href xmlns"
    " xmlns:xlink y y1 y2"
)
STYLING = PRESENTATION - GLOBAL
INPUTS = _words("button checkbox number radio range search text")
LINKS = {"href", "xlink:href", "cite"}
INSIDE = {"use", "image", "lineargradient", "radialgradient", "pattern"}
SCHEMES = {"http", "https", "mailto"}
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# Characters that a browser removes from an address before it parses it
IGNORED = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202f\ufeff]+")
EMBEDDED = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml)[;,]", re.IGNORECASE)
# What an attribute of a shape calls, as it is written: CSS reads \75rl( as url( too, and
# image-set("x.png") loads without one
CALL = re.compile(r"([\w-]*)\((\s*[\"']?#)?")
CALLS = _words(
    "calc circle clamp color-mix cubic-bezier ellipse hsl hsla inset lab lch max min matrix oklab "
    "oklch"
    " path polygon rgb rgba rotate scale scalex scaley skewx skewy translate translatex "
    "translatey var"
)


def parse(html: str, where: str) -> etree._Element:
    """The output as a tree below a `div`.

    Raises
    ------
    ContractError
        If it ends within a tag, or closes an element that it did not open, so that it would change
        the page around it.
    """
    body, unsound = _read(html, where)
    if unsound:
        raise ContractError(f"{where}: {unsound} -> close what is opened, and nothing else")
    return body[0]


def require(
    html: str, where: str, prepare: Callable[[etree._Element], None] | None = None
) -> etree._Element:
    """The tree of an output that holds nothing but what is allowed, once it is prepared.

    Raises
    ------
    ContractError
        If it has other content; the message names the cell (`where`) and the tag.

    Examples
    --------
    >>> require('<p class="ps-answer">58 %</p>', "cell 3").tag
    'div'
    >>> require('<p style="color:red">58 %</p>', "cell 3")
    Traceback (most recent call last):
    psanalysis.site.errors.ContractError: cell 3: <p style="color:red">: style attribute -> use a class of the page's style sheet
    """  # noqa: E501
    body, unsound = _read(html, where)
    if prepare:
        prepare(body)
    for element in body.iter():
        fault = "" if element is body else _fault(element)
        if fault:
            raise ContractError(f"{where}: {_tag(element)[:80]}: {fault}")
    if unsound:
        raise ContractError(f"{where}: {unsound} -> close what is opened, and nothing else")
    return body[0]


def _read(html: str, where: str) -> tuple[etree._Element, str]:
    """The body of a page with only the output, and what is wrong with the end of the output."""
    parser = etree.HTMLParser(encoding="utf-8")
    page = f"<html><body><div>{html}</div><{END}></body></html>".encode("utf-8", "replace")
    try:
        body = etree.fromstring(page, parser).find("body")
    except etree.XMLSyntaxError as error:
        raise ContractError(f"{where}: cannot be read as HTML: {error} -> show less") from None
    stray = (one.message for one in parser.error_log)
    unsound = next((words for words in stray if words.startswith("Unexpected end tag")), "")
    if [child.tag for child in body] != ["div", END] or body.text or body[0].tail:
        unsound = unsound or "it ends within a tag, or in text that nothing closes"
    return body, unsound


def inner(tree: etree._Element) -> str:
    """The content of an element, as HTML that every browser parses as this tree."""
    parts = [escape(tree.text or "", quote=False)]
    parts += [etree.tostring(child, method="html", encoding="unicode") for child in tree]
    return "".join(parts)


def _fault(element: etree._Element) -> str:
    name = element.tag
    if not isinstance(name, str):
        slot = (element.text or "").lstrip("/").startswith(SLOT)
        return "is where the site puts its own links -> leave it out" if slot else ""
    if name not in HTML and name not in SVG:
        return f"element {name} -> pages hold text, tables, images and SVG, and load nothing"
    if name == "title" and not _within_svg(element):
        return "element title -> use a heading"
    for key, value in element.items():
        # a comment within an attribute would be written unescaped, and be taken for a slot
        if f"<!--{SLOT}" in value or f"<!--/{SLOT}" in value:
            return "is where the site puts its own links -> leave it out"
        fault = _attribute_fault(name, key.lower(), value)
        if fault:
            return fault
    return ""


def _attribute_fault(name: str, key: str, value: str) -> str:
    if not (
        key.startswith(("data-", "aria-"))
        or key in (ALLOWED.get(name) or GLOBAL)
        or (key in PRESENTATION and (name not in HTML or name == "a"))
    ):
        return _not_allowed(key)
    if key in LINKS:
        return _link_fault(name, value)
    if key == "src" and not EMBEDDED.match(value):
        return "loads something from outside the page -> embed it"
    if name == "input" and key == "type" and value.lower() not in INPUTS:
        return f"input of type {value} -> one of {', '.join(sorted(INPUTS))}"
    if "(" in value and key in STYLING and not all(map(_harmless, CALL.finditer(value))):
        return "loads something from outside the page -> embed it"
    return ""


def _harmless(call: re.Match[str]) -> bool:
    """True for a CSS function that loads nothing, or refers to a part of the page."""
    name = call[1].lower()
    return name in CALLS or (name == "url" and bool(call[2]))


def _not_allowed(key: str) -> str:
    if key == "style":
        return "style attribute -> use a class of the page's style sheet"
    if key.startswith("on"):
        return "event handler attribute -> the page's script does what is needed"
    if key in ("src", "srcset", "poster", "background"):
        return "loads something from outside the page -> embed it"
    return f"attribute {key} -> leave it out"


def _link_fault(name: str, value: str) -> str:
    """The fault of an address, parsed as a browser parses it."""
    address = IGNORED.sub("", value)
    if name in INSIDE:
        sound = address.startswith("#") or (name == "image" and EMBEDDED.match(address))
        return "" if sound else "loads something from outside the page -> embed it"
    scheme = SCHEME.match(address)
    if scheme is None or scheme[1].lower() in SCHEMES:
        return ""
    if scheme[1].lower() in ("javascript", "vbscript"):
        return "link that runs a script -> link to a page"
    return f"link by {scheme[1]} -> one of {', '.join(sorted(SCHEMES))}"


def _within_svg(element: etree._Element) -> bool:
    return any(parent.tag == "svg" for parent in element.iterancestors())


def _tag(element: etree._Element) -> str:
    if not isinstance(element.tag, str):
        return f"<!--{element.text or ''}-->"
    written = "".join(f' {key}="{value}"' for key, value in element.items())
    return f"<{element.tag}{written}>"
