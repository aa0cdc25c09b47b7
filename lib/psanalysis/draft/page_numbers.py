"""Page numbers that stand bare on a line of a text, and the titles that every page repeats beside
them.

A PDF's text has them between the lines of a sentence and between the rows of a table. A number
alone on a line may as well be a cell; page numbers are known by their order: each the next one,
a good way apart.
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
# a page number with its marks is one even where there are few
FEWEST_MARKED = 2
LONGEST_TITLE = 40
SHORTEST_TITLE = 4


@lru_cache(8)
def page_lines(text: str) -> frozenset[int]:
    """The beginnings of the lines of a (folded) text that are bare page numbers, or titles of pages
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
    """Whether a line says that it is the number of a page: — 12 —, 第3页 共9页."""
    # line by line: over the whole text, blanks in the pattern would run over empty lines
    return len(line) <= LONGEST_TITLE and bool(pattern("layout", "page_number").fullmatch(line))


def _numbers(text: str) -> list[int]:
    """The longest run of numbers on lines of their own, each the next one and far enough behind."""
    found = [(match.start(), int(match[1])) for match in BARE.finditer(text)]
    runs: list[tuple[int, int]] = []  # length of the run that ends here, the one before
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
    """Lines beside page numbers that are the same on several pages."""
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
