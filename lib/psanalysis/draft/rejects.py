"""Rejects numbers that state no quantity: ordinals, dates, ages of groups, names and slogans, the
plan's own items.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from psanalysis.draft.lexicon import lexicon, listed, pattern, rule, word
from psanalysis.draft.quantities import Quantity
from psanalysis.draft.reject_chinese import by_wording
from psanalysis.draft.reject_units import MANY, by_group, by_unit

QUOTED = re.compile(r"[“\"‘']([^“”\"‘’'\n]{1,24})[”\"’']")
RATIO_NAME = rule("rejects", "ratio_name")
DURATIONS = listed("unit_sets", "durations")
OWN_ITEMS = listed("unit_sets", "own_items")


def rejection(text: str, quantity: Quantity, quotes: list[tuple[int, int]]) -> str | None:
    """Why a number states no quantity; None where it states one.

    Parameters
    ----------
    text
        Folded text.
    quantity
        The number.
    quotes
        Spans of short quotations, from `quotations`.

    Returns
    -------
    str or None
        A reason code (`ordinal`, `age`, `name`, ...), a key of wording section draft_left_out.
    """
    before = text[max(0, quantity.start - 24) : quantity.start]
    bare_before = text[max(0, quantity.number_start - 24) : quantity.number_start]
    after = text[quantity.end : quantity.end + 40]
    for reason in lexicon()["rejects"]["before"]:
        if pattern("rejects", "before", reason).search(bare_before) and not _excepted(
            reason, quantity
        ):
            return str(reason)
    for reason in lexicon()["rejects"]["after"]:
        if reason == "name" and quantity.unit:
            continue
        if pattern("rejects", "after", reason).match(after) and quantity.unit not in ("%", "‰"):
            return str(reason)
    if quantity.figures == "words":
        return None
    if quantity.unit in listed("units", "in_a_row"):
        return None
    if _quoted(quantity, quotes) and quantity.unit not in lexicon()["chinese"]["quoted"]:
        return "slogan"
    if quantity.unit == ":1":
        return None if RATIO_NAME.search(before) else "no_unit"
    if quantity.figures == "chinese" and quantity.value >= MANY and quantity.unit not in DURATIONS:
        return by_unit(text, quantity, before, bare_before, after)
    if quantity.figures != "arabic":
        return by_wording(quantity, bare_before, after)
    return by_unit(text, quantity, before, bare_before, after) or by_group(quantity, before, after)


def _excepted(reason: str, quantity: Quantity) -> bool:
    """True for exceptions: in 按每个1万元 the amount is not a base; in 千人指标3.04张 beds are not
    items of the plan.
    """
    return (reason == "base" and quantity.unit.endswith(word("yuan"))) or (
        reason == "own_items" and quantity.unit not in OWN_ITEMS
    )


def quotations(text: str) -> list[tuple[int, int]]:
    """Spans of short quotations, in order."""
    return [match.span(1) for match in QUOTED.finditer(text)]


def _quoted(quantity: Quantity, quotes: list[tuple[int, int]]) -> bool:
    index = bisect_right(quotes, (quantity.start, 10**9)) - 1
    return index >= 0 and quotes[index][0] <= quantity.start and quantity.end <= quotes[index][1]
