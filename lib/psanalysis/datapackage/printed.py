"""Compares the printed figure with the row: number, unit, comparator, and the year where it is
printed too.

`value_as_written` is what the document prints. Its numbers must be value and value_high in the
row's unit, its comparator words those of the comparator. An intended deviation (rounded, converted,
a word) is explained in the row: both notes name the recorded value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from psanalysis.comparators import COMPARATORS, ITSELF
from psanalysis.datapackage.printed_comparators import comparator_in_span
from psanalysis.datapackage.printed_figures import Figure, figures, printed_words, years
from psanalysis.datapackage.printed_units import Unit, Units, times_as_much

READ = [
    "value_as_written",
    "value",
    "value_high",
    "unit_id",
    "comparator",
    "year",
    "note_zh",
    "note_en",
]
TOLERANCE = 1e-9


class Deviation(NamedTuple):
    """A difference between a row and the print: the column, and what is printed."""

    column: str
    printed: str


def known_units(units: pd.DataFrame) -> Units:
    """The units of units.csv (unit_id, name_zh, name_en, dimension, factor), as printed."""
    words = printed_words()
    return Units.of(units, words["magnitudes"], words["units"])


def deviations(row: Any, units: Units) -> Iterator[Deviation]:
    """The differences between a statement and the print.

    Parameters
    ----------
    row
        With the attributes of statements.csv.
    units
        The units of its data set.
    """
    if pd.isna(row.value) or pd.isna(row.value_as_written):
        return
    printed = row.value_as_written
    found = list(figures(printed))
    if found:
        yield from _of_number(row, units, printed, found)
        if not comparator_in_span(row, printed, found):
            yield Deviation("comparator", printed)
    told = years(printed)
    if told and pd.notna(row.year) and int(row.year) not in told:
        yield Deviation("year", printed)


def _of_number(row: Any, units: Units, printed: str, found: list[Figure]) -> Iterator[Deviation]:
    unit = units.by_id.get(row.unit_id)
    behind = [units.behind(one.after.lstrip(_gap())) for one in found]
    low = -1
    for column in ("value", "value_high"):
        value = getattr(row, column)
        if pd.isna(value):
            continue
        fits = [_is(value, one, at, unit, found) for one, at in zip(found, behind, strict=True)]
        if any(fits):
            # the ends of a range are two numbers, the lower one first
            if column == "value_high" and low >= len(fits) - 1 - fits[::-1].index(True):
                yield Deviation("value", printed)
            low = fits.index(True)
            continue
        slip = any(_same(value, one.number) for one in found)
        yield Deviation("unit_id" if slip else column, printed)
        return


@cache
def _gap() -> str:
    """The characters allowed between a number and its unit."""
    return "".join(printed_words()["words"]["more"]) + " "


def _scale(unit: Unit | None) -> float:
    """The factor of the magnitude at the start of a unit's name; 1 without one."""
    name = unit.name_zh if unit else ""
    known = sorted(printed_words()["magnitudes"].items(), key=lambda one: -len(one[0]))
    return next((float(times) for word, times in known if name.startswith(word)), 1.0)


def _is(value: float, one: Figure, at: Unit | None, unit: Unit | None, found: list[Figure]) -> bool:
    """True where a recorded value is printed and not followed by another unit; in a range the
    magnitude may be printed at its end only.
    """
    times = one.times or next((other.times for other in found if other.times), None)
    told = times_as_much(at, unit)
    if told is not None and not _same(value, one.number * (times or 1.0) * told):
        return False
    printed = [one.number] if times is None else [one.number * times / _scale(unit)]
    if one.times is None and times is not None:
        printed.append(one.number)
    return any(_same(value, number) for number in printed)


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= TOLERANCE * max(abs(one), abs(other))


def explained(row: Any, column: str, unit_names: tuple[str, str]) -> bool:
    """True where both notes name the recorded cell of a column: the number, the name of the unit,
    the sign, the year.
    """
    recorded = getattr(row, column)
    if column == "unit_id":
        named = unit_names
    elif column == "comparator":
        sign = COMPARATORS[recorded].sign or recorded
        named = (sign, sign)
    else:
        number = f"{float(recorded):.12g}" if column != "year" else str(int(recorded))
        named = (number, number)
    notes = (row.note_zh, row.note_en)
    numeric = column not in ("unit_id", "comparator")
    return all(
        pd.notna(note) and _names(str(note).replace(",", ""), name, numeric)
        for note, name in zip(notes, named, strict=True)
    )


def _names(note: str, name: str, numeric: bool) -> bool:
    """Whether a note names something; a number as a whole, not as digits of another one."""
    if not numeric:
        return name in note
    return re.search(rf"(?<![\d.]){re.escape(name)}(?!\.?\d)", note) is not None


def unlike_print(statements: pd.DataFrame, units: pd.DataFrame) -> pd.Series:
    """The column that is not as printed and not explained, by row of statements.csv; missing for
    rows that are as printed.

    Equal rows are parsed once; rows whose print is plainly the recorded value are not parsed.
    """
    known = known_units(units)
    named = {code: (one.name_zh, one.name_en) for code, one in known.by_id.items()}
    seen: dict[tuple[Any, ...], str] = {}
    columns = pd.Series(pd.NA, index=statements.index, dtype="str")
    plainly = _plainly(statements, {code: one.name_zh for code, one in known.by_id.items()})
    asked = statements.loc[statements["value"].notna() & ~plainly, READ]
    rows = asked.astype("object").where(asked.notna(), None)
    for index, row in zip(rows.index, rows.itertuples(index=False), strict=True):
        if row not in seen:
            unit = named.get(row.unit_id, ("", ""))
            found = (one.column for one in deviations(row, known))
            seen[row] = next((column for column in found if not explained(row, column, unit)), "")
        if seen[row]:
            columns[index] = seen[row]
    return columns


def _plainly(statements: pd.DataFrame, names: Mapping[str, str]) -> pd.Series:
    """True where `value_as_written` is `value` alone or with the name of its unit, such as 97.22%
    of 97.22 and the unit %. Most rows are like this, so the others alone are parsed. Reads
    `unit_id`, `comparator` and `value_high` too.
    """
    values, written = statements["value"], statements["value_as_written"]
    texts = {value: f"{value:.12g}" for value in values.dropna().unique()}
    number = values.map(texts).astype("str")
    unit = statements["unit_id"].map(names).astype("str").fillna("")
    alone = statements["comparator"].eq(ITSELF) & statements["value_high"].isna()
    return (alone & (written.eq(number) | written.eq(number + unit))).fillna(False).astype(bool)
