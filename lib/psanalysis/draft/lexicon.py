"""The words of lexicon.toml and the rules of rules.toml, compiled once.

A rule is a pattern with a name, a description (`says`), and examples that are its tests. In a
pattern, <<name>> is replaced by a macro of rules.toml or by words of the lexicon, so that a new
wording is one entry.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from psanalysis.comparators import codes_of_words
from psanalysis.wording import vocabulary

MACRO = re.compile(r"<<([a-z_.]+)>>")


def lexicon() -> dict[str, Any]:
    """The parsed lexicon.toml.

    Examples
    --------
    >>> lexicon()["cues"]["strive"]
    ['力争', '争取']
    """
    return vocabulary("draft/lexicon.toml")


def rules() -> dict[str, Any]:
    """The parsed rules.toml: by module and name, `pattern`, `says`, `finds`, `spares`; and
    `macros`.
    """
    return vocabulary("draft/rules.toml")


@cache
def rule(module: str, name: str) -> re.Pattern[str]:
    """A rule, by the module that uses it and its name.

    Examples
    --------
    >>> bool(rule("sides", "present").search("现有幼儿园"))
    True
    """
    return re.compile(expanded(rules()[module][name]["pattern"]))


@cache
def macro(name: str) -> str:
    """A part of patterns that several rules share."""
    return expanded(rules()["macros"][name])


def expanded(written: str) -> str:
    """A pattern with macros and words filled in.

    Examples
    --------
    >>> expanded("(?:<<cues.strive>>)到")
    '(?:争取|力争)到'
    """
    return MACRO.sub(lambda found: _of_name(found[1]), written)


def _of_name(name: str) -> str:
    if name in rules()["macros"]:
        return macro(name)
    if name == "units":
        return longest_first([unit for unit in unit_words() if not unit.startswith("/10")])
    if name.startswith("comparators."):
        return longest_first(list(comparator_words(name.removeprefix("comparators."))[1]))
    entry = _entry(tuple(name.split(".")))
    return longest_first(entry) if isinstance(entry, list) else str(entry)


@cache
def listed(*path: str) -> frozenset[str]:
    """A list of the lexicon as a set: `listed("unit_sets", "age")`."""
    return frozenset(_entry(path))


def longest_first(words: list[str]) -> str:
    """Words as one alternation, in which a longer word is tried before a shorter one that begins
    it.

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
def comparator_words(where: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Pattern of the comparator words `before` or `after` a number, and the comparator code of each
    word.
    """
    codes = codes_of_words(where)
    alternatives = longest_first(list(codes))
    return re.compile(
        rf"(?:{alternatives})\s?$" if where == "before" else rf"\s?(?:{alternatives})"
    ), codes


def word(name: str) -> str:
    """A single word of the lexicon, for comparisons: `word("year")`."""
    return str(lexicon()["word"][name])


@cache
def words(*path: str) -> re.Pattern[str]:
    """A list of the lexicon as one pattern: `words("cues", "strive")`."""
    return re.compile(longest_first(_entry(path)))


@cache
def pattern(*path: str) -> re.Pattern[str]:
    """A pattern of the lexicon: `pattern("rejects", "before", "ordinal")`."""
    return re.compile(_entry(path))


def change(to: bool = True) -> str:
    """The verbs of change as one alternation; `to` adds the word (到, 至) that makes the following
    number a level.

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
