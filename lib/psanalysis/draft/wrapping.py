"""Lines that a PDF or an editor broke in the middle of a sentence, put together, and what is not seen left out.

Places are found again in the text as it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from psanalysis.draft.proposal import Proposal
from psanalysis.formats.characters import INVISIBLE

PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–]+\s*\d{1,4}\s*[-—–]+|第\s*\d{1,4}\s*页|\d{1,4}\s*/\s*\d{1,4})\s*"
)
ENDED = re.compile(r"[。;!?:|”》)]\s*$|\s{2,}\S+\s*$")
COLUMNS = re.compile(r"[|\t]|\S\s{2,}\S")
BEGINS = re.compile(
    r"\s|第[一二三四五六七八九十百]+[篇章节部条]|[一二三四五六七八九十]+、|\(?[一二三四五六七八九十\d]{1,3}[)、.]|专栏|附[件表:]|表\s*\d|注\d?:|[●■◆•·★*①-⑳【]|[-—]"
)
RUNNING = re.compile(r"[,。;、]")
SHORTEST = 20
LONE_RETURN = re.compile(r"\r(?!\n)")
UNSEEN = re.compile(rf"\r(?=\n)|{INVISIBLE.pattern}")


class Unwrapped:
    """A (folded) text without the breaks inside its sentences and without what is not seen.

    Examples
    --------
    >>> whole = Unwrapped("到2025年,全市新建、改扩建幼儿园36所,新增学\\n位4200个。")
    >>> whole.text
    '到2025年,全市新建、改扩建幼儿园36所,新增学位4200个。'
    """

    def __init__(self, text: str):
        text = LONE_RETURN.sub("\n", text)
        cuts = _merged([*_cuts(text), *(match.span() for match in UNSEEN.finditer(text))])
        pieces, place = [], 0
        for start, end in cuts:
            pieces.append(text[place:start])
            place = end
        self.text = "".join([*pieces, text[place:]])
        lost = list(accumulate(end - start for start, end in cuts))
        self._starts = [
            start - before for (start, _), before in zip(cuts, [0, *lost], strict=False)
        ]
        self._lost = [0, *lost]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the text as it stands in the document.

        Examples
        --------
        >>> Unwrapped("到2025年,全市新建、改扩建幼儿园36所,新增学\\n位4200个。").span(25, 30)
        (26, 31)
        """
        return self._place(start), self._place(end - 1) + 1

    def _place(self, position: int) -> int:
        return position + self._lost[bisect_right(self._starts, position)]

    def restored(self, proposal: Proposal) -> Proposal:
        """A proposal with the spans that it has in the document."""
        start, end = self.span(proposal.start, proposal.end)
        return replace(
            proposal,
            start=start,
            end=end,
            name_spans=tuple(self.span(a, b) for a, b in proposal.name_spans if a < b),
        )


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that touch or overlap put together."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """Spans to leave out: a break, or breaks with a page number between them."""
    place = 0
    while (end := text.find("\n", place)) >= 0:
        line, after = text[place:end].rstrip(), end + 1
        follows = _line(text, after)
        while after < len(text) and (
            PAGE_NUMBER.fullmatch(follows) or (not follows.strip() and _page_break(text, after))
        ):
            after += len(follows) + 1
            follows = _line(text, after)
        if _goes_on(line, follows):
            yield place + len(line), after
        place = end + 1 if after == end + 1 or not _goes_on(line, follows) else after


def _line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def _page_break(text: str, start: int) -> bool:
    """True when only blank lines stand between a place and a page number."""
    found = re.compile(r"(?:[ \t\f]*\n){1,3}").match(text, start)
    return bool(found and PAGE_NUMBER.fullmatch(_line(text, found.end())))


def _goes_on(line: str, follows: str) -> bool:
    return (
        len(line.strip()) >= SHORTEST
        and bool(follows)
        and not ENDED.search(line)
        and not COLUMNS.search(line)
        and not COLUMNS.search(follows)
        and not BEGINS.match(follows)
        and bool(RUNNING.search(line))
        and bool(RUNNING.search(follows))
    )
