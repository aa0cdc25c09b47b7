"""ps.succession, and every public function over places with two plans, a province's plan and a plan
without a number.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import psanalysis as ps
from next_plans import FOLLOWERS, PROVINCE, WORDS, write
from psanalysis import wording
from psanalysis.datapackage.identity import plan_names
from psanalysis.measures import succession as module

Stated = Callable[..., ps.Dataset]
Row = Callable[..., dict[str, Any]]
OLD, NEW = {"plan_id": "mianyang-14fyp"}, {"plan_id": "mianyang-15fyp"}
NEXT = {"year": 2030} | NEW


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> ps.Dataset:
    return ps.load(write(tmp_path_factory.mktemp("next") / "data"))


@pytest.fixture
def followed(ds: ps.Dataset, stated: Stated) -> Callable[..., pd.DataFrame]:
    """`followed(rows, old=coverage, new=coverage)`: the succession of Mianyang's plan and a made-up
    next one.
    """

    def build(*rows: dict[str, Any], old: str = "full", new: str = "full") -> pd.DataFrame:
        plans = ds.plans[ds.plans["plan_id"] == "mianyang-14fyp"].assign(coverage=old)
        second = plans.assign(
            plan_id="mianyang-15fyp", period_start=2026, period_end=2030, baseline_year=2025,
            horizon_year=2030, coverage=new
        )  # fmt: skip
        made = stated(*({"area_id": "mianyang"} | row for row in rows))
        both = pd.concat([plans, second], ignore_index=True)
        return ps.succession(replace(made, plans=both, actuals=ds.actuals.head(0)), "mianyang")

    return build


TOTAL = {"indicator_id": "trained", "flow_start": 2021, "flow_end": 2025}
CASES = [
    ({"value": 80}, {"value": 85}, "raised", 5.0),
    ({"value": 80}, {"value": 80}, "kept", 0.0),
    ({"value": 80}, {"value": 80, "comparator": "gt"}, "raised", 0.0),
    ({"value": 80}, {"value": 75}, "lowered", -5.0),
    ({"value": 9, "indicator_id": "deaths"}, {"value": 8, "indicator_id": "deaths"}, "raised", 1.0),
    ({"value": 9, "indicator_id": "size"}, {"value": 8, "indicator_id": "size"}, "lowered", -1.0),
    ({"value": 80}, {"pledge": "all"}, "redefined", None),
    ({"pledge": "all"}, {"pledge": "all"}, "kept", None),
    ({"pledge": "all"}, {"pledge": "full_coverage"}, "redefined", None),
    ({"pledge": "other", "value_as_written": "甲"}, {"pledge": "other", "value_as_written": "乙"},
        "redefined", None),
    ({"value": 80, "comparator": "ge"}, {"value": 85, "comparator": "le"}, "redefined", None),
    ({"value": 9, "indicator_id": "size", "comparator": "le"}, {"value": 8, "indicator_id": "size"},
        "lowered", -1.0),
    ({"value": 9, "indicator_id": "size"}, {"value": 8, "indicator_id": "size", "comparator": "le"},
        "raised", 1.0),
    ({"value": 8} | TOTAL, {"value": 9, "indicator_id": "trained"}, "redefined", None),
    ({"value": 8, "indicator_id": "trained"},
        {"value": 9} | TOTAL | {"flow_start": 2029, "flow_end": 2030}, "redefined", None),
    ({"value": 8} | TOTAL, {"value": 9} | TOTAL | {"flow_start": 2028, "flow_end": 2030},
        "redefined", None),
    ({"value": 8} | TOTAL, {"value": 9} | TOTAL | {"flow_start": 2026, "flow_end": 2030}, "raised",
        1.0),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "change", "apart"), CASES)
def test_changes(
    followed: Callable[..., pd.DataFrame], goal: Row, old: dict[str, Any], new: dict[str, Any],
    change: str, apart: float | None,
) -> None:  # fmt: skip
    table = followed(goal(**old, **OLD), goal(**new, **NEXT))
    assert len(table) == 1
    row = table.iloc[0]
    assert (row["change"], None if pd.isna(row["target_change"]) else row["target_change"]) == (
        change,
        apart,
    )
    assert row["reason_zh"].endswith("。")
    assert row["reason_en"].endswith(".")


def test_two_states_in_other_words_are_quoted(
    followed: Callable[..., pd.DataFrame], goal: Row
) -> None:
    old = goal(pledge="other", value_as_written="与经济增长同步", **OLD)
    row = followed(old, goal(pledge="other", value_as_written="保持同步", **NEXT)).iloc[0]
    assert row["reason_zh"] == "两期都没有数字，文字由“与经济增长同步”改为“保持同步”，不分高低。"
    assert "“与经济增长同步” to “保持同步”" in row["reason_en"]


def test_a_number_that_becomes_a_pledge_is_of_another_kind(
    followed: Callable[..., pd.DataFrame], goal: Row
) -> None:
    row = followed(goal(80, **OLD), goal(pledge="all", **NEXT)).iloc[0]
    assert row["reason_en"].startswith("The target changes from 80% to ")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("full", "full", {"share": "dropped", "doctors": "new"}),
        ("full", "tables", {"share": "cannot_tell", "doctors": "new"}),
        ("partial", "full", {"share": "dropped", "doctors": "cannot_tell"}),
    ],
)
def test_what_is_dropped_or_new_respects_how_much_is_known(
    followed: Callable[..., pd.DataFrame], goal: Row, old: str, new: str, expected: dict[str, str]
) -> None:
    rows = goal(80, **OLD), goal(3, indicator_id="doctors", **NEXT)
    table = followed(*rows, old=old, new=new)
    assert table.set_index("indicator_id")["change"].to_dict() == expected


def test_the_new_baseline_tells_how_the_old_target_ended(
    followed: Callable[..., pd.DataFrame], base: Row, goal: Row
) -> None:
    row = followed(
        base(70, **OLD), goal(80, **OLD), base(78, **{"year": 2025} | NEW), goal(88, **NEXT)
    ).iloc[0]
    assert row[["change", "verdict", "evidence", "value", "shortfall"]].tolist() == [
        "raised", "missed", "next_baseline", 78, 2,
    ]  # fmt: skip
    assert row[["old_required_step", "new_required_step"]].tolist() == [2, 2]
    assert row["value_statement_id"] == row["new_baseline_statement_id"]
    assert "2 pp short" in row["outcome_en"]
    assert "from 80% (2025) to 88% (2030)" in row["reason_en"]


def test_the_words_name_the_pledge_and_which_plan_is_not_known(
    ds: ps.Dataset, followed: Callable[..., pd.DataFrame], goal: Row
) -> None:
    pledge = ds.pledges.set_index("pledge_id").loc["all"]
    kept = followed(goal(pledge="all", **OLD), goal(pledge="all", **NEXT)).iloc[0]
    dropped = followed(goal(80, **OLD), goal(3, indicator_id="doctors", **NEXT), new="tables")
    added = followed(goal(80, **OLD), goal(3, indicator_id="doctors", **NEXT), old="tables")
    for lang in wording.LANGUAGES:
        reason = f"reason_{lang}"
        assert pledge[f"name_{lang}"] in kept[reason]
        found = [table.set_index("change").loc["cannot_tell", reason] for table in (dropped, added)]
        assert found[0].startswith(_said("not_known_new", lang))
        assert found[1].startswith(_said("not_known_old", lang))


def _said(key: str, lang: str) -> str:
    """A reason up to its first fact."""
    return wording.say(
        f"succession_reason.{key}", lang, old="|", new="|", old_year="|", new_year="|"
    ).partition("|")[0]


def test_what_a_finding_doubts_of_either_plan_is_marked(
    followed: Callable[..., pd.DataFrame], doubting: Callable[..., ps.Dataset],
    base: Row, goal: Row, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    rows = [
        base(70, **OLD), goal(80, **OLD), base(78, **{"year": 2025} | NEW), goal(88, **NEXT),
        goal(3, indicator_id="doctors", **OLD), goal(4, indicator_id="doctors", **NEXT),
    ]  # fmt: skip
    sound = followed(*rows)
    assert sound[["doubted", "findings"]].values.tolist() == [[False, ""], [False, ""]]
    of = sound.set_index("indicator_id").loc["share"]
    whole = ps.succession
    for figure in (f"{plan}_{name}" for plan in ("old", "new") for name in module.FIGURES):
        monkeypatch.setattr(
            ps, "succession", lambda ds, area, of=of[figure]: whole(doubting(ds, of), area)
        )
        table = followed(*rows).set_index("indicator_id")
        assert table["findings"].to_dict() == {"share": "f01", "doctors": ""}, figure
        assert table["doubted"].to_dict() == {"share": True, "doctors": False}, figure


def test_a_place_with_one_plan_has_no_succession(ds: ps.Dataset) -> None:
    table = ps.succession(ds, "panjin")
    assert (len(table), list(table.columns)) == (0, module.COLUMNS)
    with pytest.raises(ps.ParameterError, match="nowhere"):
        ps.succession(ds, "nowhere")


def test_every_change_and_its_words(many: ps.Dataset) -> None:
    table = ps.succession(many, list(many.plans["city_id"]))
    assert set(table["change"]) == set(module.CHANGES) == set(wording.keys("succession"))
    assert list(table.columns) == module.COLUMNS
    pd.testing.assert_series_equal(table.dtypes, ps.succession(many, "sichuan").dtypes)
    assert not table.duplicated(["new_plan_id", "indicator_id"]).any()
    alone = ps.succession(many, "mianyang-15fyp")
    assert set(alone["new_plan_id"]) == {"mianyang-15fyp"}


def test_two_plans_of_a_place_have_names_of_their_own(many: ps.Dataset) -> None:
    for lang in wording.LANGUAGES:
        assert plan_names(many, lang).is_unique


@pytest.mark.parametrize(
    "measure", [ps.gaps, ps.compare, ps.ambition, ps.pace, ps.progress, ps.outcomes, ps.coverage],
    ids=lambda measure: measure.__name__,
)  # fmt: skip
def test_every_measure_works_with_any_number_of_plans(
    many: ps.Dataset, measure: Callable[[ps.Dataset], pd.DataFrame]
) -> None:
    table = measure(many)
    assert len(table)
    if "plan_id" in table and measure not in (ps.ambition, ps.compare, ps.pace):
        assert set(table["plan_id"]) == set(many.plans["plan_id"])


def _assessed(ds: ps.Dataset) -> list[ps.Assessment]:
    """Each target whose value is known, judged half way."""
    rows = ps.gaps(ds).merge(ps.outcomes(ds)[["statement_id", "value"]], on="statement_id")
    rows = rows.dropna(subset=["baseline", "target", "value"])
    return [
        ps.assess(
            baseline=row.baseline, current=row.value, target=row.target,
            baseline_year=row.baseline_year,
            current_year=row.baseline_year + 2, target_year=row.target_year,
            direction=row.direction,
        )
        for row in rows.itertuples()
    ]  # fmt: skip


def _converted(ds: ps.Dataset) -> list[float]:
    """Every number of a made-up plan in the unit of its indicator."""
    own = ds.statements[ds.statements["plan_id"] == "mianyang-15fyp"].dropna(subset="value")
    unit = ds.indicators.set_index("indicator_id")["unit_id"]
    return [
        ps.convert(row.value, row.unit_id, unit[row.indicator_id], ds.units)
        for row in own.itertuples()
    ]


# what each public function makes of the data with next plans, in something that has a length
CALLS: dict[str, Callable[[ps.Dataset, Path], Any]] = {
    "load": lambda ds, _: ps.load(ds.package.path.parent).plans,
    "gaps": lambda ds, _: ps.gaps(ds),
    "compare": lambda ds, _: ps.compare(ds),
    "ambition": lambda ds, _: ps.ambition(ds),
    "pace": lambda ds, _: ps.pace(ds),
    "assess": lambda ds, _: _assessed(ds),
    "progress": lambda ds, _: ps.progress(ds),
    "outcomes": lambda ds, _: ps.outcomes(ds),
    "waiting": lambda ds, _: ps.waiting(ds),
    "magnitudes": lambda ds, _: ps.magnitudes(
        ds, ds.actuals.assign(value=ds.actuals["value"] * 10, value_as_stated=None)
    ),
    "coverage": lambda ds, _: ps.coverage(ds),
    "succession": lambda ds, _: ps.succession(ds, list(ds.plans["city_id"])),
    "find": lambda ds, _: ps.find("nursing bed share", ds, plan=["mianyang-15fyp", "sichuan"]),
    "verify": lambda ds, folder: ps.verify(ds, folder, plan="mianyang").summary(),
    "convert": lambda ds, _: _converted(ds),
    "table": lambda ds, _: ps.table(ps.gaps(ds, "mianyang"), "en", ds=ds).to_html(),
}


def test_every_public_function_is_among_them() -> None:
    functions = {name for name in ps.__all__ if inspect.isfunction(getattr(ps, name))}
    assert functions == set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_every_public_function_works_with_next_plans(
    many: ps.Dataset, tmp_path: Path, name: str
) -> None:
    assert len(CALLS[name](many, tmp_path))


def test_a_next_plan_is_found_verified_and_waits_like_any_other(
    many: ps.Dataset, tmp_path: Path
) -> None:
    found = ps.find("nursing bed share", many, plan=["mianyang-14fyp", "mianyang-15fyp"])
    assert found["plans"].iloc[0] == 2
    told = ps.verify(many, tmp_path, plan="mianyang").summary()
    assert "mianyang-15fyp" in told
    due = ps.waiting(many, "mianyang", as_of=2030)
    assert set(due["plan_id"]) == {"mianyang-14fyp", "mianyang-15fyp"}


def test_references_and_ranks_with_two_plans_a_place(many: ps.Dataset) -> None:
    shared = "community_service_area_per_100_households"
    table = ps.compare(many, shared).set_index("plan_id")
    old, new = table.loc["mianyang-14fyp"], table.loc["mianyang-15fyp"]
    assert (old["national_year"], new["national_year"]) == (2025, 2030)
    assert (old["provincial_value"], old["provincial_year"]) == (30.3, 2025)
    assert new["provincial_caveat"] == "earlier_year"
    assert table.loc[PROVINCE, ["is_reference", "national_value"]].tolist() == [True, 30]
    places = many.plans.set_index("plan_id")["city_id"]
    ranked = ps.compare(many).dropna(subset="rank")
    assert (
        not ranked.assign(place=ranked["plan_id"].map(places))
        .duplicated(["indicator_id", "place"])
        .any()
    )
    peers = ps.ambition(many)
    for row in peers[peers["peers"] > 0].itertuples():
        others = [places[plan] for plan in row.peer_plans.split()]
        assert places[row.plan_id] not in others
        assert len(others) == len(set(others)) == row.peers


def test_a_plan_without_any_number(many: ps.Dataset) -> None:
    assert set(ps.gaps(many, WORDS)["status"]) == {"pledge"}
    assert set(ps.outcomes(many, WORDS)["verdict"]) == {"pledge"}
    assert ps.ambition(many, WORDS)["value"].isna().all()


def test_tables_of_every_place(many: ps.Dataset, tmp_path: Path) -> None:
    for area in ("mianyang", "china"):
        text = ps.table(ps.succession(many, area), "en", ds=many).to_html()
        assert "last plan" in text
    assert set(FOLLOWERS) <= set(many.plans["plan_id"])
