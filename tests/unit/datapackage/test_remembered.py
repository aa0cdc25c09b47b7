"""Measures of a data set that nobody changes: the same answers, computed once, which nobody can
spoil for the next.
"""

from __future__ import annotations

import gc
from dataclasses import replace
from weakref import ref

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import psanalysis as ps
from psanalysis.datapackage.remembered import remembering
from psanalysis.measures import evidence, gaps
from psanalysis.report import CityGap, frames

PLAN = "yuyao-2023-2027"


@pytest.fixture
def own(ds: ps.Dataset) -> ps.Dataset:
    """The data set as a page has it."""
    return remembering(replace(ds))


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often gaps were really computed."""
    made: list[str] = []
    real = gaps._prepared

    def counted(*given: object) -> pd.DataFrame:
        made.append("gaps")
        return real(*given)

    monkeypatch.setattr(gaps, "_prepared", counted)
    return made


def test_the_answer_is_that_of_the_measure_and_computed_once(ds, own, calls) -> None:  # type: ignore[no-untyped-def]
    first = gaps.gaps(own, PLAN)
    assert_frame_equal(gaps.gaps(own, plan=PLAN), first)
    assert len(calls) == 1, "however the plan is named"
    assert_frame_equal(gaps.gaps(ds=ds, plan=PLAN), first)
    assert_frame_equal(gaps.gaps(ds, PLAN), first)
    assert len(calls) == 3, "of a user's data set nothing is remembered"
    assert_frame_equal(gaps.gaps(replace(own), PLAN), first)
    assert len(calls) == 4, "another data set is not known"


def test_a_users_data_set_may_change(ds, calls) -> None:  # type: ignore[no-untyped-def]
    mine = replace(ds, statements=ds.statements.copy())
    before = len(gaps.gaps(mine, PLAN))
    mine.statements.loc[mine.statements["plan_id"].eq(PLAN), "role"] = "baseline"
    assert before > len(gaps.gaps(mine, PLAN)) == 0


def test_what_is_done_to_an_answer_does_not_reach_the_next(own, calls) -> None:  # type: ignore[no-untyped-def]
    first = gaps.gaps(own, PLAN)
    known = first.copy()
    first["target"] = -1.0
    first.loc[first.index[0], "area_id"] = "nowhere"
    first.index.name = first.columns.name = "row"
    del first["status"]
    assert_frame_equal(gaps.gaps(own, PLAN), known)
    assert len(calls) == 1


def test_other_arguments_have_answers_of_their_own(own) -> None:  # type: ignore[no-untyped-def]
    assert set(gaps.gaps(own, PLAN)["plan_id"]) == {PLAN}
    assert set(gaps.gaps(own, [PLAN, "panjin-14fyp"])["plan_id"]) == {PLAN, "panjin-14fyp"}
    some = frames.narrowed(own, ["nursing_bed_share"])
    assert frames.narrowed(own, ["nursing_bed_share"]) is some
    assert set(gaps.gaps(some)["indicator_id"]) == {"nursing_bed_share"}
    assert len(gaps.gaps(some)) < len(gaps.gaps(own))
    values = pd.DataFrame(columns=own.actuals.columns).astype(own.actuals.dtypes)
    assert len(evidence.evidence(own, values, None)) < len(evidence.evidence(own, None, None))


def test_an_error_is_no_answer(own, calls) -> None:  # type: ignore[no-untyped-def]
    for _ in range(2):
        with pytest.raises(ps.ParameterError, match="neither a plan nor an area"):
            gaps.gaps(own, "nowhere")
    assert len(calls) == 2


def test_a_page_remembers_and_forgets_with_its_data_set(ds, calls, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("psanalysis.report.page.load", lambda: ds)
    page = CityGap(PLAN, "en")
    page.title()
    count = len(calls)
    gaps.gaps(page.ds, PLAN)
    assert len(calls) == count > 0
    gone = ref(page.ds)
    del page
    gc.collect()
    assert gone() is None
