"""Finds indicator tables in the grids of a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from psanalysis.draft.budget import TRIAL, Budget
from psanalysis.draft.captions import caption_above
from psanalysis.draft.crossed import MOST_PLACES, crosses
from psanalysis.draft.halves import one_above_the_other
from psanalysis.draft.heads import head_lengths
from psanalysis.draft.indicator_table import Table
from psanalysis.draft.layout import Token
from psanalysis.draft.period import Plan
from psanalysis.draft.rows import whole_rows
from psanalysis.draft.table_trials import (
    REGIONS,
    TRIAL_LINES,
    best_way,
    by_line,
    ended,
    of_crossed,
    of_turned,
    read_rows,
)
from psanalysis.draft.transposed import MOST_ROWS, transposed
from psanalysis.formats.grid import Grid


def of_grid(text: str, grid: Grid, plan: Plan, budget: Budget) -> Iterator[Table]:
    """The indicator tables in a grid."""
    tokens = []
    for number, row in enumerate(grid.rows):
        cells = [
            Token(text[slice(*c.pieces[0])] if len(c.pieces) == 1 else "\n".join(text[a:b] for a,
                b in c.pieces), c.start, c.end, number, i == 0, i,
                c.pieces if len(c.pieces) > 1 else ())
            for i, c in enumerate(row)
        ]  # fmt: skip
        tokens += cells
    lines = whole_rows(by_line(tokens))
    yield from _of_rows(text, [t for line in lines for t in line], plan, "grid", budget)


def _of_rows(
    text: str, tokens: list[Token], plan: Plan, layout: str, budget: Budget
) -> Iterator[Table]:
    """The tables in the rows of a grid; a row with the same text in all its cells is a caption or a
    section title.
    """
    lines = by_line(tokens)
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
        above = f"{caption_above(text, lines[index][0].start)}\n{caption}"
        table = None
        if crosses(lines[index : index + 3]):
            table = of_crossed(lines[index : index + MOST_PLACES], plan, above, layout)
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
    """The table whose head begins in a row of a grid; None where there is none."""
    budget.table_work -= TRIAL
    if turned := transposed(lines[index : index + MOST_ROWS]):
        return of_turned(turned, plan, f"{caption_above(text, turned[0].start)}\n{caption}", budget)
    first = _rest(lines, index, index + TRIAL_LINES)
    length = next(iter(head_lengths(first, "pipe")), 0)
    found = best_way(first, length, "pipe", plan, budget) if length else None
    if found is None:
        return None
    above = f"{caption_above(text, min(token.start for token in first if token.text))}\n{caption}"
    table = None
    for most in REGIONS:
        rest = _rest(lines, index, index + most)
        budget.table_work -= len(rest)
        table = read_rows(rest, length, found[1], "pipe", above, plan)
        if table is None or index + most >= len(lines) or ended(table, rest):
            return table
    if table is not None:
        budget.stop("tables", table.end)
    return table


def _rest(lines: Sequence[list[Token]], begin: int, end: int) -> list[Token]:
    """The cells of rows that have more than one text."""
    rows = range(begin, min(end, len(lines)))
    cells = [t for i in rows if len({x.text for x in lines[i]}) > 1 for t in lines[i]]
    return one_above_the_other(cells)
