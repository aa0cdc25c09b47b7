"""A figure as inline SVG: linked marks with text alternatives, themable colours, ids that cannot clash, no style attributes."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping
from xml.etree import ElementTree

from matplotlib.figure import Figure

from psanalysis.errors import GlyphError
from psanalysis.style import COLOURS

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
HREF = f"{{{XLINK}}}href"
VARIABLES = {value: f"var(--ps-{name}, {value})" for name, value in reversed(COLOURS.items())}
UNUSED = {f"{{{SVG}}}metadata"}


def inline_svg(figure: Figure, *, alt: str, marks: Mapping[str, str], name: str) -> str:
    """Render a figure once and make its SVG fit to stand in a page.

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

    Raises
    ------
    GlyphError
        If a character has no glyph.
    """
    root = ElementTree.fromstring(_render(figure))
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag in UNUSED]:
            parent.remove(child)
    for element in root.iter():
        _present(element)
        _prefix(element, name)
    for link in root.iter(f"{{{SVG}}}a"):
        _describe(link, marks)
    for key in ("width", "height", "version"):
        root.attrib.pop(key, None)
    root.set("role", "group")
    root.set("aria-label", alt)
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    return ElementTree.tostring(root, encoding="unicode").replace("\n", "")


def _render(figure: Figure) -> str:
    out = io.StringIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=r"Glyph .* missing from", category=UserWarning)
        try:
            figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
        except UserWarning as missing:
            raise GlyphError(f"{missing} -> replace the character, or add a font that has it to psanalysis.style.FACES") from None
    return out.getvalue()


def _present(element: ElementTree.Element) -> None:
    """Style declarations become presentation attributes, palette colours become custom properties of the page."""
    for declaration in element.attrib.pop("style", "").split(";"):
        key, _, value = declaration.partition(":")
        if value:
            element.set(key.strip(), value.strip())
    for key in ("fill", "stroke"):
        if element.get(key) in VARIABLES:
            element.set(key, VARIABLES[element.get(key, "")])


def _prefix(element: ElementTree.Element, name: str) -> None:
    if element.get("id"):
        element.set("id", f"{name}-{element.get('id')}")
    for key, value in list(element.attrib.items()):
        if key == HREF and element.tag != f"{{{SVG}}}a" and value.startswith("#"):
            element.set(key, f"#{name}-{value[1:]}")
        elif "url(#" in value:
            element.set(key, re.sub(r"url\(#", f"url(#{name}-", value))


def _describe(link: ElementTree.Element, marks: Mapping[str, str]) -> None:
    words = marks.get(link.get(HREF, ""), "")
    if words:
        link.set("aria-label", words)
        title = ElementTree.Element(f"{{{SVG}}}title")
        title.text = words
        link.insert(0, title)
