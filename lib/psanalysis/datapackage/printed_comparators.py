"""Compares the comparator of a row with the printed words: in its span, before it, after it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pandas as pd

from psanalysis.comparators import COMPARATORS, ITSELF, MORE_THAN, codes_of_words
from psanalysis.datapackage.printed_figures import Figure, figures, is_more_than
from psanalysis.simplified import half_width, simplified

AROUND = 24


def comparator_in_span(row: Any, printed: str, found: list[Figure]) -> bool:
    """False where the span prints words of another comparator than the row's.

    Parameters
    ----------
    row
        With the attribute comparator.
    printed, found
        The span and its numbers.
    """
    if COMPARATORS[row.comparator].range:
        return True
    told = {code for one in found for code in _told(one)}
    if is_more_than(printed):
        told.add(MORE_THAN)
    return not told or row.comparator in told


def comparator_in_text(row: Any, before: str, after: str) -> bool:
    """True where the words of a row's comparator are printed: in the span, up to AROUND characters
    before it, or directly after it.

    A number without such a word has comparator eq; a range has words of its own.

    Parameters
    ----------
    row
        With the attributes of statements.csv.
    before, after
        The text that ends at the span, and that follows it.
    """
    code = row.comparator
    if pd.isna(row.value) or COMPARATORS[code].range:
        return True
    before, after = (
        half_width(simplified(text)).replace("\n", "")
        for text in (before[-AROUND:], after[:AROUND])
    )
    found = list(figures(row.value_as_written))
    told = {word for one in found for word in _told(one)}
    if told or is_more_than(row.value_as_written):
        return True  # comparator_in_span compares what is printed in the span
    words = COMPARATORS[code]
    if code != ITSELF:
        # a word may begin in the span and end after it, where the text breaks a line
        tail = found[-1].after if found else ""
        return any(word in before for word in words.before) or any(
            after.startswith(word) or word in tail + after[: len(word) - 1] for word in words.after
        )
    ahead = [word for one in COMPARATORS.values() for word in one.before if len(word) > 1]
    return not any(before.endswith(word) for word in ahead)


def _told(one: Figure) -> Iterator[str]:
    """The comparators whose words are before or after a number."""
    for side, text in (("before", one.before), ("after", one.after)):
        for word, code in _longest_first(side):
            if word in text:
                yield code
                break


@cache
def _longest_first(side: str) -> tuple[tuple[str, str], ...]:
    """The words before or after a number, each with its comparator."""
    return tuple(sorted(codes_of_words(side).items(), key=lambda one: len(one[0]), reverse=True))
