"""Extracts proposed statements from a text: tables first, then the running text around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from psanalysis.draft.budget import Budget
from psanalysis.draft.folding import fold
from psanalysis.draft.indicator_table import Table
from psanalysis.draft.period import Plan
from psanalysis.draft.proposal import LeftOut, Proposal, Reason
from psanalysis.draft.prose import prose
from psanalysis.draft.reading import read
from psanalysis.draft.remainder import of_pages, printed_pages, unlisted
from psanalysis.draft.table_statements import table_statements
from psanalysis.draft.tables import find_tables
from psanalysis.draft.wrapping import seen, unwrapped
from psanalysis.formats.document import Unread
from psanalysis.formats.grid import Grid


@dataclass(frozen=True)
class Extract:
    """The result of the rules for a text.

    Attributes
    ----------
    statements
        Proposed statements, in the order of the text.
    left_out
        The numbers that were left out.
    tables
        The tables that were read.
    unread
        What was not read because a limit was reached.
    """

    statements: tuple[Proposal, ...]
    left_out: tuple[LeftOut, ...]
    tables: tuple[Table, ...]
    unread: tuple[Unread, ...] = ()


def extract(
    text: str, plan: Plan, grids: Sequence[Grid] = (), budget: Budget | None = None
) -> Extract:
    """All statements that the rules find in a text, in order, and the numbers that they left out.

    Parameters
    ----------
    text
        The normalised text of a document; spans refer to it.
    plan
        The plan it belongs to.
    grids
        The tables that the file marks, as grids.
    budget
        How much is read.

    Examples
    --------
    >>> plan = Plan("x-14fyp", "x", 2021, 2025, 2020, 2025)
    >>> found = extract("到2025年,普惠性幼儿园覆盖率达到90%以上。", plan)
    >>> [(p.role, p.year, str(p.value), p.comparator) for p in found.statements]
    [('target', 2025, '90', 'ge')]
    """
    folded = fold(text)
    budget = budget or Budget()
    end = budget.end(folded)
    visible = seen(folded[:end])
    moved = [grid.moved(visible.within) for grid in grids if grid.span[1] <= end]
    found = find_tables(visible.text, moved, plan, budget)
    spans = [(table.start, table.end) for table in found]
    whole = unwrapped(visible.text, spans)
    printed = whole.same(visible.same(text[:end]))
    reading = read(whole.text, plan, printed)
    in_tables: list[Proposal] = []
    for table in found:
        path = reading.table_path(whole.inside(table.start), table.caption)
        in_tables += table_statements(table, visible.text, plan, path)
        if len(in_tables) >= budget.statements:
            budget.stop("statements", in_tables[budget.statements - 1].end)
            del in_tables[budget.statements :]
            break
    budget = replace(budget, statements=budget.statements - len(in_tables))
    taken = [whole.within(a, b) for a, b in spans]
    in_prose, passed, stopped = prose(reading, taken, budget)
    if stopped < len(whole.text):
        budget.stop("statements", whole.outside(stopped))
    left_out = [LeftOut(*whole.span(q.start, q.end), q.reason) for q in passed]
    read_there = {offset for p in in_tables for offset in range(p.start, p.end)}
    left_out = [q for q in left_out if q.reason != "table" or q.start not in read_there]
    statements = in_tables + [whole.restored(p) for p in in_prose]
    if not plan.known:
        statements = [_without_year(p) for p in statements]
    proposed = [visible.restored(p) for p in sorted(statements, key=lambda p: (p.start, p.end))]
    passed_over = [LeftOut(*visible.span(q.start, q.end), q.reason) for q in left_out]
    read_to = visible.outside(whole.outside(stopped)) if stopped < len(whole.text) else end
    pages = printed_pages(folded)
    passed_over = list(of_pages(passed_over, pages))
    drafted = [(p.start, p.end) for p in proposed]
    listed = [(q.start, q.end) for q in passed_over]
    passed_over += unlisted(folded[:read_to], [*drafted, *listed], pages)
    return Extract(
        tuple(proposed),
        tuple(sorted(passed_over, key=lambda q: q.start)),
        tuple(table.moved(visible.span) for table in found),
        budget.unread(text),
    )


def _without_year(proposal: Proposal) -> Proposal:
    """A proposal without implied years, for a text that names no period; stated years stay."""
    if proposal.year_basis != "implied":
        return replace(proposal, flow_start=None, flow_end=None)
    reasons = {**proposal.reasons, "year": Reason("no_period")}
    return replace(
        proposal, year=None, year_basis="", flow_start=None, flow_end=None, reasons=reasons
    )
