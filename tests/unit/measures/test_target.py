"""The algebra of targets: side, bound, equality, meeting."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.comparators import CODES, STRICT
from psanalysis.measures.target import (
    DIRECTIONS,
    bound,
    equal,
    meets,
    more_demanding,
    side,
    sides,
)

SIDES = {
    ("eq", "increase"): 1, ("eq", "decrease"): -1, ("eq", "none"): 0,
    ("approx", "increase"): 1, ("between", "decrease"): -1, ("none", "increase"): 1,
    ("none", "none"): 0,
    ("ge", "increase"): 1, ("ge", "decrease"): 1, ("ge", "none"): 1, ("gt", "none"): 1,
    ("le", "increase"): -1, ("le", "decrease"): -1, ("lt", "none"): -1, ("lt", "increase"): -1,
}  # fmt: skip


@pytest.mark.parametrize(("codes", "expected"), SIDES.items())
def test_the_comparator_names_the_side_and_the_direction_where_it_does_not(
    codes: tuple[str, str], expected: int
) -> None:
    assert side(*codes) == expected


def test_columns_agree_with_scalars() -> None:
    pairs = pd.DataFrame(itertools.product(CODES, DIRECTIONS), columns=["comparator", "direction"])
    expected = [side(c, d) for c, d in pairs.itertuples(index=False)]
    assert sides(pairs["comparator"], pairs["direction"]).tolist() == expected


def test_unknown_codes_are_refused_with_the_valid_ones() -> None:
    with pytest.raises(ps.ParameterError, match="'eq', 'ge'"):
        side(">=", "increase")
    with pytest.raises(ps.ParameterError, match="'increase', 'decrease', 'none'"):
        side("eq", "up")


def test_of_a_range_the_less_demanding_end_is_asked_for() -> None:
    value, high = pd.Series([2.0, 2.0, 2.0, 5.0]), pd.Series([3.0, 3.0, 3.0, float("nan")])
    assert bound(value, high, pd.Series([1, -1, 0, -1])).tolist() == [2.0, 3.0, 2.0, 5.0]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (0.1 + 0.2, 0.3, True),
        (1e9, 1e9 + 0.5, True),
        (1e9, 1e9 + 2, False),
        (0.0, 0.0, True),
        (0.0, 1e-12, False),
        (float("nan"), 1.0, False),
    ],
)
def test_equal_but_for_binary_fractions(a: float, b: float, same: bool) -> None:
    assert equal(pd.Series([a], index=[7]), pd.Series([b], index=[7])).to_dict() == {7: same}


@pytest.mark.parametrize(
    ("comparator", "direction", "below", "at", "above"),
    [
        ("eq", "increase", False, True, True), ("eq", "decrease", True, True, False),
        ("eq", "none", False, True, False),
        ("ge", "decrease", False, True, True), ("gt", "increase", False, False, True),
        ("le", "increase", True, True, False),
        ("lt", "decrease", True, False, False), ("approx", "increase", False, True, True),
        ("between", "decrease", True, True, False),
    ],
)  # fmt: skip
def test_meeting(comparator: str, direction: str, below: bool, at: bool, above: bool) -> None:
    frame = pd.DataFrame(
        {
            "value": [4.0, 5.0, 6.0],
            "target": 5.0,
            "comparator": comparator,
            "which": side(comparator, direction),
        }
    )
    assert meets(frame["value"], frame["target"], frame["comparator"], frame["which"]).tolist() == [
        below,
        at,
        above,
    ]


def test_the_more_demanding_target_is_met_by_fewer_values() -> None:
    """`more_demanding` agrees with the sets of values that meet each target, for every pair of
    targets on one side.
    """
    grid = pd.Series([94.0, 94.5, 95.0, 95.5, 96.0, 96.5])
    for which, comparators in (
        (1, ("eq", "ge", "gt", "approx", "between")),
        (-1, ("eq", "le", "lt")),
    ):
        targets = list(itertools.product([95.0, 96.0], comparators))
        met = {
            one: set(
                grid[
                    meets(
                        grid,
                        pd.Series(one[0], grid.index),
                        pd.Series(one[1], grid.index),
                        pd.Series(which, grid.index),
                    )
                ]
            )
            for one in targets
        }
        pairs = list(itertools.product(targets, targets))
        frame = pd.DataFrame(
            [(*one, *other) for one, other in pairs],
            columns=["value", "comparator", "other", "other_comparator"],
        )
        order = more_demanding(*(frame[name] for name in frame), pd.Series(which, frame.index))
        assert order.tolist() == [
            (met[one] < met[other]) - (met[one] > met[other]) for one, other in pairs
        ]


def test_without_a_number_no_target_asks_for_more() -> None:
    nothing, one, code = (
        pd.Series([float("nan"), 1.0]),
        pd.Series([1.0, float("nan")]),
        pd.Series(["gt", "eq"]),
    )
    assert more_demanding(nothing, code, one, code, pd.Series([1, 1])).isna().all()
    assert set(STRICT) < set(CODES)
