"""Names that share one number, or share some of their words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from psanalysis.draft.lexicon import lexicon, pattern, rule, word
from psanalysis.draft.names import LEAD, LONGEST_NAME, RATIO, Span

SEPARATOR = rule("shared_names", "separator")
AND = rule("shared_names", "and")
# 最低生活保障、医疗救助、优抚对象人群覆盖率: each of the groups has the rate
GROUPS = rule("shared_names", "groups")
BENEFIT = rule("shared_names", "benefit")
EVENLY = rule("shared_names", "evenly")
SHORT_NAME = 8
# 每千人口床位数、医师数: the names share the base, not the beds
PER = rule("shared_names", "per")


def sharing(text: str, spans: tuple[Span, ...], start: int) -> list[tuple[Span, ...]]:
    """The names that share one number: 小学入学率和年巩固率 are two.

    Examples
    --------
    >>> text = "小学入学率和年巩固率达100%"
    >>> [text[a:b] for ((a, b),) in sharing(text, ((0, 10),), 11)]
    ['小学入学率', '年巩固率']
    """
    if len(spans) != 1:
        return [spans]
    begin, end = spans[0]
    each = text[max(end, start - 1) : start] == word("every")
    parts = split_names(text, begin, end, AND if each else SEPARATOR)
    if len(parts) < 2:
        return [spans]
    if all(RATIO.search(text[a:b].rstrip()) for a, b in parts):
        return [((a, b),) for a, b in parts]
    tail = common_tail(text, parts)
    if tail and (EVENLY.search(text[end : start + 1]) or RATIO.search(text[slice(*tail)])):
        return [*((bare_name(text, a, b), tail) for a, b in parts[:-1]), (parts[-1],)]
    several = len(parts) >= 3 or BENEFIT.search(text[slice(*parts[0])])
    common = GROUPS.search(text[begin:end]) if several else None
    if common and not any(RATIO.search(text[a:b]) for a, b in parts[:-1]):
        shared = (begin + common.start(), end)
        return [((a, b), shared) if b <= shared[0] else ((a, b),) for a, b in parts]
    if len(parts) == 2 and each and all(b - a >= 3 for a, b in parts):
        return [((a, b),) for a, b in parts]
    evenly = EVENLY.search(text[end : start + 1]) or text[max(end, start - 4) : start].startswith(
        tuple(lexicon()["names"]["evenly"])
    )
    if evenly and RATIO.search(text[begin:end]) and all(b - a <= 14 for a, b in parts[:-1]):
        return [((a, b),) for a, b in parts]
    return [spans]


def split_names(text: str, begin: int, end: int, mark: re.Pattern[str] = SEPARATOR) -> list[Span]:
    """The names of a list split at commas and conjunctions outside brackets."""
    parts, piece, depth = [], begin, 0
    index = begin
    end = min(end, begin + 4 * LONGEST_NAME)
    while index < end:
        sign = text[index]
        depth += (sign in "(“") - (sign in ")”")
        found = mark.match(text, index, end) if depth <= 0 else None
        if found:
            parts.append((piece, index))
            index = piece = found.end()
            continue
        index += 1
    parts.append((piece, end))
    return [(a, b) for a, b in parts if b - a >= 2]


def common_head(text: str, parts: Sequence[Span]) -> Span | None:
    """The words of the first of two names that the second leaves out: 生产安全事故 in
    生产安全事故起数、死亡人数.

    Examples
    --------
    >>> text = "生产安全事故起数、死亡人数"
    >>> text[slice(*common_head(text, [(0, 8), (9, 13)]))]
    '生产安全事故'
    """
    first, second = text[slice(*parts[0])], text[slice(*parts[1])]
    tail = pattern("names", "measure_noun").search(first)
    if not tail or tail.start() < 2 or len(second.strip(" □")) > SHORT_NAME:
        return None
    if second[:2] in first[:4]:
        return None
    if per := PER.match(first):
        return parts[0][0], parts[0][0] + per.end()
    return parts[0][0], parts[0][0] + tail.start()


def common_tail(text: str, parts: Sequence[Span]) -> Span | None:
    """The words of the last of several names that the others leave out: 居民人均可支配收入 in
    城镇、农村居民人均可支配收入.

    Examples
    --------
    >>> text = "城镇、农村居民人均可支配收入"
    >>> text[slice(*common_tail(text, [(0, 2), (3, 14)]))]
    '居民人均可支配收入'
    """
    *short, (begin, end) = parts
    kinds = pattern("names", "parallel")
    own = kinds.match(text, begin, end)
    if own is None or own.end() == end or not short:
        return None
    if all(kinds.fullmatch(text, *bare_name(text, a, b)) for a, b in short):
        return own.end(), end
    return None


def bare_name(text: str, begin: int, end: int) -> Span:
    """A name without its introducing words."""
    lead = LEAD.match(text[begin:end])
    return begin + (lead.end() if lead else 0), end
