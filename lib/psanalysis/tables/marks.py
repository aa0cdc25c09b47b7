"""Signs and words for what a row rests on besides print."""

from __future__ import annotations

from collections.abc import Iterable

from psanalysis.wording import say

# explained below a chart or table
SIGNS = {
    "implied_year": "†",
    "several_baselines": "‡",
    "inferred_unit": "§",
    "implied_pledge": "¶",
    "interpolated": "~",
    "doubted": "※",
}


def signs_of(marks: object) -> str:
    """Signs of the marks of a row.

    Examples
    --------
    >>> signs_of("implied_year inferred_unit"), signs_of(float("nan"))
    ('†§', '')
    """
    return "".join(SIGNS[mark] for mark in marks.split()) if isinstance(marks, str) else ""


def signs_explained(marks: Iterable[object], lang: str) -> list[str]:
    """Each sign that stands in some rows, with its words, in the order of `SIGNS`."""
    present = {mark for one in marks if isinstance(one, str) for mark in one.split()}
    return [
        f"{sign} {say(f'mark.{mark}', lang)}" for mark, sign in SIGNS.items() if mark in present
    ]
