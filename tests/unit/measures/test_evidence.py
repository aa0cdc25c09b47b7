"""Everything that is known of indicators: published values and the baselines of plans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

import psanalysis as ps
from psanalysis.measures.evidence import COLUMNS, evidence


def test_published_values_come_before_baselines_and_each_row_is_one(ds: ps.Dataset) -> None:
    table = evidence(ds, None, None)
    assert list(table.columns) == COLUMNS
    assert table.index.is_unique
    baseline = table["value_statement_id"].notna()
    assert len(table) == len(ds.actuals) + baseline.sum()
    assert table.loc[~baseline, "order"].max() < table.loc[baseline, "order"].min()


def test_later_values_are_left_out(ds: ps.Dataset) -> None:
    every = evidence(ds, None, None)["value_year"]
    kept = evidence(ds, None, 2020)["value_year"]
    assert sorted(kept) == sorted(every[every <= 2020])
    assert 0 < len(kept) < len(every)


def test_of_one_year_the_last_published_comes_first_and_what_has_no_date_last(
    ds: ps.Dataset,
) -> None:
    dates = ["2025-06", None, "2026-02"]
    rows = pd.concat([ds.actuals.head(1)] * 3, ignore_index=True)
    rows = rows.assign(published_on=pd.Series(dates, dtype="str"), value=[1.0, 2.0, 3.0])
    table = evidence(replace(ds, actuals=rows), None, None)
    published = table[table["value_statement_id"].isna()].sort_values("order")
    assert published["value"].tolist() == [3.0, 1.0, 2.0]


def test_of_two_baselines_the_one_of_a_table_comes_first(
    ds: ps.Dataset, stated: Callable[..., ps.Dataset], base: Callable[..., dict[str, Any]]
) -> None:
    made = stated(base(50), base(60, nature="expected"))
    table = evidence(replace(made, actuals=ds.actuals.head(0)), None, None)
    assert table.sort_values("order")["value"].tolist() == [60.0, 50.0]
