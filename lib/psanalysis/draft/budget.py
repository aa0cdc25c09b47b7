"""How much of a document is read: what is beyond is said, never silently left out.

A plan of 500 pages has some 5,000 statements and 30,000 numbers. The bounds lie far above, and hold
time and memory for texts that are no plan at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from psanalysis.formats.document import Unread

NUMBERS = 200_000
STATEMENTS = 30_000
TABLE_WORK = 400_000  # pieces of cells laid into columns
TRIAL = 20  # what it costs to look for the head of a table, in pieces
QUOTED = 20
FIGURE = re.compile(r"\d+")


@dataclass
class Budget:
    """What is left to spend on a document, and where it ran out.

    Attributes
    ----------
    numbers
        How many numbers are read.
    statements
        How many statements may still be proposed.
    table_work
        How many pieces of cells may still be laid into columns.
    stops
        For each limit that was reached (`numbers`, `statements`, `tables`) its first offset in the
        text.
    """

    numbers: int = NUMBERS
    statements: int = STATEMENTS
    table_work: int = TABLE_WORK
    stops: dict[str, int] = field(default_factory=dict)

    def end(self, text: str) -> int:
        """Where the numbers of a (folded) text end that are read; its length where it has no more.

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
        """Note where something ran out first."""
        self.stops[kind] = min(offset, self.stops.get(kind, offset))

    def unread(self, text: str) -> tuple[Unread, ...]:
        """What was not read, with the words before it."""
        return tuple(
            Unread(f"over_{kind}", 0, " ".join(text[max(0, offset - QUOTED) : offset].split()))
            for kind, offset in sorted(self.stops.items(), key=lambda stop: stop[1])
        )
