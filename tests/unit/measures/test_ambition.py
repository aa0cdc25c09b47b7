"""ps.ambition: targets against the nation's and the other cities'."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis import wording
from psanalysis.measures.ambition import STANDINGS
from psanalysis.measures.verdicts import size_dependent

Stated = Callable[..., ps.Dataset]
Each = Callable[..., list[pd.DataFrame]]
Row = Callable[..., dict[str, Any]]
MEASURES = (
    "national_difference",
    "provincial_difference",
    "required_step",
    "peer_difference",
    "peer_step",
)
MIANYANG, PANJIN, XINYANG = (
    {"plan_id": "mianyang-14fyp"},
    {"plan_id": "panjin-14fyp"},
    {"plan_id": "xinyang-2023-2025"},
)
JINGMEN = {"plan_id": "jingmen-13fyp"}
YUYAO, CHINA = {"plan_id": "yuyao-2023-2027"}, {"plan_id": "china-14fyp"}


def first(ds: ps.Dataset) -> pd.Series:
    return ps.ambition(ds).iloc[0]


AGAINST_THE_NATION = [
    ({"value": 95}, {"value": 90}, 5.0, "above"),
    ({"value": 90}, {"value": 90}, 0.0, "equal"),
    ({"value": 85}, {"value": 90}, -5.0, "below"),
    ({"value": 95}, {"value": 95, "comparator": "gt"}, 0.0, "same_number"),
    ({"value": 95, "comparator": "ge"}, {"value": 95, "comparator": "gt"}, 0.0, "same_number"),
    ({"value": 95, "comparator": "gt"}, {"value": 95, "comparator": "ge"}, 0.0, "same_number"),
    ({"value": 95, "comparator": "gt"}, {"value": 95, "comparator": "gt"}, 0.0, "equal"),
    ({"value": 95, "comparator": "ge"}, {"value": 95}, 0.0, "equal"),
    ({"value": 96}, {"value": 95, "comparator": "gt"}, 1.0, "above"),
    ({"value": 94, "comparator": "gt"}, {"value": 95}, -1.0, "below"),
    (
        {"value": 12, "comparator": "lt", "indicator_id": "deaths"},
        {"value": 12, "indicator_id": "deaths"},
        0.0,
        "same_number",
    ),
    ({"value": 95}, {"value": 90, "year": 2024}, 5.0, "earlier_year"),
    # totals over five years each, if not the same five
    (
        {"value": 95, "flow_start": 2021, "flow_end": 2025},
        {"value": 90, "flow_start": 2020, "flow_end": 2024, "year": 2024},
        5.0,
        "earlier_year",
    ),
    ({"value": 95, "year": float("nan")}, {"value": 90}, None, "not_comparable"),
    ({"pledge": "all"}, {"value": 90}, None, "not_comparable"),
    ({"value": 95}, {"value": 90, "flow_start": 2021, "flow_end": 2025}, None, "not_comparable"),
    ({"value": 9, "indicator_id": "deaths"}, {"value": 12, "indicator_id": "deaths"}, 3.0, "above"),
    (
        {"value": 15, "indicator_id": "deaths"},
        {"value": 12, "indicator_id": "deaths"},
        -3.0,
        "below",
    ),
    ({"value": 15, "indicator_id": "size"}, {"value": 12, "indicator_id": "size"}, 3.0, "above"),
    # a cap against a number without a side is no opposite bound
    (
        {"value": 12, "indicator_id": "size", "comparator": "le"},
        {"value": 15, "indicator_id": "size"},
        3.0,
        "above",
    ),
    (
        {"value": 3.5, "indicator_id": "beds"},
        {"value": 1000, "indicator_id": "beds"},
        None,
        "not_comparable",
    ),
    (
        {"value": 19, "indicator_id": "trained"},
        {"value": 1500, "indicator_id": "trained"},
        None,
        "not_comparable",
    ),
]


def test_against_the_nation(each: Each, goal: Row) -> None:
    tables = each(
        ps.ambition,
        [[goal(**city), goal(**nation, **CHINA)] for city, nation, *_ in AGAINST_THE_NATION],
    )
    for (*case, difference, standing), table in zip(AGAINST_THE_NATION, tables, strict=True):
        row = table.iloc[0]
        found = None if pd.isna(row["national_difference"]) else row["national_difference"]
        assert (row["standing"], found) == (standing, difference), case


NO_DIFFERENCE = [
    ({"value": 95}, {"pledge": "all"}, "no_national"),
    ({"pledge": "all"}, {"value": 90}, "no_target_value"),
    ({"value": 3, "indicator_id": "beds"}, {"value": 9, "indicator_id": "beds"}, "grows_with_size"),
    ({"value": 95}, {"value": 90, "flow_start": 2021, "flow_end": 2025}, "unlike_reference"),
    ({"value": 95, "comparator": "ge"}, {"value": 9, "comparator": "le"}, "unlike_reference"),
    ({"value": 95, "year": float("nan")}, {"value": 90}, "year_unknown"),
    ({"value": 95}, {"value": 90, "year": float("nan")}, "year_unknown"),
    ({"value": 95}, {"value": 90, "year": 2027}, "no_national"),
]


def test_why_there_is_no_difference_to_the_nation(each: Each, goal: Row) -> None:
    cases = [
        [goal(**city), goal(**nation, **CHINA), goal(**({"value": 90} | city), **PANJIN)]
        for city, nation, _ in NO_DIFFERENCE
    ]
    for (*case, code), table in zip(NO_DIFFERENCE, each(ps.ambition, cases), strict=True):
        row = table.iloc[0]
        assert pd.isna(row["national_difference"])
        assert f"national_difference={code}" in row["undefined"].split(), case
        assert code in wording.keys("undefined")
        assert row["standing"] == ("no_national" if code == "no_national" else "not_comparable"), (
            case
        )


def test_what_grows_with_the_size_of_a_place_has_no_peers(stated: Stated, goal: Row) -> None:
    beds = [goal(value, indicator_id="beds", **place) for value, place in ((3, {}), (2, PANJIN))]
    table = ps.ambition(stated(*beds, goal(9, indicator_id="beds", **CHINA)))
    assert len(table) == 2
    assert table["peers"].tolist() == [0, 0]
    assert table["peer_low"].isna().all()


def test_why_there_is_no_median_of_others(each: Each, base: Row, goal: Row) -> None:
    nation = [goal(90, **CHINA), goal(9, indicator_id="beds", **CHINA)]
    three = [goal(95, **one) for one in (PANJIN, XINYANG, JINGMEN)]
    before = [base(80, **one) for one in (PANJIN, XINYANG, JINGMEN)]
    cases: list[tuple[list[dict[str, Any]], dict[str, str]]] = [
        (
            [goal(pledge="all"), goal(90, **PANJIN)],
            dict.fromkeys(("peer_difference", "peer_step"), "no_target_value"),
        ),
        (
            [goal(90, comparator="le"), goal(90, **PANJIN), goal(90, **XINYANG)],
            dict.fromkeys(("peer_difference", "peer_step"), "unlike_others"),
        ),
        (
            [goal(90), goal(90, year=2024, **PANJIN)],
            dict.fromkeys(("peer_difference", "peer_step"), "no_peers"),
        ),
        (
            [goal(90), goal(95, **PANJIN), goal(94, **XINYANG)],
            dict.fromkeys(("peer_difference", "peer_step"), "few_peers"),
        ),
        ([goal(90), *three], {"peer_step": "no_peer_step"}),
        ([goal(90), *three[:2], *before[:2], goal(95, **JINGMEN)], {"peer_step": "no_peer_step"}),
        ([goal(90), *three, *before], {}),
    ]
    for (_, expected), table in zip(
        cases, each(ps.ambition, [rows + nation for rows, _ in cases]), strict=True
    ):
        row = table.iloc[0]
        told = dict(item.split("=") for item in row["undefined"].split())
        missing = {name for name in MEASURES if pd.isna(row[name])}
        assert set(told) == missing
        assert {
            name: told[name] for name in ("peer_difference", "peer_step") if name in told
        } == expected
        assert set(told.values()) <= set(wording.keys("undefined"))


def test_a_met_target_asks_for_no_step_and_a_total_has_none(
    stated: Stated, base: Row, goal: Row
) -> None:
    ds = stated(
        base(98),
        goal(95),
        base(70, **PANJIN),
        goal(90, **PANJIN),
        base(99, **XINYANG),
        goal(90, **XINYANG),
        base(60, **JINGMEN),
        goal(90, **JINGMEN),
    )
    assert ps.ambition(ds)[["required_step", "peer_step"]].values.tolist() == [
        [0.0, 4.0],
        [4.0, 0.0],
        [6.0, 0.0],
        [0.0, 4.0],
    ]
    past, coming = {"flow_start": 2016, "flow_end": 2020}, {"flow_start": 2021, "flow_end": 2025}
    of = {"indicator_id": "trained"}
    row = first(
        stated(base(5, **of, **past), goal(9, **of, **coming), goal(900, **of, **coming, **CHINA))
    )
    assert "required_step=period_total" in row["undefined"]


def test_a_row_carries_the_marks_of_all_that_it_rests_on(each: Each, base: Row, goal: Row) -> None:
    bare, implied = {"indicator_as_written": "占比"}, {"year_basis": "implied"}
    other = [goal(90, **CHINA), goal(91, **PANJIN)]
    cases = [
        ([base(80, **implied), goal(95), *other], "implied_year"),
        ([base(80, **implied), goal(95, year=float("nan")), *other], ""),
        ([goal(95), goal(90, **implied, **CHINA), goal(91, **PANJIN)], "implied_year"),
        ([goal(95), goal(90, **CHINA), goal(91, year=2024, **bare, **PANJIN)], ""),
        (
            [goal(95, **bare), goal(90, **CHINA), goal(91, **implied, **PANJIN)],
            "implied_year inferred_unit",
        ),
        (
            [goal(95), goal(90, **CHINA), base(80, **implied, **PANJIN), goal(91, **PANJIN)],
            "implied_year",
        ),
        (
            [goal(95), goal(90, **CHINA), goal(91, **implied, **PANJIN), goal(92, **XINYANG)],
            "implied_year",
        ),
    ]
    tables = each(ps.ambition, [rows for rows, _ in cases])
    assert [table["marks"].iloc[0] for table in tables] == [marks for _, marks in cases]


def test_a_later_horizon_is_not_read_off_a_line_here(stated: Stated, base: Row, goal: Row) -> None:
    ds = stated(
        goal(90),
        goal(90, **PANJIN),
        base(50, year=2022, **YUYAO),
        goal(75, year=2027, **YUYAO),
        goal(80, year=2027, **CHINA),
    )
    row = ps.ambition(ds).set_index("plan_id").loc["yuyao-2023-2027"]
    assert (row["marks"], row["national_difference"], row["interpolated"]) == ("", -5.0, True)


def test_against_the_other_cities(stated: Stated, base: Row, goal: Row) -> None:
    ds = stated(
        base(70, **MIANYANG), goal(95, **MIANYANG), base(80, **PANJIN), goal(90, **PANJIN),
        goal(80, **XINYANG), base(75, **JINGMEN),
        goal(85, **JINGMEN), goal(99, year=2027, **YUYAO), base(75, year=2022, **YUYAO),
    )  # fmt: skip
    table = ps.ambition(ds).set_index("plan_id")
    columns = ["peers", "peer_plans", "peer_low", "peer_high", "peer_median", "peer_difference"]
    assert table.loc["mianyang-14fyp", columns].tolist() == [
        3, "panjin-14fyp jingmen-13fyp xinyang-2023-2025", 80, 90, 85, 10,
    ]  # fmt: skip
    assert table.loc["xinyang-2023-2025", columns[2:]].tolist() == [85, 95, 90, -10]
    assert table.loc["xinyang-2023-2025", "peer_step"] == 2
    assert pd.isna(table.loc["mianyang-14fyp", "peer_step"]), "two steps are no median"
    assert "yuyao-2023-2027" not in table.index
    assert set(table["standing"]) == {"no_national"}


def test_few_peers_are_named_without_a_median(stated: Stated, goal: Row) -> None:
    table = ps.ambition(stated(goal(95), goal(90, **PANJIN), goal(80, **XINYANG)))
    assert table["peers"].tolist() == [2, 2, 2]
    assert table["peer_median"].isna().all()
    assert table[["peer_low", "peer_high"]].values.tolist() == [[80, 90], [80, 95], [90, 95]]


def test_a_doubted_figure_is_no_peer(stated: Stated, doubting: Stated, goal: Row) -> None:
    cities = (MIANYANG, PANJIN, XINYANG, JINGMEN)
    ds = stated(*(goal(80 + 5 * n, **city) for n, city in enumerate(cities)), goal(80, **CHINA))
    table = ps.ambition(doubting(ds, ds.statements["statement_id"].iloc[0])).set_index("plan_id")
    assert table["peers"].to_dict() == {
        "mianyang-14fyp": 3, "panjin-14fyp": 2, "jingmen-13fyp": 2, "xinyang-2023-2025": 2,
    }  # fmt: skip
    assert table.loc["mianyang-14fyp", ["doubted", "peer_median"]].tolist() == [True, 90]
    assert table["marks"].tolist() == ["doubted", "", "", ""]
    nation = ps.ambition(doubting(ds, ds.statements["statement_id"].iloc[4]))
    assert (nation["marks"] == "doubted").all()


def test_a_place_is_no_peer_of_itself_and_counts_once(
    ds: ps.Dataset, stated: Stated, goal: Row
) -> None:
    second = ds.plans.iloc[[0]].assign(plan_id="mianyang-b", period_start=2022)
    made = stated(goal(80), goal(90, **PANJIN), goal(85))
    made.statements.loc[2, "plan_id"] = "mianyang-b"
    table = ps.ambition(replace(made, plans=pd.concat([ds.plans, second], ignore_index=True)))
    assert table.set_index("plan_id")["peer_plans"].to_dict() == {
        "mianyang-14fyp": "panjin-14fyp",
        "panjin-14fyp": "mianyang-b",
        "mianyang-b": "panjin-14fyp",
    }


def test_a_city_against_its_province_and_the_province_against_the_nation(
    ds: ps.Dataset, stated: Stated, goal: Row
) -> None:
    plan = ds.plans.iloc[[0]].assign(plan_id="sichuan-14fyp", city_id="sichuan")
    made = stated(goal(80), goal(90, **PANJIN), goal(85, area_id="sichuan"), goal(70, **CHINA))
    made.statements.loc[2, "plan_id"] = "sichuan-14fyp"
    table = ps.ambition(replace(made, plans=pd.concat([ds.plans, plan], ignore_index=True)))
    table = table.set_index("plan_id")
    columns = ["national_difference", "provincial_difference", "provincial_standing", "peers"]
    assert table.loc["mianyang-14fyp", columns].tolist() == [10, -5, "below", 1]
    assert table.loc["sichuan-14fyp", ["national_difference", "standing"]].tolist() == [15, "above"]
    assert table.loc["sichuan-14fyp", ["provincial_standing", "peers"]].tolist() == [
        "no_provincial",
        0,
    ]
    assert table.loc["panjin-14fyp", "provincial_standing"] == "no_provincial"
    assert "peer_difference=reference_line" in table.loc["sichuan-14fyp", "undefined"]


def test_where_less_is_better_a_lower_target_is_the_more_demanding_one(
    stated: Stated, goal: Row
) -> None:
    falls = {"indicator_id": "deaths"}
    plans = (MIANYANG, PANJIN, XINYANG, JINGMEN)
    table = ps.ambition(stated(*(goal(9 + n, **falls, **plan) for n, plan in enumerate(plans))))
    assert table.set_index("plan_id")["peer_difference"].to_dict() == {
        "mianyang-14fyp": 2.0,
        "panjin-14fyp": 1.0,
        "xinyang-2023-2025": -1.0,
        "jingmen-13fyp": -2.0,
    }


def test_what_is_not_comparable_is_no_peer(stated: Stated, goal: Row) -> None:
    ds = stated(
        goal(95, **MIANYANG),
        goal(90, **PANJIN),
        goal(comparator="none", pledge="all", **XINYANG),
        goal(80, **CHINA),
    )
    table = ps.ambition(ds).set_index("plan_id")
    assert table["peers"].tolist() == [1, 1, 0]
    assert pd.isna(table.loc["xinyang-2023-2025", "peer_median"])
    assert "china-14fyp" not in table.index


def test_a_city_without_a_year_or_a_number_is_no_peer(each: Each, goal: Row) -> None:
    undated = {"year": float("nan")}
    cases = [
        [goal(95, **undated), goal(90, **undated, **PANJIN)],
        [goal(pledge="all"), goal(pledge="all", **PANJIN)],
    ]
    undated_table, pledges = each(ps.ambition, [[*rows, goal(80, **CHINA)] for rows in cases])
    assert undated_table["peers"].tolist() == [0, 0]
    assert (
        undated_table["undefined"]
        .str.contains("peer_difference=year_unknown peer_step=year_unknown")
        .all()
    )
    assert pledges["peers"].tolist() == [0, 0]


def test_a_target_that_nobody_else_has_is_left_out(stated: Stated, goal: Row) -> None:
    assert ps.ambition(stated(goal(95), goal(90, indicator_id="doctors", **PANJIN))).empty


def test_no_step_without_years_ahead(stated: Stated, base: Row, goal: Row) -> None:
    ds = stated(
        base(70, year=2025, **MIANYANG),
        goal(95, **MIANYANG),
        base(80, **PANJIN),
        goal(90, **PANJIN),
    )
    assert pd.isna(ps.ambition(ds)["required_step"].iloc[0])


def test_the_real_data(ds: ps.Dataset, whole_ambition: pd.DataFrame) -> None:
    table = whole_ambition
    assert table.index.equals(pd.RangeIndex(len(table)))
    assert "index" not in table
    assert list(dict.fromkeys(table["indicator_id"])) == [
        i for i in ds.indicators["indicator_id"] if i in set(table["indicator_id"])
    ]
    assert set(table["standing"]) <= set(STANDINGS)
    assert (
        table.loc[table["indicator_id"].map(size_dependent(ds)), "national_difference"].isna().all()
    )
    mine = ps.ambition(ds, "mianyang-14fyp").set_index("indicator_id")
    assert set(mine["plan_id"]) == {"mianyang-14fyp"}
    childcare = mine.loc["childcare_places_per_1000"]
    assert childcare[["peers", "peer_plans"]].tolist() == [2, "xinyang-2023-2025 nanjing-14fyp"], (
        "Panjin's figure is doubted"
    )
    assert round(childcare["national_difference"], 6) == 0.7
    assert mine.loc["nurses_per_1000", "standing"] == "equal"
    assert mine.loc["eldercare_beds_total", "standing"] == "not_comparable"


def test_rows_checked_by_hand(whole_ambition: pd.DataFrame) -> None:
    table = whole_ambition.set_index(["plan_id", "indicator_id"])
    columns = ["national_difference", "standing", "peers", "peer_low", "required_step", "peer_step"]
    by_hand = {
        ("panjin-14fyp", "nurses_per_1000"): (-0.1, "below", 1, 3.8, 0.144, None),
        ("mianyang-14fyp", "preschool_gross_enrolment"): (8.0, "above", 2, 93.0, 0.156, None),
        ("xinyang-2023-2025", "nursing_bed_share"): (0.0, "equal", 2, 55.0, None, None),
        ("yuyao-2023-2027", "nursing_bed_share"): (25.0, "earlier_year", 0, None, None, None),
        ("xinyang-2023-2025", "urban_fitness_circle_time"): (None, "no_national", 2, 10.0, None,
            None),
        ("mianyang-14fyp", "community_service_area_per_100_households"): (0.0, "same_number", 1,
            30.0, None, None),
        ("panjin-14fyp", "disability_two_subsidies_coverage"): (0.0, "equal", 2, 100.0, 0.0, None),
    }  # fmt: skip
    for key, expected in by_hand.items():
        row = [
            None if pd.isna(value) else round(value, 9) if isinstance(value, float) else value
            for value in table.loc[key, columns]
        ]
        assert tuple(row) == expected, key


def test_an_unknown_plan_is_named(ds: ps.Dataset) -> None:
    with pytest.raises(ps.ParameterError, match="plan='mianyan' is neither"):
        ps.ambition(ds, "mianyan")
