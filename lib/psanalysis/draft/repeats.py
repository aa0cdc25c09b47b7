"""Rows of a draft that say the same at several places of a document: one statement for a person to decide on."""

from __future__ import annotations

import pandas as pd

# what `gaps` compares for `repeat_of`, and the role; a pledge of no set kind says the same only in the same words
SAME = (
    "indicator_id", "role", "area_id", "year", "value", "value_high", "unit_id", "pledge", "flow_start", "flow_end",
)  # fmt: skip


def repeats(frame: pd.DataFrame) -> list[str]:
    """For each row of a draft the statement_id of the first that says the same at another place, empty for that first one.

    Parameters
    ----------
    frame
        A draft, all rows in the order of the text: statement_id, char_start, char_end, value_as_written
        and the columns `SAME`, as strings. Two rows of one span are never one statement: the
        number belongs to two indicators there.

    Examples
    --------
    >>> row = dict.fromkeys(SAME, "") | {"indicator_id": "beds", "value": "55"}
    >>> row |= {"value_as_written": "55", "char_end": 0}
    >>> places = [row | {"statement_id": f"x-{n}", "char_start": n} for n in (1, 2, 2)]
    >>> repeats(pd.DataFrame(places))
    ['', 'x-1', '']
    """
    first: dict[tuple[str, ...], str] = {}
    taken: set[tuple[str, ...]] = set()
    found = []
    for row in frame.to_dict("records"):
        words = row["value_as_written"] if row["pledge"] == "other" else ""
        key = (*(str(row[column]) for column in SAME), words)
        span = (*key, str(row["char_start"]), str(row["char_end"]))
        again = "" if span in taken or not row["indicator_id"] else first.get(key, "")
        found.append(again)
        if span not in taken:
            first.setdefault(key, str(row["statement_id"]))
        taken.add(span)
    return found
