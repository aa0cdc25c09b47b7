"""Codes of a row in one cell, and that no measure over the real data loses the mark of an implied
year.
"""

from __future__ import annotations

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis import wording
from psanalysis.measures.marks import MARKS, carries, first_reason, joined, undefined, united


def test_names_of_what_holds_in_the_order_of_the_flags() -> None:
    flags = {
        "b": pd.Series([True, False, True], index=[3, 1, 2]),
        "a": pd.Series([True, False, False], index=[3, 1, 2]),
    }
    assert joined(flags).to_dict() == {3: "b a", 1: "", 2: "b"}


def test_marks_of_several_columns_are_joined_once_and_in_order() -> None:
    one = pd.Series(["interpolated implied_year", "", None], dtype="str")
    two = pd.Series(["inferred_unit", "implied_year", None], dtype="str")
    assert united(one, two).tolist() == [
        "implied_year inferred_unit interpolated",
        "implied_year",
        "",
    ]
    assert carries(one, "implied_year").tolist() == [True, False, False]
    assert carries(pd.Series([float("nan")]), "implied_year").tolist() == [False]


def test_reasons_by_measure() -> None:
    reasons = {
        "gap": pd.Series(["no_baseline", None], dtype="str"),
        "step": pd.Series(["year_unknown", None], dtype="str"),
    }
    assert undefined(reasons).tolist() == ["gap=no_baseline step=year_unknown", ""]


def test_the_first_obstacle_is_named() -> None:
    one, two = pd.Series([True, False, False]), pd.Series([True, True, False])
    assert first_reason(one.index, ("one", one), ("two", two)).fillna("").tolist() == [
        "one",
        "two",
        "",
    ]


def test_an_obstacle_that_is_not_known_to_hold_is_none() -> None:
    unknown = pd.Series([None, True], dtype="boolean", index=[7, 5])
    assert first_reason(unknown.index, ("one", unknown)).fillna("").to_dict() == {7: "", 5: "one"}


def test_every_mark_has_words() -> None:
    assert set(MARKS) == set(wording.keys("mark")) - {"list"}


@pytest.fixture(scope="module")
def implied(ds: ps.Dataset) -> set[str]:
    """Statements whose year the plan implies or leaves open."""
    rows = ds.statements
    return set(rows.loc[rows["year_basis"].ne("stated") & rows["value"].notna(), "statement_id"])


def test_no_measure_that_rests_on_an_implied_year_loses_its_mark(
    ds: ps.Dataset, implied: set[str], whole_ambition: pd.DataFrame
) -> None:
    gaps = ps.gaps(ds)
    stepped = gaps[gaps["required_step"].notna()]
    assert _unmarked(stepped, implied, "statement_id", "baseline_statement_id") == []
    progress = ps.progress(ds, as_of=2023)
    assert (
        _unmarked(
            progress[progress["time_share"].notna() & progress["target"].notna()],
            implied,
            "statement_id",
            "baseline_statement_id",
        )
        == []
    )
    table = ps.compare(ds, indicators=ds.indicators["indicator_id"])
    assert _unmarked(table[table["common_value"].notna()], implied, "statement_id") == []
    pace = ps.pace(ds)
    assert _unmarked(pace, implied, "from_statement_id", "to_statement_id") == []
    assert _unmarked(pace[pace["required_step"].notna()], implied, "statement_id") == []
    references = table[table["is_reference"]]  # a national target counts for its own year
    nation = {
        (row.indicator_id, row.year): row.statement_id
        for row in references.itertuples()
        if row.plan_id.startswith("china")
    }
    ambition = whole_ambition.assign(
        national_statement_id=[
            nation.get(key)
            for key in zip(whole_ambition["indicator_id"], whole_ambition["year"], strict=True)
        ]
    )
    assert (
        _unmarked(
            ambition[ambition["required_step"].notna()],
            implied,
            "statement_id",
            "baseline_statement_id",
        )
        == []
    )
    assert (
        _unmarked(
            ambition[ambition["national_difference"].notna()],
            implied,
            "statement_id",
            "national_statement_id",
        )
        == []
    )
    others = ambition[(ambition["peers"] > 0)]
    for row in others.itertuples():
        own = (
            (table["indicator_id"] == row.indicator_id)
            & ~table["is_reference"]
            & (table["verdict"] != "not_comparable")
        )
        chosen = table[own & table["value"].notna() & (table["year"] == row.year)]
        assert "implied_year" in row.marks or not set(chosen["statement_id"]) & implied


def _unmarked(frame: pd.DataFrame, implied: set[str], *columns: str) -> list[str]:
    """Statements of rows that rest on an implied year without saying so."""
    rests = pd.concat([frame[column].isin(implied) for column in columns], axis=1).any(axis=1)
    assert len(frame)
    return frame.loc[rests & ~carries(frame["marks"], "implied_year"), columns[0]].tolist()
