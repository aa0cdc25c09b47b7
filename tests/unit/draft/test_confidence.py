"""A confidence is a share of what is right: it never falls with the score, and stays between 0 and
1.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from psanalysis.draft.confidence import SHARES, confidence_of

SCORES = st.floats(-0.5, 1.5)


@given(SCORES, SCORES)
def test_a_better_score_is_never_worth_less(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 < confidence_of(low) <= confidence_of(high) < 1


def test_the_measured_shares_are_met() -> None:
    assert [round(confidence_of(score), 9) for score, _ in SHARES] == [share for _, share in SHARES]


def test_the_best_class_of_the_codebook_needs_a_score_of_its_own() -> None:
    assert confidence_of(0.93) < 0.95 <= confidence_of(0.95)
