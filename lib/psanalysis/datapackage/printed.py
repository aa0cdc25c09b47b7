"""Compares the printed figure with the row: number, unit, comparator, and the year where it is
printed too.

`value_as_written` is what the document prints. Its numbers must be value and value_high in the
row's unit, its comparator words those of the comparator. An intended deviation (rounded, converted,
a word) is explained in the row: both notes name the recorded value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import starmap
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from psanalysis.comparators import COMPARATORS, ITSELF
from psanalysis.datapackage.combinations import cells_at, combinations, numbers_at
from psanalysis.datapackage.printed_comparators import comparator_in_span
from psanalysis.datapackage.printed_figures import Figure, figures, printed_words, years
from psanalysis.datapackage.printed_forms import as_printed_by_form
from psanalysis.datapackage.printed_units import Unit, Units, times_as_much

FIGURE = ("value_as_written", "value", "value_high", "unit_id", "comparator", "year")
NOTES = ("note_zh", "note_en")
TOLERANCE = 1e-9


class Recorded(NamedTuple):
    """The cells of a statement that are compared with the print, and its notes."""

    value_as_written: Any
    value: Any
    value_high: Any
    unit_id: Any
    comparator: Any
    year: Any
    note_zh: Any = None
    note_en: Any = None


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
    return next((times for word, times in _magnitudes() if name.startswith(word)), 1.0)


@cache
def _magnitudes() -> tuple[tuple[str, float], ...]:
    """The magnitudes with their factor, the longest first."""
    known = printed_words()["magnitudes"].items()
    return tuple(sorted(((w, float(times)) for w, times in known), key=lambda one: -len(one[0])))


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
    rows that are as printed. Reads `value_as_written` and the cells that it is compared with.

    Equal figures are parsed once, and most of those that differ in their number only.
    """
    known = known_units(units)
    names = {code: one.name_zh for code, one in known.by_id.items()}
    # each column is taken out of the frame once, which costs more than it looks
    cells = {name: statements[name] for name in Recorded._fields}

    def agree(rows: np.ndarray) -> list[bool]:
        return [not any(deviations(row, known)) for row in _recorded(cells, rows, FIGURE)]

    columns = pd.Series(pd.NA, index=statements.index, dtype="str")
    clear = as_printed_by_form(cells, names, agree)
    rows = np.flatnonzero(cells["value"].notna().to_numpy() & ~clear)
    number, first = combinations(*(numbers_at(cells[name], rows) for name in FIGURE))
    found = [
        [] if _plainly(row, names) else [one.column for one in deviations(row, known)]
        for row in _recorded(cells, rows[first], FIGURE)
    ]
    deviates = np.array([bool(one) for one in found], dtype=bool)[number]
    if not deviates.any():
        return columns
    # the notes may explain it, and differ from row to row
    rows, number = rows[deviates], number[deviates]
    noted, first = combinations(number, *(numbers_at(cells[name], rows) for name in NOTES))
    told = [
        next((one for one in found[kind] if not explained(row, one, _names_of(row, known))), None)
        for kind, row in zip(
            number[first], _recorded(cells, rows[first], Recorded._fields), strict=True
        )
    ]
    columns.iloc[rows] = np.array([*told, None], dtype=object)[noted]
    return columns


def _recorded(
    cells: Mapping[str, pd.Series], rows: np.ndarray, columns: Iterable[str]
) -> Iterator[Recorded]:
    """Some rows, by their position, with None for missing cells; the columns are `value_as_written`
    and the others that it is compared with, in their order, and perhaps the notes.
    """
    chosen = (cells_at(cells[name], rows) for name in columns)
    return starmap(Recorded, zip(*chosen, strict=True))


def _names_of(row: Recorded, known: Units) -> tuple[str, str]:
    """The names of a row's unit in both languages."""
    unit = known.by_id.get(row.unit_id)
    return (unit.name_zh, unit.name_en) if unit else ("", "")


def _plainly(row: Recorded, names: Mapping[str, str]) -> bool:
    """True where the print is the value alone or with the name of its unit, such as 97.22% of 97.22
    and the unit %.
    """
    number = f"{row.value:.12g}"
    alone = row.comparator == ITSELF and row.value_high is None
    return alone and row.value_as_written in (number, number + names.get(row.unit_id, ""))
