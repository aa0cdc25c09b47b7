"""Sentences and clauses around a place of a text."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence

SENTENCE = re.compile(r"[。!?\n|]")
THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")
# how far words and numbers belong together where no mark stands
LONGEST, LONGEST_CLAUSE = 800, 300


class Boundaries:
    """Ends of sentences and clauses of a (folded) text, found once; a comma inside brackets ends no
    clause.

    Examples
    --------
    >>> bounds = Boundaries("到2025年,入园率(公办,民办)达98%。完。")
    >>> bounds.sentence(12), bounds.clause(20)
    ((0, 22), (7, 21))
    """

    def __init__(self, text: str):
        self._length = len(text)
        self._sentences = array("L", (match.start() for match in SENTENCE.finditer(text)))
        self._clauses = _clause_ends(text)

    def sentence(self, position: int) -> tuple[int, int]:
        """Beginning of the sentence, and the place behind its end mark."""
        start, end = _around(self._sentences, position, self._length)
        return max(start, position - LONGEST), min(end + 1, position + LONGEST, self._length)

    def clause(self, position: int) -> tuple[int, int]:
        """Beginning and end of the clause, without the mark."""
        start, end = _around(self._clauses, position, self._length)
        return max(start, position - LONGEST_CLAUSE), min(end, position + LONGEST_CLAUSE)


def _clause_ends(text: str) -> Sequence[int]:
    ends = array("L")
    depth = since = 0
    for match in re.finditer(r"[()。!?\n|,;:]", text):
        sign = match[0]
        if sign == "," and THOUSANDS.match(text, match.start() - 1):
            continue  # 315,000
        if sign == "(":
            depth, since = depth + 1, match.start()
        elif sign == ")":
            depth = max(0, depth - 1)
        elif sign in "。!?\n|" or depth == 0 or match.start() - since > 80:
            ends.append(match.start())
            depth = 0
    return ends


def _around(ends: Sequence[int], position: int, length: int) -> tuple[int, int]:
    index = bisect_right(ends, position - 1)
    start = ends[index - 1] + 1 if index else 0
    return start, ends[index] if index < len(ends) else length
