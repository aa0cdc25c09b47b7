"""Reads statements from the rows of a table: the row names the indicator, the head of the column
the year and role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from psanalysis.comparators import NO_NUMBER
from psanalysis.datapackage.pledges import OTHER
from psanalysis.draft.columns import Column
from psanalysis.draft.head_words import is_blank
from psanalysis.draft.indicator_table import Table
from psanalysis.draft.joined import Joined
from psanalysis.draft.lexicon import pattern
from psanalysis.draft.period import Plan
from psanalysis.draft.places import counted, of_all
from psanalysis.draft.pledges import pledges
from psanalysis.draft.proposal import Proposal, Reason
from psanalysis.draft.shared_names import common_head, common_tail, split_names
from psanalysis.draft.table_entries import Entry, Span, entries_of
from psanalysis.draft.table_units import IN_BRACKETS, unit_of
from psanalysis.draft.values import CellValue, cell_values

PLAIN, WORDED, DOUBTFUL = 0.97, 0.93, 0.5
# a target of the previous plan is not a statement of this one
EARLIER = 0.55
LONGEST_WORDS = 24


def table_statements(table: Table, text: str, plan: Plan, section: str) -> list[Proposal]:
    """The statements of a table.

    Parameters
    ----------
    table
        From `find_tables`.
    text
        Folded text of the document; spans refer to it.
    plan
        Its plan.
    section
        Path of headings above the table.
    """
    what = counted(table, text)
    entries = entries_of(table)
    if what is not None:
        entries = (_of_place(entry, what) for entry in entries)
    return [p for entry in entries for p in _of_entry(entry, plan, section)]


def _of_place(entry: Entry, what: Span) -> Entry:
    """A row of a place: its name is what the table counts, its area is not the plan's."""
    own = replace(entry, parent=(what, *entry.parent))
    if of_all(entry.name.text):
        return own
    values = tuple((replace(column, area="elsewhere"), cell) for column, cell in entry.values)
    return replace(own, values=values)


def _of_entry(entry: Entry, plan: Plan, section: str) -> Iterator[Proposal]:
    before = ""
    for column, cell in entry.values:
        found = cell_values(cell.text)
        pledge = next(pledges(cell.text.replace("\n", "")), None)
        if not found.values:
            said = _in_words(column, found.words, pledge.kind if pledge else "")
            if said and column.growth != (0, 0) and found.words == before:
                continue  # one cell covers the target and its growth
            before = found.words
            if said or (column.growth == (0, 0) and is_blank(cell.text)):
                yield _without_number(entry, column, cell, said, plan, section)
            continue
        names = _names(entry, found.values)
        for number, value in enumerate(found.values):
            yield _with_number(
                entry,
                column,
                cell,
                value,
                number,
                found.values,
                names,
                plan,
                section,
                found.words,
            )


def _in_words(column: Column, words: str, pledge: str) -> str:
    """The pledge of a cell in words, which promises or reports a result: 完成省下达任务; empty
    where there is none.
    """
    if column.role == "reference" or not 2 <= len(words) <= LONGEST_WORDS:
        return pledge
    if pattern("table", "set_above").search(words):
        return "set_above"
    return pledge or (OTHER if pattern("table", "other_words").search(words) else "")


def _names(entry: Entry, values: Sequence[CellValue]) -> list[tuple[Span, ...]]:
    """The name of each number of a cell: 起数和死亡人数 with two numbers are two names."""
    name = entry.name
    whole = (*entry.parent, *name.pieces(0, len(name.text)))
    if len(values) > 1 and not any(v.label != (0, 0) for v in values[1:]):
        flat = IN_BRACKETS.sub(lambda m: "□" * len(m[0]), name.text.replace("\n", " "))
        parts = split_names(re.sub(r"/", "、", flat), 0, len(flat))
        if len(parts) == len(values):
            head, tail = common_head(flat, parts), common_tail(flat, parts)
            last = len(parts) - 1
            return [
                (
                    *entry.parent,
                    *(name.pieces(*head) if number and head else ()),
                    *name.pieces(a, b),
                    *(name.pieces(*tail) if number < last and tail else ()),
                )
                for number, (a, b) in enumerate(parts)
            ]
    return [whole] * len(values)


def _with_number(
    entry: Entry,
    column: Column,
    cell: Joined,
    value: CellValue,
    number: int,
    values: Sequence[CellValue],
    names: list[tuple[Span, ...]],
    plan: Plan,
    section: str,
    words: str,
) -> Proposal:
    plain_name = entry.name.text
    step = (column.growth != (0, 0) and not value.total) or value.change
    unit, source = unit_of(entry, column, value, number, len(values), step)
    label = cell.pieces(*value.label) if value.label != (0, 0) else ()
    growth: tuple[Span, ...] = ()
    if (
        column.growth != (0, 0)
        and not value.total
        and not label
        and not pattern("table", "change").search(plain_name)
    ):
        growth = (column.growth,)
    year, role = column.year, column.role
    if value.year is not None:
        year = value.year
    target = role == "target"
    flow = value.total or (target and bool(pattern("table", "total").search(plain_name)))
    earlier = _earlier_target(column, plan)
    head = Reason("table_head", str(column.year or ""))
    reasons = {
        "value": Reason("table_cell", cell.text), "unit": Reason(source, unit),
        "comparator": Reason("comparator" if value.word else "no_comparator", value.word),
        "role": Reason("earlier_target", str(column.year)) if earlier else head,
        "year": Reason("stated",
            str(value.year)) if value.year else head if column.stated
            else Reason("implied_target" if target else "implied_baseline"),
        "commitment": Reason("firm" if target else "none"), "indicator": Reason("table_name"),
    }  # fmt: skip
    doubtful = len(values) > 1 and len(set(names)) == 1 and not label
    confidence = DOUBTFUL if doubtful else WORDED if words or step else PLAIN
    if not unit:
        confidence -= 0.1
    if earlier:
        confidence = min(confidence, EARLIER)
    start, end = cell.span(value.start, value.end)
    first = _first_year(column, year, plan)
    return Proposal(
        start, end, role, year, "stated" if column.stated or value.year else "implied", value.value,
        value.high, unit,
        value.comparator, "", "firm" if target else "", entry.nature, column.area,
        first if flow else None, year if flow else None, (*names[number], *growth, *label), "",
        section,
        round(confidence, 2), reasons, column.place,
    )  # fmt: skip


def _first_year(column: Column, year: int | None, plan: Plan) -> int:
    """The first year of a total in a column; the total of an earlier plan covers five years."""
    if year is not None and year < plan.start:
        return column.first if column.first is not None else year - 4
    return column.first if column.first is not None and column.first >= plan.start else plan.start


def _earlier_target(column: Column, plan: Plan) -> bool:
    """True for a target of the previous plan, as printed in a report on its results."""
    return column.role == "target" and column.year is not None and column.year < plan.start


def _without_number(
    entry: Entry, column: Column, cell: Joined, pledge: str, plan: Plan, section: str
) -> Proposal:
    unit, source = unit_of(entry, column, None, 0, 1, False)
    target = column.role == "target"
    earlier = _earlier_target(column, plan)
    head = Reason("table_head", str(column.year or ""))
    reasons = {
        "value": Reason("table_cell", cell.text), "unit": Reason(source, unit),
        "comparator": Reason("no_comparator"),
        "role": Reason("earlier_target", str(column.year)) if earlier else head,
        "year": head if column.stated
        else Reason("implied_target" if target else "implied_baseline"),
        "commitment": Reason("firm" if target else "none"), "indicator": Reason("table_name"),
    }  # fmt: skip
    start, end = cell.span(0, len(cell.text))
    name = (*entry.parent, *entry.name.pieces(0, len(entry.name.text)))
    return Proposal(
        start, end, column.role, column.year, "stated" if column.stated else "implied", None, None,
        unit, NO_NUMBER, pledge,
        "firm" if target else "", entry.nature, column.area, None, None, name, "", section,
        EARLIER if earlier else 0.85, reasons, column.place,
    )  # fmt: skip
