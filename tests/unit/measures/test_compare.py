"""ps.compare: verdicts and their reasons, ranks, the common year, the national line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import psanalysis as ps
from psanalysis import wording
from psanalysis.measures import verdicts
from psanalysis.measures.compare import COLUMNS
from psanalysis.measures.verdicts import core, judge

Stated = Callable[..., ps.Dataset]
Each = Callable[..., list[pd.DataFrame]]
Row = Callable[..., dict[str, Any]]
Even = Callable[..., pd.DataFrame]
MIANYANG, PANJIN, JINGMEN = (
    {"plan_id": "mianyang-14fyp"},
    {"plan_id": "panjin-14fyp"},
    {"plan_id": "jingmen-13fyp"},
)
XINYANG, YUYAO, CHINA = (
    {"plan_id": "xinyang-2023-2025"},
    {"plan_id": "yuyao-2023-2027"},
    {"plan_id": "china-14fyp"},
)


# every plan one of a prefecture, so that four are comparable
NINGBO = {"plan_id": "yuyao-2023-2027", "area_id": "ningbo"}
CITIES = ["mianyang", "panjin", "jingmen", "xinyang", "ningbo", "china"]


def told(table: pd.DataFrame) -> list[str]:
    """Why a common value or a rank is missing."""
    return [
        " ".join(item for item in row.split() if not item.startswith("relative_change"))
        for row in table["undefined"]
    ]


def ranks(table: pd.DataFrame) -> list[Any]:
    return [None if pd.isna(rank) else int(rank) for rank in table["rank"]]


def compared(ds: ps.Dataset) -> pd.DataFrame:
    return ps.compare(ds, indicators=ds.indicators["indicator_id"])


def column(table: pd.DataFrame, name: str) -> list[Any]:
    return [None if pd.isna(value) else value for value in table[name]]


def test_childcare_places_checked_by_hand(ds: ps.Dataset) -> None:
    table = ps.compare(ds, indicators=["childcare_places_per_1000"])
    assert table[
        ["plan_id", "value", "comparator", "year", "verdict", "reasons"]
    ].values.tolist() == [
        ["mianyang-14fyp", 5.2, "eq", 2025, "comparable", ""],
        ["panjin-14fyp", 4.5, "ge", 2025, "caveat", "doubted"],
        ["xinyang-2023-2025", 4.5, "eq", 2025, "comparable", ""],
        ["yuyao-2023-2027", 5.5, "eq", 2027, "caveat", "other_horizon other_level"],
        ["china-14fyp", 4.5, "eq", 2025, "comparable", "reference_line"],
        ["nanjing-14fyp", 4.5, "approx", 2025, "caveat", "approximate"],
    ]
    assert ranks(table) == [None] * 6
    assert set(table["ranked"]) == {2}
    assert set(table["left_out"]) == {3}
    assert column(table, "national_value") == [4.5, 4.5, 4.5, 4.5, None, 4.5]
    assert column(table, "national_caveat") == ["", "", "", "earlier_year", None, ""]
    assert column(table, "common_value") == [5.2, 4.5, 4.5, None, 4.5, 4.5]


def test_reasons_are_told_in_both_languages(ds: ps.Dataset) -> None:
    row = ps.compare(ds, indicators=["childcare_places_per_1000"]).iloc[3]
    assert row["reason_zh"] == "目标年不同；行政级别不同"
    assert row["reason_en"] == "another target year; another administrative level"


VERDICTS = [
    # the last of the rows is the one that is looked at; the others make the core
    ([{}, {}], "comparable", ""),
    ([{}, {}, {"year": 2023}], "caveat", "other_horizon"),
    ([{}, {"year": 2027}], "caveat", "other_horizon"),
    ([{}, {"year": float("nan")}], "caveat", "other_horizon"),
    ([{}, {"commitment": "strive"}], "caveat", "strive"),
    ([{}, {"comparator": "approx"}], "caveat", "approximate"),
    ([{}, {"comparator": "between", "value_high": 95}], "caveat", "approximate"),
    ([{}, {"year_basis": "implied"}], "caveat", "implied_year"),
    ([{}, {"area_id": "jingmen-centre"}], "caveat", "part_of_area"),
    ([{}, {"value": float("nan"), "pledge": "all"}], "not_comparable", "pledge_against_number"),
    ([{}, {"flow_start": 2021, "flow_end": 2025}], "not_comparable", "flow_against_stock"),
    ([{}, {"comparator": "le"}], "not_comparable", "opposite_bounds"),
    ([{"value": float("nan")}, {"value": float("nan")}], "comparable", "pledges_only"),
    ([{"flow_start": 2021, "flow_end": 2025}, {"flow_start": 2021, "flow_end": 2025},
        {"flow_start": 2023, "flow_end": 2025}],
     "not_comparable", "unlike_periods"),
    ([{"flow_start": 2021, "flow_end": 2025}, {"flow_start": 2021, "flow_end": 2025}, {}],
        "not_comparable", "flow_against_stock"),
    ([{"flow_start": 2021, "flow_end": 2025}, {"flow_start": 2016, "flow_end": 2020}], "comparable",
        ""),
]  # fmt: skip


def test_verdicts(each: Each, goal: Row) -> None:
    plans = [MIANYANG, PANJIN, XINYANG]
    cases = [
        [goal(**({"value": 90} | more | plan)) for plan, more in zip(plans, rows, strict=False)]
        for rows, *_ in VERDICTS
    ]
    for (rows, verdict, reasons), table in zip(
        VERDICTS, each(compared, cases, baseline_year=2020), strict=True
    ):
        found = (table["verdict"].iloc[-1], table["reasons"].iloc[-1])
        assert len(table) == len(rows)
        assert found == (verdict, reasons), rows
        assert set(table["verdict"].iloc[:-1]) == {"comparable"}, rows


TOTAL = {"flow_start": 2021, "flow_end": 2025}


REASONS = [
    # a pledge has one reason, whatever else is unlike
    ([{"value": 9} | TOTAL | MIANYANG, {"value": 9} | TOTAL | PANJIN,
        {"pledge": "all", "year": 2027, "commitment": "strive"} | YUYAO],
     ["", "", "pledge_against_number"]),
    ([{"value": 9} | MIANYANG, {"value": 9} | PANJIN, {"pledge": "all", **TOTAL} | XINYANG],
        ["", "", "pledge_against_number"]),
    # the nation alone has a number
    ([{"pledge": "all"} | MIANYANG, {"value": 9} | TOTAL | CHINA],
        ["pledges_only", "reference_line"]),
    ([{"pledge": "all"} | MIANYANG, {"pledge": "all"} | CHINA],
        ["pledges_only", "pledges_only reference_line"]),
    # no city fits: what differs in kind has no circumstances
    ([{"value": 9, "comparator": "ge"} | TOTAL | MIANYANG,
        {"value": 9, "comparator": "le"} | PANJIN], ["flow_against_stock", "opposite_bounds"]),
    # base years do not matter to a level
    ([{"value": 9} | MIANYANG, {"value": 9} | XINYANG, {"value": 9, "year": 2027} | YUYAO],
     ["", "", "other_horizon other_level"]),
    ([{"value": 9} | MIANYANG, {"value": 9} | XINYANG, {"value": 9} | YUYAO],
        ["", "", "other_level"]),
    # most of three are not totals, most of three are
    ([{"value": 9} | MIANYANG, {"value": 9} | PANJIN,
        {"value": 9} | TOTAL | {"plan_id": "china-14fyp"}],
        ["", "", "flow_against_stock reference_line"]),
    ([{"value": 9, "comparator": "le"} | MIANYANG, {"value": 9, "comparator": "ge"} | PANJIN],
        ["opposite_bounds", ""]),
    # of two lengths the shorter, whatever the nation's
    ([{"value": 9} | TOTAL | MIANYANG, {"value": 9, "flow_start": 2023, "flow_end": 2025} | PANJIN,
        {"value": 9} | TOTAL | CHINA],
     ["unlike_periods", "", "unlike_periods reference_line"]),
    ([{"value": 9} | TOTAL | MIANYANG, {"value": 9, "flow_start": 2023, "flow_end": 2025} | PANJIN],
        ["unlike_periods", ""]),
]  # fmt: skip


def test_reasons_of_every_row(each: Each, goal: Row) -> None:
    tables = each(compared, [[goal(**row) for row in rows] for rows, _ in REASONS])
    assert [table["reasons"].tolist() for table in tables] == [reasons for _, reasons in REASONS]


def test_a_county_and_a_traditional_script_are_caveats(stated: Stated, goal: Row) -> None:
    table = ps.compare(
        stated(*(goal(90, **plan) for plan in (MIANYANG, PANJIN, JINGMEN, YUYAO))),
        indicators=["share"],
    )
    assert table["reasons"].tolist() == [
        "",
        "",
        "other_script",
        "other_level",
    ]


def test_relative_change_and_both_ends_of_a_range(even: Even, base: Row, goal: Row) -> None:
    falls = {"indicator_id": "deaths"}
    rows = [goal(80), goal(90), goal(10, comparator="between", value_high=12.0, **falls)]
    rows += [goal(9, indicator_id="doctors"), base(50)]
    table = even(ps.compare, rows, indicators=["share", "deaths"])
    assert table["relative_change"].round(9).fillna(-1).tolist() == [0.6, -1, -1]
    assert table[["value", "value_low", "value_high"]].iloc[2].tolist() == [12, 10, 12]


def test_of_two_scripts_the_simplified_is_the_yardstick(stated: Stated, goal: Row) -> None:
    ds = stated(goal(90, **JINGMEN), goal(90, **MIANYANG))
    even = type(ds)(**{**ds.__dict__, "plans": ds.plans.assign(baseline_year=2020)})
    assert dict(ps.compare(even, indicators=["share"])[["plan_id", "reasons"]].values) == {
        "mianyang-14fyp": "",
        "jingmen-13fyp": "other_script",
    }


MISSING = [
    ({}, [], ""),
    ({"pledge": "all"}, [], "common_value=no_target_value rank=no_target_value"),
    ({"value": 90, "year": float("nan")}, [], "common_value=year_unknown rank=caveat"),
    ({"value": 90, "year": 2024}, [], "common_value=before_common_year rank=caveat"),
    ({"value": 90, "year": 2027}, [], "common_value=no_baseline rank=caveat"),
    (
        {"value": 90, "year": 2027},
        [{"value": 80, "year": float("nan")}],
        "common_value=year_unknown rank=caveat",
    ),
    (
        {"value": 90, "year": 2027},
        [{"value": 80, "year": 2026}],
        "common_value=after_common_year rank=caveat",
    ),
    (
        {"value": 90, "year": 2027},
        [{"value": 80, "flow_start": 2016, "flow_end": 2020}],
        "common_value=not_comparable rank=caveat",
    ),
    ({"value": 90, "year": 2027}, [{"value": 80}], "rank=caveat"),
    (
        {"value": 90, "year": 2027, "flow_start": 2021, "flow_end": 2025},
        [],
        "common_value=period_total rank=unlike_others",
    ),
]


def test_the_script_of_the_core_is_the_yardstick_whatever_others_write(
    stated: Stated, goal: Row
) -> None:
    ds = stated(goal(90), goal(90, **YUYAO), goal(90, year=2027, **JINGMEN))
    script = ds.plans["plan_id"].map(lambda plan: "hant" if plan == "mianyang-14fyp" else "hans")
    table = ps.compare(replace(ds, plans=ds.plans.assign(script=script)), "share")
    assert dict(zip(table["plan_id"], table["reasons"], strict=True)) == {
        "mianyang-14fyp": "",
        "yuyao-2023-2027": "other_level other_script",
        "jingmen-13fyp": "other_horizon other_script",
    }


def test_why_a_value_or_a_rank_is_missing(each: Each, base: Row, goal: Row) -> None:
    cases = [
        [goal(90, **MIANYANG), goal(95, **PANJIN), goal(95, **JINGMEN), goal(95, **NINGBO)]
        + [base(**one, **XINYANG) for one in before]
        + [goal(**({} if "pledge" in row else {"value": 91}) | row, **XINYANG)]
        for row, before, _ in MISSING
    ]
    for (row, _, why), table in zip(
        MISSING, each(compared, cases, script="hans", city_id=CITIES), strict=True
    ):
        assert told(table) == ["", "", "", why, ""], row
        assert {item.split("=")[1] for item in why.split()} <= set(wording.keys("undefined"))


def test_why_nobody_is_ranked(stated: Stated, goal: Row) -> None:
    ds = stated(
        goal(15, indicator_id="size"),
        goal(9, indicator_id="size", **PANJIN),
        goal(80),
        goal(70, **CHINA),
        goal(3, year=float("nan"), indicator_id="doctors"),
    )
    table = ps.compare(ds, indicators=["size", "share", "doctors"])
    assert told(table) == [
        "rank=no_better_side",
        "rank=no_better_side",
        "rank=few_cities",
        "rank=reference_line",
        "common_value=no_common_year rank=few_cities",
    ]
    codes = {item.split("=")[1] for row in table["undefined"] for item in row.split()}
    assert codes <= set(wording.keys("undefined"))


def test_an_interpolated_value_carries_the_marks_of_its_baseline(
    each: Each, base: Row, goal: Row
) -> None:
    later = {"year": 2027} | YUYAO
    common = [goal(90), goal(90, **PANJIN)]
    cases = [
        ([*common, base(50, year=2022, **YUYAO), goal(75, **later)], "interpolated"),
        (
            [*common, base(50, year=2022, year_basis="implied", **YUYAO), goal(75, **later)],
            "implied_year interpolated",
        ),
        (
            [*common, base(50, year=2022, indicator_as_written="占比", **YUYAO), goal(75, **later)],
            "inferred_unit interpolated",
        ),
        (
            [*common, base(50, year=2022, **YUYAO), goal(75, year_basis="implied", **later)],
            "implied_year interpolated",
        ),
        (
            [*common, base(50, year=2022, **YUYAO), goal(75, indicator_as_written="占比", **later)],
            "inferred_unit interpolated",
        ),
        (
            [
                *common,
                base(50, year=2026, year_basis="implied", indicator_as_written="占比", **YUYAO),
                goal(75, **later),
            ],
            "",
        ),
    ]
    tables = each(compared, [rows for rows, _ in cases])
    assert [table["marks"].iloc[2] for table in tables] == [marks for _, marks in cases]


def test_no_rank_without_a_better_side_nor_for_one_city_alone(stated: Stated, goal: Row) -> None:
    ds = stated(
        goal(15, indicator_id="size", **MIANYANG),
        goal(9, indicator_id="size", **PANJIN),
        goal(80, **MIANYANG),
    )
    assert ranks(ps.compare(ds, indicators=["size", "share"])) == [None, None, None]
    assert ps.compare(ds, indicators=["share"])["ranked"].tolist() == [1]


def test_a_pledge_is_shown_with_its_implied_number_and_not_ranked(
    stated: Stated, goal: Row
) -> None:
    ds = stated(goal(90, **MIANYANG), goal(91, **PANJIN), goal(pledge="all_eligible", **XINYANG))
    table = ps.compare(ds, indicators=["share"])
    assert ranks(table) == [None] * 3
    assert (table["implied_value"].iloc[2], table["marks"].iloc[2]) == (100.0, "implied_pledge")
    assert (set(table["ranked"]), set(table["left_out"])) == ({2}, {1})
    assert pd.isna(table["value"].iloc[2])


def test_a_later_horizon_is_read_off_the_line_and_marked(
    stated: Stated, base: Row, goal: Row
) -> None:
    ds = stated(
        goal(90, **MIANYANG), goal(90, **PANJIN),
        base(50, year=2022, **YUYAO), goal(75, year=2027, **YUYAO),
        base(50, year=2015, **JINGMEN), goal(60, year=2020, **JINGMEN),
    )  # fmt: skip
    table = ps.compare(ds, indicators=["share"]).set_index("plan_id")
    assert table.loc["yuyao-2023-2027", "common_value"] == pytest.approx(65.0)
    assert table.loc["yuyao-2023-2027", "interpolated"]
    assert "interpolated" in table.loc["yuyao-2023-2027", "marks"]
    assert pd.isna(table.loc["jingmen-13fyp", "common_value"])
    assert not table.loc["jingmen-13fyp", "interpolated"]
    assert (table["common_year"] == 2025).all()
    assert table.loc["mianyang-14fyp", "common_value"] == 90


def test_the_line_reaches_from_baseline_to_target_only(each: Each, base: Row, goal: Row) -> None:
    lines = [
        (2026, 2027, None),
        # the start of the line is what was, not what is aimed at
        (2025, 2027, None),
        (2024, 2026, 60.0),
        (2028, 2027, None),
        (float("nan"), 2027, None),
    ]
    cases = [
        [
            goal(90, **MIANYANG),
            goal(90, **PANJIN),
            base(50, year=start, **XINYANG),
            goal(70, year=end, **XINYANG),
        ]
        for start, end, _ in lines
    ]
    assert [column(table, "common_value")[2] for table in each(compared, cases)] == [
        expected for *_, expected in lines
    ]


def test_a_total_over_years_is_not_interpolated(stated: Stated, base: Row, goal: Row) -> None:
    five = {"indicator_id": "trained"}
    ds = stated(
        goal(9, flow_start=2021, flow_end=2025, **five, **MIANYANG),
        goal(9, flow_start=2021, flow_end=2025, **five, **PANJIN),
        base(5, year=2022, flow_start=2018, flow_end=2022, **five, **YUYAO),
        goal(7, year=2027, flow_start=2023, flow_end=2027, **five, **YUYAO),
    )
    row = ps.compare(ds, indicators=["trained"]).iloc[2]
    assert pd.isna(row["common_value"])
    assert "other_horizon" in row["reasons"]
    assert row["verdict"] == "caveat"


HEADLINES = [
    ({"value": 80, "area_id": "jingmen-centre", "nature": "binding"}, {"value": 90}),
    ({"value": 80}, {"value": 90, "nature": "expected"}),
    ({"pledge": "all"}, {"value": 90}),
    ({"value": 80, "commitment": "strive"}, {"value": 90}),
    ({"value": 80, "year": 2023}, {"value": 90}),
    ({"value": 80, "year": float("nan")}, {"value": 90}),
]


def test_the_headline_target_of_a_plan(each: Each, goal: Row) -> None:
    pairs = [pair for one, other in HEADLINES for pair in ((one, other), (other, one))]
    for pair, table in zip(
        pairs, each(compared, [[goal(**row) for row in pair] for pair in pairs]), strict=True
    ):
        assert table[["value", "also_stated"]].values.tolist() == [[90.0, 1]], pair


def test_of_equal_targets_the_first_in_the_text_is_the_headline(stated: Stated, goal: Row) -> None:
    table = ps.compare(stated(goal(80), goal(90), goal(85)), indicators=["share"])
    assert table[["value", "also_stated"]].values.tolist() == [[80.0, 2]]


def test_of_a_range_the_end_that_must_be_reached(stated: Stated, goal: Row) -> None:
    falls = {"indicator_id": "deaths", "comparator": "between", "value_high": 12.0}
    assert ps.compare(stated(goal(10, **falls)), indicators=["deaths"])["value"].tolist() == [12.0]


def test_values_of_unlike_units_are_aligned(stated: Stated, goal: Row) -> None:
    ds = stated(
        goal(3.5, indicator_id="beds", **MIANYANG),
        goal(13000, indicator_id="beds", unit_id="bed", **PANJIN),
    )
    table = ps.compare(ds, indicators=["beds"])
    assert table["value"].tolist() == [3.5, 1.3]
    assert set(table["unit_id"]) == {"ten_thousand_beds"}


def test_the_national_target_is_a_line_and_a_province_is_none(stated: Stated, goal: Row) -> None:
    ds = stated(
        goal(90, **MIANYANG), goal(95, **PANJIN), goal(92, comparator="gt", year=2024, **CHINA)
    )
    table = ps.compare(ds, indicators=["share"], plans=["mianyang-14fyp", "panjin-14fyp"])
    assert table["plan_id"].tolist() == ["mianyang-14fyp", "panjin-14fyp"]
    assert (
        table[["national_value", "national_comparator", "national_year"]].values.tolist()
        == [[92.0, "gt", 2024]] * 2
    )
    assert table["verdict"].tolist() == ["comparable", "comparable"]
    alone = ps.compare(ds, indicators=["share"], plans=["china-14fyp"])
    assert (
        alone["is_reference"].tolist(),
        alone["ranked"].tolist(),
        alone["left_out"].tolist(),
    ) == ([True], [0], [0])


def test_a_city_against_the_nations_kind(stated: Stated, goal: Row) -> None:
    ds = stated(
        goal(9, indicator_id="trained", **MIANYANG),
        goal(900, indicator_id="trained", flow_start=2021, flow_end=2025, **CHINA),
    )
    table = ps.compare(ds, indicators=["trained"])
    assert table["reasons"].tolist() == ["grows_with_size", "flow_against_stock reference_line"]


def test_plans_that_are_not_asked_for_do_not_count(ds: ps.Dataset) -> None:
    table = ps.compare(
        ds, indicators=["childcare_places_per_1000"], plans=["xinyang-2023-2025", "yuyao-2023-2027"]
    )
    assert table["plan_id"].tolist() == ["xinyang-2023-2025", "yuyao-2023-2027"]
    assert table["left_out"].tolist() == [1, 1]


def test_by_default_what_two_cities_share(ds: ps.Dataset) -> None:
    table = ps.compare(ds)
    cities = table[~table["is_reference"]].groupby("indicator_id")["plan_id"].nunique()
    assert cities.min() >= 2
    assert list(table.columns) == COLUMNS
    assert list(dict.fromkeys(table["indicator_id"])) == [
        i for i in ds.indicators["indicator_id"] if i in cities
    ]
    pd.testing.assert_frame_equal(table, ps.compare(ds))


def test_a_code_may_stand_alone_and_twice(ds: ps.Dataset) -> None:
    one = ps.compare(ds, indicators=["nursing_bed_share"])
    pd.testing.assert_frame_equal(one, ps.compare(ds, indicators="nursing_bed_share"))
    pd.testing.assert_frame_equal(
        one, ps.compare(ds, indicators=iter(["nursing_bed_share", "nursing_bed_share"]))
    )


@pytest.mark.parametrize(
    "nothing",
    [
        {"indicators": []},
        {"plans": []},
        {"indicators": ["nursing_bed_share"], "plans": ["jingmen-13fyp"]},
    ],
)
def test_nothing_to_compare_is_an_empty_table(
    ds: ps.Dataset, nothing: dict[str, list[str]]
) -> None:
    table = ps.compare(ds, **nothing)
    assert (len(table), list(table.columns)) == (0, COLUMNS)


def test_the_measures_leave_the_data_as_they_are(stated: Stated, base: Row, goal: Row) -> None:
    ds = stated(base(30, year=2015), base(50), goal(80), goal(81, **PANJIN), goal(82, **CHINA))
    before = {
        name: getattr(ds, name).copy()
        for name in ("statements", "indicators", "plans", "units", "pledges", "actuals")
    }
    for frame in (
        ps.gaps(ds),
        ps.pace(ds),
        ps.compare(ds),
        ps.ambition(ds),
        ps.progress(ds, ds.actuals.head(0)),
    ):
        assert len(frame)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(getattr(ds, name), frame)


def test_a_data_set_without_targets(stated: Stated, base: Row) -> None:
    assert ps.compare(stated(base(50)), indicators=["share"]).empty


@pytest.mark.parametrize(
    "wrong",
    [{"indicators": ["no_such"]}, {"plans": ["no_such"]}, {"plans": ["mianyang-14fyp", "no_such"]}],
)
def test_unknown_codes_are_refused(ds: ps.Dataset, wrong: dict[str, list[str]]) -> None:
    with pytest.raises(ps.ParameterError, match="no_such"):
        ps.compare(ds, **wrong)


@pytest.mark.parametrize(
    "wrong", [3, float("nan"), pd.NA, [None], [["nursing_bed_share"]], [pd.NA]]
)
def test_what_is_no_code_is_refused(ds: ps.Dataset, wrong: Any) -> None:
    with pytest.raises(ps.ParameterError, match=r"^plan=.* is neither a plan nor an area"):
        ps.compare(ds, plans=wrong)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([(2025, "prefecture")], (2025, "prefecture")),
        ([(2025, "prefecture"), (2027, "prefecture")], (2025, "prefecture")),
        ([(2027, "prefecture"), (2025, "county")], (2025, "county")),
        ([(2025, "county"), (2025, "prefecture")], (2025, "prefecture")),
        ([(2025, "prefecture"), (2027, "county"), (2027, "county")], (2027, "county")),
        (
            [(2025, "prefecture"), (2030, "municipality"), (2030, "prefecture")],
            (2030, "municipality"),
        ),
        (
            [
                (2025, "county"),
                (2025, "county"),
                (2030, "municipality"),
                (2030, "prefecture"),
                (2030, "county"),
            ],
            (2030, "municipality"),
        ),
        (
            [(2030, "county"), (2030, "municipality"), (2030, "county"), (2025, "prefecture")],
            (2030, "county"),
        ),
        ([(pd.NA, "prefecture")], (None, "prefecture")),
        ([(pd.NA, "prefecture"), (2030, "county")], (2030, "county")),
    ],
)
def test_the_core_group(groups: list[tuple[Any, str]], expected: tuple[Any, str]) -> None:
    rows = (
        pd.DataFrame(groups, columns=["year", "level"])
        .astype({"year": "Int64"})
        .assign(indicator_id="share", place=[f"city-{n}" for n in range(len(groups))])
    )
    year, level = core(rows).loc["share"]
    assert (None if pd.isna(year) else year, level) == expected


def test_targets_without_any_year_are_compared_without_a_horizon(stated: Stated, goal: Row) -> None:
    undated = {"year": float("nan")}
    table = ps.compare(
        stated(goal(80, **undated, **MIANYANG), goal(90, **undated, **PANJIN)), indicators=["share"]
    )
    assert table["verdict"].tolist() == ["comparable", "comparable"]
    assert table["common_value"].isna().all()


def test_a_share_does_not_grow_with_the_size_of_a_place_whatever_its_kind(ds: ps.Dataset) -> None:
    falls = ["work_safety_deaths_fall", "co2_intensity_fall"]
    assert (ds.indicators.set_index("indicator_id").loc[falls, "measure"] == "flow").all()
    table = ps.compare(ds, falls)
    assert not table["reasons"].str.contains("grows_with_size").any()
    assert ps.compare(ds, "urban_new_jobs")["reasons"].str.contains("grows_with_size").all()


def test_every_reason_has_words() -> None:
    assert set(verdicts.REASONS) == set(wording.keys("verdict_reason"))


EMPTY_ROW = {
    "value": [float("nan"), 1.0, 2.0], "period": [float("nan"), 5.0, 3.0], "side": [-1, 0, 1],
    "year": [2020, 2025, 2027, pd.NA],
    "level": ["nation", "prefecture", "county"], "whole_area": [True, False],
    "commitment": ["firm", "strive"],
    "comparator": ["eq", "ge", "approx"], "year_basis": ["stated", "implied"],
    "script": ["hans", "hant"], "grows": [False, True],
    "doubted": [True, False],
}  # fmt: skip
facts = st.fixed_dictionaries(
    {"indicator_id": st.sampled_from("abc"), "place": st.sampled_from("xyz")}
    | {name: st.sampled_from(codes) for name, codes in EMPTY_ROW.items()}
)


@settings(max_examples=5)
@given(st.lists(facts, max_size=12))
def test_an_indicator_is_judged_by_its_own_rows_alone(drawn: list[dict[str, Any]]) -> None:
    rows = pd.DataFrame(drawn, columns=["indicator_id", "place", *EMPTY_ROW]).astype(
        {
            "year": "Int64",
            "whole_area": "bool",
            "doubted": "bool",
            "grows": "bool",
            "value": "float64",
        }
    )
    rows["is_reference"] = rows["level"] == "nation"
    together = judge(rows)
    for _, own in rows.groupby("indicator_id"):
        pd.testing.assert_frame_equal(together.loc[own.index], judge(own))


def test_an_indicator_is_compared_by_its_own_rows_alone(ds: ps.Dataset) -> None:
    several = ["nursing_bed_share", "subsidised_training_participants"]
    alone = pd.concat([ps.compare(ds, indicators=one) for one in several], ignore_index=True)
    pd.testing.assert_frame_equal(ps.compare(ds, indicators=several), alone)


@settings(max_examples=3)
@given(
    st.lists(st.integers(0, 40).map(lambda n: n / 4), min_size=4, max_size=4),
    st.permutations(range(4)),
)
def test_ranks_do_not_depend_on_the_order_of_the_rows(
    stated: Stated, goal: Row, values: list[float], order: list[int]
) -> None:
    plans = [MIANYANG, PANJIN, XINYANG, JINGMEN]
    rows = [goal(value, **plan) for value, plan in zip(values, plans, strict=True)]

    def ranked(chosen: list[dict[str, Any]]) -> dict[str, Any]:
        ds = stated(*chosen)
        even = type(ds)(
            **{**ds.__dict__, "plans": ds.plans.assign(baseline_year=2020, script="hans")}
        )
        table = ps.compare(even, indicators=["share"])
        return dict(zip(table["plan_id"], ranks(table), strict=True))

    expected = {
        plan["plan_id"]: 1 + sum(other > value for other in values)
        for plan, value in zip(plans, values, strict=True)
    }
    assert ranked(rows) == ranked([rows[place] for place in order]) == expected
