"""Statements in the rows of a table: the row names the indicator, the head of a column its year and role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from psanalysis.draft.alignment import Row
from psanalysis.draft.columns import Column, is_blank, nature_of
from psanalysis.draft.joined import Joined
from psanalysis.draft.lexicon import lexicon, listed, macro, pattern, rule, unit_words, word
from psanalysis.draft.names import common_head, common_tail, split_names
from psanalysis.draft.period import Plan
from psanalysis.draft.places import counted, of_all
from psanalysis.draft.pledges import pledges
from psanalysis.draft.proposal import Proposal, Reason
from psanalysis.draft.quantities import MAGNITUDE, UNIT
from psanalysis.draft.tables import Table
from psanalysis.draft.values import CellValue, cell_values, growth_unit

Span = tuple[int, int]
IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,12})[)\]]")
PER_100K = rule("table_statements", "per_100k")
PLAIN, WORDED, DOUBTFUL = 0.97, 0.93, 0.5
# a target of the plan before is no statement of this one
EARLIER = 0.55
LONGEST_WORDS = 24


@dataclass(frozen=True)
class Entry:
    """A row with its name in the document, its unit and nature.

    `parent` are the pieces of the name that the row shares with those above it.
    """

    name: Joined
    parent: tuple[Span, ...]
    unit: str
    nature: str
    values: tuple[tuple[Column, Joined], ...]


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
    entries = _entries(table, text)
    if what is not None:
        entries = (_of_place(entry, what) for entry in entries)
    return [p for entry in entries for p in _of_entry(entry, text, plan, section)]


def _of_place(entry: Entry, what: Span) -> Entry:
    """A row of a place: named by what is counted, about another area than the plan's."""
    own = replace(entry, parent=(what, *entry.parent))
    if of_all(entry.name.text):
        return own
    values = tuple((replace(column, area="elsewhere"), cell) for column, cell in entry.values)
    return replace(own, values=values)


def _entries(table: Table, text: str) -> Iterator[Entry]:
    kinds = [column.kind for column in table.columns]
    # one blank may stand within a number (9 600) only where blanks part the cells
    between = " " if table.layout == "single" else "  "
    for group in _groups(table.rows, kinds.index("index") if "index" in kinds else None):
        natures = [_nature(row, table.columns) for row in group]
        whole = next((nature for nature in natures if nature), "")
        first = Joined.of(_cell(group[0], kinds, "name"))
        shared = _shared(group, kinds, text)
        for number, (row, nature) in enumerate(zip(group, natures, strict=True)):
            name = Joined.of(_cell(row, kinds, "name"))
            values = tuple(
                (column, Joined.of(cell, between))
                for column, cell in zip(table.columns, row.cells, strict=True)
                if column.kind == "value" and cell
            )
            own = Joined.of(_cell(row, kinds, "unit")).text
            if values:
                parent = shared if number and name.text != first.text else ()
                yield Entry(name, parent, own, nature or (whole if len(group) > 1 else ""), values)


def _groups(rows: Sequence[Row], index: int | None) -> Iterator[list[Row]]:
    """Rows under one serial number; each row alone where the table has none."""
    group: list[Row] = []
    for row in rows:
        if group and (index is None or row.cells[index]) and not _within(row):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _within(row: Row) -> bool:
    """True for a row that begins with 其中."""
    return any(pattern("table", "within").match(t.text) for cell in row.cells for t in cell[:1])


def _shared(group: Sequence[Row], kinds: Sequence[str], text: str) -> tuple[Span, ...]:
    """The pieces of the first row's name that stand above all rows of a group (生产安全事故 | 起数下降)."""
    tokens = _cell(group[0], kinds, "name")
    if len(group) < 2 or not tokens:
        return ()
    if _within(group[1]):
        return ((tokens[0].start, tokens[-1].end),)
    if len(tokens) < 2:
        return ()
    above = "".join(t.text for t in tokens[:-1])
    names = ["".join(t.text for t in _cell(row, kinds, "name")) for row in group[1:]]
    if any(_bigrams(above) & _bigrams(name) for name in names):
        return ()
    return tuple((t.start, t.end) for t in tokens[:-1])


def _bigrams(word: str) -> set[str]:
    return {word[i : i + 2] for i in range(len(word) - 1)}


def _cell(row: Row, kinds: Sequence[str], kind: str) -> Sequence:
    return row.cells[kinds.index(kind)] if kind in kinds else ()


def _nature(row: Row, columns: Sequence[Column]) -> str:
    cells = (
        cell for column, cell in zip(columns, row.cells, strict=True) if column.kind == "nature"
    )
    return next((nature_of("".join(t.text for t in cell)) for cell in cells if cell), "")


def _of_entry(entry: Entry, text: str, plan: Plan, section: str) -> Iterator[Proposal]:
    before = ""
    for column, cell in entry.values:
        found = cell_values(cell.text)
        pledge = next(pledges(cell.text.replace("\n", "")), None)
        if not found.values:
            said = pledge.kind if pledge else _in_words(column, found.words)
            if said and column.growth != (0, 0) and found.words == before:
                continue  # one cell over the target and its growth
            before = found.words
            if said or (column.growth == (0, 0) and is_blank(cell.text)):
                yield _without_number(entry, column, cell, said, plan, section)
            continue
        names = _names(entry, text, found.values)
        for number, value in enumerate(found.values):
            yield _with_number(
                entry,
                column,
                cell,
                value,
                number,
                found.values,
                names,
                text,
                plan,
                section,
                found.words,
            )


def _in_words(column: Column, words: str) -> str:
    """The pledge of a cell that promises in words: 完成省下达任务; empty where it promises nothing."""
    if column.role != "target" or not 2 <= len(words) <= LONGEST_WORDS:
        return ""
    if pattern("table", "set_above").search(words):
        return "set_above"
    return "other" if pattern("table", "other_words").search(words) else ""


def _names(entry: Entry, text: str, values: Sequence[CellValue]) -> list[tuple[Span, ...]]:
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
    entry: Entry, column: Column, cell: Joined, value: CellValue, number: int,
    values: Sequence[CellValue], names: list[tuple[Span, ...]], text: str, plan: Plan, section: str, words: str,
) -> Proposal:  # fmt: skip
    plain_name = entry.name.text
    step = (column.growth != (0, 0) and not value.total) or value.change
    unit, source = _unit(entry, column, value, number, len(values), step)
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
    flow = target and (value.total or bool(pattern("table", "total").search(plain_name)))
    earlier = _earlier_target(column, plan)
    head = Reason("table_head", str(column.year or ""))
    reasons = {
        "value": Reason("table_cell", cell.text), "unit": Reason(source, unit),
        "comparator": Reason("comparator" if value.word else "no_comparator", value.word),
        "role": Reason("earlier_target", str(column.year)) if earlier else head,
        "year": Reason("stated", str(value.year)) if value.year else head if column.stated else Reason("implied_target" if target else "implied_baseline"),
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
        start, end, role, year, "stated" if column.stated or value.year else "implied", value.value, value.high, unit,
        value.comparator, "", "firm" if target else "", entry.nature, column.area,
        first if flow else None, year if flow else None, (*names[number], *growth, *label), "", section,
        round(confidence, 2), reasons, source != "unit_table", column.place,
    )  # fmt: skip


def _first_year(column: Column, year: int | None, plan: Plan) -> int:
    """The first year of the period that a total of a column belongs to; five years of an earlier plan."""
    if year is not None and year < plan.start:
        return column.first if column.first is not None else year - 4
    return column.first if column.first is not None and column.first >= plan.start else plan.start


def _earlier_target(column: Column, plan: Plan) -> bool:
    """True for the target of the plan before, which a report on its results names."""
    return column.role == "target" and column.year is not None and column.year < plan.start


def _without_number(
    entry: Entry, column: Column, cell: Joined, pledge: str, plan: Plan, section: str
) -> Proposal:
    unit, source = _unit(entry, column, None, 0, 1, False)
    target = column.role == "target"
    head = Reason("table_head", str(column.year or ""))
    reasons = {
        "value": Reason("table_cell", cell.text), "unit": Reason(source, unit), "comparator": Reason("no_comparator"),
        "role": head, "year": head if column.stated else Reason("implied_target" if target else "implied_baseline"),
        "commitment": Reason("firm" if target else "none"), "indicator": Reason("table_name"),
    }  # fmt: skip
    start, end = cell.span(0, len(cell.text))
    name = (*entry.parent, *entry.name.pieces(0, len(entry.name.text)))
    return Proposal(
        start, end, column.role, column.year, "stated" if column.stated else "implied", None, None, unit, "none", pledge,
        "firm" if target else "", entry.nature, column.area, None, None, name, "", section, 0.85, reasons, source != "unit_table", column.place,
    )  # fmt: skip


def _unit(
    entry: Entry, column: Column, value: CellValue | None, number: int, count: int, step: bool
) -> tuple[str, str]:
    """The unit and where it was found: in the cell, the unit column, the head, the name; else what the name implies."""
    if value and value.unit and value.unit not in listed("unit_sets", "large"):
        return value.unit, "unit_table"
    magnitude = value.unit if value else ""
    named = _named_unit(entry, column)
    if named and count > 1 and len(several := re.split(r"[/、]", named)) == count:
        named = several[number]
    level = named and not named.endswith(tuple(lexicon()["unit_sets"]["shares"])) and not magnitude
    if step and level and not pattern("table", "change").search(entry.name.text):
        return growth_unit(), "unit_name"
    if named:
        return magnitude + base_unit(named), "unit_table"
    if step and not magnitude:
        return growth_unit(), "unit_name"
    plain = re.sub(r"\s", "", IN_BRACKETS.sub("", entry.name.text))
    for unit, ending in lexicon()["implied_unit"].items():
        if re.search(ending, plain):
            return str(unit), "unit_name"
    return magnitude, "unit_unknown"


def _named_unit(entry: Entry, column: Column) -> str:
    if entry.unit and not is_blank(entry.unit):
        return re.sub(r"\s", "", entry.unit)
    name = re.sub(r"\s", "", entry.name.text)
    for inside in reversed(IN_BRACKETS.findall(name)):
        if is_unit(inside):
            return str(inside)
    return column.unit


def is_unit(words: str) -> bool:
    """True for words that are a unit, whatever it is per.

    Examples
    --------
    >>> [is_unit(word) for word in ("人/百亿元", "1/10万", "助理", "万人次/万吨")]
    [True, True, False, True]
    """
    one = rf"(?:{MAGNITUDE})?(?:{UNIT})"
    per = macro("per_so_many")
    return bool(PER_100K.match(words) or re.fullmatch(rf"{one}(?:[/、·]{per})*", words))


def base_unit(unit: str) -> str:
    """A unit as statements name it: 张/千人 is 张, for the name says per whom; 1/10万 is /10万.

    Examples
    --------
    >>> [base_unit(word) for word in ("张/千人", "1/10万", "万元/人", "微克/立方米")]
    ['张', '/10万', '万元/人', '微克/立方米']
    """
    if PER_100K.match(unit):
        return word("per_100000")
    if unit in unit_words():
        return unit
    found = pattern("table", "per_people").search(unit)
    return unit[: found.start()] if found and found.start() else unit
