"""The columns of an indicator table: what their heads say of role and year, and what their cells may hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from psanalysis.draft.cells import Cell
from psanalysis.draft.lexicon import pattern
from psanalysis.draft.period import Plan
from psanalysis.draft.pledges import pledges
from psanalysis.draft.quantities import MAGNITUDE, UNIT

KINDS = ("index", "nature", "unit", "other", "growth", "baseline", "target", "category", "name")
YEAR = re.compile(r"(20[0-4]\d)")
VALUE = re.compile(
    rf"[\[〔(]?\s*(?P<before>≥|≤|>=|<=|>|<|≈|约|不低于|不少于|不超过|超过|大于|小于|低于|高于|达到)?\s*(?P<num>\d[\d,]*(?:\.\d+)?)(?:\s*[-—–~]\s*(?P<high>\d+(?:\.\d+)?))?"
    rf"\s*(?P<unit>(?:{MAGNITUDE})?(?:{UNIT})|(?:{MAGNITUDE}))?\s*(?P<after>以上|以下|以内|左右|及以上)?\s*[\]〕)]?(?:\s*[\[〔(][^\]〕)]{{0,12}}[\]〕)])?$"
)
WIDEST_VALUE = 24
HEAD_LENGTH = 24


@dataclass(frozen=True)
class Column:
    """What the cells of a column are; role, year and whether the head states the year for a column of values."""

    kind: str
    role: str = ""
    year: int | None = None
    stated: bool = False


def is_head(cells: Sequence[Cell], second: bool) -> bool:
    """True when cells are the head of an indicator table; `second` allows a further line of a head."""
    kinds = [head_kind(cell.text) for cell in cells]
    values = sum(kind in ("baseline", "target", "growth", "year") for kind in kinds)
    if second and any(
        nature_of(cell.text) or (cell.text and is_blank(cell.text)) for cell in cells
    ):
        return False  # a row of the table, though its name may read like a head
    if any(
        VALUE.match(cell.text) and not YEAR.fullmatch(cell.text.rstrip("年 "))
        for cell in cells
        if cell.text
    ):
        return False
    return (
        values >= 1
        and ("name" in kinds or second or ("category" in kinds and values >= 2))
        and all(len(c.text) <= HEAD_LENGTH for c in cells)
    )


def head_kind(text: str) -> str:
    """What the head of a column says about its cells; empty where it is no head."""
    text = text.replace(" ", "")
    if not text or len(text) > HEAD_LENGTH or "|" in text or nature_of(text):
        return ""
    for kind in KINDS[:5]:
        if pattern("table", kind).search(text):
            return kind
    if YEAR.search(text):
        return "year"
    return next((kind for kind in KINDS[5:] if pattern("table", kind).search(text)), "")


def columns_of(heads: Sequence[Sequence[Cell]], plan: Plan) -> list[Column]:
    """The columns under one or more lines of heads."""
    width = max(len(head) for head in heads)
    texts = [
        "".join(dict.fromkeys(head[i].text.replace(" ", "") for head in heads if i < len(head)))
        for i in range(width)
    ]
    columns = [_column(text, plan) for text in texts]
    values = [i for i, column in enumerate(columns) if column.kind == "value"]
    if (
        len(values) == 2
        and columns[values[0]].role == columns[values[1]].role == "target"
        and columns[values[0]].year is None
    ):
        columns[values[0]] = Column("value", "baseline", plan.baseline)
    if not any(column.kind == "name" for column in columns):
        place = next((i for i, column in enumerate(columns) if column.kind == "category"), 0)
        columns[place] = Column("name")
    last = max(i for i, column in enumerate(columns) if column.kind == "name")
    return [
        Column("category") if column.kind == "name" and i != last else column
        for i, column in enumerate(columns)
    ]


def _column(text: str, plan: Plan) -> Column:
    kind = head_kind(text) or "other"
    if kind not in ("year", "baseline", "target"):
        return Column(kind)
    year = YEAR.search(text)
    if year:
        number = int(year[1])
        role = (
            "baseline"
            if number <= plan.baseline
            or (pattern("table", "baseline").search(text) and number < plan.horizon)
            else "target"
        )
        return Column("value", role, number, True)
    role = (
        "baseline"
        if pattern("table", "baseline").search(text) and not pattern("table", "target").search(text)
        else "target"
    )
    return Column("value", role, plan.baseline if role == "baseline" else plan.horizon)


def fits(column: Column, cell: Cell, strict: bool = False) -> bool:
    """True when a cell can stand in a column; `strict` asks for a number, a pledge or a blank where values stand."""
    if column.kind == "name":
        return len(cell.text) >= 2 and not VALUE.match(cell.text) and not is_blank(cell.text)
    if column.kind == "value":
        plain = (
            bool(VALUE.match(cell.text))
            or is_blank(cell.text)
            or next(pledges(cell.text), None) is not None
        )
        return plain or (not strict and len(cell.text) <= WIDEST_VALUE and not nature_of(cell.text))
    if column.kind == "nature":
        return not cell.text or bool(nature_of(cell.text))
    return True


def is_blank(text: str) -> bool:
    """True for an empty cell and for the dashes that stand for one."""
    return bool(pattern("table", "blank").match(text))


def nature_of(text: str) -> str:
    """binding or expected for a cell that says so, else empty."""
    text = text.replace(" ", "")
    return (
        "binding"
        if pattern("table", "binding").match(text)
        else "expected"
        if pattern("table", "expected").match(text)
        else ""
    )
