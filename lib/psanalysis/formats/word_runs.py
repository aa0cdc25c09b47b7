"""The visible text of a run of a Word file: with insertions, without deletions, hidden and struck
text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml import etree

OFF = {"0", "false", "off", "none"}
HIDING = ("vanish", "specVanish", "strike", "dstrike")
TINY = 2  # half points
SYMBOLS = {0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB4: "×", 0xB7: "·", 0xB0: "°", 0xBB: "≈", 0x2D: "-"}
BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
SILENT_FIELDS = ("TOC", "PAGE", "NUMPAGES", "SECTIONPAGES")


@dataclass(frozen=True)
class Look:
    """How text looks: hidden, white, superscript."""

    hidden: bool = False
    white: bool = False
    raised: bool = False


@dataclass
class Fields:
    """The open complex fields: the instruction of each, and whether its result has begun."""

    open: list[tuple[str, bool]] = field(default_factory=list)

    def char(self, kind: str | None) -> None:
        """Process a field character: a field begins, its result begins, or it ends."""
        if kind == "begin":
            self.open.append(("", False))
        elif self.open and kind == "separate":
            self.open[-1] = (self.open[-1][0], True)
        elif self.open and kind == "end":
            self.open.pop()

    def instruct(self, words: str) -> None:
        """Add text to the instruction of the innermost field."""
        if self.open:
            self.open[-1] = (self.open[-1][0] + words, self.open[-1][1])

    @property
    def shown(self) -> bool:
        """True where text is visible: outside fields, and in results other than tables of contents
        and page numbers.
        """
        return all(result and not silent(words) for words, result in self.open)


def silent(instruction: str) -> bool:
    """True for fields whose result is not text of the plan: table of contents, page numbers."""
    return instruction.split()[:1] != [] and instruction.split()[0].upper() in SILENT_FIELDS


def local(element: etree._Element) -> str:
    """The tag without its namespace; empty for comments."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def attribute(element: etree._Element | None, name: str = "val") -> str:
    """An attribute of the Word namespace, empty where there is none."""
    return "" if element is None else element.get(qn(f"w:{name}"), "")


def styles_of(root: etree._Element | None) -> Mapping[str, Look]:
    """Style -> how its text looks, with the styles that it is based on."""
    found: dict[str, tuple[Look, str]] = {}
    for style in root.iter(qn("w:style")) if root is not None else ():
        base = attribute(style.find(qn("w:basedOn")))
        found[attribute(style, "styleId")] = (look(style.find(qn("w:rPr"))), base)

    def resolved(name: str) -> Iterator[Look]:
        seen: set[str] = set()
        while name in found and name not in seen:
            seen.add(name)
            yield found[name][0]
            name = found[name][1]

    return {name: together(resolved(name)) for name in found}


def together(looks: Iterator[Look]) -> Look:
    """The looks combined: true where one of them is true."""
    every = list(looks)
    return Look(
        any(one.hidden for one in every),
        any(one.white for one in every),
        any(one.raised for one in every),
    )


def look(properties: etree._Element | None) -> Look:
    """How text with these run properties looks."""
    if properties is None:
        return Look()
    hidden = any(_on(properties.find(qn(f"w:{name}"))) for name in HIDING)
    size = attribute(properties.find(qn("w:sz")))
    hidden = hidden or (size.isdecimal() and int(size) <= TINY)
    coloured = any(
        attribute(properties.find(qn(f"w:{name}")), key).lower()
        not in ("", "auto", "ffffff", "none")
        for name, key in (("shd", "fill"), ("highlight", "val"))
    )
    white = attribute(properties.find(qn("w:color"))).lower() == "ffffff" and not coloured
    return Look(hidden, white, attribute(properties.find(qn("w:vertAlign"))) == "superscript")


def pieces(run: etree._Element, fields: Fields) -> Iterator[str]:
    """The text of a run, piece by piece; updates `fields` as it goes."""
    for part in run:
        name = local(part)
        if name == "fldChar":
            fields.char(attribute(part, "fldCharType"))
        elif name == "instrText":
            fields.instruct(part.text or "")
        elif not fields.shown:
            continue
        elif name == "t":
            yield part.text or ""
        elif name in BREAKS:
            yield BREAKS[name]
        elif name == "sym":
            yield _symbol(attribute(part, "char"))


def _symbol(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return SYMBOLS.get(number & 0xFF, "") if 0xF000 <= number <= 0xF0FF else chr(number & 0xFFFF)


def _on(toggle: etree._Element | None) -> bool:
    return toggle is not None and attribute(toggle).lower() not in OFF
