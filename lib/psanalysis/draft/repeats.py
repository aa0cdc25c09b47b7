"""Rows of a draft that repeat one statement: a person decides on it once."""

from __future__ import annotations

from typing import Any

import pandas as pd

from psanalysis.comparators import ITSELF
from psanalysis.datapackage.pledges import OTHER
from psanalysis.draft.linking import meaning_words, normal_name

# what `gaps` compares for `repeat_of`, and the role
SAME = (
    "indicator_id", "role", "area_id", "year", "value", "value_high", "unit_id", "pledge",
    "flow_start", "flow_end",
)  # fmt: skip
# a name that agrees less with that of a known indicator may be another thing
SURE = 95.0
# a name of two letters (works, projects) is a noun that many things share
TELLING_LETTERS = 3


def repeats(frame: pd.DataFrame) -> list[str]:
    """For each row of a draft the statement_id of the first row that says the same elsewhere in the
    document; empty for that first row.

    Two rows say the same where indicator, value and the words that change a meaning are equal, the
    comparators agree, and the names are equal or surely names of the same indicator. A table prints
    the bare number of a target where the text says `at least`: these agree; `at least` and `more
    than` do not. A noun that many things share (works, projects) is too general to be repeated.

    Parameters
    ----------
    frame
        A draft, all rows in the order of the text: statement_id, char_start, char_end,
        value_as_written, indicator_as_written, indicator_is_new, link_score, comparator and the
        columns `SAME`, as strings. Two rows of one span are never one statement: the number belongs
        to two indicators there.

    Examples
    --------
    >>> row = dict.fromkeys(SAME, "") | {"indicator_id": "beds", "value": "55", "char_end": 0,
    ...     "comparator": "ge"}
    >>> row |= {"value_as_written": "55", "indicator_as_written": "beds", "indicator_is_new": "",
    ...     "link_score": 100.0}
    >>> occurrences = [row | {"statement_id": f"x-{n}", "char_start": n} for n in (1, 2, 2)]
    >>> repeats(pd.DataFrame(occurrences))
    ['', 'x-1', '']
    >>> repeats(pd.DataFrame([occurrences[0], occurrences[1] | {"comparator": "gt"}]))
    ['', '']
    """
    first: dict[tuple[str, ...], dict[str, str]] = {}
    taken: set[tuple[str, ...]] = set()
    found = []
    for row in frame.to_dict("records"):
        key = (*(str(row[column]) for column in SAME), *_words(row))
        span = (*key, str(row["char_start"]), str(row["char_end"]))
        telling = (
            row["indicator_id"] and len(normal_name(row["indicator_as_written"])) >= TELLING_LETTERS
        )
        occurrences = first.setdefault(key, {})
        again = _agreeing(row, occurrences) if telling and span not in taken else ""
        found.append(again)
        if span not in taken and not again:
            occurrences.setdefault(row["comparator"], str(row["statement_id"]))
        taken.add(span)
    return found


def _agreeing(row: dict[Any, Any], occurrences: dict[str, str]) -> str:
    """The first occurrence whose comparator agrees with that of a row, empty where none does."""
    own = row["comparator"]
    if own in occurrences or row["role"] != "target":
        return occurrences.get(own, "")
    return next(iter(occurrences.values()), "") if own == ITSELF else occurrences.get(ITSELF, "")


def _words(row: dict[Any, Any]) -> tuple[str, str, str]:
    """What the words of two rows must share: those of a pledge of no set kind, the name, what
    changes its meaning.
    """
    name = str(row["indicator_as_written"])
    # a place that has no code yet is known by its name
    known = row["area_id"] and not row["indicator_is_new"] and float(row["link_score"]) >= SURE
    pledge = str(row["value_as_written"]) if row["pledge"] == OTHER else ""
    return (
        pledge,
        "" if known else normal_name(name),
        "".join("01"[word] for word in meaning_words(name)),
    )
