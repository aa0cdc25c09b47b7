"""Rows of a draft that say the same at several places of a document: one statement for a person to
decide on.
"""

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
    """For each row of a draft the statement_id of the first that says the same at another place,
    empty for that first one.

    The same is said by the same value of one indicator with comparators that agree, under names
    that are the same or surely its names, with the same words that change a meaning. Of a target a
    table prints the number where the text says `at least`: these agree, `at least` and `more than`
    do not. A noun that many things share names nothing that another row could repeat.

    Parameters
    ----------
    frame
        A draft, all rows in the order of the text: statement_id, char_start, char_end,
        value_as_written, indicator_as_written, indicator_is_new, link_score comparator and the
        columns `SAME`, as strings. Two rows of one span are never one statement: the number belongs
        to two indicators there.

    Examples
    --------
    >>> row = dict.fromkeys(SAME, "") | {"indicator_id": "beds", "value": "55", "char_end": 0,
    ...     "comparator": "ge"}
    >>> row |= {"value_as_written": "55", "indicator_as_written": "beds", "indicator_is_new": "",
    ...     "link_score": 100.0}
    >>> places = [row | {"statement_id": f"x-{n}", "char_start": n} for n in (1, 2, 2)]
    >>> repeats(pd.DataFrame(places))
    ['', 'x-1', '']
    >>> repeats(pd.DataFrame([places[0], places[1] | {"comparator": "gt"}]))
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
        places = first.setdefault(key, {})
        again = _agreeing(row, places) if telling and span not in taken else ""
        found.append(again)
        if span not in taken and not again:
            places.setdefault(row["comparator"], str(row["statement_id"]))
        taken.add(span)
    return found


def _agreeing(row: dict[Any, Any], places: dict[str, str]) -> str:
    """The first place whose comparator agrees with that of a row, empty where none does."""
    own = row["comparator"]
    if own in places or row["role"] != "target":
        return places.get(own, "")
    return next(iter(places.values()), "") if own == ITSELF else places.get(ITSELF, "")


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
