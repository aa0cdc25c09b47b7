"""Rejects numbers in Chinese figures that are part of a phrase: 一批, 两手抓, 三个着力."""

from __future__ import annotations

from psanalysis.comparators import AT_LEAST, ITSELF, MORE_THAN
from psanalysis.draft.lexicon import lexicon, listed, pattern, rule, word, words
from psanalysis.draft.quantities import Quantity
from psanalysis.draft.reject_units import CLAUSE_END, TENURE, sentence_before

UNIVERSAL = rule("reject_chinese", "universal")
OF_A_RATE = rule("reject_chinese", "of_a_rate")
SYSTEM = rule("reject_chinese", "system")
# 体育馆一座: the number after its noun
BUILT = rule("reject_chinese", "built")


def by_wording(quantity: Quantity, before: str, after: str) -> str | None:
    """Why a number in Chinese figures counts nothing (a reason code); None where it counts
    something.
    """
    unit = quantity.unit
    if quantity.figures == "bare":
        counts = pattern("chinese", "bare_verbs").search(before) and not SYSTEM.match(after)
        return None if counts else "wording"
    if unit in listed("unit_sets", "circles"):
        return None if words("cues", "circle").search(after[:12]) else "wording"
    if unit not in lexicon()["chinese"]["units"] or pattern("chinese", "collective").match(after):
        return "collective"
    if unit == word("time"):
        return (
            None
            if pattern("chinese", "twice_before").search(before) and CLAUSE_OR_OBJECT.match(after)
            else "wording"
        )
    if unit == word("age"):
        return None if words("cues", "life").search(sentence_before(before)) else "age"
    if unit == word("year"):
        universal = UNIVERSAL.search(before) and after.startswith(
            tuple(lexicon()["chinese"]["universal"])
        )
        return (
            None
            if universal or (TENURE.search(before) and quantity.comparator != ITSELF)
            else "duration"
        )
    if unit == word("person") and quantity.value != 1:
        return "collective"
    if unit == word("item"):
        return (
            None
            if quantity.value > 9 and pattern("chinese", "item_before").search(before)
            else "collective"
        )
    if unit == word("times"):
        return None if rule("reject_chinese", "times_more").search(before) else "wording"
    if quantity.value == 1:
        if OF_A_RATE.match(after):
            return "name"
        if (
            unit in listed("unit_sets", "buildings")
            and BUILT.search(before)
            and CLAUSE_END.match(after)
        ):
            return None
        return (
            None
            if pattern("chinese", "one_before").search(before)
            or quantity.comparator in (AT_LEAST, MORE_THAN)
            else "article"
        )
    return "collective" if pattern("chinese", "two_before_reject").search(before) else None


CLAUSE_OR_OBJECT = rule("reject_chinese", "clause_or_object")
