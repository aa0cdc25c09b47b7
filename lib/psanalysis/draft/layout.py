"""Splits lines of a text into tokens of a table: cells between pipes or wide blanks, words between
single blanks, or whole lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from psanalysis.draft.lexicon import lexicon, pattern
from psanalysis.draft.page_numbers import page_lines

PIPES = re.compile(r"[|\t]")
WIDE = re.compile(r"(?<=\S)[ \u3000]{2,}(?=\S)")
# a PDF sets blanks beside numbers and letters within a name or a year: they separate no cells
SINGLE = re.compile(rf"(?<=\S)(?!{lexicon()['layout']['within_cell']})[ \u3000]+(?=\S)")
SPELLED = re.compile(
    r"(?<![\u3400-\u9fff])([\u3400-\u9fff])[ \u3000]+(?=[\u3400-\u9fff](?![\u3400-\u9fff]))"
)
RULE = re.compile(r"\s*\|?\s*:?-{3,}")
LEADING = re.compile(r"[ \u3000]{4,}(?=\S)")
SENTENCE = re.compile(r"[。;!?]")
LONGEST_LINE = 90
LONGEST_PLAIN = 45
STEP = 4


@dataclass(frozen=True, slots=True)
class Token:
    """A cell of a table, or part of one: its text, span and line, and whether it is first in its
    line.

    `position` is the offset in its line (in a grid the row), which says under which head it is
    printed. An empty token is a cell that is known to be empty. `pieces` are the spans of its lines
    where it has several.
    """

    text: str
    start: int
    end: int
    line: int
    first: bool
    position: int = 0
    pieces: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text: its span, and what separates its cells: `pipe`, `wide` (blanks), `plain`
    (nothing), or `none` for a run of empty lines.
    """

    start: int
    end: int
    kind: str


def lines_of(text: str) -> list[Line]:
    """The lines of a text.

    Examples
    --------
    >>> [line.kind for line in lines_of("指标 | 2025年 |\\n入园率   95\\n\\n完")]
    ['pipe', 'wide', 'none', 'plain']
    """
    found: list[Line] = []
    pages = page_lines(text)
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        kind = "none" if start in pages else _kind(text[start:end])
        if kind == "none" and found and found[-1].kind == "none":
            start = found.pop().start
        found.append(Line(start, end, kind))
        start = end + 1
    return found


def _kind(line: str) -> str:
    if not line or line.isspace():
        return "none"
    if pattern("layout", "page_number").fullmatch(line):
        return "none"
    if PIPES.search(line):
        return "none" if RULE.match(line) else "pipe"
    return "wide" if WIDE.search(SPELLED.sub(r"\1", line.strip())) else "plain"


def ends_table(text: str, line: Line) -> bool:
    """True for a line that cannot be part of a table: a note, a chapter heading, a sentence."""
    if line.kind == "pipe":
        return False
    written = text[line.start : line.end].strip()
    if pattern("layout", "after_table").match(written):
        return True
    if line.kind == "wide":
        return len(written) > 4 * LONGEST_LINE or bool(re.search(r"。.{12}", written))
    if SENTENCE.search(written) and len(written) > 20:
        return True
    return len(written) > (LONGEST_LINE if " " in written else LONGEST_PLAIN)


def tokens_of(text: str, lines: Sequence[Line], layout: str) -> list[Token]:
    """The tokens of lines of a table.

    Parameters
    ----------
    text
        Folded text.
    lines
        The lines.
    layout
        `pipe`, `wide`, `single` (cells between single blanks) or `stream` (one cell a line).
    """
    step = step_of(text, lines) if layout == "wide" else 0
    return [
        token
        for number, line in enumerate(lines)
        for token in _line(text, line, number, layout, step)
    ]


def step_of(text: str, lines: Sequence[Line]) -> int:
    """The number of blanks between neighbouring cells where it is always the same; 0 where the
    cells are aligned in columns.
    """
    gaps = Counter(
        len(gap[0]) for line in lines for gap in WIDE.finditer(text[line.start : line.end].strip())
    )
    if not gaps:
        return 0
    usual = gaps.most_common(1)[0][0]
    regular = sum(times for gap, times in gaps.items() if gap % usual == 0)
    return usual if usual >= STEP and regular >= 0.9 * sum(gaps.values()) else 0


def _line(text: str, line: Line, number: int, layout: str, step: int) -> Iterator[Token]:
    if line.kind == "none":
        return
    if line.kind == "pipe":
        cells = list(_between(text, line, number, PIPES))
        if layout == "stream":
            cells = [replace(cell, first=True) for cell in cells if cell.text]
        yield from cells
        return
    if layout == "stream":
        yield from _cut(text, line, number, None, 0)
    elif line.kind == "wide":
        yield from _cut(text, line, number, WIDE, step)
    else:
        split = layout == "single" or (
            layout == "wide" and _like_a_row(text[line.start : line.end])
        )
        yield from _cut(text, line, number, SINGLE if split else None, step)


def _like_a_row(written: str) -> bool:
    parts = written.split()
    return len(parts) >= 3 and (
        parts[0].isdigit() or bool(pattern("table", "nature_word").match(parts[-1]))
    )


def _between(text: str, line: Line, number: int, mark: re.Pattern[str]) -> Iterator[Token]:
    begin, first, end = line.start, True, line.end
    stripped = text[line.start : line.end].strip()
    if stripped.startswith("|"):
        begin = text.index("|", line.start) + 1
    while True:
        found = mark.search(text, begin, end)
        stop = found.start() if found else end
        if found is None and not text[begin:stop].strip() and not first:
            return
        a, b = _trimmed(text, begin, stop)
        yield Token(text[a:b], a, b, number, first, a - line.start)
        if found is None:
            return
        first, begin = False, found.end()


def _cut(
    text: str, line: Line, number: int, gaps: re.Pattern[str] | None, step: int
) -> Iterator[Token]:
    a, b = _trimmed(text, line.start, line.end)
    lead = a - line.start
    first = True
    if step and lead >= step:
        for index in range(lead // step):
            yield Token("", a, a, number, first, index * step)
            first = False
    offset = a
    spelled = {m.end(1) for m in SPELLED.finditer(text, a, b)}
    for gap in gaps.finditer(text, a, b) if gaps else ():
        if gap.start() in spelled:
            continue
        yield Token(
            text[offset : gap.start()], offset, gap.start(), number, first, offset - line.start
        )
        first = False
        if step:
            for _ in range(round(len(gap[0]) / step) - 1):
                yield Token("", gap.end(), gap.end(), number, False, gap.start() - line.start)
        offset = gap.end()
    yield Token(text[offset:b], offset, b, number, first, offset - line.start)
    if step and gaps:
        trailing = line.end - b
        for _ in range(trailing // step):
            yield Token("", b, b, number, False, b - line.start)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
