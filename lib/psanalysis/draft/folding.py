"""Folds a text for the rules: simplified characters and half-width signs; each character keeps its
offset.

"""

from __future__ import annotations

from functools import cache
from unicodedata import numeric

from psanalysis.draft.lexicon import rule
from psanalysis.formats.characters import ordinary
from psanalysis.simplified import WIDE, table

SIGNS: dict[int, str] = {
    **WIDE,
    **dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " "),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2212\ufe63\u207b"), "-"),
    **dict.fromkeys(map(ord, "\ufe62\u207a"), "+"),
    **dict.fromkeys(map(ord, "\u2236\ua789\ufe55"), ":"),
    **dict.fromkeys(map(ord, "\u223c\u301c\u02dc"), "~"),
    **dict.fromkeys(map(ord, "\x0b\x85\u2028\u2029"), "\n"),
    **dict(zip(map(ord, "\ufe6a\ufe65\ufe64\u2267\u2266\u2a7e\u2a7d"), "%><≥≤≥≤", strict=True)),
    **dict(zip(map(ord, "\u300c\u300d\u300e\u300f\ufe5d\ufe5e\u25cb"), "“”“”〔〕〇", strict=True)),
}


# a year has as many Chinese figures as digits
YEAR = rule("folding", "year")


class _Folded(dict[int, str]):
    """Code point -> the character that the rules see; each is computed once."""

    def __missing__(self, code: int) -> str:
        alike = ordinary(chr(code)) if code > ord("~") else chr(code)
        sign = SIGNS.get(ord(alike), alike)
        self[code] = table().get(ord(sign), sign)
        return self[code]


@cache
def _folded() -> _Folded:
    return _Folded()


def fold(text: str) -> str:
    """The text in simplified script with half-width signs, of the same length, so that offsets stay
    valid.

    Look-alikes (radicals, digits of other styles) become ordinary characters; years in Chinese
    figures become digits.

    Examples
    --------
    >>> fold("嬰兒死亡率為4.08‰")
    '婴儿死亡率为4.08‰'
    >>> fold("二〇三〇年")
    '2030年'
    """
    return YEAR.sub(lambda year: "".join(map(_digit, year[0])), text.translate(_folded()))


def _digit(figure: str) -> str:
    return f"{numeric(figure):.0f}"
