"""The sentence and the clause that an offset of a text lies in."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence

SENTENCE = re.compile(r"[。!?\n|]")
THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")
# look-back and look-ahead limit where the text has no punctuation
LONGEST, LONGEST_CLAUSE = 800, 300


class Boundaries:
    """Ends of sentences and clauses of a (folded) text, found once; a comma inside brackets ends no
    clause.

    Examples
    --------
    >>> ends = Boundaries("到2025年,入园率(公办,民办)达98%。完。")
    >>> ends.sentence(12), ends.clause(20)
    ((0, 22), (7, 21))
    """

    def __init__(self, text: str):
        self._length = len(text)
        self._sentences = array("L", (match.start() for match in SENTENCE.finditer(text)))
        self._clauses = _clause_ends(text)

    def sentence(self, offset: int) -> tuple[int, int]:
        """Start of the sentence, and the offset after its end mark."""
        start, end = _around(self._sentences, offset, self._length)
        return max(start, offset - LONGEST), min(end + 1, offset + LONGEST, self._length)

    def clause(self, offset: int) -> tuple[int, int]:
        """Start and end of the clause, without its mark."""
        start, end = _around(self._clauses, offset, self._length)
        return max(start, offset - LONGEST_CLAUSE), min(end, offset + LONGEST_CLAUSE)


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


def _around(ends: Sequence[int], offset: int, length: int) -> tuple[int, int]:
    index = bisect_right(ends, offset - 1)
    start = ends[index - 1] + 1 if index else 0
    return start, ends[index] if index < len(ends) else length
