"""Reads the values in a cell of a table: limits, ranges, pairs, and words beside a number; marks of
notes are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from psanalysis.comparators import ABOUT, ITSELF, RANGE
from psanalysis.draft.lexicon import comparator_words, lexicon, pattern, rule
from psanalysis.draft.numerals import arabic_number
from psanalysis.draft.quantities import TOLERANCE

ITEM = rule("values", "item")
MARKS = re.compile(r"[*∗☆★※†‡①-⑳⑴-⒇❶-❿⁰¹²³⁴-⁹]+(?![\d.])")
YEAR = rule("values", "year")
RATIO = re.compile(r"(\d+(?:\.\d+)?)\s?[:∶]\s?1(?![\d.])")
# 5.8:4.2 is not a value
PARTS = re.compile(r"\d+(?:\.\d+)?(?:\s?[:∶]\s?\d+(?:\.\d+)?)+")
LONGEST = 400
SEPARATING = re.compile(r"[\s,、;。/()\[\]〔〕【】::]+")


@dataclass(frozen=True)
class CellValue:
    """A number of a cell.

    Attributes
    ----------
    start, end
        Its span in the text of the cell, with comparator words and unit.
    value, high, unit, comparator, word
        As in `Quantity`; the unit is empty where the cell names none.
    label
        Span of the words in the cell that say what the number is for (重点县≥30); empty without.
    total
        True in brackets of the kind that mark totals of a period: 〔20〕.
    year
        A year that the cell itself states: 77.3(2019年).
    change
        True after words of change, or a plus sign.
    """

    start: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: str
    comparator: str
    word: str
    label: tuple[int, int] = (0, 0)
    total: bool = False
    year: int | None = None
    change: bool = False


@dataclass(frozen=True)
class CellText:
    """The content of a cell of values: its numbers, and the remaining words."""

    values: tuple[CellValue, ...]
    words: str


def cell_values(text: str) -> CellText:
    """The numbers of a (folded) cell; a text longer than a cell of values can be has none.

    Examples
    --------
    >>> [(str(v.value), v.comparator) for v in cell_values("6左右*").values]
    [('6', 'approx')]
    >>> text = "重点县≥30,一般县≥15"
    >>> [(text[slice(*v.label)], str(v.value)) for v in cell_values(text).values]
    [('重点县', '30'), ('一般县', '15')]
    >>> cell_values("完成省定目标")
    CellText(values=(), words='完成省定目标')
    """
    return _cell_values(text) if len(text) <= LONGEST else CellText((), text)


@lru_cache(maxsize=1 << 14)
def _cell_values(text: str) -> CellText:
    plain = MARKS.sub(lambda found: " " * len(found[0]), text)
    years = [(m.start(), m.end(), int(m[1])) for m in YEAR.finditer(plain)]
    for a, b, _ in years:
        plain = plain[:a] + "\0" * (b - a) + plain[b:]
    values = [_dated(v, years, plain) for v in _items(plain)]
    rest = plain
    for value in values:
        rest = rest[: value.start] + "\0" * (value.end - value.start) + rest[value.end :]
    labelled, offset = [], 0
    for value in values:
        label = _label(rest, offset, value.start)
        said = rest[slice(*label)]
        labelled.append(
            replace(
                value,
                label=label,
                change=value.change or bool(pattern("table", "change").search(said)),
            )
        )
        offset = value.end
    words = SEPARATING.sub("", rest.replace("\0", ""))
    return CellText(tuple(labelled), words)


def _items(text: str) -> Iterator[CellValue]:
    offset = 0
    while (found := ITEM.search(text, offset)) is not None:
        ratio = RATIO.match(text, found.start("num"))
        parts = PARTS.match(text, found.start("num"))
        if parts and not (ratio and ratio.end() == parts.end()):
            offset = parts.end()
            continue
        offset = max(found.end(), ratio.end() if ratio else 0)
        start, end = found.span()
        opened = found["open"] or found["inner"]
        if opened and not found["shut"]:
            start = found.end("open") if found["open"] else found.end("inner")
        if found["shut"] and not opened:
            end = max(found.end(g) for g in ("num", "high", "unit", "after") if found[g])
            offset = end
        tolerance = TOLERANCE.match(text, found.end())
        number = arabic_number(found["num"].replace("\n", ""))
        high = arabic_number(found["high"]) if found["high"] else None
        unit = (found["unit"] or found["low_unit"] or "").replace(" ", "")
        if ratio:
            number, high, unit, end = Decimal(ratio[1]), None, ":1", offset
        comparator, word = ITSELF, ""
        for role, where in (("before", "before"), ("after", "after"), ("late", "after")):
            if found[role] and comparator == ITSELF:
                comparator, word = comparator_words(where)[1][found[role]], found[role]
        if tolerance:
            offset = end = tolerance.end()
            comparator, word = ABOUT, tolerance[0].strip()
        yield CellValue(
            start,
            end,
            number,
            high,
            unit,
            RANGE if high is not None else comparator,
            word,
            total=bool(opened and opened in "[〔【" and found["shut"]),
            change=bool(found["plus"]),
        )


def _dated(value: CellValue, years: list[tuple[int, int, int]], text: str) -> CellValue:
    for a, b, year in years:
        after = a >= value.end and not text[value.end : a].strip()
        before = b <= value.start and not text[b : value.start].strip()
        if after or before:
            return replace(value, year=year)
    return value


def _label(rest: str, begin: int, end: int) -> tuple[int, int]:
    """The span of the words before a number in its cell, without joining words."""
    begin = max(begin, rest.rfind("\0", begin, end) + 1)
    while begin < end and SEPARATING.match(rest[begin]):
        begin += 1
    lead = pattern("table", "label_lead").match(rest, begin, end)
    begin = lead.end() if lead else begin
    tail = pattern("table", "label_tail").search(rest[begin:end])
    end = begin + tail.start() if tail else end
    while end > begin and SEPARATING.match(rest[end - 1]):
        end -= 1
    return (begin, end) if end - begin >= 2 else (0, 0)


def growth_unit() -> str:
    """The unit of a change in per cent: %, the first of the ratios."""
    return str(lexicon()["units"]["ratio"][0])
