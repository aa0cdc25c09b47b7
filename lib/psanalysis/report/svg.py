"""A figure as inline SVG: linked marks with text alternatives, themable colours, ids that cannot clash, no style attributes."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping
from xml.etree import ElementTree

from matplotlib.figure import Figure

from psanalysis.errors import GlyphError, choose
from psanalysis.palette import COLOURS
from psanalysis.plot.canvas import GROUND, LABELS, POINTS, WORDS, Captioned

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
HREF = f"{{{XLINK}}}href"
VARIABLES = {value: f"var(--ps-{name}, {value})" for name, value in reversed(COLOURS.items())}
UNUSED = {f"{{{SVG}}}metadata", f"{{{SVG}}}style"}
# What the style element of matplotlib says, as attributes: the pages allow no style but their own
LINES = {"stroke-linejoin": "round", "stroke-linecap": "butt"}
# What would put the time or the version of matplotlib into a file
UNDATED: dict[str, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}
PRINT_DPI = 200
LETTER = re.compile(r"\s*([A-Za-z])\s*")
STEP = re.compile(r"([MLQCZz])([^MLQCZz]*)")
GLYPH = re.compile(r"(NotoSans|DejaVu)[A-Za-z]*-")


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
    root = ElementTree.fromstring(rendered(figure, "svg"))
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag in UNUSED]:
            parent.remove(child)
    if isinstance(figure, Captioned):
        root.set("data-chart", _between(figure))
    for element in root.iter():
        _present(element)
        _prefix(element, name)
        element.text = (element.text or "").strip() or None
        element.tail = None
    _gather_glyphs(root)
    _gather_names(root, name)
    for link in root.iter(f"{{{SVG}}}a"):
        _describe(link, marks)
    for key in ("width", "height", "version"):
        root.attrib.pop(key, None)
    for key, value in LINES.items():
        root.set(key, value)
    root.set("role", "group")
    root.set("aria-label", alt)
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    return ElementTree.tostring(root, encoding="unicode").replace(" />", "/>")


def rendered(figure: Figure, kind: str) -> bytes:
    """A figure as a file of a kind, the same bytes each time.

    Raises
    ------
    ParameterError
        If the kind is not svg, pdf or png.
    GlyphError
        If a character has no glyph.
    """
    choose("kind", kind, UNDATED)
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=r"Glyph .* missing from", category=UserWarning)
        try:
            figure.savefig(out, format=kind, metadata=UNDATED[kind], dpi=PRINT_DPI)
        except UserWarning as missing:
            raise GlyphError(
                f"{missing} -> replace the character, or add a font that has it to psanalysis.style.FACES"
            ) from None
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
    """Ids get the figure's name in front; a glyph is the same in every figure and keeps one id, so that a page needs it only once."""
    if element.get("id") in (WORDS, GROUND, LABELS):
        element.set("class", f"ps-{element.attrib.pop('id')}")
    elif element.get("id"):
        element.set("id", _unique(element.get("id", ""), name))
    for key, value in list(element.attrib.items()):
        if key == HREF and element.tag != f"{{{SVG}}}a" and value.startswith("#"):
            del element.attrib[HREF]
            element.set("href", f"#{_unique(value[1:], name)}")
        elif key == "d":
            element.set(
                "d",
                _relative(value)
                if GLYPH.match(element.get("id", "").removeprefix("glyph-"))
                else LETTER.sub(r"\1", value).strip(),
            )
        elif "url(#" in value:
            element.set(key, re.sub(r"url\(#", f"url(#{name}-", value))
    if element.tag == f"{{{SVG}}}g" and "clip-path" not in element.attrib:
        element.attrib.pop("id", None)


def _between(figure: Captioned) -> str:
    """The part of the viewBox that the chart takes without the words around it, in points."""
    width, height = figure.get_size_inches()
    head, foot = figure.caption.head, figure.caption.foot
    return " ".join(f"{POINTS * value:g}" for value in (0, head, width, height - head - foot))


def _gather_glyphs(root: ElementTree.Element) -> None:
    """All glyphs in one place, so that texts can be taken out without what others need; matplotlib defines a glyph where it is first used."""
    glyphs = ElementTree.Element(f"{{{SVG}}}defs")
    for parent in list(root.iter()):
        for defs in [child for child in parent if child.tag == f"{{{SVG}}}defs"]:
            for path in [path for path in defs if path.get("id", "").startswith("glyph-")]:
                defs.remove(path)
                glyphs.append(path)
            if not len(defs):
                parent.remove(defs)
    root.insert(0, glyphs)


def _gather_names(root: ElementTree.Element, name: str) -> None:
    """The names of the rows in one group, so that a page can show it a second time."""
    names = ElementTree.Element(f"{{{SVG}}}g", {"id": names_of(name)})
    for parent in list(root.iter()):
        for child in [child for child in parent if child.get("class") == f"ps-{LABELS}"]:
            parent.remove(child)
            child.attrib.pop("class")
            names.append(child)
    if len(names):
        root.append(names)


def names_of(name: str) -> str:
    """Id of the group that holds the names of the rows of a chart."""
    return f"{name}-{LABELS}"


def names_svg(figure: Captioned, name: str) -> str:
    """The names of the rows of a figure once more, from the group of `inline_svg`, for a page to keep in sight while the chart scrolls.

    Its width is in ems of 12 points of the figure.
    """
    height = figure.get_size_inches()[1] - figure.caption.head - figure.below
    view = " ".join(
        f"{POINTS * value:g}" for value in (0, figure.caption.head, figure.labels, height)
    )
    return (
        f'<svg xmlns="{SVG}" viewBox="{view}" data-chart="{view}" width="{figure.labels * POINTS / 12:g}em" aria-hidden="true">'
        f'<use href="#{names_of(name)}"/></svg>'
    )


def _relative(outline: str) -> str:
    """The outline of a glyph with relative coordinates, which are a third shorter."""
    steps, x, y = [], 0.0, 0.0
    for letter, numbers in STEP.findall(outline):
        if letter in "Zz":
            steps.append("z")
            continue
        points = [float(number) for number in numbers.split()]
        shifted = [value - (y if place % 2 else x) for place, value in enumerate(points)]
        steps.append(
            letter.lower() + " ".join(f"{value:g}" for value in shifted).replace(" -", "-")
        )
        x, y = points[-2:]
    return _after_close("".join(steps), outline)


def _after_close(relative: str, outline: str) -> str:
    """Every contour of a glyph starts with an absolute move, so that closing one does not shift the next."""
    starts = iter(LETTER.sub(r"\1", start).strip() for start in re.findall(r"M[^MLQCZz]*", outline))
    return re.sub(r"m[^a-z]*", lambda _: next(starts), relative)


def _unique(identifier: str, name: str) -> str:
    return f"glyph-{identifier}" if GLYPH.match(identifier) else f"{name}-{identifier}"


def _describe(link: ElementTree.Element, marks: Mapping[str, str]) -> None:
    link.attrib.pop("target", None)
    words = marks.get(link.get(HREF, ""), "")
    if words:
        link.set("aria-label", words)
        title = ElementTree.Element(f"{{{SVG}}}title")
        title.text = words
        link.insert(0, title)
