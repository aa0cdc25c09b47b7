"""A figure as inline SVG: text that can be found and read aloud, linked marks, and colours of the
page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree

from matplotlib.figure import Figure

from psanalysis.lines import wide, width_in_ems
from psanalysis.palette import COLOURS
from psanalysis.plot.saving import rendered
from psanalysis.untrusted import explain

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
HREF = f"{{{XLINK}}}href"
LINK, TEXT, GROUP, DEFS = (f"{{{SVG}}}{name}" for name in ("a", "text", "g", "defs"))
VARIABLES = {value: f"var(--ps-{name}, {value})" for name, value in reversed(COLOURS.items())}
UNUSED = {f"{{{SVG}}}metadata", f"{{{SVG}}}style"}
# The style element of matplotlib as attributes: pages allow no style element but their own
ROOT = {
    "stroke-linejoin": "round",
    "stroke-linecap": "butt",
    "font-family": "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', sans-serif",
    "role": "group",
}
# Attributes with the default value of SVG
DEFAULTS = {"text-anchor": "start", "font-weight": "400", "font-style": "normal"}
LETTER = re.compile(r"\s*([A-Za-z])\s*")
LONG = re.compile(r"-?\d+\.\d{3,}")
TURNED = re.compile(r"rotate\(-?0 [^)]*\)")
REFERENCE = re.compile(r"url\(#")


def inline_svg(
    figure: Figure, *, alt: str, marks: Mapping[str, str], name: str, lang: str = ""
) -> str:
    """Render a figure once and make its SVG fit to stand in a page.

    Its texts are texts, as wide as they were measured, whatever font draws them.

    Parameters
    ----------
    figure
        Drawn with `psanalysis.style` in force.
    alt
        Text alternative of the whole figure.
    marks
        url of each linked mark to its text alternative.
    name
        Prefix of all ids, unique on the page.
    lang
        With it, a sentence in that language stands where the chart is not trusted.

    Raises
    ------
    GlyphError
        If a character has no glyph.
    """
    root = ElementTree.fromstring(rendered(figure, "svg", letters=True))
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag in UNUSED]:
            parent.remove(child)
    for element in root.iter():
        _present(element)
        _prefix(element, name)
        element.text = (element.text or "").strip() or None
        element.tail = None
        if element.tag == TEXT:
            _measured(element)
    _without_empty(root)
    for link in root.iter(LINK):
        _describe(link, marks)
    for key in ("width", "height", "version"):
        root.attrib.pop(key, None)
    for key, value in ROOT.items():
        root.set(key, value)
    root.set("aria-label", alt)
    if lang:
        explain(root, lang)
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    return ElementTree.tostring(root, encoding="unicode").replace(" />", "/>")


def _present(element: ElementTree.Element) -> None:
    """Turn style declarations into presentation attributes, and palette colours into custom
    properties of the page.
    """
    for declaration in element.attrib.pop("style", "").split(";"):
        key, _, value = (part.strip() for part in declaration.partition(":"))
        if value and key != "font-family":
            element.set(key, value)
    for key in ("fill", "stroke"):
        if element.get(key) in VARIABLES:
            element.set(key, VARIABLES[element.get(key, "")])


def _prefix(element: ElementTree.Element, name: str) -> None:
    """Put the figure's name in front of ids; a group that nothing refers to loses its id."""
    if element.tag == GROUP:
        element.attrib.pop("id", None)
    elif element.get("id"):
        element.set("id", f"{name}-{element.get('id')}")
    for key, value in list(element.attrib.items()):
        if key == HREF and element.tag != LINK and value.startswith("#"):
            del element.attrib[HREF]
            element.set("href", f"#{name}-{value[1:]}")
        elif key == "d":
            element.set("d", LETTER.sub(r"\1", LONG.sub(_short, value)).strip())
        elif REFERENCE.search(value):
            element.set(key, REFERENCE.sub(f"url(#{name}-", value))
        elif key in ("x", "y", "transform"):
            element.set(key, LONG.sub(_short, value))


def _short(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}"


def _measured(text: ElementTree.Element) -> None:
    """Each text takes the width that was measured, also in a font whose letters are wider or
    narrower.
    """
    for key, value in DEFAULTS.items():
        if text.get(key) == value:
            del text.attrib[key]
    if TURNED.fullmatch(text.get("transform", "")):
        del text.attrib["transform"]
    words = text.text or ""
    size = float(text.get("font-size", "0px").removesuffix("px"))
    text.set("font-size", f"{size:g}")
    # Chinese characters are square in every font
    if size and not all(wide(character) for character in words):
        text.set("textLength", f"{size * width_in_ems(words):.1f}")
        text.set("lengthAdjust", "spacingAndGlyphs")


def _without_empty(root: ElementTree.Element) -> None:
    """Remove groups and links without content, and the outer one of two nested links."""
    for _ in range(3):
        for parent in list(root.iter()):
            for child in list(parent):
                if child.tag in (GROUP, LINK, DEFS) and not len(child):
                    parent.remove(child)
                elif child.tag == LINK and len(child) == 1 and child[0].tag in (LINK, GROUP):
                    _lift(parent, child)


def _lift(parent: ElementTree.Element, link: ElementTree.Element) -> None:
    """Replace a link by its only child, where that is a link too."""
    inner = link[0]
    if inner.tag == GROUP and len(inner) == 1 and inner[0].tag == LINK and not inner.attrib:
        inner = inner[0]
    if inner.tag == LINK and inner.get(HREF) == link.get(HREF):
        parent[list(parent).index(link)] = inner


def _describe(link: ElementTree.Element, marks: Mapping[str, str]) -> None:
    link.attrib.pop("target", None)
    words = marks.get(link.get(HREF, ""), "")
    if words:
        link.set("aria-label", words)
        title = ElementTree.Element(f"{{{SVG}}}title")
        title.text = words
        link.insert(0, title)
