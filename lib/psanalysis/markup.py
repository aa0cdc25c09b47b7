"""Writes text as HTML without invisible characters, and with line breaks only where they are
allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from unicodedata import category

from psanalysis.errors import GlyphError
from psanalysis.lines import NUMBERED

RANGE = re.compile(r"\d[–—]\d")
# Unbreakable on a page
WHOLE = re.compile(
    rf"\d{{4}}-\d\d-\d\d|{NUMBERED}|[A-Za-z]+-\d\w*|\d+[–—]\d+|[†‡§¶] \w{{1,4}}\b|[†‡§¶] \w{{1,4}}"
)
# Categories of characters that readers' fonts cannot draw: control, private use, not assigned; and
# the replacement character
UNSEEN = {"Cc", "Co", "Cn", "Cs"}
LOST = "\ufffd"
LAYOUT = "\n\t"


def escaped(words: str) -> str:
    """Text as HTML.

    Raises
    ------
    GlyphError
        If there is a control character, a private or unassigned one, or the replacement character.

    Examples
    --------
    >>> escaped("≥ 95 % & more")
    '≥ 95 % &amp; more'
    """
    unseen = sorted(
        {
            sign
            for sign in words
            if sign not in LAYOUT and (sign == LOST or category(sign) in UNSEEN)
        }
    )
    if unseen:
        named = ", ".join(f"U+{ord(sign):04X}" for sign in unseen)
        position = words.index(unseen[0])
        raise GlyphError(
            f"no reader can see {named} in {words[max(0, position - 20) : position + 20]!r} -> "
            "correct the text in the data"
        )
    return escape(words)


def unbroken(words: str) -> str:
    """Text as HTML without line breaks between a number and its unit, within a date, or after a
    hyphen before a number.

    Examples
    --------
    >>> unbroken("places for under-3s")
    'places for <span class="ps-hold">under-3s</span>'
    >>> unbroken("as of 2026-11-28")
    'as of <span class="ps-hold">2026-11-28</span>'
    """
    parts = [(words[start:end], whole) for start, end, whole in _spans(words)]
    return "".join(
        f'<span class="ps-hold">{escaped(part)}</span>' if whole else escaped(part)
        for part, whole in parts
    )


def _spans(words: str) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each piece of a text, and whether it is unbreakable."""
    end = 0
    for match in WHOLE.finditer(words):
        yield end, match.start(), False
        yield *match.span(), True
        end = match.end()
    yield end, len(words), False


def tag(words: str) -> str:
    """A short remark after a name, as HTML; empty without words."""
    return f' <span class="ps-tag">{escaped(words)}</span>' if words else ""


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def words_of(html: str) -> str:
    """The text of a piece of HTML, by Python's own parser, so that charts and tables need no lxml.

    Examples
    --------
    >>> words_of('<a href="#x" title="a > b">\u2265 95&nbsp;% &amp; more</a><br>x')
    '\u2265 95\\xa0% & morex'
    """
    parser = _Words()
    parser.feed(html)
    parser.close()
    return "".join(parser.found)
