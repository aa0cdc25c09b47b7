"""The words that lead to an entry of the search, each with its mark in front: names, other names,
pinyin, everyday words, what a period is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from psanalysis.datapackage.dataset import Dataset
from psanalysis.wording import LANGUAGES, keys, say

# what nobody types in pinyin
SIGNS = re.compile(r"[^0-9a-z]+")
# from 1981 on a five-year plan begins every five years; counted back, the first would begin in 1956
FIVE_YEARS, BEFORE_THE_FIRST = 5, 1951


def of_period(plan: Mapping[str, Any]) -> list[str]:
    """What people call the period of a five-year plan, in both languages."""
    number, rest = divmod(plan["period_start"] - BEFORE_THE_FIRST, FIVE_YEARS)
    whole = plan["period_end"] - plan["period_start"] + 1 == FIVE_YEARS
    if rest or not whole or str(number) not in keys("five_years"):
        return []
    return [f":{say(f'five_years.{number}', lang)}" for lang in LANGUAGES]


def everyday(domain: str) -> Iterator[str]:
    """The everyday words for what a domain is about: its name may be a slogan."""
    for lang in LANGUAGES:
        if domain in keys("domain_words"):
            words = say(f"domain_words.{domain}", lang).split(say("punctuation.item", lang))
            yield from (f"+{word}" for word in words)


def named(row: Mapping[str, Any]) -> list[str]:
    """Words that lead to something with a name in both languages."""
    return [f"={row['name_zh']}", f"={str(row['name_en']).lower()}", f"~{pinyin(row['name_zh'])}"]


def of_indicators(ds: Dataset) -> dict[str, tuple[str, ...]]:
    """What leads to each indicator, marked by its kind."""
    found: dict[str, dict[str, None]] = {code: {} for code in ds.indicators["indicator_id"]}
    for row in ds.indicators.to_dict("records"):
        found[row["indicator_id"]] = dict.fromkeys(named(row))
    for row in ds.aliases.to_dict("records"):
        mark = "-" if isinstance(row["plan_id"], str) else "+"
        own = found[row["indicator_id"]]
        own[f"{mark}{row['alias'].lower()}"] = None
        if mark == "+" and row["lang"] == "zh":
            own[f"~{pinyin(row['alias'])}"] = None
    for code, written in zip(
        ds.statements["indicator_id"], ds.statements["indicator_as_written"], strict=True
    ):
        if isinstance(written, str):
            found[code][f"-{written.lower()}"] = None
    return {code: tuple(_without_repeats(words)) for code, words in found.items()}


def _without_repeats(words: Iterable[str]) -> Iterator[str]:
    """Words without those that say again, with a lesser mark, what another one says."""
    seen: set[str] = set()
    for word in words:
        if word[1:] not in seen:
            seen.add(word[1:])
            yield word


@cache
def pinyin(words: str) -> str:
    """Chinese words in pinyin without tones, syllables apart; letters and digits stay as they are,
    signs are left out.

    Examples
    --------
    >>> pinyin("\u533b\u4fdd"), pinyin("3\u5c81")
    ('yi bao', '3 sui')
    """
    from pypinyin import lazy_pinyin

    return SIGNS.sub(" ", " ".join(lazy_pinyin(words)).lower()).strip()


def prepare(ds: Dataset) -> None:
    """Work out the pinyin of all names, while others build."""
    of_indicators(ds)
