"""What tests remember of the measures: the same answers, which nobody can spoil for the next."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import psanalysis as ps
from psanalysis.measures import evidence, gaps
from psanalysis.report import frames
from remembered import FUNCTIONS, remember

PLAN = "yuyao-2023-2027"


@pytest.fixture
def calls(ds: ps.Dataset) -> Iterator[list[object]]:
    """How often gaps were really computed, while they are remembered."""
    made: list[object] = []
    real = gaps._prepared

    def counted(*given: object) -> pd.DataFrame:
        made.append(given)
        return real(*given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gaps, "_prepared", counted)
        remember(patch, ds)
        yield made


def test_the_answer_is_that_of_the_measure_and_computed_once(ds, calls) -> None:  # type: ignore[no-untyped-def]
    first = gaps.gaps(ds, PLAN)
    assert_frame_equal(gaps.gaps(ds, plan=PLAN), first)
    assert len(calls) == 1, "however the plan is named"
    assert_frame_equal(gaps.gaps(replace(ds), PLAN), first)
    assert len(calls) == 2, "another data set is not known"


def test_what_is_done_to_an_answer_does_not_reach_the_next(ds, calls) -> None:  # type: ignore[no-untyped-def]
    first = gaps.gaps(ds, PLAN)
    first["target"] = -1.0
    del first["status"]
    second = gaps.gaps(ds, PLAN)
    assert "status" in second
    assert (second["target"].dropna() >= 0).all()
    assert len(calls) == 1


def test_other_arguments_have_answers_of_their_own(ds, calls) -> None:  # type: ignore[no-untyped-def]
    assert set(gaps.gaps(ds, PLAN)["plan_id"]) == {PLAN}
    assert set(gaps.gaps(ds, [PLAN, "panjin-14fyp"])["plan_id"]) == {PLAN, "panjin-14fyp"}
    own = frames.narrowed(ds, ["nursing_bed_share"])
    assert frames.narrowed(ds, ["nursing_bed_share"]) is own
    assert set(gaps.gaps(own)["indicator_id"]) == {"nursing_bed_share"}
    assert len(gaps.gaps(own)) < len(gaps.gaps(ds))
    values = pd.DataFrame(columns=ds.actuals.columns).astype(ds.actuals.dtypes)
    assert len(evidence.evidence(ds, values, None)) < len(evidence.evidence(ds, None, None))


def test_afterwards_the_library_is_as_it_was(ds) -> None:  # type: ignore[no-untyped-def]
    def named() -> list[object]:
        return [getattr(sys.modules[own.__module__], own.__name__) for own in FUNCTIONS]

    with pytest.MonkeyPatch.context() as patch:
        remember(patch, ds)
        assert not [own for own in named() if own in FUNCTIONS]
        assert ps.gaps is gaps.gaps
    assert named() == list(FUNCTIONS)
    assert ps.gaps is gaps.gaps
