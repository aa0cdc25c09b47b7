"""Tables of indicators as rows and columns, from the grids of readers and from every layout of plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from psanalysis.draft.alignment import Row, align, is_value
from psanalysis.draft.columns import Column, Head, columns_of
from psanalysis.draft.heads import HeadWay, head_lengths, head_ways
from psanalysis.draft.layout import Line, Token, ends_table, lines_of, step_of, tokens_of
from psanalysis.draft.lexicon import pattern
from psanalysis.draft.period import Plan
from psanalysis.formats.grid import Grid

Span = tuple[int, int]
TRIAL_LINES, TRIAL_TOKENS = 90, 64
MOST_LINES = 2000
ENOUGH = -2.0
CAPTION_LINES, CAPTION_LENGTH = 3, 60
ALL_FIRST = 0.7
HEAD_LINES = 3
CLEARLY = 1.0
SHORTER, ALIKE = 1.0, 0.5
LAYOUTS = {"pipe": ("pipe", "stream"), "wide": ("wide", "single"), "plain": ("single", "stream")}


@dataclass(frozen=True)
class Table:
    """A table that was read.

    Attributes
    ----------
    start, end
        Its span in the text, head included.
    caption
        The short lines above it.
    layout
        `grid`, `pipe`, `wide`, `single` or `stream`.
    heads, columns
        The text of each head and what it means.
    rows
        The rows with at least one value.
    """

    start: int
    end: int
    caption: str
    layout: str
    heads: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def moved(self, to: Callable[[int, int], Span]) -> Table:
        """The table with all its places where a function of spans says that they stand."""

        def token(old: Token) -> Token:
            start, end = to(old.start, old.end)
            pieces = tuple(to(a, b) for a, b in old.pieces)
            return replace(old, start=start, end=end, pieces=pieces)

        rows = (Row(tuple(tuple(map(token, cell)) for cell in row.cells)) for row in self.rows)
        start, end = to(self.start, self.end)
        return replace(self, start=start, end=end, rows=tuple(rows))

    @property
    def serials(self) -> tuple[int, ...]:
        """The serial numbers of the rows that were read, in order."""
        place = next((i for i, c in enumerate(self.columns) if c.kind == "index"), None)
        if place is None:
            return ()
        found = (re.search(r"\d+", t.text) for row in self.rows for t in row.cells[place])
        return tuple(int(number[0]) for number in found if number)

    @property
    def expected(self) -> int:
        """How many rows the serial numbers say that there are; without serials, how many were read."""
        return max(self.serials, default=len(self.rows))

    @property
    def missing(self) -> tuple[int, ...]:
        """The serial numbers that no row was read for."""
        own = set(self.serials)
        return tuple(n for n in range(1, self.expected + 1) if own and n not in own)


def find_tables(text: str, grids: Sequence[Grid], plan: Plan) -> list[Table]:
    """The tables of indicators of a (folded) text, in order.

    Parameters
    ----------
    text
        Folded text of a document.
    grids
        Tables that its file marks.
    plan
        Its plan.

    Examples
    --------
    >>> plan = Plan("x-14fyp", "x", 2021, 2025, 2020, 2025)
    >>> text = "序号 指标 2020年 2025年\\n1 入园率(%) 90 95\\n2 养老床位\\n(张) 300 400\\n"
    >>> [(table.layout, len(table.rows), table.expected) for table in find_tables(text, (), plan)]
    [('single', 2, 2)]
    """
    found = [table for grid in grids for table in _of_grid(text, grid, plan)]
    covered = [grid.span for grid in grids]
    found += _of_text(text, covered, plan)
    return sorted(found, key=lambda table: table.start)


def _of_grid(text: str, grid: Grid, plan: Plan) -> Iterator[Table]:
    tokens = []
    for number, row in enumerate(grid.rows):
        cells = [
            Token(text[slice(*c.pieces[0])] if len(c.pieces) == 1 else "\n".join(text[a:b] for a, b in c.pieces), c.start, c.end, number, i == 0, i, c.pieces if len(c.pieces) > 1 else ())
            for i, c in enumerate(row)
        ]  # fmt: skip
        tokens += cells
    yield from _of_rows(text, tokens, plan, "grid")


def _of_text(text: str, covered: Sequence[Span], plan: Plan) -> Iterator[Table]:
    lines = [line for line in lines_of(text) if not any(a <= line.start < b for a, b in covered)]
    start = pattern("table", "head_start")
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.kind == "none" or not start.search(text, line.start, line.end):
            index += 1
            continue
        table = _at(text, lines, index, plan)
        if table is None:
            index += 1
            continue
        yield table
        while index < len(lines) and lines[index].start < table.end:
            index += 1


def _at(text: str, lines: Sequence[Line], index: int, plan: Plan) -> Table | None:
    """The table whose head begins in a line or shortly below it, None where there is none."""
    best: tuple[float, int, str, HeadWay, int] | None = None
    for begin in range(index, min(index + HEAD_LINES, len(lines))):
        line = lines[begin]
        if line.kind == "none" or (line.kind == "plain" and ends_table(text, line)):
            continue
        found = _trial(text, lines, begin, plan)
        if found and (best is None or found[0] < best[0] - CLEARLY):
            best = (found[0], begin, *found[1:])
        if best is None and begin == index and not found and line.kind in ("pipe", "wide"):
            break
    if best is None:
        return None
    _, begin, layout, way, length = best
    region = _region(text, lines, begin, MOST_LINES)
    tokens = tokens_of(text, region, layout)
    if step_of(text, region):
        way = replace(way, places=())  # cells are parted by blanks, not by where they stand
    return _read(tokens, length, way, layout, _caption(text, lines, begin), plan)


def _trial(
    text: str, lines: Sequence[Line], index: int, plan: Plan
) -> tuple[float, str, HeadWay, int] | None:
    """The best way to read the first rows below a line as a table: its cost, layout, head and its length."""
    region = _region(text, lines, index, TRIAL_LINES)
    for layout in LAYOUTS[lines[index].kind]:
        tokens = tokens_of(text, region, layout)
        single = [len([t for t in line if t.text]) <= 1 for line in _by_line(tokens)]
        if layout in ("single", "pipe") and sum(single) > ALL_FIRST * len(single):
            continue  # one cell a line
        best: tuple[float, str, HeadWay, int] | None = None
        lengths = head_lengths(tokens, layout)
        for length in lengths:
            found = _best_way(tokens, length, layout, plan, not step_of(text, region))
            cost = found[0] + SHORTER * (lengths[0] - length) if found else 0.0
            if found and (best is None or cost < best[0]):
                best = (cost, layout, found[1], length)
        if best:
            return best
    return None


def _by_line(tokens: Sequence[Token]) -> list[list[Token]]:
    return [list(group) for _, group in groupby(tokens, key=lambda token: token.line)]


def _region(text: str, lines: Sequence[Line], index: int, most: int) -> list[Line]:
    region: list[Line] = []
    for line in lines[index : index + most]:
        if region and line.kind != "none" and ends_table(text, line):
            break
        region.append(line)
    return region


def _best_way(
    tokens: Sequence[Token], length: int, layout: str, plan: Plan, placed: bool = False
) -> tuple[float, HeadWay] | None:
    body = _without_heads(tokens[length:TRIAL_TOKENS], tokens[:length])
    best: tuple[float, HeadWay] | None = None
    for way in [*_stacked(tokens[:length], layout), *head_ways(tokens[:length], layout)]:
        columns = columns_of(way.heads, plan)
        rows, cost = align(body, columns, layout, way.places if placed else ())
        cost += way.cost + ALIKE * _alike(columns)
        if rows and (best is None or cost < best[0]):
            best = (cost, way)
    return best if best and best[0] < ENOUGH else None


def _alike(columns: Sequence[Column]) -> int:
    """How many columns of values say the same as another one."""
    said = [(c.role, c.year, c.area, c.growth != (0, 0)) for c in columns if c.kind == "value"]
    return len(said) - len(set(said))


def _stacked(tokens: Sequence[Token], layout: str) -> Iterator[HeadWay]:
    """The head whose lines have as many cells each: their texts are put together from above."""
    if layout not in ("pipe", "grid"):
        return
    lines = _by_line(tokens)
    width = max(len(line) for line in lines)
    if width < 2 or any(len(line) != width for line in lines):
        return
    heads, places = [], []
    for i in range(width):
        words = list(
            {re.sub(r"\s", "", line[i].text): line[i] for line in lines if line[i].text}.items()
        )
        heads.append(Head("".join(w for w, _ in words), tuple((t.start, t.end) for _, t in words)))
        places.append(i)
    yield HeadWay(tuple(heads), tuple(places), 0.0)


def _without_heads(body: Sequence[Token], head: Sequence[Token]) -> list[Token]:
    """The body without heads that a new page repeats, and without the words that say so."""
    words = [token.text for token in head if token.text]
    kept: list[Token] = []
    index = 0
    while index < len(body):
        if body[index].text == words[0]:
            end, seen = index, 0
            while end < len(body) and seen < len(words):
                if body[end].text:
                    if body[end].text != words[seen]:
                        break
                    seen += 1
                end += 1
            if seen == len(words):
                index = end
                continue
        if not pattern("layout", "again").fullmatch(body[index].text):
            kept.append(body[index])
        index += 1
    return kept


def _read(
    tokens: Sequence[Token], length: int, way: HeadWay, layout: str, caption: str, plan: Plan
) -> Table | None:
    columns = columns_of(way.heads, plan, caption)
    rows, cost = align(
        _without_heads(tokens[length:], tokens[:length]), columns, layout, way.places
    )
    values = [i for i, column in enumerate(columns) if column.kind == "value"]
    kept = [row for row in rows if any(row.cells[i] for i in values)]
    numbers = sum(any(is_value(t.text) for i in values for t in row.cells[i]) for row in kept)
    if cost > ENOUGH or not numbers or (len(kept) < 2 and layout in ("single", "stream")):
        return None
    end = max(token.end for row in rows for cell in row.cells for token in cell)
    heads = tuple(head.text for head in way.heads)
    start = min(token.start for token in tokens if token.text)
    return Table(start, end, caption, layout, heads, tuple(columns), tuple(rows))


def _of_rows(text: str, tokens: list[Token], plan: Plan, layout: str) -> Iterator[Table]:
    """Tables in the cells of a grid; a row with one text in all its cells is a caption or a section."""
    lines = _by_line(tokens)
    caption = ""
    index = 0
    while index < len(lines):
        words = {t.text for t in lines[index] if t.text}
        if len(words) == 1 and len(lines[index]) > 1:
            caption = words.pop()
            index += 1
            continue
        rest = [t for line in lines[index:] if len({x.text for x in line}) > 1 for t in line]
        length = next(iter(head_lengths(rest, "pipe")), 0)
        found = _best_way(rest, length, "pipe", plan) if length else None
        if found is None:
            index += 1
            continue
        start = min(token.start for token in rest if token.text)
        above = f"{_above(text, start)}\n{caption}"
        table = _read(rest, length, found[1], "pipe", above, plan)
        if table is None:
            index += 1
            continue
        yield replace(table, layout=layout)
        while index < len(lines) and max(t.start for t in lines[index]) < table.end:
            index += 1


def _above(text: str, start: int) -> str:
    begin = max(0, start - CAPTION_LINES * CAPTION_LENGTH)
    lines = [Line(a.start + begin, a.end + begin, a.kind) for a in lines_of(text[begin:start])]
    return _caption(text, lines, len(lines))


def _caption(text: str, lines: Sequence[Line], index: int) -> str:
    """The short lines above a table, the nearest last."""
    found: list[str] = []
    for line in reversed(lines[max(0, index - 8) : index]):
        written = text[line.start : line.end].strip()
        if line.kind == "none":
            continue
        if (
            len(written) > CAPTION_LENGTH
            or written.endswith(("。", ";", ","))
            or line.kind == "pipe"
        ):
            break
        found.append(written)
        if len(found) == CAPTION_LINES:
            break
    return "\n".join(reversed(found))
