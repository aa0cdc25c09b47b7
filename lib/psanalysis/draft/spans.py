"""Ordered spans of a text without overlaps."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

Span = tuple[int, int]


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, with touching and overlapping ones merged.

    Examples
    --------
    >>> merged([(5, 7), (0, 2), (2, 3)])
    [(0, 3), (5, 7)]
    """
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


class Spans:
    """Spans with a fast test for overlap.

    Examples
    --------
    >>> taken = Spans([(0, 3), (5, 7)])
    >>> taken.touches(2, 4), taken.touches(3, 5)
    (True, False)
    """

    def __init__(self, spans: Iterable[Span]):
        own = merged(spans)
        self._starts, self._ends = [a for a, _ in own], [b for _, b in own]

    def touches(self, start: int, end: int) -> bool:
        """True where a span shares a character with start:end."""
        index = bisect_left(self._starts, end) - 1
        return index >= 0 and start < self._ends[index]
