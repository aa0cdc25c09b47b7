"""Tables of indicators as rows and columns, from the grids of readers and from every layout of plain text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from psanalysis.draft.alignment import PATIENCE, SERIAL, Row, align, is_value
from psanalysis.draft.budget import TRIAL, Budget
from psanalysis.draft.centred import in_order, split_head
from psanalysis.draft.columns import Column, Head, columns_of
from psanalysis.draft.crossed import MOST_PLACES, crossed, crosses
from psanalysis.draft.halves import one_above_the_other
from psanalysis.draft.heads import HeadWay, head_lengths, head_ways, with_serials
from psanalysis.draft.layout import Line, Token, ends_table, lines_of, step_of, tokens_of
from psanalysis.draft.lexicon import pattern
from psanalysis.draft.period import Plan
from psanalysis.draft.rows import whole_rows
from psanalysis.draft.transposed import MOST_ROWS, transposed
from psanalysis.formats.grid import Grid

Span = tuple[int, int]
HEAD_REGION, TRIAL_LINES, TRIAL_TOKENS = 24, 60, 64
# lines of a table: as many as it needs, in steps
REGIONS = (64, 256, 1024, 4096)
# what a table has to be worth: less where its cells are marked
ENOUGH = {"pipe": -0.5, "wide": -1.0, "single": -1.5, "stream": -2.0}
CAPTION_LINES, CAPTION_LENGTH = 3, 60
MOSTLY = 0.7
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


@dataclass(frozen=True)
class Trial:
    """A way to read the lines from a possible head on: its cost, first line, layout, head and number of head tokens."""

    cost: float
    begin: int
    layout: str
    way: HeadWay
    length: int


def find_tables(
    text: str, grids: Sequence[Grid], plan: Plan, budget: Budget | None = None
) -> list[Table]:
    """The tables of indicators of a (folded) text, in order.

    Parameters
    ----------
    text
        Folded text of a document.
    grids
        Tables that its file marks.
    plan
        Its plan.
    budget
        What may be spent on tables.

    Examples
    --------
    >>> plan = Plan("x-14fyp", "x", 2021, 2025, 2020, 2025)
    >>> text = "序号 指标 2020年 2025年\\n1 入园率(%) 90 95\\n2 养老床位\\n(张) 300 400\\n"
    >>> [(table.layout, len(table.rows), table.expected) for table in find_tables(text, (), plan)]
    [('single', 2, 2)]
    """
    budget = budget or Budget()
    found = [table for grid in grids for table in _of_grid(text, grid, plan, budget)]
    covered = [grid.span for grid in grids]
    found += _of_text(text, covered, plan, budget)
    return sorted(found, key=lambda table: table.start)


def _of_grid(text: str, grid: Grid, plan: Plan, budget: Budget) -> Iterator[Table]:
    tokens = []
    for number, row in enumerate(grid.rows):
        cells = [
            Token(text[slice(*c.pieces[0])] if len(c.pieces) == 1 else "\n".join(text[a:b] for a, b in c.pieces), c.start, c.end, number, i == 0, i, c.pieces if len(c.pieces) > 1 else ())
            for i, c in enumerate(row)
        ]  # fmt: skip
        tokens += cells
    lines = whole_rows(_by_line(tokens))
    yield from _of_rows(text, [t for line in lines for t in line], plan, "grid", budget)


def _of_text(text: str, covered: Sequence[Span], plan: Plan, budget: Budget) -> Iterator[Table]:
    ends = sorted(covered)
    begins = [a for a, _ in ends]
    lines = [line for line in lines_of(text) if not _inside(line.start, begins, ends)]
    starts = pattern("table", "head_start")
    may = [
        line.kind != "none" and bool(starts.search(text, line.start, line.end)) for line in lines
    ]
    trials: dict[int, Trial | None] = {}
    index = 0
    while index < len(lines):
        if may[index] and budget.table_work <= 0:
            budget.stop("tables", lines[index].start)
            return
        table = None
        if may[index]:
            table = _crossed_lines(text, lines, index, plan, budget) or _at(
                text, lines, index, plan, may, trials, budget
            )
        if table is None:
            index += 1
            continue
        yield table
        while index < len(lines) and lines[index].start < table.end:
            index += 1


def _crossed_lines(
    text: str, lines: Sequence[Line], index: int, plan: Plan, budget: Budget
) -> Table | None:
    """The table of places by indicators whose head is a line, None where there is none."""
    layout = LAYOUTS[lines[index].kind][0]
    if not crosses(_by_line(tokens_of(text, _region(text, lines, index, 3), layout))):
        return None
    cells = _by_line(tokens_of(text, _region(text, lines, index, MOST_PLACES), layout))
    budget.table_work -= TRIAL
    return _of_crossed(cells, plan, _caption(text, lines, index), layout)


def _of_crossed(
    lines: Sequence[list[Token]], plan: Plan, caption: str, layout: str
) -> Table | None:
    found = crossed(lines, caption, plan)
    if found is None:
        return None
    end = max(t.end for row in found.rows for cell in row.cells for t in cell)
    end = max([end, *(piece[1] for column in found.columns for piece in column.place)])
    return Table(lines[0][0].start, end, caption, layout, found.heads, found.columns, found.rows)


def _inside(place: int, begins: Sequence[int], spans: Sequence[Span]) -> bool:
    index = bisect_right(begins, place) - 1
    return index >= 0 and place < spans[index][1]


def _at(
    text: str,
    lines: Sequence[Line],
    index: int,
    plan: Plan,
    may: Sequence[bool],
    trials: dict[int, Trial | None],
    budget: Budget,
) -> Table | None:
    """The table whose head begins in a line or shortly below it, None where there is none."""
    best: Trial | None = None
    for begin in range(index, min(index + HEAD_LINES, len(lines))):
        line = lines[begin]
        if not may[begin] or (line.kind == "plain" and ends_table(text, line)):
            continue
        if begin not in trials:
            trials[begin] = _trial(text, lines, begin, plan, budget)
        found = trials[begin]
        if found and (best is None or found.cost < best.cost - CLEARLY):
            best = found
        if found is None and begin == index and line.kind in ("pipe", "wide"):
            break
    if split := _split(text, lines, best.begin if best else index, plan, budget):
        return split
    if best is None:
        return _turned(text, lines, index, plan, budget)
    return _whole(text, lines, best, plan, budget)


def _split(
    text: str, lines: Sequence[Line], index: int, plan: Plan, budget: Budget
) -> Table | None:
    """The table whose heads of values begin in the line above that of the other heads."""
    if index == 0 or {lines[index - 1].kind, lines[index].kind} - {"plain", "wide"}:
        return None
    head = tokens_of(text, _region(text, lines, index - 1, HEAD_LINES + 1), "single")
    found = split_head(head)
    if found is None:
        return None
    return _whole(text, lines, Trial(0.0, index - 1, "single", *found), plan, budget)


def _whole(
    text: str, lines: Sequence[Line], best: Trial, plan: Plan, budget: Budget
) -> Table | None:
    """The table as far as it goes, read as a trial of its first rows says."""
    caption = _caption(text, lines, best.begin)
    table = None
    for most in REGIONS:
        region = _region(text, lines, best.begin, most)
        tokens = _tokens(text, region, best.layout)
        budget.table_work -= len(tokens)
        # with steps cells are parted by the number of blanks, not by where they stand
        way = replace(best.way, places=()) if step_of(text, region) else best.way
        table = _read(tokens, best.length, way, best.layout, caption, plan)
        if table is None or len(region) < most or _ended(table, tokens):
            return table
    if table is not None:
        budget.stop("tables", table.end)
    return table


def _turned(
    text: str, lines: Sequence[Line], index: int, plan: Plan, budget: Budget
) -> Table | None:
    """The table whose rows are years and whose columns are indicators, None where there is none."""
    layout = LAYOUTS[lines[index].kind][0]
    region = _region(text, lines, index, MOST_ROWS)
    rows = transposed(_by_line(tokens_of(text, region, layout)))
    table = _of_turned(rows, plan, _caption(text, lines, index), budget) if rows else None
    return replace(table, layout=layout) if table else None


def _of_turned(rows: list[Token], plan: Plan, caption: str, budget: Budget) -> Table | None:
    length = next(iter(head_lengths(rows, "pipe")), 0)
    found = _best_way(rows, length, "pipe", plan, budget) if length else None
    return _read(rows, length, found[1], "pipe", caption, plan) if found else None


def _trial(
    text: str, lines: Sequence[Line], begin: int, plan: Plan, budget: Budget
) -> Trial | None:
    """The best way to read the first rows below a line as a table."""
    best: Trial | None = None
    budget.table_work -= TRIAL
    for layout in LAYOUTS[lines[begin].kind]:
        head = _tokens(text, _region(text, lines, begin, HEAD_REGION), layout)
        length = next(iter(head_lengths(head, layout)), 0)
        first = _without_heads(head[length:], head[:length]) if length else []
        if not any(token.text and is_value(token.text) for token in first):
            continue
        region = _region(text, lines, begin, TRIAL_LINES)
        tokens = _tokens(text, region, layout)
        single = [len([t for t in line if t.text]) <= 1 for line in _by_line(tokens)]
        if (layout == "pipe" and sum(single) > MOSTLY * len(single)) or (
            layout == "single" and all(single)
        ):
            continue  # one cell a line
        lengths = head_lengths(tokens, layout)
        placed = bool(lengths) and layout == "wide" and not step_of(text, region)
        for length in lengths:
            found = _best_way(tokens, length, layout, plan, budget, placed)
            cost = found[0] + SHORTER * (lengths[0] - length) if found else 0.0
            if found and (best is None or cost < best.cost):
                best = Trial(cost, begin, layout, found[1], length)
        if best:
            return best
    return None


def _tokens(text: str, region: Sequence[Line], layout: str) -> list[Token]:
    tokens = tokens_of(text, region, layout)
    if layout == "pipe":
        return one_above_the_other(tokens)
    return in_order(tokens) if layout == "single" else tokens


def _by_line(tokens: Sequence[Token]) -> list[list[Token]]:
    return [list(group) for _, group in groupby(tokens, key=lambda token: token.line)]


def _region(text: str, lines: Sequence[Line], index: int, most: int) -> list[Line]:
    region: list[Line] = []
    for number in range(index, len(lines)):
        line = lines[number]
        if line.kind == "none":
            continue
        if len(region) == most or (region and ends_table(text, line)):
            break
        region.append(line)
    return region


def _best_way(
    tokens: Sequence[Token],
    length: int,
    layout: str,
    plan: Plan,
    budget: Budget,
    placed: bool = False,
) -> tuple[float, HeadWay] | None:
    body = _without_heads(tokens[length:TRIAL_TOKENS], tokens[:length])
    if not any(token.text and is_value(token.text) for token in body):
        return None
    best: tuple[float, HeadWay] | None = None
    ways = [*_stacked(tokens[:length], layout), *head_ways(tokens[:length], layout)]
    if SERIAL.match(next((token.text for token in body if token.text), "")):
        ways += [more for way in ways if (more := with_serials(way)) is not way]
    for way in ways:
        columns = columns_of(way.heads, plan)
        budget.table_work -= len(body)
        rows, cost = align(body, columns, layout, way.places if placed else ())
        cost += way.cost + ALIKE * _alike(columns)
        if rows and (best is None or cost < best[0]):
            best = (cost, way)
    return best if best and best[0] < ENOUGH[layout] else None


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
    if cost > ENOUGH[layout] or not numbers or (len(kept) < 2 and layout in ("single", "stream")):
        return None
    end = max(token.end for row in rows for cell in row.cells for token in cell)
    heads = tuple(head.text for head in way.heads)
    start = min(token.start for token in tokens if token.text)
    return Table(start, end, caption, layout, heads, tuple(columns), tuple(rows))


def _of_rows(
    text: str, tokens: list[Token], plan: Plan, layout: str, budget: Budget
) -> Iterator[Table]:
    """Tables in the cells of a grid; a row with one text in all its cells is a caption or a section."""
    lines = _by_line(tokens)
    caption = ""
    index = 0
    while index < len(lines):
        if budget.table_work <= 0:
            budget.stop("tables", lines[index][0].start)
            return
        words = {t.text for t in lines[index] if t.text}
        if len(words) == 1 and len(lines[index]) > 1:
            caption = words.pop()
            index += 1
            continue
        above = f"{_above(text, lines[index][0].start)}\n{caption}"
        table = None
        if crosses(lines[index : index + 3]):
            table = _of_crossed(lines[index : index + MOST_PLACES], plan, above, layout)
        table = table or _from_row(text, lines, index, plan, caption, budget)
        if table is None:
            index += 1
            continue
        yield replace(table, layout=layout)
        while index < len(lines) and max(t.start for t in lines[index]) < table.end:
            index += 1


def _from_row(
    text: str,
    lines: Sequence[list[Token]],
    index: int,
    plan: Plan,
    caption: str,
    budget: Budget,
) -> Table | None:
    """The table whose head begins in a row of a grid, None where there is none."""
    budget.table_work -= TRIAL
    if turned := transposed(lines[index : index + MOST_ROWS]):
        return _of_turned(turned, plan, f"{_above(text, turned[0].start)}\n{caption}", budget)
    first = _rest(lines, index, index + TRIAL_LINES)
    length = next(iter(head_lengths(first, "pipe")), 0)
    found = _best_way(first, length, "pipe", plan, budget) if length else None
    if found is None:
        return None
    above = f"{_above(text, min(token.start for token in first if token.text))}\n{caption}"
    table = None
    for most in REGIONS:
        rest = _rest(lines, index, index + most)
        budget.table_work -= len(rest)
        table = _read(rest, length, found[1], "pipe", above, plan)
        if table is None or index + most >= len(lines) or _ended(table, rest):
            return table
    if table is not None:
        budget.stop("tables", table.end)
    return table


def _ended(table: Table, tokens: Sequence[Token]) -> bool:
    """True where so much follows a table that it cannot go on."""
    return len(tokens) > PATIENCE and table.end < tokens[-PATIENCE].start


def _rest(lines: Sequence[list[Token]], begin: int, end: int) -> list[Token]:
    """The cells of rows that hold more than one text."""
    rows = range(begin, min(end, len(lines)))
    cells = [t for i in rows if len({x.text for x in lines[i]}) > 1 for t in lines[i]]
    return one_above_the_other(cells)


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
