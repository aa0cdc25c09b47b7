"""One decision for all occurrences of a statement: a row that repeats another one (`same_as`)
follows its decision.

"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psanalysis.curation.plan_info import Row
from psanalysis.draft.repeats import SAME

SAME_AS = "same_as"
# what an occurrence takes from the first one: what makes it the same statement, and what depends on
# that
TAKES = (*SAME, "year_basis", "commitment")


def followers(rows: Sequence[Mapping[str, str]]) -> dict[int, list[int]]:
    """Row number -> the numbers of the rows that follow it, for rows with followers.

    Parameters
    ----------
    rows
        All rows of a draft. A row with its own yes or no follows no other.

    Examples
    --------
    >>> first, again = {"statement_id": "x-1"}, {"statement_id": "x-2", "same_as": "x-1"}
    >>> followers([first, again, again | {"accepted": "no"}])
    {0: [1]}
    """
    numbers = {
        row["statement_id"]: number for number, row in enumerate(rows) if row.get("statement_id")
    }
    found: dict[int, list[int]] = {}
    for number, row in enumerate(rows):
        first = numbers.get(row.get(SAME_AS, ""))
        if first not in (None, number) and not row.get("accepted", "").strip():
            found.setdefault(first, []).append(number)
    return found


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """The cells that a follower takes over when the row that it follows is corrected."""
    return {c: new[c] for c in TAKES if c in new and old.get(c) != new[c]}


def followed(rows: Sequence[Row]) -> list[Row]:
    """The rows with the decision and the cells of those that they follow.

    Cells that were equal when the document was drafted are copied with their corrections; each
    occurrence keeps its own name, span, comparator and nature.
    """
    done = list(rows)
    for first, others in followers(rows).items():
        decision = rows[first].get("accepted", "")
        if not decision.strip():
            continue
        for number in others:
            row = rows[number]
            same = {column: rows[first][column] for column in SAME if column in row}
            hangs = TAKES[len(SAME) :] if {**row, **same} != row else ()
            same |= {column: rows[first][column] for column in hangs if column in row}
            done[number] = {**row, **same, "accepted": decision}
    return done
