"""Values of the province around: context, never evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.measures.context import COLUMNS, of_province

Row = Callable[..., dict[str, Any]]
NAN = float("nan")


@pytest.fixture
def around(stated: Callable[..., ps.Dataset], goal: Row) -> Callable[..., pd.DataFrame]:
    """`around(target, (area, year, value), ...)`: the context of one target of Mianyang."""

    def build(
        target: dict[str, Any], *values: tuple[Any, ...], as_of: int | None = None
    ) -> pd.DataFrame:
        made = stated(goal(80, **target))
        rows = [
            {"area_id": area, "indicator_id": made.statements["indicator_id"].iloc[0], "year": year,
                "value": value, "value_high": NAN,
             "comparator": "ge", "unit_id": made.statements["unit_id"].iloc[0], "publisher": "x",
             "title": "y", "published_on": later[0] if later else f"{year + 1}",
             "status": "final", "quality": "original"}
            for area, year, value, *later in values
        ]  # fmt: skip
        frame = pd.DataFrame(rows, columns=made.actuals.columns).astype(made.actuals.dtypes)
        made = replace(made, actuals=frame)
        return of_province(made, ps.outcomes(made), as_of=as_of)

    return build


def test_the_last_value_up_to_the_target_year(around: Callable[..., pd.DataFrame]) -> None:
    values = [
        ("sichuan", 2023, 70.0),
        ("sichuan", 2024, 71.0),
        ("sichuan", 2026, 90.0),
        ("liaoning", 2025, 1.0),
        ("china", 2025, 2.0),
    ]
    found = around({}, *values)
    assert list(found.columns) == COLUMNS
    row = found.iloc[0]
    assert row[
        ["province_id", "province_value", "province_comparator", "province_year"]
    ].tolist() == ["sichuan", 71.0, "ge", 2024]
    assert row["province_citation"] == "x, y, 2025"
    assert around({}, *values, as_of=2023)["province_value"].tolist() == [70.0]
    assert around({"year": 2030}, *values)["province_value"].tolist() == [90.0]


def test_a_value_of_the_target_year_and_of_two_publications_the_later(
    around: Callable[..., pd.DataFrame],
) -> None:
    assert around({}, ("sichuan", 2025, 72.0))["province_value"].tolist() == [72.0]
    twice = [("sichuan", 2024, 71.0, "2025-03"), ("sichuan", 2024, 73.0, "2025-09")]
    for values in (twice, twice[::-1]):
        assert around({}, *values)["province_value"].tolist() == [73.0]


def test_a_target_without_a_year_takes_the_last_value(around: Callable[..., pd.DataFrame]) -> None:
    values = [("sichuan", 2024, 71.0), ("sichuan", 2026, 90.0)]
    assert around({"year": NAN}, *values)["province_value"].tolist() == [90.0]


def test_what_grows_with_the_size_of_a_place_has_no_context(
    around: Callable[..., pd.DataFrame],
) -> None:
    assert around({"indicator_id": "beds"}, ("sichuan", 2025, 70.0))["province_id"].isna().all()
    assert around({}, ("liaoning", 2025, 70.0))["province_value"].isna().all()


def test_several_targets_keep_their_rows(ds: ps.Dataset) -> None:
    rows = ps.outcomes(ds, as_of=2025)
    found = of_province(ds, rows, as_of=2025)
    assert found.index.equals(rows.index)
    assert found["province_value"].notna().any()
    assert found.loc[rows["area_id"] == "china", "province_id"].isna().all()
