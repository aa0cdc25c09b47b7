"""Whether an element of a web page is visible: hidden, struck out and white text is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

STRUCK = {"del", "s", "strike"}
UNSEEN = {
    "script", "style", "noscript", "nav", "button", "select", "svg", "template", "head", "rt", "rp",
    "datalist",
    "audio", "video", "canvas", "textarea", "map",
}  # fmt: skip
BRACE = re.compile(r"[{};]")
COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/))*(?:\*/|$)")
PRINTED = re.compile(r"@media[^{}]*\bprint\b", re.IGNORECASE)
COMPOUND = re.compile(r"(?P<tag>[a-zA-Z][\w-]*|\*)?(?P<rest>(?:[.#][\w-]+)*)$")
HIDING = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|opacity\s*:\s*0(?:\.0+)?(?![.\d])"
    r"|font-size\s*:\s*0(?:\.0+)?(?![.\d])|mso-hide\s*:\s*all|text-indent\s*:\s*-\d{3,}"
    r"|(?:left|top|margin-left)\s*:\s*-\d{4,}|clip\s*:\s*rect\(\s*(?:0|1)"
    r"|text-decoration(?:-line)?\s*:[^;]*line-through|color\s*:\s*transparent)",
    re.IGNORECASE,
)
SHOWING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*(?!none)\w|visibility\s*:\s*visible)", re.I)
WHITE = re.compile(
    r"(?:^|;)\s*color\s*:\s*(?:#fff(?:fff)?(?![0-9a-f])|white\b|rgba?\(\s*255\s*,\s*255\s*,\s*255)",
    re.I,
)
COLOUR = re.compile(r"(?:^|;)\s*color\s*:", re.I)
GROUND = re.compile(
    r"(?:^|;)\s*background(?:-color|-image)?\s*:\s*(?!#fff(?:fff)?(?![0-9a-f])|white\b|none\b"
    r"|transparent\b|inherit\b)",
    re.I,
)
MOST_RULES, MOST_TRIES = 2000, 4_000_000  # rules of style sheets beyond these are ignored
LONGEST, LONGEST_SHEET = 2000, 2_000_000


@dataclass(frozen=True)
class _Rule:
    """A rule of a style sheet: its compound selectors (tag, id, classes; the last one selects the
    element), its specificity, its declarations.
    """

    compounds: tuple[tuple[str, str, frozenset[str]], ...]
    weight: tuple[int, int, int, int]
    words: str


@dataclass(frozen=True)
class Look:
    """How an element looks: hidden or struck out; in white text (None: inherited); on a background
    of its own.
    """

    hidden: bool
    white: bool | None
    grounded: bool


class Sheet:
    """The rules of a page's own style sheets that hide, show or colour.

    Examples
    --------
    >>> from lxml import html
    >>> sheet = Sheet(["p.x {display: none} .y {display: block}"])
    >>> [sheet.look(html.fromstring(f"<p class='{c}'>1</p>")).hidden for c in ("x", "x y", "y")]
    [True, True, False]
    """

    def __init__(self, texts: Iterable[str]):
        self._by_mark: dict[str, list[_Rule]] = {}
        self._left = MOST_TRIES
        count = 0
        for text in texts:
            for selectors, words in _rules(COMMENT.sub("", text[:LONGEST_SHEET])):
                if not any(one.search(words) for one in (HIDING, SHOWING, COLOUR, GROUND)):
                    continue
                for selector in selectors.split(","):
                    count += 1
                    if count > MOST_RULES:
                        return
                    rule = _rule(selector, words, count)
                    if rule is not None:
                        self._by_mark.setdefault(_mark(rule), []).append(rule)

    def look(self, element: etree._Element) -> Look:
        """How the rules for an element and its own attributes make it look."""
        hidden = (
            element.tag in STRUCK
            or element.tag in UNSEEN
            or element.get("hidden") is not None
            or (element.tag == "dialog" and element.get("open") is None)
        )
        colour = (element.get("color") or "") if element.tag == "font" else ""
        ground = (element.get("bgcolor") or "").lower()
        white: bool | None = colour.lower() in ("#ffffff", "#fff", "white") if colour else None
        grounded = ground not in ("", "#ffffff", "white") or element.get("background") is not None
        for words in self._words(element):
            hidden = bool(HIDING.search(words)) or (hidden and not SHOWING.search(words))
            white = bool(WHITE.search(words)) if COLOUR.search(words) else white
            grounded = grounded or bool(GROUND.search(words))
        return Look(hidden, white, grounded)

    def _words(self, element: etree._Element) -> list[str]:
        """The declarations for an element, least specific first; its style attribute is last."""
        found: list[str] = []
        if self._by_mark and self._left > 0:
            marks = {
                element.tag,
                "*",
                f"#{element.get('id')}",
                *(f".{c}" for c in _classes(element)),
            }
            rules = [rule for mark in marks for rule in self._by_mark.get(mark, ())]
            self._left -= len(rules)
            fitting = sorted((rule for rule in rules if _fits(rule, element)), key=_weight)
            found = [rule.words for rule in fitting]
        own = element.get("style")
        return [*found, own] if own else found


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """The rules of a style sheet as selectors and declarations, without those for print."""
    open_: list[tuple[str, int]] = []
    offset = 0
    for match in BRACE.finditer(text):
        if match[0] == "{":
            open_.append((text[max(offset, match.start() - LONGEST) : match.start()], match.end()))
        elif match[0] == "}" and open_:
            selectors, begin = open_.pop()
            printed = any(PRINTED.search(outer) for outer, _ in open_[:3])
            inner = "@" not in selectors and match.start() - begin <= LONGEST
            if inner and not printed and not selectors.isspace():
                yield selectors, text[begin : match.start()]
        offset = match.end()


def _weight(rule: _Rule) -> tuple[int, int, int, int]:
    return rule.weight


def _classes(element: etree._Element) -> list[str]:
    return (element.get("class") or "").split()[:50]


def _mark(rule: _Rule) -> str:
    tag, name, classes = rule.compounds[-1]
    return f"#{name}" if name else f".{min(classes)}" if classes else tag or "*"


def _rule(selector: str, words: str, order: int) -> _Rule | None:
    """A rule of tags, ids and classes; None for other selectors (states, attributes, nth child)."""
    compounds = []
    for part in selector.replace(">", " ").split():
        match = COMPOUND.match(part)
        if not match:
            return None
        names = re.findall(r"[.#][\w-]+", match["rest"])
        ids = [name[1:] for name in names if name[0] == "#"]
        tag = (match["tag"] or "").lower().replace("*", "")
        classes = frozenset(name[1:] for name in names if name[0] == ".")
        compounds.append((tag, ids[0] if ids else "", classes))
    if not compounds or len(compounds) > 6:
        return None
    weight = (
        sum(bool(name) for _, name, _ in compounds),
        sum(len(classes) for _, _, classes in compounds),
        sum(bool(tag) for tag, _, _ in compounds),
        order,
    )
    return _Rule(tuple(compounds), weight, words)


def _fits(rule: _Rule, element: etree._Element) -> bool:
    *outer, last = rule.compounds
    if not _is(last, element):
        return False
    above = element.getparent()
    steps = 0
    while outer and above is not None and steps < 60:
        if _is(outer[-1], above):
            outer.pop()
        above, steps = above.getparent(), steps + 1
    return not outer


def _is(compound: tuple[str, str, frozenset[str]], element: etree._Element) -> bool:
    tag, name, classes = compound
    return (
        (not tag or element.tag == tag)
        and (not name or element.get("id") == name)
        and classes <= set(_classes(element))
    )
