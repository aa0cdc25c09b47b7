"""Everything that is known of indicators: published values and the baselines of plans."""

from __future__ import annotations

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
