"""Does a published value reach a target? Both are sets of numbers: a value may be a bound or a
range, and so may a target.

A target is met where every number that the value may be meets it, missed where none does, and
otherwise it cannot be told.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from psanalysis.comparators import COMPARATORS
from psanalysis.measures.way import same

EVERYTHING = math.inf


class Interval(NamedTuple):
    """Numbers from low to high; an end that is open does not belong to it."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """Where it begins and ends."""
        return self.low, self.high

    def within(self, other: Interval) -> bool:
        """True where each of its numbers belongs to the other interval."""
        above = self.low > other.low or (
            self.low == other.low and (self.low_open or not other.low_open)
        )
        below = self.high < other.high or (
            self.high == other.high and (self.high_open or not other.high_open)
        )
        return above and below

    def apart(self, other: Interval) -> bool:
        """True where no number belongs to both."""
        return self._before(other) or other._before(self)

    def _before(self, other: Interval) -> bool:
        return self.high < other.low or (
            self.high == other.low and (self.high_open or other.low_open)
        )


def asked(low: float, high: float | None, comparator: str, side: int) -> Interval:
    """The numbers that meet a target.

    Parameters
    ----------
    low, high
        The target as stated; high only for a range.
    comparator
        Its comparator.
    side
        +1 for a floor, -1 for a cap, 0 without a better side (`psanalysis.measures.target.side`).

    Examples
    --------
    >>> asked(95, None, "gt", 1)
    Interval(low=95, high=inf, low_open=True, high_open=False)
    """
    strict = COMPARATORS[comparator].strict
    top = low if high is None else high
    if side > 0:
        return Interval(low, EVERYTHING, low_open=strict)
    if side < 0:
        return Interval(-EVERYTHING, top, high_open=strict)
    return Interval(low, top)


def known(low: float, high: float | None, comparator: str) -> Interval:
    """The numbers that a published value may be: itself, from or up to it for a bound, the whole of
    a range.
    """
    one = COMPARATORS[comparator]
    if one.side > 0:
        return Interval(low, EVERYTHING, low_open=one.strict)
    if one.side < 0:
        return Interval(-EVERYTHING, low, high_open=one.strict)
    return Interval(low, low if high is None else high)


def attained(value: Interval, target: Interval, exact: bool = True) -> bool | None:
    """True where the value meets the target, False where it does not, None where it cannot be told.

    A value that is only about so much (`exact` False) tells nothing where it stands at the very end
    of the target.

    Examples
    --------
    >>> floor = asked(95, None, "ge", 1)
    >>> [attained(known(v, None, sign), floor) for v,
    ...     sign in ((95, "eq"), (94, "eq"), (94, "gt"), (95, "gt"))]
    [True, False, None, True]
    """
    value = value._replace(low=_snapped(value.low, target), high=_snapped(value.high, target))
    if not exact and value.low == value.high and value.low in target.ends:
        return None
    if value.within(target):
        return True
    return False if value.apart(target) else None


def _snapped(end: float, target: Interval) -> float:
    """The end of the target that a number equals but for rounding of binary fractions, else the
    number.
    """
    return next((one for one in target.ends if math.isfinite(one) and same(end, one)), end)
