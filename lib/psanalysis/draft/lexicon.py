"""The words and patterns of lexicon.toml, compiled once."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from psanalysis.comparators import codes_of_words
from psanalysis.wording import vocabulary


@cache
def lexicon() -> dict[str, Any]:
    """The parsed lexicon.toml.

    Examples
    --------
    >>> lexicon()["cues"]["strive"]
    ['力争', '争取']
    """
    return vocabulary("draft/lexicon.toml")


def longest_first(words: list[str]) -> str:
    """Words as one alternation in which a longer word is tried before its own beginning.

    Examples
    --------
    >>> longest_first(["人", "人次", "套(间)"])
    '套\\\\(间\\\\)|人次|人'
    """
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))


@cache
def unit_words() -> tuple[str, ...]:
    """Every surface form of a unit."""
    return tuple(word for words in lexicon()["units"].values() for word in words)


@cache
def bounds(place: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Pattern of the comparator words that stand `before` or `after` a number, and the code of each word."""
    codes = codes_of_words(place)
    alternatives = longest_first(list(codes))
    return re.compile(
        rf"(?:{alternatives})\s?$" if place == "before" else rf"\s?(?:{alternatives})"
    ), codes


@cache
def words(*path: str) -> re.Pattern[str]:
    """A list of the lexicon as one pattern: `words("cues", "strive")`."""
    return re.compile(longest_first(_entry(path)))


@cache
def pattern(*path: str) -> re.Pattern[str]:
    """A pattern of the lexicon: `pattern("rejects", "before", "ordinal")`."""
    return re.compile(_entry(path))


def change(to: bool = True) -> str:
    """The verbs of change as one alternation, with the word that makes the number behind them a level.

    Examples
    --------
    >>> bool(re.match(change(), "拓展至300张")), bool(re.match(change(to=False), "提高15%"))
    (True, True)
    """
    verbs = f"(?:{longest_first(lexicon()['change']['verbs'])})"
    return verbs + (f"(?:{lexicon()['change']['to']})" if to else "")


def _entry(path: tuple[str, ...]) -> Any:
    entry: Any = lexicon()
    for name in path:
        entry = entry[name]
    return entry
