"""ps.progress: the data set's own actual values, a frame, a file, and files with faults."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import psanalysis as ps
from psanalysis import wording
from psanalysis.measures.actuals import latest_actuals

Stated = Callable[..., ps.Dataset]
Row = Callable[..., dict[str, Any]]
COLUMNS = ps.load().package.by_name["actuals"].columns


def actual(
    value: Any,
    year: Any = 2023,
    indicator: str = "share",
    unit: str = "percent",
    area: str = "mianyang",
) -> dict[str, Any]:
    return {
        "area_id": area,
        "indicator_id": indicator,
        "year": year,
        "value": value,
        "unit_id": unit,
        "comparator": "eq",
        "publisher": "统计局",
        "title": "统计公报",
        "published_on": "2025-03",
        "status": "final",
        "quality": "original",
    }


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


def write(path: Path, *lines: str) -> Path:
    """A file of actual values: area, indicator, year, value and unit of each line, with a
    publication.
    """
    rows = []
    for line in lines:
        area, indicator, year, value, unit, publisher, *rest = line.split(",")
        tail = ",".join(
            ["", publisher, "统计公报", "2025-03", "", "", "final", "original", "", *rest]
        )
        rows.append(f"{area},{indicator},{year},{value},,eq,{unit},{tail}")
    path.write_text("\n".join([",".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    return path


def test_a_frame_of_the_users(stated: Stated, base: Row, goal: Row) -> None:
    table = ps.progress(
        stated(base(50), goal(80), goal(90, indicator_id="doctors")), frame(actual(70))
    )
    row = table.iloc[0]
    assert (row["status"], row["gap_status"], row["current"], row["current_year"]) == (
        "on_track",
        "to_improve",
        70.0,
        2023,
    )
    assert row[["share", "time_share", "pace_ratio", "cagr_ratio", "unsd_share",
        "expected_now"]].astype(float).round(4).tolist() == [
        0.6667, 0.6, 1.1111, 1.2042, 1.2534, 68.0,
    ]  # fmt: skip
    assert row["source_citation"] == "统计局, 统计公报, 2025-03"
    assert (table["status"].iloc[1], table["reason_en"].iloc[1]) == (
        "not_assessed",
        wording.say("progress_reason.no_current", "en"),
    )
    assert table["undefined"].iloc[1].startswith("share=no_current")


def test_a_file(stated: Stated, base: Row, goal: Row, tmp_path: Path) -> None:
    path = write(tmp_path / "mine.csv", "mianyang,share,2023,70,percent,统计局,")
    for given in (path, str(path)):
        assert ps.progress(stated(base(50), goal(80)), given)["status"].tolist() == ["on_track"]


def test_the_units_of_the_file_are_converted(stated: Stated, base: Row, goal: Row) -> None:
    ds = stated(base(3, indicator_id="beds"), goal(4, indicator_id="beds"))
    assert ps.progress(ds, frame(actual(35_000, indicator="beds", unit="bed")))[
        "current"
    ].tolist() == [3.5]


def test_the_latest_value_up_to_a_year(stated: Stated, base: Row, goal: Row) -> None:
    ds = stated(base(50), goal(80))
    rows = frame(actual(75, 2024), actual(60, 2022), actual(70, 2023))
    assert ps.progress(ds, rows)["current"].tolist() == [75]
    assert [
        ps.progress(ds, rows, as_of=year)["current"].iloc[0] for year in (2023, np.int64(2022))
    ] == [70, 60]
    assert ps.progress(ds, rows, as_of=2021)["status"].tolist() == ["not_assessed"]


@pytest.mark.parametrize("bad", ["2023", 2023.0, True, float("nan"), pd.NA, 999, 10_000])
def test_as_of_must_be_a_year(ds: ps.Dataset, bad: Any) -> None:
    with pytest.raises(ps.ParameterError, match=r"as_of=.*whole number"):
        ps.progress(ds, as_of=bad)


def test_binding_targets_are_judged_strictly(stated: Stated, base: Row, goal: Row) -> None:
    ds = stated(
        base(0, nature="binding"),
        goal(100, nature="binding"),
        base(0, indicator_id="doctors"),
        goal(100, indicator_id="doctors"),
    )
    table = ps.progress(ds, frame(actual(58), actual(58, indicator="doctors", unit="person")))
    assert table["status"].tolist() == ["behind", "on_track"]


def test_another_area_does_not_count(stated: Stated, base: Row, goal: Row) -> None:
    assert ps.progress(stated(base(50), goal(80)), frame(actual(70, area="panjin")))[
        "status"
    ].tolist() == ["not_assessed"]


def test_a_total_over_the_period_is_not_measured_from_the_period_before(
    stated: Stated, base: Row, goal: Row
) -> None:
    past, coming = {"flow_start": 2016, "flow_end": 2020}, {"flow_start": 2021, "flow_end": 2025}
    ds = stated(
        base(39, indicator_id="trained", **past), goal(75, indicator_id="trained", **coming)
    )
    of = {"indicator": "trained", "unit": "ten_thousand_person_times"}
    row = ps.progress(ds, frame(actual(45, **of))).iloc[0]
    assert (row["status"], row["reason_en"]) == (
        "not_assessed",
        wording.say("progress_reason.period_total", "en"),
    )
    assert "share=period_total" in row["undefined"]
    done = ps.progress(ds, frame(actual(80, **of))).iloc[0]
    assert (done["status"], done["reason_en"]) == (
        "achieved",
        wording.say("progress_reason.achieved", "en"),
    )
    assert "share=period_total" in done["undefined"]
    nothing = ps.progress(ds, frame(), as_of=2023).iloc[0]
    assert (nothing["reason_en"], pd.isna(nothing["expected_now"])) == (
        wording.say("progress_reason.no_current", "en"),
        True,
    )
    assert "expected_now=period_total" in nothing["undefined"]


def test_a_baseline_of_another_kind_is_not_used(stated: Stated, base: Row, goal: Row) -> None:
    ds = stated(
        base(39, indicator_id="trained", flow_start=2016, flow_end=2020),
        goal(75, indicator_id="trained"),
    )
    row = ps.progress(
        ds, frame(actual(45, indicator="trained", unit="ten_thousand_person_times"))
    ).iloc[0]
    assert (row["gap_status"], row["status"]) == ("not_comparable", "not_assessed")
    assert pd.isna(row["share"])
    assert "share=not_comparable" in row["undefined"]
    assert row["reason_en"] == wording.say("progress_reason.not_comparable", "en")
    assert row["reason_zh"] == wording.say("progress_reason.not_comparable", "zh")


def test_where_it_should_be_by_now_needs_no_value(stated: Stated, base: Row, goal: Row) -> None:
    ds = stated(base(50), goal(80))
    row = ps.progress(ds, frame(), as_of=2023).iloc[0]
    assert (row["time_share"], row["expected_now"], row["status"]) == (
        pytest.approx(0.6),
        pytest.approx(68.0),
        "not_assessed",
    )
    assert (
        row["undefined"]
        == "share=no_current pace_ratio=no_current cagr_ratio=no_current unsd_share=no_current"
    )
    assert pd.isna(row["current_year"])
    assert pd.isna(ps.progress(ds, frame())["expected_now"].iloc[0])
    early = ps.progress(ds, frame(actual(70, 2022)), as_of=2024).iloc[0]
    assert (early["time_share"], early["current_year"]) == (pytest.approx(0.4), 2022)


def test_a_missing_baseline_is_not_one_that_cannot_be_compared(stated: Stated, goal: Row) -> None:
    row = ps.progress(stated(goal(80)), frame(actual(70))).iloc[0]
    assert (row["reason_en"], "share=no_baseline" in row["undefined"]) == (
        wording.say("progress_reason.no_baseline", "en"),
        True,
    )
    pledge = ps.progress(
        stated(goal(pledge="all", flow_start=2021, flow_end=2025)), frame(actual(70))
    ).iloc[0]
    assert pledge["reason_en"] == wording.say("progress_reason.no_target_value", "en")


def test_the_first_and_the_last_year_of_four_digits(stated: Stated, goal: Row) -> None:
    for year in (1000, 9999):
        assert len(ps.progress(stated(goal(80)), frame(), as_of=year)) == 1


def test_a_value_from_before_the_plan_is_not_held_against_it(
    stated: Stated, base: Row, goal: Row
) -> None:
    without = stated(goal(80))
    assert ps.progress(without, frame(actual(90, 2019)))["status"].tolist() == ["not_assessed"]
    assert ps.progress(without, frame(actual(90, 2020)))["status"].tolist() == ["achieved"]
    assert ps.progress(stated(base(50), goal(80)), frame(actual(90, 2019)))["status"].tolist() == [
        "not_assessed"
    ]
    assert ps.progress(stated(base(50, year=float("nan")), goal(80)), frame(actual(90, 2019)))[
        "status"
    ].tolist() == ["achieved"]


def test_a_pledge_is_not_assessed(stated: Stated, goal: Row) -> None:
    row = ps.progress(stated(goal(pledge="all")), frame(actual(100))).iloc[0]
    assert (row["status"], row["reason_en"]) == (
        "not_assessed",
        wording.say("progress_reason.no_target_value", "en"),
    )


def test_the_own_values_by_default_and_for_an_empty_path(ds: ps.Dataset) -> None:
    own = ps.progress(ds)
    pd.testing.assert_frame_equal(own, ps.progress(ds, ""))
    assert len(own) == len(ps.gaps(ds))
    assert own.query("plan_id == 'china-14fyp' and indicator_id == 'life_expectancy'")[
        "status"
    ].tolist() == ["achieved"]
    assert set(own["status"]) <= set(wording.keys("progress"))
    assert set(ps.progress(ds, plan="panjin-14fyp")["plan_id"]) == {"panjin-14fyp"}


def test_every_fault_of_a_file_in_one_error(stated: Stated, goal: Row, tmp_path: Path) -> None:
    path = write(
        tmp_path / "mine.csv",
        "mianyang,share,2023,abc,percent,x,",
        "mianyang,share,20233,70,percent,x,",
        "nowhere,share,2023,70,percent,x,",
        "mianyang,nothing,2023,70,percent,x,",
        "mianyang,share,2022,70,bed,x,",
        "mianyang,share,2021,70,percents,x,",
        "mianyang,share,2020,70,percent,x",
        "mianyang,share,2019,70,,x,",
        "panjin,share,2023,70,percent,x,",
        "panjin,share,2023,71,percent,x,",
    )
    with pytest.raises(ps.DataError) as caught:
        ps.progress(stated(goal(80)), path)
    assert [(f.file, f.line, f.column, f.value, f.rule) for f in caught.value.faults] == [
        ("mine.csv", 2, "value", "abc", "must be a plain number"),
        ("mine.csv", 3, "year", "20233", "must be a year of four digits"),
        ("mine.csv", 4, "area_id", "nowhere", "is no known area_id"),
        ("mine.csv", 5, "indicator_id", "nothing", "is no known indicator_id"),
        ("mine.csv", 6, "unit_id", "bed", "is of another dimension than its indicator's unit"),
        ("mine.csv", 7, "unit_id", "percents", "is no known unit_id"),
        ("mine.csv", 8, "", "", "has 16 cells where the header has 17"),
        ("mine.csv", 9, "unit_id", "", "must not be empty"),
        (
            "mine.csv",
            11,
            "area_id+indicator_id+year+publisher+published_on",
            "panjin, share, 2023, x, 2025-03",
            "repeats the key of line 10",
        ),
    ]


def test_a_file_that_is_not_there(ds: ps.Dataset, tmp_path: Path) -> None:
    with pytest.raises(ps.DataError, match=r"none\.csv: cannot be read: No such file"):
        ps.progress(ds, tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"value": float("inf")}, "value='inf' must be a plain number"),
        ({"value": "70%"}, "value='70%' must be a plain number"),
        ({"value": None}, "value='' must not be empty"),
        ({"year": "2023年"}, "year='2023年' must be a year of four digits"),
        ({"unit_id": "bed"}, "unit_id='bed' is of another dimension"),
    ],
)
def test_faults_of_a_frame(
    stated: Stated, goal: Row, changed: dict[str, Any], message: str
) -> None:
    with pytest.raises(ps.DataError, match=f"actuals .frame.:2: {message}"):
        ps.progress(stated(goal(80)), frame(actual(70) | changed))


@pytest.mark.parametrize("wrong", [3, ["mine.csv"], b"mine.csv", True])
def test_what_is_neither_file_nor_frame(ds: ps.Dataset, wrong: Any) -> None:
    with pytest.raises(ps.ParameterError, match=r"^actuals=.* is neither a file nor a frame"):
        ps.progress(ds, wrong)


def test_columns_of_a_frame(stated: Stated, goal: Row) -> None:
    with pytest.raises(ps.DataError, match="unit_id='' column is missing"):
        ps.progress(stated(goal(80)), frame(actual(70)).drop(columns="unit_id"))
    with pytest.raises(ps.DataError, match="value='' column is repeated"):
        ps.progress(stated(goal(80)), frame(actual(70))[[*COLUMNS, "value"]])


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_of_publications_of_a_year_the_last_holds_and_one_without_a_date_is_the_oldest(
    stated: Stated, goal: Row, order: tuple[int, ...]
) -> None:
    values = [
        actual(60) | {"published_on": "2024-03"},
        actual(65) | {"published_on": "2024-11"},
        actual(70) | {"published_on": None, "publisher": "卫健委"},
    ]
    known = frame(*(values[place] for place in order))
    assert latest_actuals(stated(goal(80)), known, None)["current"].tolist() == [65.0]


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (70, 70.0),
        (np.float32(70.5), 70.5),
        (1e-5, 1e-5),
        (0.1 + 0.2, 0.3),
        (120000.0, 120000.0),
        ("70", 70.0),
    ],
)
def test_numbers_of_a_frame_are_read_as_they_are(
    stated: Stated, goal: Row, value: Any, read: float
) -> None:
    ds = stated(goal(80))
    assert latest_actuals(ds, frame(actual(value, year=2023.0)), None)["current"].tolist() == [read]
