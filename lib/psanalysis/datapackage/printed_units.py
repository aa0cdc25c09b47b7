"""Compares the unit printed after a number with the recorded unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

# counters of things are many, and some are nouns
COUNTERS = "item"


class Unit(NamedTuple):
    """A unit of units.csv: its names, dimension and factor to the base unit of its dimension."""

    name_zh: str
    name_en: str
    dimension: str
    factor: float


@dataclass(frozen=True)
class Units:
    """The units of a data set by code, and by the words that may be printed after a number.

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
            Magnitude word -> factor.
        also
            Other words for units, by word.
        """
        cells = (units[name].tolist() for name in ("unit_id", *Unit._fields))
        by_id = {code: Unit(*row) for code, *row in zip(*cells, strict=True)}
        named: dict[str, Unit] = {}
        for one in by_id.values():
            # the word after a magnitude is a unit too, even where units.csv has it only with the
            # magnitude
            known = [word for word in magnitudes if one.name_zh.startswith(word)]
            word = max(known, key=len, default="")
            name, factor = one.name_zh.removeprefix(word), one.factor / magnitudes.get(word, 1)
            if name:
                named.setdefault(name, one._replace(name_zh=name, factor=factor))
        named |= {word: named[name] for word, name in also.items() if name in named}
        return cls(by_id, {name: named[name] for name in sorted(named, key=len, reverse=True)})

    def behind(self, text: str) -> Unit | None:
        """The unit at the start of the text after a number."""
        return next((one for name, one in self.printed.items() if text.startswith(name)), None)


def times_as_much(printed: Unit | None, recorded: Unit | None) -> float | None:
    """The factor from the printed unit to the recorded one; None where the print does not determine
    it, NaN where the dimensions differ.

    A counter of things (item) does not determine it, nor does the first part of a compound unit
    (yuan of yuan per person and month).

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
