"""Reads the numbers of a span: their value, their magnitude, and the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from psanalysis.simplified import half_width, simplified
from psanalysis.wording import vocabulary

# a float has no room for many more, and nothing doubles so often
MOST_DOUBLINGS = 512


class Figure(NamedTuple):
    """A number as printed, the factor of its magnitude, and the text before and after it."""

    number: float
    times: float | None
    before: str
    after: str


def printed_words() -> dict[str, Any]:
    """The vocabulary of printed figures (printed.toml)."""
    return vocabulary("datapackage/printed.toml")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = printed_words()
    units = "|".join(sorted(words["magnitudes"], key=len, reverse=True))
    han = "".join(
        [*words["digits"], *words["powers"], words["words"]["half"], words["words"]["point"]]
    )
    more = "".join(words["words"]["more"])
    # a unit may begin like a magnitude: a kilometre is one unit here, not a thousand metres
    whole = "|".join(word for word in words["units"] if word.startswith(tuple(words["magnitudes"])))
    times = rf"(?:(?!{whole})(?P<m>{units}))?"
    return {
        "arabic": re.compile(
            rf"(?P<minus>(?<![\w%‰)])[-−])?(?P<n>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?"
            rf"|\d+(?:\.\d+)?)\s*[{more}]?\s*{times}"
        ),
        "han": re.compile(rf"(?P<n>[{han}]+){times}"),
        "per": re.compile("|".join(map(re.escape, words["words"]["per"]))),
        "year": re.compile(rf"(?<!\d)(?P<y>(?:19|20)\d\d)(?={words['words']['year']})"),
        "more": re.compile(rf"(?:\d|{units})\s*[{more}]"),
    }


def years(text: str) -> set[int]:
    """The years that a span prints.

    Examples
    --------
    >>> sorted(years("2020年至2025年"))
    [2020, 2025]
    """
    return {int(one["y"]) for one in _patterns()["year"].finditer(half_width(text))}


def is_more_than(text: str) -> bool:
    """Whether a word directly after a number says that it is more: a hundred odd."""
    return _patterns()["more"].search(plain(text)) is not None


def figures(text: str) -> Iterator[Figure]:
    """The numbers of a span.

    Examples
    --------
    >>> [(one.number, one.times) for one in figures("6.57万人")]
    [(6.57, 10000.0)]
    """
    text, patterns, words = plain(text), _patterns(), printed_words()["words"]
    found = list(patterns["arabic"].finditer(text))
    numbers = [_arabic(one) for one in found]
    if not found:
        found = list(patterns["han"].finditer(text))
        numbers = [_chinese(one["n"]) for one in found]
    for one, number in zip(found, numbers, strict=True):
        before, after = text[: one.start()], text[one.end() :]
        if after.startswith(words["tenths"]):
            number *= 10
        if after.startswith(words["doublings"]):
            number = 2.0 ** min(number, MOST_DOUBLINGS)
        times = printed_words()["magnitudes"].get(one["m"] or "")
        yield Figure(number, float(times) if times else None, before, after)


def plain(text: str) -> str:
    """A span in simplified script and half width, without bases (per so many) and years."""
    words = printed_words()["words"]
    text = half_width(simplified(text)).replace(words["and_a_half"], words["half"])
    return _patterns()["year"].sub("", _patterns()["per"].sub("", text))


def _arabic(found: re.Match[str]) -> float:
    number = float(found["n"].replace(",", ""))
    return -number if found["minus"] else number


def _chinese(text: str) -> float:
    """The value of Chinese numerals of a span: fifteen, two and a half, ninety-eight point five."""
    words = printed_words()
    whole, _, part = text.partition(words["words"]["point"])
    total, digit, half = 0.0, None, 0.0
    for char in whole:
        if char in words["digits"]:
            digit = words["digits"][char]
        elif char in words["powers"]:
            total += (1 if digit is None else digit) * words["powers"][char]
            digit = None
        else:
            half = 0.5
    decimals = "".join(str(words["digits"].get(char, "")) for char in part)
    return total + (digit or 0) + half + (float(f"0.{decimals}") if decimals else 0.0)
