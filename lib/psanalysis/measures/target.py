"""The algebra of targets: what a comparator asks for, and when a value meets it.

A target is a bound on one side. The side follows from the comparator where it names one (不低于 is
a floor, 不超过 a cap) and from the indicator's direction where it does not (达到 means: reach it,
or go beyond it in the desired direction).

Of a range the less demanding end has to be reached: the low end of a floor, the high end of a cap.
Without a better side (a cap or floor names its own, so only eq, approx and between can be without
one) the number itself has to be met, of a range any value in it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from psanalysis.comparators import CODES, SIDES, STRICT
from psanalysis.errors import choose

DIRECTIONS = ("increase", "decrease", "none")
SIDE_OF_DIRECTION = {"increase": 1, "decrease": -1, "none": 0}
RELATIVE_TOLERANCE = 1e-9


def side(comparator: str, direction: str) -> int:
    """+1 for a floor, -1 for a cap, 0 for a point that must be met from either side.

    Examples
    --------
    >>> side("le", "decrease"), side("eq", "increase"), side("eq", "none")
    (-1, 1, 0)
    """
    choose("comparator", comparator, CODES)
    choose("direction", direction, DIRECTIONS)
    return SIDES.get(comparator, SIDE_OF_DIRECTION[direction])


def sides(comparator: pd.Series, direction: pd.Series) -> pd.Series:
    """`side` for columns."""
    return comparator.map(SIDES).fillna(direction.map(SIDE_OF_DIRECTION)).astype("int64")


def bound(value: pd.Series, value_high: pd.Series, which: pd.Series) -> pd.Series:
    """The number that a target asks for: of a range its less demanding end (METHOD: reach the low
    end; of a cap, the high end).
    """
    return value.where(value_high.isna() | (which >= 0), value_high)


def equal(a: pd.Series, b: pd.Series) -> pd.Series:
    """Equal but for rounding of binary fractions (relative 1e-9)."""
    return pd.Series(np.isclose(a, b, rtol=RELATIVE_TOLERANCE, atol=0.0), index=a.index)


def nearest_end(value: pd.Series, high: pd.Series, which: pd.Series, seen: pd.Series) -> pd.Series:
    """`bound`, and for a range without a better side what of it lies nearest to a value that is
    looked at: that value, if it lies inside.
    """
    inside = seen.clip(lower=value, upper=high)
    return bound(value, high, which).mask((which == 0) & high.notna() & seen.notna(), inside)


def meets(
    value: pd.Series, target: pd.Series, comparator: pd.Series, which: pd.Series
) -> pd.Series:
    """True where a value meets its target: at the bound or beyond it, and beyond it where the
    comparator is strict.

    Parameters
    ----------
    value, target
        In one unit.
    comparator
        Codes of statements.csv.
    which
        Result of `sides`.
    """
    same = equal(value, target)
    beyond = (np.sign(value - target) == which) & ~same
    return beyond | (same & ~comparator.isin(STRICT))


def more_demanding(
    value: pd.Series,
    comparator: pd.Series,
    other: pd.Series,
    other_comparator: pd.Series,
    which: pd.Series,
) -> pd.Series:
    """1 where a target asks for more than another on the same side, 0 where for the same, -1 where
    for less; missing where one has no number.

    One target asks for more than another if every value that meets it meets the other too, but not
    the other way round. So the numbers decide, and where they are equal a strict bound (over 95)
    asks for more than one that includes its number (95, at least 95).

    Examples
    --------
    >>> one, two = pd.Series([95.0, 95.0, 96.0]), pd.Series([95.0, 95.0, 95.0])
    >>> more_demanding(one, pd.Series(["ge", "eq", "ge"]), two, pd.Series(["eq", "gt", "gt"]),
    ...     pd.Series([1, 1, 1])).tolist()
    [0.0, -1.0, 1.0]
    """
    stricter = comparator.isin(STRICT).astype("float64") - other_comparator.isin(STRICT).astype(
        "float64"
    )
    signed = np.sign(which * (value - other))
    return signed.mask(equal(value, other), stricter)
