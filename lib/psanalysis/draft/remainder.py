"""Lists the numbers that are neither in a statement nor left out with a reason: those of pages,
titles and tables of contents. So every number of a document is accounted for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from psanalysis.draft.headings import CONTENTS
from psanalysis.draft.page_numbers import page_lines
from psanalysis.draft.proposal import LeftOut
from psanalysis.draft.spans import Spans
from psanalysis.draft.wrapping import PAGE_NUMBER

FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
LINE = re.compile(r"[^\n]+")
LONGEST = 200  # characters of a line of a table of contents
TITLE = re.compile(r"《[^》\n]{0,120}》")
PAGE, IN_TITLE, OTHER, NO_UNIT = "page", "title", "other", "no_unit"


def of_pages(passed: Iterable[LeftOut], pages: Spans) -> Iterator[LeftOut]:
    """The numbers that were left out; those without a unit in page numbers and tables of contents
    get the reason `page`.
    """
    for one in passed:
        paged = one.reason == NO_UNIT and pages.touches(one.start, one.end)
        yield replace(one, reason=PAGE) if paged else one


def unlisted(text: str, taken: Iterable[tuple[int, int]], pages: Spans) -> Iterator[LeftOut]:
    """The numbers of a (folded) text outside the spans that are taken.

    Parameters
    ----------
    text
        The text up to where reading stopped.
    taken
        Spans of statements and of numbers that were left out.
    pages
        Lines with page numbers, see `printed_pages`.

    Examples
    --------
    >>> text = "— 3 —\\n按《规划(2020)》,新建5所。"
    >>> [(text[q.start : q.end], q.reason) for q in unlisted(text, [(20, 22)], printed_pages(text))]
    [('3', 'page'), ('2020', 'title')]
    """
    spans = Spans(taken)
    titles = Spans(match.span() for match in TITLE.finditer(text))
    for match in FIGURES.finditer(text):
        start, end = match.span()
        if spans.touches(start, end):
            continue
        if pages.touches(start, end):
            yield LeftOut(start, end, PAGE)
        else:
            yield LeftOut(start, end, IN_TITLE if titles.touches(start, end) else OTHER)


def printed_pages(text: str) -> Spans:
    """The lines of a (folded) text that are a page number, or part of a table of contents. They are
    searched lazily, each line once.
    """
    return Spans(_pages(text))


def _pages(text: str) -> Iterator[tuple[int, int]]:
    known = page_lines(text)
    for match in LINE.finditer(text):
        start, end = match.span()
        written = match[0].rstrip("\r")
        if start in known or (
            len(written) <= LONGEST and (PAGE_NUMBER.fullmatch(written) or CONTENTS.search(written))
        ):
            yield start, end
