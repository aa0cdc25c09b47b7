"""From text to proposed statements: tables first, then the running text around them."""

from __future__ import annotations

from psanalysis.draft.folding import fold
from psanalysis.draft.period import Plan
from psanalysis.draft.proposal import LeftOut, Proposal
from psanalysis.draft.prose import prose
from psanalysis.draft.reading import read
from psanalysis.draft.tables import tables
from psanalysis.draft.wrapping import Unwrapped


def extract(text: str, plan: Plan) -> tuple[list[Proposal], list[LeftOut]]:
    """Every statement that the rules find in a text, in order, and the numbers that they passed over.

    Parameters
    ----------
    text
        The normalised text of a document; spans refer to it.
    plan
        The plan it belongs to.

    Examples
    --------
    >>> plan = Plan("x-14fyp", "x", 2021, 2025, 2020, 2025)
    >>> found, _ = extract("到2025年,普惠性幼儿园覆盖率达到90%以上。", plan)
    >>> [(p.role, p.year, str(p.value), p.comparator) for p in found]
    [('target', 2025, '90', 'ge')]
    """
    whole = Unwrapped(fold(text))
    reading = read(whole.text, plan)
    in_tables, taken = tables(reading)
    in_prose, left_out = prose(reading, sorted(taken))
    read_there = {place for p in in_tables for place in range(p.start, p.end)}
    left_out = [q for q in left_out if q.reason != "table" or q.start not in read_there]
    found = sorted(in_tables + in_prose, key=lambda p: (p.start, p.end))
    return [whole.restored(p) for p in found], [
        LeftOut(*whole.span(q.start, q.end), q.reason) for q in left_out
    ]
