"""Values and targets as sets of numbers: met, missed, or not to be told."""

from __future__ import annotations

import itertools

import pytest

from psanalysis.comparators import COMPARATORS
from psanalysis.measures.attainment import Interval, asked, attained, known

GRID = [n / 4 for n in range(40)]
HIGH = 6.0


def members(interval: Interval) -> set[float]:
    return {
        x
        for x in GRID
        if (interval.low < x or (interval.low == x and not interval.low_open))
        and (x < interval.high or (x == interval.high and not interval.high_open))
    }


TARGETS = [
    asked(low, HIGH if COMPARATORS[code].range else None, code, side)
    for low in (4.0, 5.0)
    for code, sides in (
        ("eq", (1, -1, 0)),
        ("ge", (1,)),
        ("gt", (1,)),
        ("le", (-1,)),
        ("lt", (-1,)),
        ("between", (1, -1, 0)),
    )
    for side in sides
]
VALUES = [
    known(low, HIGH if COMPARATORS[code].range else None, code)
    for low in (3.5, 4.0, 5.0, 6.0)
    for code in ("eq", "ge", "gt", "le", "lt", "between")
]


@pytest.mark.parametrize("target", TARGETS, ids=str)
def test_the_verdict_is_that_of_every_number_that_the_value_may_be(target: Interval) -> None:
    good = members(target)
    for value in VALUES:
        may = members(value)
        expected = True if may <= good else False if not may & good else None
        assert attained(value, target) is expected, value


def test_met_and_missed_exclude_each_other_and_a_wider_value_never_tells_more() -> None:
    for target, one, other in itertools.product(TARGETS, VALUES, VALUES):
        if one.within(other) and attained(other, target) is not None:
            assert attained(one, target) is attained(other, target)


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [(95.0, "approx", None), (95.1, "approx", True), (94.9, "approx", False), (95.0, "eq", True)],
)
def test_about_so_much_tells_nothing_at_the_very_number(
    value: float, code: str, expected: bool | None
) -> None:
    found = attained(known(value, None, code), asked(95, None, "ge", 1), COMPARATORS[code].exact)
    assert found is expected


def test_binary_fractions_do_not_miss_a_target() -> None:
    floor, cap = asked(0.3, None, "ge", 1), asked(0.1 + 0.2, None, "lt", -1)
    assert attained(known(0.1 + 0.2, None, "eq"), floor) is True
    assert attained(known(0.3 - 1e-13, None, "eq"), floor) is True
    assert attained(known(0.3, None, "eq"), cap) is False
