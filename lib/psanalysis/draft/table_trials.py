"""Tries ways to read the first cells below a head, and reads the table in the best way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from psanalysis.draft.alignment import PATIENCE, align
from psanalysis.draft.budget import Budget
from psanalysis.draft.cell_costs import SERIAL, is_value
from psanalysis.draft.columns import Column, Head, columns_of
from psanalysis.draft.crossed import crossed
from psanalysis.draft.head_ways import HeadWay, head_ways
from psanalysis.draft.head_words import head_kind
from psanalysis.draft.heads import head_lengths
from psanalysis.draft.indicator_table import Table
from psanalysis.draft.layout import Token
from psanalysis.draft.lexicon import lexicon, pattern
from psanalysis.draft.period import Plan

TRIAL_LINES = 60
TRIAL_TOKENS = 64
# numbers of lines that are tried in turn, until the table ends within them
REGIONS = (64, 256, 1024, 4096)
# highest cost of a table: higher where its cells are marked
ENOUGH = {"pipe": -0.5, "wide": -1.0, "single": -1.5, "stream": -2.0}
ALIKE = 0.5


@dataclass(frozen=True)
class Trial:
    """A way to read the lines from a possible head on: its cost, first line, layout, head, and the
    number of tokens of the head.
    """

    cost: float
    begin: int
    layout: str
    way: HeadWay
    length: int


def of_crossed(lines: Sequence[list[Token]], plan: Plan, caption: str, layout: str) -> Table | None:
    """The table of places by indicators in lines of cells; None where there is none."""
    found = crossed(lines, caption, plan)
    if found is None:
        return None
    end = max(t.end for row in found.rows for cell in row.cells for t in cell)
    end = max([end, *(piece[1] for column in found.columns for piece in column.place)])
    return Table(lines[0][0].start, end, caption, layout, found.heads, found.columns, found.rows)


def of_turned(rows: list[Token], plan: Plan, caption: str, budget: Budget) -> Table | None:
    """The table in transposed rows; None where there is none."""
    length = next(iter(head_lengths(rows, "pipe")), 0)
    found = best_way(rows, length, "pipe", plan, budget) if length else None
    return read_rows(rows, length, found[1], "pipe", caption, plan) if found else None


def by_line(tokens: Sequence[Token]) -> list[list[Token]]:
    """Tokens, line by line."""
    return [list(group) for _, group in groupby(tokens, key=lambda token: token.line)]


def best_way(
    tokens: Sequence[Token],
    length: int,
    layout: str,
    plan: Plan,
    budget: Budget,
    placed: bool = False,
) -> tuple[float, HeadWay] | None:
    """The cheapest way to read a head with the first cells below it, and its cost; None where no
    way gives a table.
    """
    body = without_heads(tokens[length:TRIAL_TOKENS], tokens[:length])
    if not any(token.text and is_value(token.text) for token in body):
        return None
    best: tuple[float, HeadWay] | None = None
    ways = [*_stacked(tokens[:length], layout), *head_ways(tokens[:length], layout)]
    if SERIAL.match(next((token.text for token in body if token.text), "")):
        ways += [more for way in ways if (more := _with_serials(way)) is not way]
    for way in ways:
        columns = columns_of(way.heads, plan)
        budget.table_work -= len(body)
        rows, cost = align(body, columns, layout, way.positions if placed else ())
        cost += way.cost + ALIKE * _alike(columns)
        if rows and (best is None or cost < best[0]):
            best = (cost, way)
    return best if best and best[0] < ENOUGH[layout] else None


def _with_serials(way: HeadWay) -> HeadWay:
    """The way with a column of serial numbers added, whose head is missing; unchanged where the way
    has such a column.
    """
    if any(head_kind(head.text) == "index" for head in way.heads):
        return way
    serials = Head(str(lexicon()["table"]["serials"]))
    return HeadWay((serials, *way.heads), (0, *way.positions), way.cost + 0.3)


def _alike(columns: Sequence[Column]) -> int:
    """How many columns of values have the same meaning as another one."""
    said = [(c.role, c.year, c.area, c.growth != (0, 0)) for c in columns if c.kind == "value"]
    return len(said) - len(set(said))


def _stacked(tokens: Sequence[Token], layout: str) -> Iterator[HeadWay]:
    """The way to read a head whose lines have the same number of cells: each column joins its cells
    from the top."""
    if layout not in ("pipe", "grid"):
        return
    lines = by_line(tokens)
    width = max(len(line) for line in lines)
    if width < 2 or any(len(line) != width for line in lines):
        return
    heads, positions = [], []
    for i in range(width):
        words = list(
            {re.sub(r"\s", "", line[i].text): line[i] for line in lines if line[i].text}.items()
        )
        heads.append(Head("".join(w for w, _ in words), tuple((t.start, t.end) for _, t in words)))
        positions.append(i)
    yield HeadWay(tuple(heads), tuple(positions), 0.0)


def without_heads(body: Sequence[Token], head: Sequence[Token]) -> list[Token]:
    """The body without heads that a new page repeats, and without notes like 续表."""
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


def read_rows(
    tokens: Sequence[Token], length: int, way: HeadWay, layout: str, caption: str, plan: Plan
) -> Table | None:
    """The table of tokens below a head; None where they are not a table."""
    columns = columns_of(way.heads, plan, caption)
    rows, cost = align(
        without_heads(tokens[length:], tokens[:length]), columns, layout, way.positions
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


def ended(table: Table, tokens: Sequence[Token]) -> bool:
    """True where so many tokens follow the table that it has surely ended."""
    return len(tokens) > PATIENCE and table.end < tokens[-PATIENCE].start
