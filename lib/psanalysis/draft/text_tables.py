"""Finds tables in the lines of plain text: where a table begins, what separates its cells, and
where it ends.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from psanalysis.draft.budget import TRIAL, Budget
from psanalysis.draft.captions import caption_at
from psanalysis.draft.cell_costs import is_value
from psanalysis.draft.centred import in_order, split_head
from psanalysis.draft.crossed import MOST_PLACES, crosses
from psanalysis.draft.halves import one_above_the_other
from psanalysis.draft.heads import head_lengths
from psanalysis.draft.indicator_table import Span, Table
from psanalysis.draft.layout import Line, Token, ends_table, lines_of, step_of, tokens_of
from psanalysis.draft.lexicon import pattern
from psanalysis.draft.period import Plan
from psanalysis.draft.spelled import spelled_at, whole_heads
from psanalysis.draft.table_trials import (
    REGIONS,
    TRIAL_LINES,
    Trial,
    best_way,
    by_line,
    ended,
    of_crossed,
    of_turned,
    read_rows,
    without_heads,
)
from psanalysis.draft.transposed import MOST_ROWS, transposed

HEAD_REGION = 24
MOSTLY = 0.7
HEAD_LINES = 3
CLEARLY = 1.0
SHORTER = 1.0
LAYOUTS = {"pipe": ("pipe", "stream"), "wide": ("wide", "single"), "plain": ("single", "stream")}


def of_text(text: str, covered: Sequence[Span], plan: Plan, budget: Budget) -> Iterator[Table]:
    """The tables in the lines outside the covered spans, in order."""
    ends = sorted(covered)
    begins = [a for a, _ in ends]
    lines = [line for line in lines_of(text) if not _inside(line.start, begins, ends)]
    starts = pattern("table", "head_start")
    may = [
        line.kind != "none"
        and (bool(starts.search(text, line.start, line.end)) or spelled_at(text, lines, index))
        for index, line in enumerate(lines)
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
    """The table of places by indicators whose head is a line; None where there is none."""
    layout = LAYOUTS[lines[index].kind][0]
    if not crosses(by_line(tokens_of(text, _region(text, lines, index, 3), layout))):
        return None
    cells = by_line(tokens_of(text, _region(text, lines, index, MOST_PLACES), layout))
    budget.table_work -= TRIAL
    return of_crossed(cells, plan, caption_at(text, lines, index), layout)


def _inside(offset: int, begins: Sequence[int], spans: Sequence[Span]) -> bool:
    index = bisect_right(begins, offset) - 1
    return index >= 0 and offset < spans[index][1]


def _at(
    text: str,
    lines: Sequence[Line],
    index: int,
    plan: Plan,
    may: Sequence[bool],
    trials: dict[int, Trial | None],
    budget: Budget,
) -> Table | None:
    """The table whose head begins in a line or shortly below it; None where there is none."""
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
    begin = best.begin if best else index
    placed = best is not None and best.layout in ("pipe", "wide")
    for own in (begin,) if placed else (begin, begin + 1):
        if split := _split(text, lines, own, plan, budget):
            return split
    if best is None:
        return _turned(text, lines, index, plan, budget)
    return _whole(text, lines, best, plan, budget)


def _split(
    text: str, lines: Sequence[Line], index: int, plan: Plan, budget: Budget
) -> Table | None:
    """The table whose heads of values begin one line above the other heads; None where there is
    none.
    """
    if not 0 < index < len(lines) or {lines[index - 1].kind, lines[index].kind} - {"plain", "wide"}:
        return None
    head = tokens_of(text, _region(text, lines, index - 1, HEAD_LINES + 1), "single")
    found = split_head(head)
    if found is None:
        return None
    return _whole(text, lines, Trial(0.0, index - 1, "single", *found), plan, budget)


def _whole(
    text: str, lines: Sequence[Line], best: Trial, plan: Plan, budget: Budget
) -> Table | None:
    """The whole table, read in the way that a trial of its first rows found best."""
    caption = caption_at(text, lines, best.begin)
    table = None
    for most in REGIONS:
        region = _region(text, lines, best.begin, most)
        tokens = _tokens(text, region, best.layout)
        budget.table_work -= len(tokens)
        # with steps the number of blanks separates cells, not their positions
        way = replace(best.way, positions=()) if step_of(text, region) else best.way
        table = read_rows(tokens, best.length, way, best.layout, caption, plan)
        if table is None or len(region) < most or ended(table, tokens):
            return table
    if table is not None:
        budget.stop("tables", table.end)
    return table


def _turned(
    text: str, lines: Sequence[Line], index: int, plan: Plan, budget: Budget
) -> Table | None:
    """The table whose rows are years and whose columns are indicators; None where there is none."""
    layout = LAYOUTS[lines[index].kind][0]
    region = _region(text, lines, index, MOST_ROWS)
    rows = transposed(by_line(tokens_of(text, region, layout)))
    table = of_turned(rows, plan, caption_at(text, lines, index), budget) if rows else None
    return replace(table, layout=layout) if table else None


def _trial(
    text: str, lines: Sequence[Line], begin: int, plan: Plan, budget: Budget
) -> Trial | None:
    """The best way to read the first rows below a line as a table."""
    best: Trial | None = None
    budget.table_work -= TRIAL
    for layout in LAYOUTS[lines[begin].kind]:
        head = _tokens(text, _region(text, lines, begin, HEAD_REGION), layout)
        length = next(iter(head_lengths(head, layout)), 0)
        first = without_heads(head[length:], head[:length]) if length else []
        if not any(token.text and is_value(token.text) for token in first):
            continue
        region = _region(text, lines, begin, TRIAL_LINES)
        tokens = _tokens(text, region, layout)
        single = [len([t for t in line if t.text]) <= 1 for line in by_line(tokens)]
        if (layout == "pipe" and sum(single) > MOSTLY * len(single)) or (
            layout == "single" and all(single)
        ):
            continue  # one cell on each line
        lengths = head_lengths(tokens, layout)
        placed = bool(lengths) and layout == "wide" and not step_of(text, region)
        for length in lengths:
            found = best_way(tokens, length, layout, plan, budget, placed)
            cost = found[0] + SHORTER * (lengths[0] - length) if found else 0.0
            if found and (best is None or cost < best.cost):
                best = Trial(cost, begin, layout, found[1], length)
        if best:
            return best
    return None


def _tokens(text: str, region: Sequence[Line], layout: str) -> list[Token]:
    tokens = tokens_of(text, region, layout)
    if layout in ("single", "stream"):
        tokens = whole_heads(tokens)
    if layout == "pipe":
        return one_above_the_other(tokens)
    return in_order(tokens) if layout == "single" else tokens


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
