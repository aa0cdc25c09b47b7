"""The words of an entry of the search index, each with its mark: names, other names, pinyin,
everyday words, names of periods.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from psanalysis.datapackage.dataset import Dataset
from psanalysis.wording import LANGUAGES, keys, say

# characters that are not typed in pinyin
SIGNS = re.compile(r"[^0-9a-z]+")
# since 1981 a five-year plan begins every five years; counted back, the first would begin in 1956
FIVE_YEARS, BEFORE_THE_FIRST = 5, 1951


def of_period(plan: Mapping[str, Any]) -> list[str]:
    """Usual names of the period of a five-year plan, in both languages."""
    number, rest = divmod(plan["period_start"] - BEFORE_THE_FIRST, FIVE_YEARS)
    whole = plan["period_end"] - plan["period_start"] + 1 == FIVE_YEARS
    if rest or not whole or str(number) not in keys("five_years"):
        return []
    return [f":{say(f'five_years.{number}', lang)}" for lang in LANGUAGES]


def everyday(domain: str) -> Iterator[str]:
    """Everyday words for the subject of a domain, whose name may be a slogan."""
    for lang in LANGUAGES:
        if domain in keys("domain_words"):
            words = say(f"domain_words.{domain}", lang).split(say("punctuation.item", lang))
            yield from (f"+{word}" for word in words)


def named(row: Mapping[str, Any]) -> list[str]:
    """Words for an entry with a name in both languages."""
    return [f"={row['name_zh']}", f"={str(row['name_en']).lower()}", f"~{pinyin(row['name_zh'])}"]


def of_indicators(ds: Dataset) -> dict[str, tuple[str, ...]]:
    """The words of each indicator, with their marks."""
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
    """The words without repeats of a word with a stronger mark."""
    seen: set[str] = set()
    for word in words:
        if word[1:] not in seen:
            seen.add(word[1:])
            yield word


@cache
def pinyin(words: str) -> str:
    """Chinese words in pinyin without tones, syllables separated; letters and digits are unchanged,
    punctuation is left out.

    Examples
    --------
    >>> pinyin("\u533b\u4fdd"), pinyin("3\u5c81")
    ('yi bao', '3 sui')
    """
    from pypinyin import lazy_pinyin

    return SIGNS.sub(" ", " ".join(lazy_pinyin(words)).lower()).strip()


def prepare(ds: Dataset) -> None:
    """Compute the pinyin of all names while the workers build."""
    of_indicators(ds)
