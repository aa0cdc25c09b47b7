"""Finds the unit of a cell: its own, that of its row or column, or the one that the name prints or
implies.
"""

from __future__ import annotations

import re

from psanalysis.draft.columns import Column
from psanalysis.draft.head_words import is_blank
from psanalysis.draft.lexicon import lexicon, listed, macro, pattern, rule, unit_words, word
from psanalysis.draft.quantities import MAGNITUDE, UNIT
from psanalysis.draft.table_entries import Entry
from psanalysis.draft.values import CellValue, growth_unit

IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,12})[)\]]")
PER_100K = rule("table_units", "per_100k")


def unit_of(
    entry: Entry, column: Column, value: CellValue | None, number: int, count: int, step: bool
) -> tuple[str, str]:
    """The unit, and its source as a reason code: the cell, the unit column, the name, the head, or
    the unit that the name implies.
    """
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
    """True for words that are a unit, with or without a base that it is per.

    Examples
    --------
    >>> [is_unit(word) for word in ("人/百亿元", "1/10万", "助理", "万人次/万吨")]
    [True, True, False, True]
    """
    one = rf"(?:{MAGNITUDE})?(?:{UNIT})"
    per = macro("per_so_many")
    return bool(PER_100K.match(words) or re.fullmatch(rf"{one}(?:[/、·]{per})*", words))


def without_unit(name: str) -> str:
    """The name of an indicator without the unit in brackets after it.

    Examples
    --------
    >>> [without_unit(name) for name in ("护理型床位占比(%)", "执业(助理)医师数(人)", "幼儿园(所)")]
    ['护理型床位占比', '执业(助理)医师数', '幼儿园']
    """
    name = name.rstrip()
    found = list(IN_BRACKETS.finditer(name))
    last = found[-1] if found else None
    return (
        name[: last.start()].rstrip()
        if last and last.end() == len(name) and is_unit(last[1])
        else name
    )


def base_unit(unit: str) -> str:
    """A unit as in statements: 张/千人 becomes 张, because the name states the base; 1/10万 becomes
    /10万.

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
