"""Comparators: one table that the schema, the measures, the printed signs and the drafting rules
agree with.
"""

from __future__ import annotations

import psanalysis as ps
from psanalysis.comparators import CODES, COMPARATORS, INEXACT, NUMERIC, RANGES, SIDES, STRICT
from psanalysis.draft.lexicon import bounds


def test_the_schema_lists_the_same_codes() -> None:
    field = ps.load().package.by_name["statements"].field("comparator")
    assert tuple(field.constraints["enum"]) == CODES
    assert tuple(field.labels) == CODES


def test_the_groups_of_comparators() -> None:
    assert SIDES == {"ge": 1, "gt": 1, "le": -1, "lt": -1}
    assert (STRICT, INEXACT, RANGES) == (("gt", "lt"), ("approx", "between"), ("between",))
    assert [code for code in CODES if code not in NUMERIC] == ["none"]


def test_a_word_means_one_comparator_and_drafting_reads_it() -> None:
    for place in ("before", "after"):
        words = [word for one in COMPARATORS.values() for word in getattr(one, place)]
        assert len(words) == len(set(words))
        assert set(bounds(place)[1]) == set(words)
    assert COMPARATORS["approx"].words[-1] == "上下"


def test_signs_differ_where_there_is_one() -> None:
    signs = [one.sign for one in COMPARATORS.values() if one.sign]
    assert len(signs) == len(set(signs)) == 5
