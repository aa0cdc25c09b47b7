"""Finds page numbers that are alone on a line, and the running titles beside them.

In the text of a PDF they come between the lines of a sentence and between the rows of a table. A
number alone on a line may also be a cell; page numbers are known by their order: each is one more
than the last, at some distance.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from psanalysis.draft.lexicon import pattern

BARE = re.compile(r"^[ \t\f]*(\d{1,4})[ \t]*$", re.MULTILINE)
LINE = re.compile(r"[^\n]+")
APART = 150
FEWEST = 4
# fewer are needed of page numbers with marks (— 12 —)
FEWEST_MARKED = 2
LONGEST_TITLE = 40
SHORTEST_TITLE = 4


@lru_cache(8)
def page_lines(text: str) -> frozenset[int]:
    """The offsets of the lines of a (folded) text that are bare page numbers, or running titles
    beside them.

    Examples
    --------
    >>> page = "x" * 200
    >>> len(page_lines("\\n".join(f"{page}\\n{n}" for n in range(1, 6))))
    5
    """
    numbers = _numbers(text)
    marks = [line.start() for line in LINE.finditer(text) if _is_mark(line[0])]
    return frozenset(numbers) | _titles(text, numbers, FEWEST) | _titles(text, marks, FEWEST_MARKED)


def _is_mark(line: str) -> bool:
    """True for a line that is marked as a page number: — 12 —, 第3页 共9页."""
    # line by line, because blanks in the pattern would match over empty lines
    return len(line) <= LONGEST_TITLE and bool(pattern("layout", "page_number").fullmatch(line))


def _numbers(text: str) -> list[int]:
    """The longest run of numbers on lines of their own, each one more than the last and far enough
    after it."""
    found = [(match.start(), int(match[1])) for match in BARE.finditer(text)]
    runs: list[tuple[int, int]] = []  # length of the run that ends here, index of the number before
    latest: dict[int, int] = {}
    for index, (offset, number) in enumerate(found):
        before = latest.get(number - 1, -1)
        follows = before >= 0 and offset - found[before][0] >= APART
        runs.append((runs[before][0] + 1, before) if follows else (1, -1))
        kept = latest.get(number, -1)
        if kept < 0 or runs[index][0] >= runs[kept][0]:
            latest[number] = index
    if not runs or max(runs)[0] < FEWEST:
        return []
    index = max(range(len(runs)), key=lambda i: runs[i][0])
    offsets = []
    while index >= 0:
        offsets.append(found[index][0])
        index = runs[index][1]
    return offsets[::-1]


def _titles(text: str, numbers: list[int], fewest: int) -> set[int]:
    """Lines beside page numbers that several pages repeat."""
    beside: list[tuple[int, str]] = []
    for offset in numbers:
        above = text.rfind("\n", 0, max(0, offset - 1)) + 1
        end = text.find("\n", offset)
        for start in (above, end + 1 if end >= 0 else len(text)):
            line = LINE.match(text, start)
            if line:
                beside.append((start, line[0].strip()))
    often = Counter(written for _, written in beside)
    head = pattern("table", "head_start")
    return {
        start
        for start, written in beside
        if often[written] >= fewest
        and SHORTEST_TITLE <= len(written) <= LONGEST_TITLE
        and not head.search(written)
    }
