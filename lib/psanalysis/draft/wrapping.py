"""Joins lines that a PDF or an editor broke within a sentence, and leaves out invisible characters.

Offsets are converted back to those of the original text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from psanalysis.draft.lexicon import rule
from psanalysis.draft.page_numbers import page_lines
from psanalysis.draft.proposal import Proposal
from psanalysis.draft.spans import Spans, merged
from psanalysis.formats.characters import INVISIBLE

PAGE_NUMBER = rule("wrapping", "page_number")
ENDED = re.compile(r"[。;!?:|]$|\s{2,}\S+$")
TAIL = 200
COLUMNS = re.compile(r"[|\t]|\S\s{2,}\S")
BEGINS = rule("wrapping", "begins")
RUNNING = re.compile(r"[,。;、]")
# a numbered line without commas and stops is a heading, unless it fills its line
NUMBERED = rule("wrapping", "numbered")
STOPS = re.compile(r"[,。;]")
BLANK_LINES = re.compile(r"(?:[ \t\f]*\n){1,3}")
SHORTEST = 20
LONE_RETURN = re.compile(r"\r(?!\n)")
UNSEEN = re.compile(rf"\r(?=\n)|{INVISIBLE.pattern}")


class Shortened:
    """A text without some of its spans; offsets of the two texts are converted into each other.

    Examples
    --------
    >>> short = Shortened("新增学\\n位4200个", [(3, 4)])
    >>> short.text, short.span(3, 5), short.inside(5)
    ('新增学位4200个', (4, 6), 4)
    """

    def __init__(self, text: str, cuts: Sequence[tuple[int, int]]):
        cuts = self._cuts = merged(cuts)
        self.text = self.same(text)
        lost = list(accumulate(end - start for start, end in cuts))
        self._starts = [
            start - before for (start, _), before in zip(cuts, [0, *lost], strict=False)
        ]
        self._lost = [0, *lost]
        self._ends = [end for _, end in cuts]
        # cuts with text (a page number between two lines), which words across them must not include
        self._written = [cut for cut in cuts if text[slice(*cut)].strip()]

    def same(self, text: str) -> str:
        """Another text as long as the longer one, without the same spans."""
        pieces, offset = [], 0
        for start, end in self._cuts:
            pieces.append(text[offset:start])
            offset = end
        return "".join([*pieces, text[offset:]])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the shorter text as one of the longer."""
        return self.outside(start), self.outside(end - 1) + 1

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """A span of the shorter text as spans of the longer, without cuts that contain text."""
        begin, stop = self.span(start, end)
        for a, b in self._written[bisect_right(self._written, (begin, begin)) :]:
            if a >= stop:
                break
            yield begin, a
            begin = b
        yield begin, stop

    def within(self, start: int, end: int) -> tuple[int, int]:
        """A span of the longer text as one of the shorter, without characters that were cut."""
        return self.inside(start), self.inside(end)

    def inside(self, offset: int) -> int:
        """An offset of the longer text as one of the shorter."""
        index = bisect_right(self._ends, offset)
        latest = self._starts[index] if index < len(self._starts) else offset
        return min(offset - self._lost[index], latest)

    def outside(self, offset: int) -> int:
        """An offset of the shorter text as one of the longer."""
        return offset + self._lost[bisect_right(self._starts, offset)]

    def restored(self, proposal: Proposal) -> Proposal:
        """A proposal with the spans that it has in the longer text."""
        if not self._ends:
            return proposal
        start, end = self.span(proposal.start, proposal.end)
        return replace(
            proposal,
            start=start,
            end=end,
            name_spans=tuple(
                piece for a, b in proposal.name_spans if a < b for piece in self._pieces(a, b)
            ),
            place=tuple(piece for a, b in proposal.place if a < b for piece in self._pieces(a, b)),
        )


def seen(text: str) -> Shortened:
    """A (folded) text without invisible characters: zero-width marks, the first half of CR LF.

    Examples
    --------
    >>> seen("入园\\u200b率\\r\\n").text
    '入园率\\n'
    """
    text = LONE_RETURN.sub("\n", text)
    return Shortened(text, [match.span() for match in UNSEEN.finditer(text)])


def unwrapped(text: str, kept: Sequence[tuple[int, int]] = ()) -> Shortened:
    """A text without the breaks inside its sentences.

    Parameters
    ----------
    text
        Folded text.
    kept
        Spans of tables, in order, which keep their lines.

    Examples
    --------
    >>> unwrapped("到2025年,全市新建、改扩建幼儿园36所,新增学\\n位4200个。").text
    '到2025年,全市新建、改扩建幼儿园36所,新增学位4200个。'
    """
    tables = Spans(kept)
    return Shortened(text, [cut for cut in _cuts(text) if not tables.touches(*cut)])


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """The spans to leave out: a line break, or line breaks with a page number between them."""
    offset = 0
    pages = page_lines(text)
    while (end := text.find("\n", offset)) >= 0:
        line, after = text[offset:end].rstrip(), end + 1
        if offset in pages or not _open(line):
            offset = end + 1
            continue
        follows = _line(text, after)
        while after < len(text) and (
            after in pages
            or PAGE_NUMBER.fullmatch(follows)
            or (not follows.strip() and _page_break(text, after, pages))
        ):
            after += len(follows) + 1
            follows = _line(text, after)
        goes_on = _goes_on(follows)
        if goes_on:
            yield offset + len(line), after
        offset = after if goes_on else end + 1


def _line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def _page_break(text: str, start: int, pages: frozenset[int]) -> bool:
    """True where only blank lines separate an offset from a page number."""
    found = BLANK_LINES.match(text, start)
    if found is None:
        return False
    return found.end() in pages or bool(PAGE_NUMBER.fullmatch(_line(text, found.end())))


def _open(line: str) -> bool:
    """True for a line of a sentence that may continue on the next line."""
    return (
        len(line.strip()) >= SHORTEST
        and not ENDED.search(line[-TAIL:])
        and not COLUMNS.search(line)
        and bool(RUNNING.search(line))
        and not (NUMBERED.match(line) and not STOPS.search(line))
    )


def _goes_on(follows: str) -> bool:
    return (
        bool(follows)
        and not COLUMNS.search(follows)
        and not BEGINS.match(follows)
        and bool(RUNNING.search(follows))
    )
