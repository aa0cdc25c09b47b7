"""Normalises names of indicators for comparison: removes noise, keeps words that change the
meaning.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pypinyin import lazy_pinyin

from psanalysis.draft.folding import fold
from psanalysis.draft.lexicon import lexicon, pattern

BRACKETS = re.compile(r"[(\[][^()\[\]]{0,12}[)\]]")
LONGEST_SLUG = 48


def telling_words(name: str) -> list[bool]:
    """For each word that distinguishes similar names, whether the name has it."""
    return [word in name for word in lexicon()["linking"]["telling"]]


def meaning_words(name: str) -> list[bool]:
    """For each word that changes the meaning, whether the name has it."""
    return [bool(word.search(name)) for word in _meanings()]


@cache
def _meanings() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(word) for word in lexicon()["linking"]["agree"])


@lru_cache(1 << 16)
def normal_name(name: str) -> str:
    """A name without the parts that do not identify the indicator: blanks, marks, the unit in
    brackets, 全市.

    Examples
    --------
    >>> normal_name("*每千人口拥有3岁以下婴幼儿 托位数(个)")
    '每千人口3岁以下婴幼儿托位'
    """
    plain = BRACKETS.sub("", pattern("linking", "noise").sub("", fold(name)))
    for wording, usual in lexicon()["linking"]["same"]:
        if usual in wording or usual not in plain:
            plain = plain.replace(wording, usual)
    if pattern("linking", "each").match(plain):
        plain = pattern("linking", "each_noise").sub("", plain)
    return pattern("linking", "tail_noise").sub("", plain) or plain


def new_slug(name: str) -> str:
    """A code for an indicator that is not known yet; the curator replaces it.

    Examples
    --------
    >>> new_slug("公办园在园幼儿占比")
    'new_gong_ban_yuan_zai_yuan_you_er_zhan_bi'
    """
    syllables = re.findall(
        r"[a-z0-9]+",
        " ".join(lazy_pinyin(name, errors=lambda rest: re.sub(r"[^A-Za-z0-9]", " ", rest))).lower(),
    )
    slug = "new"
    for syllable in syllables:
        if len(slug) + 1 + len(syllable) > LONGEST_SLUG:
            break
        slug += f"_{syllable}"
    return slug
