"""The columns of an indicator table: role, year, area and unit from their heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from psanalysis.draft.five_years import FIVE_YEARS, five_year_period
from psanalysis.draft.head_words import BRACKETED_UNIT, VALUE_KINDS, YEAR, head_kind
from psanalysis.draft.lexicon import pattern
from psanalysis.draft.period import Plan

Span = tuple[int, int]


@dataclass(frozen=True)
class Column:
    """The meaning of a column.

    Attributes
    ----------
    kind
        index, category, name, unit, nature, value or other.
    role, year, stated
        Of a column of values: baseline, target or reference; the year, and whether the head states
        it.
    area
        plan, nation or province.
    growth
        Span of the words that make the values steps (年均增速), (0, 0) where they are levels.
    unit
        Unit that the head names.
    first
        First year of the period that totals in the column belong to; `year` is the last.
    place
        Spans that name the place of the values; empty for the plan's own area.
    """

    kind: str
    role: str = ""
    year: int | None = None
    stated: bool = False
    area: str = "plan"
    growth: Span = (0, 0)
    unit: str = ""
    first: int | None = None
    place: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Head:
    """The text of a column's head without blanks, and the spans of its pieces."""

    text: str
    pieces: tuple[Span, ...] = ()


def columns_of(heads: Sequence[Head], plan: Plan, caption: str = "") -> list[Column]:
    """The columns under their heads.

    Parameters
    ----------
    heads
        One per column, its lines joined.
    plan
        The plan: years of baselines and targets where the heads name none.
    caption
        The lines above the table: 单位:万元; 十三五规划指标完成情况.
    """
    unit = pattern("table", "caption_unit").search(caption)
    finished = _finished(caption, plan)
    columns = [_column(head, plan, finished) for head in heads]
    values = [i for i, column in enumerate(columns) if column.kind == "value"]
    if len(values) == 2 and not finished and _twins(*(columns[i] for i in values)):
        columns[values[0]] = replace(columns[values[0]], role="baseline", year=plan.baseline)
    if not any(column.kind == "name" for column in columns):
        columns = [
            Column("name") if pattern("table", "task").fullmatch(head.text) else column
            for head, column in zip(heads, columns, strict=True)
        ]
    if not any(column.kind == "name" for column in columns):
        spare = [i for i, column in enumerate(columns) if column.kind == "category"]
        spare = spare or [i for i, column in enumerate(columns) if column.kind != "value"]
        if spare:
            columns[spare[-1]] = Column("name")
    last = max((i for i, column in enumerate(columns) if column.kind == "name"), default=-1)
    columns = [
        Column("category") if column.kind == "name" and i != last else column
        for i, column in enumerate(columns)
    ]
    return [
        replace(c, unit=unit[1]) if unit and c.kind == "value" and not c.unit else c
        for c in columns
    ]


def _twins(first: Column, second: Column) -> bool:
    """True for two columns of targets that their heads do not distinguish; the first one must then
    be the baseline.
    """
    return (
        first.role == second.role == "target"
        and first.year == second.year
        and first.growth == second.growth == (0, 0)
        and first.area == second.area
        and not first.stated
    )


def _finished(caption: str, plan: Plan) -> tuple[int, int] | None:
    """The period of the earlier plan whose results a table shows: 十四五规划指标完成情况."""
    periods = [five_year_period(figure) for figure in FIVE_YEARS.findall(caption)]
    over = periods and max(end for _, end in periods) <= plan.baseline
    return max(periods) if over else None


def _column(head: Head, plan: Plan, finished: tuple[int, int] | None) -> Column:
    kind = head_kind(head.text) or "other"
    return value_column(head, plan, finished) if kind in ("year", *VALUE_KINDS) else Column(kind)


def value_column(head: Head, plan: Plan, finished: tuple[int, int] | None = None) -> Column:
    """The column of values under words that state their year and role: a head, or the caption of a
    table without heads.
    """
    text = head.text
    unit = BRACKETED_UNIT.search(text)
    growth = pattern("table", "growth").search(text)
    area = next((code for code, word in (("nation", "national"), ("province", "provincial"))
                 if pattern("table", word).search(text)), "plan")  # fmt: skip
    column = Column(
        "value",
        area=area,
        unit=unit[1] if unit else "",
        growth=_span_in(head, growth.span()) if growth else (0, 0),
    )
    reached = bool(pattern("table", "reached").search(text))
    promised = bool(pattern("table", "promised").search(text))
    years = [int(year) for year in YEAR.findall(text)]
    periods = [five_year_period(figure) for figure in FIVE_YEARS.findall(text)]
    first, year, stated = None, None, bool(years)
    if years:
        year = years[-1]
        first = years[0] if len(years) > 1 else None
    elif periods:
        first, year = max(periods)
        stated = True
    elif finished:
        first, year = finished
    if year is None:
        if not promised and (reached or plan.kind == "bulletin"):
            role, year = "baseline", plan.baseline
        else:
            role, first, year = "target", plan.start, plan.horizon
    elif year <= plan.baseline:
        role = "target" if promised and not _reached_first(text) else "baseline"
        if finished and not years and not reached:
            role = "target"
    elif (
        not promised
        and year <= plan.horizon
        and ((reached and year < plan.horizon) or plan.kind == "bulletin")
    ):
        role = "baseline"
    else:
        role = "target"
    if area != "plan":
        role = "reference"
    return replace(column, role=role, year=year, stated=stated, first=first)


def _reached_first(text: str) -> bool:
    """True for 规划基期, 规划完成情况: the last word says what the values are."""
    reached = list(pattern("table", "reached").finditer(text))
    promised = list(pattern("table", "promised").finditer(text))
    return bool(reached) and reached[-1].start() > promised[-1].start()


def _span_in(head: Head, span: Span) -> Span:
    """The span in the document of a span of the head's text that lies within one of its pieces."""
    offset = 0
    for start, end in head.pieces:
        width = end - start
        if offset <= span[0] < offset + width:
            begin = start + span[0] - offset
            return begin, min(end, begin + span[1] - span[0])
        offset += width
    return (0, 0) if not head.pieces else head.pieces[0]
