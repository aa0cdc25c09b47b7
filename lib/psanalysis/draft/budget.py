"""Limits on how much of a document is read. A draft reports what is beyond them.

A plan of 500 pages has some 5,000 statements and 30,000 numbers. The limits are far above that;
they limit time and memory for texts that are not plans.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from psanalysis.formats.document import Unread

NUMBERS = 200_000
STATEMENTS = 30_000
TABLE_WORK = 400_000  # tokens laid into columns
TRIAL = 20  # cost of looking for the head of a table, in tokens
QUOTED = 20
FIGURE = re.compile(r"\d+")


@dataclass
class Budget:
    """What may still be read of a document, and where a limit was reached.

    Attributes
    ----------
    numbers
        How many numbers are read.
    statements
        How many statements may still be proposed.
    table_work
        How many tokens may still be laid into columns.
    stops
        For each limit that was reached (`numbers`, `statements`, `tables`) its first offset in the
        text.
    """

    numbers: int = NUMBERS
    statements: int = STATEMENTS
    table_work: int = TABLE_WORK
    stops: dict[str, int] = field(default_factory=dict)

    def end(self, text: str) -> int:
        """The offset in a (folded) text at which the reading of numbers ends: its length, unless it
        has too many.

        Examples
        --------
        >>> Budget(numbers=2).end("1,2,3"), Budget().end("1,2,3")
        (4, 5)
        """
        beyond = next(islice(FIGURE.finditer(text), self.numbers, None), None)
        if beyond is None:
            return len(text)
        self.stop("numbers", beyond.start())
        return beyond.start()

    def stop(self, kind: str, offset: int) -> None:
        """Record that a limit was reached; the first offset counts."""
        self.stops[kind] = min(offset, self.stops.get(kind, offset))

    def unread(self, text: str) -> tuple[Unread, ...]:
        """What was not read, with the words before it."""
        return tuple(
            Unread(f"over_{kind}", 0, " ".join(text[max(0, offset - QUOTED) : offset].split()))
            for kind, offset in sorted(self.stops.items(), key=lambda stop: stop[1])
        )
