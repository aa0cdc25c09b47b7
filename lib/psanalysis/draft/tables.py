"""Statements in indicator tables: a row names the indicator, the head of a column its year and role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from psanalysis.draft.cells import Block, Cell, blocks
from psanalysis.draft.columns import (
    VALUE,
    Column,
    columns_of,
    fits,
    head_kind,
    is_blank,
    is_head,
    nature_of,
)
from psanalysis.draft.lexicon import bounds, lexicon, unit_words
from psanalysis.draft.numerals import arabic_number
from psanalysis.draft.period import Plan
from psanalysis.draft.pledges import pledges
from psanalysis.draft.proposal import Proposal, Reason
from psanalysis.draft.quantities import MAGNITUDE, UNIT
from psanalysis.draft.reading import Reading

BRACKETED = re.compile(r"^[\[〔]")
UNIT_IN_NAME = re.compile(r"[((]([^()()]{1,10})[))]")


@dataclass(frozen=True)
class Row:
    """A row of a table, its cells found in their columns."""

    name: Cell
    unit: str
    nature: str
    values: tuple[tuple[Column, Cell], ...]


def tables(reading: Reading) -> tuple[list[Proposal], list[tuple[int, int]]]:
    """Statements in indicator tables and the spans of these tables.

    Parameters
    ----------
    reading
        The text.
    """
    proposals: list[Proposal] = []
    taken: list[tuple[int, int]] = []
    for block in blocks(reading.text):
        for span, rows in _tables_of(block, reading.plan):
            own = [p for row in rows for p in _proposals(reading, row)]
            if own:
                proposals += own
                taken.append(span)
    return proposals, taken


def _tables_of(block: Block, plan: Plan) -> Iterator[tuple[tuple[int, int], list[Row]]]:
    if block.stream:
        yield from _stream(block, plan)
    else:
        yield from _rowwise(block, plan)


def _rowwise(block: Block, plan: Plan) -> Iterator[tuple[tuple[int, int], list[Row]]]:
    columns: list[Column] | None = None
    start = end = 0
    found: list[Row] = []
    heads: list[Sequence[Cell]] = []
    for row in block.rows:
        cells = _without_end(row)
        if not any(cell.text for cell in cells):
            continue
        if is_head(cells, bool(heads) and not found):
            if found:
                yield (start, end), found
                found, heads = [], []
            heads.append(cells)
            columns, start = columns_of(heads, plan), heads[0][0].start
            continue
        if columns is None:
            continue
        read = _direct(cells, columns) or next(_shaped([c for c in cells if c.text], columns), None)
        if read is not None:
            found.append(read)
            end = cells[-1].end
        elif max(len(cell.text) for cell in cells) > 80:
            if found:
                yield (start, end), found
            found, heads, columns = [], [], None
    if found:
        yield (start, end), found


def _stream(block: Block, plan: Plan) -> Iterator[tuple[tuple[int, int], list[Row]]]:
    cells = [cell for row in block.rows for cell in row if cell.text]
    index = 0
    while index < len(cells):
        head_end = index
        while head_end < len(cells) and head_end - index < 12 and head_kind(cells[head_end].text):
            head_end += 1
        head = cells[index:head_end]
        if len(head) < 3 or not is_head(head, False):
            index = max(head_end, index + 1)
            continue
        found = list(_shaped(cells[head_end:], columns_of([head], plan)))
        if found:
            last = found[-1].values[-1][1].end
            yield (head[0].start, last), found
            index = next((i for i, cell in enumerate(cells) if cell.start >= last), len(cells))
        else:
            index = head_end


def _without_end(row: Sequence[Cell]) -> Sequence[Cell]:
    return row[:-1] if len(row) > 1 and not row[-1].text else row


def _direct(cells: Sequence[Cell], columns: list[Column]) -> Row | None:
    if len(cells) != len(columns):
        return None
    pairs = list(zip(columns, cells, strict=True))
    return _row(pairs) if all(fits(column, cell) for column, cell in pairs) else None


def _shaped(cells: Sequence[Cell], columns: list[Column]) -> Iterator[Row]:
    """Rows in a run of cells without empty ones, told by their shape from the name on."""
    first = next(i for i, column in enumerate(columns) if column.kind == "name")
    shape = columns[first:]
    while shape and shape[-1].kind == "other":
        shape = shape[:-1]
    index = 0
    while index + len(shape) <= len(cells):
        pairs = list(zip(shape, cells[index : index + len(shape)], strict=True))
        row = (
            _row(pairs) if all(fits(column, cell, strict=True) for column, cell in pairs) else None
        )
        if row is not None:
            yield row
        index += len(shape) if row is not None else 1


def _row(pairs: list[tuple[Column, Cell]]) -> Row | None:
    values = tuple((column, cell) for column, cell in pairs if column.kind == "value")
    if not any(VALUE.match(cell.text) or list(pledges(cell.text)) for _, cell in values):
        return None
    name = next(cell for column, cell in pairs if column.kind == "name")
    unit = next((cell.text for column, cell in pairs if column.kind == "unit"), "")
    nature = next((nature_of(cell.text) for column, cell in pairs if column.kind == "nature"), "")
    return Row(name, unit, nature, values)


def _proposals(reading: Reading, row: Row) -> Iterator[Proposal]:
    for column, cell in row.values:
        if not cell.text or column.role == "":
            continue
        pledge = next(pledges(cell.text), None)
        value = VALUE.match(cell.text)
        if value is None and pledge is None and not is_blank(cell.text):
            continue
        yield _proposal(
            reading, row, column, cell, value, pledge.kind if pledge and not value else ""
        )


def _proposal(
    reading: Reading, row: Row, column: Column, cell: Cell, value: re.Match[str] | None, pledge: str
) -> Proposal:
    unit, source = _unit(row, value)
    number = arabic_number(value["num"]) if value else None
    high = Decimal(value["high"]) if value and value["high"] else None
    comparator, word = _comparator(value)
    target = column.role == "target"
    flow = (
        target
        and value is not None
        and bool(BRACKETED.match(cell.text) or re.search(r"累计|新增", row.name.text))
    )
    head = Reason("table_head", str(column.year or ""))
    reasons = {
        "value": Reason("table_cell", cell.text), "unit": Reason(source, unit),
        "comparator": Reason("comparator" if word else "no_comparator", word),
        "role": head, "year": head if column.stated else Reason("implied_target" if target else "implied_baseline"),
        "commitment": Reason("firm" if target else "none"), "indicator": Reason("table_name"),
    }  # fmt: skip
    return Proposal(
        cell.start, cell.end, column.role, column.year, "stated" if column.stated else "implied", number, high, unit,
        "between" if high is not None else comparator, pledge, "firm" if target else "", row.nature, "plan",
        reading.plan.start if flow else None, reading.plan.end if flow else None, ((row.name.start, row.name.end),), "",
        reading.section(cell.start).path, 0.97 if value else 0.85, reasons, source != "unit_table",
    )  # fmt: skip


def _comparator(value: re.Match[str] | None) -> tuple[str, str]:
    if value is None:
        return "none", ""
    for place in ("before", "after"):
        word = value[place]
        if word and word in bounds(place)[1]:
            return bounds(place)[1][word], word
    return "eq", ""


def _unit(row: Row, value: re.Match[str] | None) -> tuple[str, str]:
    if value and value["unit"]:
        return value["unit"], "unit_table"
    if row.unit and not is_blank(row.unit):
        return _base(row.unit), "unit_table"
    for inside in reversed(UNIT_IN_NAME.findall(row.name.text)):
        if re.fullmatch(rf"(?:{MAGNITUDE})?(?:{UNIT})", _base(inside)):
            return _base(inside), "unit_table"
    plain = UNIT_IN_NAME.sub("", row.name.text).replace(" ", "")
    for unit, ending in lexicon()["implied_unit"].items():
        if re.search(ending, plain):
            return str(unit), "unit_name"
    return "", "unit_unknown"


def _base(unit: str) -> str:
    """A unit without what it is per: 张/千人 is 张; 1/10万 is /10万."""
    unit = unit.replace(" ", "")
    if re.match(r"(?:1|人|例)?/10万", unit):
        return "/10万"
    return unit if unit in unit_words() or unit.startswith(("元/", "万元/")) else unit.split("/")[0]
