"""The comparator and unit of a number from the words around it."""

from __future__ import annotations

from psanalysis.comparators import AT_LEAST, AT_MOST, ITSELF, RANGE
from psanalysis.draft.lexicon import listed, rule, word
from psanalysis.draft.quantities import Quantity
from psanalysis.draft.series import RESPECTIVELY

NORM = {
    AT_LEAST: rule("surroundings", "norm_ge"),
    AT_MOST: rule("surroundings", "norm_le"),
}
PEOPLE = rule("surroundings", "people")


def comparator_around(
    text: str, quantity: Quantity, clause_start: int, series: list[Quantity]
) -> tuple[str, str]:
    """The comparator of a number and the words that state it: its own, that of its list, or that of
    a norm before it.
    """
    if quantity.comparator != ITSELF:
        return quantity.comparator, quantity.word
    if len(series) > 1 and RESPECTIVELY.search(text, clause_start, series[0].start):
        first, last = series[0], series[-1]
        if first.start < first.number_start and first.comparator != RANGE:
            return first.comparator, first.word
        if last.end > last.number_end and last.comparator == AT_MOST:
            return last.comparator, last.word
    start = (
        series[0].start
        if RESPECTIVELY.search(text, clause_start, series[0].start)
        else quantity.start
    )
    before = text[max(clause_start, start - 30) : start]
    for code, norm in NORM.items():
        found = norm.search(before)
        if found:
            return code, found[0][:3]
    return ITSELF, ""


def unit_around(text: str, quantity: Quantity, series: list[Quantity]) -> str:
    """The unit of a number that is printed without one or with a part of it: people for 3.2万 after
    a count of people.
    """
    if quantity.unit == word("piece") and series[-1].unit.endswith(word("points")):
        return series[-1].unit
    before = text[max(0, quantity.start - 16) : quantity.start]
    if quantity.unit in listed("unit_sets", "large"):
        if rule("surroundings", "people_times").search(before):
            return quantity.unit + word("visits")
        if PEOPLE.match(text[quantity.end : quantity.end + 16]) or rule(
            "surroundings", "people_before"
        ).search(before):
            return quantity.unit + word("person")
        if quantity.unit == word("hundred_million") and rule("surroundings", "money_before").search(
            before
        ):
            return quantity.unit + word("yuan")
    if not quantity.unit and rule("surroundings", "coefficient").search(
        text[max(0, quantity.start - 32) : quantity.start]
    ):
        return word("coefficient")
    if not quantity.unit and rule("surroundings", "share_before").search(before):
        return "%"
    return quantity.unit
