"""A bound or a unit that is printed once counts for every number of its series."""

from __future__ import annotations

import pytest

from passages import AHEAD, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("班额分别控制在45人、50人以内。", [("45", "人", "le"), ("50", "人", "le")]),
        ("分别提高8.3个、2.1个和3.6个百分点。",
            [("8.3", "个百分点", "eq"), ("2.1", "个百分点", "eq"), ("3.6", "个百分点", "eq")]),
    ],
)  # fmt: skip
def test_bound_and_unit_of_a_series(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert shown(AHEAD + text) == expected
