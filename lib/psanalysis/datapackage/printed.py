"""The printed figure against what is recorded of it: number, unit, comparator, and the year where it is printed too.

`value_as_written` is what the document prints. Its numbers have to be those of value and value_high in the row's unit, its comparator words
those of the comparator. A deviation that is meant (rounded, converted, a word) is explained in the row: both notes name what is recorded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from psanalysis.comparators import COMPARATORS, codes_of_words
from psanalysis.datapackage.printed_units import Unit, Units, times_as_much
from psanalysis.simplified import half_width, simplified
from psanalysis.wording import vocabulary

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
AROUND = 24


class Deviation(NamedTuple):
    """What of a row is not as printed: the column, what is printed, and what may stand in its place."""

    column: str
    printed: str


class Figure(NamedTuple):
    """A number as printed, how many times as much its magnitude makes it, and what stands behind it."""

    number: float
    times: float | None
    before: str
    after: str


def _words() -> dict[str, Any]:
    return vocabulary("datapackage/printed.toml")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = _words()
    units = "|".join(sorted(words["magnitudes"], key=len, reverse=True))
    han = "".join(
        [*words["digits"], *words["places"], words["words"]["half"], words["words"]["point"]]
    )
    more = "".join(words["words"]["more"])
    # a unit may begin like a magnitude: a kilometre is no thousand of anything here
    whole = "|".join(word for word in words["units"] if word.startswith(tuple(words["magnitudes"])))
    times = rf"(?:(?!{whole})(?P<m>{units}))?"
    return {
        "arabic": re.compile(
            rf"(?P<minus>(?<![\w%‰)])[-−])?(?P<n>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*[{more}]?\s*{times}"
        ),
        "han": re.compile(rf"(?P<n>[{han}]+){times}"),
        "per": re.compile("|".join(map(re.escape, words["words"]["per"]))),
        "year": re.compile(rf"(?<!\d)(?P<y>(?:19|20)\d\d)(?={words['words']['year']})"),
        "more": re.compile(rf"(?:\d|{units})\s*[{more}]"),
    }


def figures(text: str) -> Iterator[Figure]:
    """The numbers of a span.

    Examples
    --------
    >>> [(one.number, one.times) for one in figures("6.57万人")]
    [(6.57, 10000.0)]
    """
    text, patterns, words = _plain(text), _patterns(), _words()["words"]
    found = list(patterns["arabic"].finditer(text))
    numbers = [_arabic(one) for one in found]
    if not found:
        found = list(patterns["han"].finditer(text))
        numbers = [_chinese(one["n"]) for one in found]
    for one, number in zip(found, numbers, strict=True):
        before, after = text[: one.start()], text[one.end() :]
        if after.startswith(words["tenths"]):
            number *= 10
        if after.startswith(words["doublings"]):
            number = 2.0**number
        times = _words()["magnitudes"].get(one["m"] or "")
        yield Figure(number, float(times) if times else None, before, after)


def _plain(text: str) -> str:
    """The span in simplified script, without what a number is per and without years."""
    words = _words()["words"]
    text = half_width(simplified(text)).replace(words["and_a_half"], words["half"])
    return _patterns()["year"].sub("", _patterns()["per"].sub("", text))


def _arabic(found: re.Match[str]) -> float:
    number = float(found["n"].replace(",", ""))
    return -number if found["minus"] else number


def _chinese(text: str) -> float:
    """The value of Chinese numerals of a span: fifteen, two and a half, ninety-eight point five."""
    words = _words()
    whole, _, part = text.partition(words["words"]["point"])
    total, digit, half = 0.0, None, 0.0
    for char in whole:
        if char in words["digits"]:
            digit = words["digits"][char]
        elif char in words["places"]:
            total += (1 if digit is None else digit) * words["places"][char]
            digit = None
        else:
            half = 0.5
    decimals = "".join(str(words["digits"].get(char, "")) for char in part)
    return total + (digit or 0) + half + (float(f"0.{decimals}") if decimals else 0.0)


def known_units(units: pd.DataFrame) -> Units:
    """The units of units.csv, as they are printed."""
    words = _words()
    return Units.of(units, words["magnitudes"], words["units"])


def deviations(row: Any, units: Units) -> Iterator[Deviation]:
    """What of a statement is not as printed.

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
        yield from _of_comparator(row, printed, found)
    years = {int(one["y"]) for one in _patterns()["year"].finditer(half_width(printed))}
    if years and pd.notna(row.year) and int(row.year) not in years:
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
    """What may stand between a number and its unit."""
    return "".join(_words()["words"]["more"]) + " "


def _scale(unit: Unit | None) -> float:
    """The magnitude that a unit's name begins with."""
    name = unit.name_zh if unit else ""
    known = sorted(_words()["magnitudes"].items(), key=lambda one: -len(one[0]))
    return next((float(times) for word, times in known if name.startswith(word)), 1.0)


def _is(value: float, one: Figure, at: Unit | None, unit: Unit | None, found: list[Figure]) -> bool:
    """True where a recorded value is a printed one and the unit behind it is no other; of a range the magnitude may stand at its end alone."""
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


def _of_comparator(row: Any, printed: str, found: list[Figure]) -> Iterator[Deviation]:
    if COMPARATORS[row.comparator].range:
        return
    told = {code for one in found for code in _told(one)}
    if _patterns()["more"].search(_plain(printed)):
        told.add("gt")
    if told and row.comparator not in told:
        yield Deviation("comparator", printed)


def comparator_in_text(row: Any, before: str, after: str) -> bool:
    """True where the words of a row's comparator are printed: in the span, up to AROUND characters before it, or right behind it.

    A number without such a word has comparator eq; a range has words of its own.

    Parameters
    ----------
    row
        With the attributes of statements.csv.
    before, after
        The text that ends at the span, and that follows it.
    """
    code = row.comparator
    if pd.isna(row.value) or COMPARATORS[code].range:
        return True
    before, after = (
        half_width(simplified(text)).replace("\n", "")
        for text in (before[-AROUND:], after[:AROUND])
    )
    found = list(figures(row.value_as_written))
    told = {word for one in found for word in _told(one)}
    if told or _patterns()["more"].search(_plain(row.value_as_written)):
        return True  # what is printed in the span is held against the comparator elsewhere
    words = COMPARATORS[code]
    if code != "eq":
        # a word may begin in the span and end behind it, where the text breaks a line
        tail = found[-1].after if found else ""
        return any(word in before for word in words.before) or any(
            after.startswith(word) or word in tail + after[: len(word) - 1] for word in words.after
        )
    ahead = [word for one in COMPARATORS.values() for word in one.before if len(word) > 1]
    return not any(before.endswith(word) for word in ahead)


def _told(one: Figure) -> Iterator[str]:
    """Comparators whose words stand before or behind a number."""
    for place, text in (("before", one.before), ("after", one.after)):
        words = codes_of_words(place)
        for word in sorted(words, key=len, reverse=True):
            if word in text:
                yield words[word]
                break


def explained(row: Any, column: str, unit_names: tuple[str, str]) -> bool:
    """True where both notes name what is recorded in a column: the number, the name of the unit, the sign, the year."""
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
    """The column that is not as printed and not explained, by row of statements; missing for rows that are as printed.

    Rows that print and record the same are looked at once, and those that print plainly what is recorded not at all.
    """
    known = known_units(units)
    named = {code: (one.name_zh, one.name_en) for code, one in known.by_id.items()}
    wrong: dict[int, str] = {}
    seen: dict[tuple[Any, ...], str] = {}
    rows = statements[READ].astype("object").where(statements[READ].notna(), None)
    for place, row in enumerate(rows.itertuples(index=False)):
        unit = named.get(row.unit_id, ("", ""))
        if row.value is None or _plainly(row, unit[0]):
            continue
        if row not in seen:
            found = (one.column for one in deviations(row, known))
            seen[row] = next((column for column in found if not explained(row, column, unit)), "")
        if seen[row]:
            wrong[place] = seen[row]
    columns = pd.Series(pd.NA, index=range(len(rows)), dtype="str")
    for place, column in wrong.items():
        columns[place] = column
    return columns.set_axis(statements.index)


def _plainly(row: Any, unit_name: str) -> bool:
    """True for 97.22% of 97.22 and the unit %, and for a bare 97.22: most rows are like this."""
    if row.comparator != "eq" or row.value_high is not None:
        return False
    number = f"{row.value:.12g}"
    return row.value_as_written in (number, number + unit_name)
