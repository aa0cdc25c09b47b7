"""Cells of a column: numbers with sign and unit, codes as words, years, yes and no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from psanalysis.comparators import ITSELF
from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.pledges import pledge_words
from psanalysis.formatting import (
    MISSING,
    STATED,
    STEP,
    difference,
    in_plain_units,
    plain,
    quantity,
    stated,
)
from psanalysis.tables.model import Cell
from psanalysis.tables.vocabulary import names, rules

NOTHING = Cell(MISSING)
POINTS, PLACES = 3, 6
YES, NO = Cell("✓"), Cell("")
# a unit that is not set behind its number
NO_UNIT = "number"


def cells(
    ds: Dataset,
    frame: pd.DataFrame,
    column: str,
    words: Mapping[str, str] | None,
    lang: str,
    units: bool = True,
) -> list[Cell]:
    """The cells of a column.

    Parameters
    ----------
    ds
        The data set, for names of units and pledges.
    frame
        The rows; a number is in the unit of its row's `unit_id`.
    column
        Which column.
    words
        Code to word, where the column holds codes.
    lang
        zh or en.
    units
        Whether numbers carry their unit; without it they stand in the head or in a column of their
        own.
    """
    numbers = rules()["numbers"]
    if column in rules()["stated"]:
        return list(_stated(ds, frame, column, lang, units))
    if column in numbers["level"] or column in numbers["difference"]:
        change = 0 if column in numbers["level"] else STEP if column in numbers["step"] else STATED
        unit = _units(ds, frame, lang)
        return [
            NOTHING if pd.isna(value) else _number(float(value), name, change, lang, units)
            for value, name in zip(frame[column], unit, strict=True)
        ]
    return [_one(value, column, words) for value in frame[column]]


def is_numeric(frame: pd.DataFrame, column: str) -> bool:
    """Whether the column `column` is set as numbers."""
    shown = [*rules()["stated"], *(name for one in rules()["numbers"].values() for name in one)]
    kind = frame[column].dtype
    return column in shown or (
        pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind)
    )


def _one(value: object, column: str, words: Mapping[str, str] | None) -> Cell:
    numbers = rules()["numbers"]
    if isinstance(value, list | tuple | set):
        return Cell(", ".join(map(str, value)))
    if pd.api.types.is_bool(value):
        return YES if value else NO
    if pd.isna(value) or value == "":
        return NOTHING
    if words is not None:
        return Cell(words.get(str(value), str(value)))
    if isinstance(value, pd.Timestamp):
        return Cell(f"{value:%Y-%m-%d}")
    if not pd.api.types.is_number(value):
        return Cell(str(value))
    number = float(value)  # type: ignore[arg-type]
    if column in numbers["year"]:
        return Cell.year(number)
    if column in numbers["percent"]:
        return Cell.percent(number, POINTS)
    digits = plain(number, POINTS if column in numbers["ratio"] else PLACES)
    return Cell.number(number, digits, digits)


def _number(value: float, unit: str, change: int, lang: str, units: bool) -> Cell:
    """A value, or a change of some digits, in a unit; without it where units stand elsewhere."""
    scaled, _ = in_plain_units(value, unit, lang)
    digits = plain(scaled, change or PLACES)
    text = difference(value, unit, lang, change) if change else quantity(value, unit, lang)
    if not units:
        text = ("+" if text.startswith("+") else "") + digits
    return Cell.number(scaled, digits, text)


def _stated(
    ds: Dataset, frame: pd.DataFrame, column: str, lang: str, units: bool
) -> Iterator[Cell]:
    """The column `column` as stated: values with their comparator, both ends of a range, or the
    pledge. The columns of these parts are those that rules() names.
    """
    other = rules()["stated"][column]
    actual = rules()["evidence"].get(column)
    if actual and actual["comparator"] in frame:
        other = actual
    blank = pd.Series([None] * len(frame), index=frame.index, dtype="object")
    rows = zip(
        frame[column],
        _units(ds, frame, lang),
        *(
            frame[other[part]] if other.get(part) in frame else blank
            for part in ("comparator", "low", "high", "pledge", "statement")
        ),
        strict=True,
    )
    for value, unit, comparator, low, high, pledge, statement in rows:
        if pd.isna(value):
            known = isinstance(pledge, str) and pledge != ""
            yield Cell(pledge_words(ds, pledge, statement, lang)) if known else NOTHING
            continue
        sign = comparator if isinstance(comparator, str) else ITSELF
        end = float("nan") if high is None or pd.isna(high) else float(high)
        # what a range asks for is one end of it, so both ends are printed as stated
        start = float(value) if low is None or pd.isna(low) else float(low)
        start, end = (end, start) if end < start else (start, end)
        text = stated(start, end, sign, unit if units else NO_UNIT, lang)
        scaled, _ = in_plain_units(float(value), unit, lang)
        yield Cell(text) if pd.notna(end) else Cell.number(scaled, plain(scaled), text)


def _units(ds: Dataset, frame: pd.DataFrame, lang: str) -> list[str]:
    """Name of the unit of each row (`unit_id`); NO_UNIT where the frame has no units."""
    if "unit_id" not in frame:
        return [NO_UNIT] * len(frame)
    known = names(ds, "units", lang)
    return [known.get(str(unit), NO_UNIT) for unit in frame["unit_id"]]
