"""The unit that is printed behind a number, against the unit that is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

# counters of things are many, and some are words for the things themselves
COUNTERS = "item"


class Unit(NamedTuple):
    """A unit of units.csv: its names, and how many of the basic unit of its dimension it is."""

    name_zh: str
    name_en: str
    dimension: str
    factor: float


@dataclass(frozen=True)
class Units:
    """The units of a data set by code, and those that may stand behind a number by the words that
    are printed.

    Attributes
    ----------
    by_id
        Every unit.
    printed
        Units without a magnitude, the longest name first: a magnitude belongs to the number.
    """

    by_id: Mapping[str, Unit]
    printed: Mapping[str, Unit]

    @classmethod
    def of(
        cls, units: pd.DataFrame, magnitudes: Mapping[str, float], also: Mapping[str, str]
    ) -> Units:
        """From units.csv.

        Parameters
        ----------
        units
            The table, with the columns unit_id, name_zh, name_en, dimension, factor.
        magnitudes
            Words that make a number so many times as much.
        also
            Other words for a unit, by the word.
        """
        rows = units[["unit_id", *Unit._fields]].itertuples(index=False)
        by_id = {row.unit_id: Unit(*row[1:]) for row in rows}
        named: dict[str, Unit] = {}
        for one in by_id.values():
            # what stands behind a magnitude is a unit too, though a data set may have it with the
            # magnitude alone
            known = [word for word in magnitudes if one.name_zh.startswith(word)]
            word = max(known, key=len, default="")
            name, factor = one.name_zh.removeprefix(word), one.factor / magnitudes.get(word, 1)
            if name:
                named.setdefault(name, one._replace(name_zh=name, factor=factor))
        named |= {word: named[name] for word, name in also.items() if name in named}
        return cls(by_id, {name: named[name] for name in sorted(named, key=len, reverse=True)})

    def behind(self, text: str) -> Unit | None:
        """The unit that a text behind a number begins with."""
        return next((one for name, one in self.printed.items() if text.startswith(name)), None)


def times_as_much(printed: Unit | None, recorded: Unit | None) -> float | None:
    """How many of the recorded unit the printed one is; None where one does not tell of the other.

    A counter of things (item) tells nothing, nor does the upper part of a compound unit: yuan of
    yuan per person and month.
    NaN where the two measure unlike things.

    Examples
    --------
    >>> percent, permille = Unit("%", "%", "proportion", 0.01), Unit("‰", "‰", "proportion", 0.001)
    >>> round(times_as_much(percent, permille), 6)
    10.0
    """
    if printed is None or recorded is None:
        return None
    if printed.dimension == recorded.dimension:
        return printed.factor / recorded.factor
    part = recorded.name_zh.startswith(printed.name_zh)
    if part or COUNTERS in (printed.dimension, recorded.dimension):
        return None
    return float("nan")
