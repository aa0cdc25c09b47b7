"""Finding indicators by name, and naming plans and indicators."""

from __future__ import annotations

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.datapackage.search import COLUMNS
from psanalysis.datapackage.selection import chosen_indicators, chosen_plans


@pytest.fixture(scope="module")
def ds() -> ps.Dataset:
    return ps.load()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("护士", "nurses_per_1000"),
        ("nurse", "nurses_per_1000"),
        ("Nurses", "nurses_per_1000"),
        ("托位", "childcare_places_per_1000"),
        ("childcare places", "childcare_places_per_1000"),
        ("养老 床位", "nursing_bed_share"),
        ("nursing_bed_share", "nursing_bed_share"),
        ("每千人口拥有注册护士数", "nurses_per_1000"),
        ("ＮＵＲＳＥ", "nurses_per_1000"),
    ],
)
def test_a_word_leads_to_its_indicator(ds: ps.Dataset, text: str, first: str) -> None:
    assert ps.find(text, ds)["indicator_id"].iloc[0] == first


@pytest.mark.parametrize(
    ("text", "near"), [("nurces", "nurses_per_1000"), ("托育位", "childcare_places_per_1000")]
)
def test_a_slip_finds_what_is_near(ds: ps.Dataset, text: str, near: str) -> None:
    found = ps.find(text, ds)
    assert found["found_in"].eq("close").all()
    assert near in set(found["indicator_id"][:3])


def test_every_name_finds_its_own_indicator_first_place(ds: ps.Dataset) -> None:
    some = ds.indicators.iloc[::40]
    for row in some.itertuples():
        for name in (row.name_zh, row.name_en, row.indicator_id):
            found = ps.find(name, ds)
            assert row.indicator_id in set(found.loc[found["found_in"].eq("exact"), "indicator_id"])


def test_names_as_written_lead_there(ds: ps.Dataset) -> None:
    written = ds.statements.dropna(subset=["indicator_as_written"]).iloc[::60]
    for row in written.itertuples():
        assert row.indicator_id in set(ps.find(row.indicator_as_written, ds)["indicator_id"])


def test_a_word_is_not_found_inside_another(ds: ps.Dataset) -> None:
    found = ps.find("ear", ds)
    assert not found["found"].str.contains("years", case=False).any()


def test_only_indicators_of_the_plans_asked_for(ds: ps.Dataset) -> None:
    found = ps.find("托位", ds, plan="mianyang")
    stated = ds.statements.loc[ds.statements["plan_id"].eq("mianyang-14fyp"), "indicator_id"]
    assert len(found)
    assert set(found["indicator_id"]) <= set(stated)
    assert found["plans"].eq(1).all()


def test_nothing_near_is_an_empty_frame_of_the_same_kind(ds: ps.Dataset) -> None:
    none, some = ps.find("qqqq", ds), ps.find("nurse", ds)
    assert list(none.columns) == COLUMNS
    pd.testing.assert_series_equal(none.dtypes, some.dtypes)


@pytest.mark.parametrize("text", ["", "   ", None, 7])
def test_something_has_to_be_looked_for(text: str) -> None:
    with pytest.raises(ps.ParameterError, match="is empty"):
        ps.find(text)


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        ("mianyang-14fyp", ["mianyang-14fyp"]),
        ("mianyang", ["mianyang-14fyp"]),
        ("Mianyang", ["mianyang-14fyp"]),
        ("绵阳市", ["mianyang-14fyp"]),
        (["panjin", "mianyang-14fyp", "panjin-14fyp"], ["panjin-14fyp", "mianyang-14fyp"]),
    ],
)
def test_a_plan_may_be_named_by_code_area_or_list(
    ds: ps.Dataset, given: object, chosen: list[str]
) -> None:
    assert chosen_plans(ds, given) == chosen


def test_all_plans_by_default(ds: ps.Dataset) -> None:
    assert chosen_plans(ds) == ds.plans["plan_id"].tolist()


@pytest.mark.parametrize("given", ["mianyan", ["mianyang", "mianyan-14fyp"], 5, None])
def test_an_unknown_plan_is_told_with_what_may_be_meant(ds: ps.Dataset, given: object) -> None:
    with pytest.raises(ps.ParameterError, match="mianyang"):
        chosen_plans(ds, [given] if given is None else given)


@pytest.mark.parametrize(
    ("given", "meant"), [("nurse", "nurses_per_1000"), ("护士", "nurses_per_1000")]
)
def test_an_unknown_indicator_is_told_what_find_finds(
    ds: ps.Dataset, given: str, meant: str
) -> None:
    with pytest.raises(ps.ParameterError, match=f"did you mean '{meant}'"):
        chosen_indicators(ds, [given])


@pytest.mark.parametrize("given", ["", "qqqq", None])
def test_what_nothing_is_near_to_is_told_where_to_look(ds: ps.Dataset, given: object) -> None:
    with pytest.raises(ps.ParameterError, match=r"ps\.find"):
        chosen_indicators(ds, [given])


@pytest.mark.parametrize("choose", [chosen_plans, chosen_indicators])
def test_a_code_in_the_place_of_the_data_set(choose: object) -> None:
    with pytest.raises(ps.ParameterError, match=r"ps\.load\(\)"):
        choose("mianyang-14fyp")
