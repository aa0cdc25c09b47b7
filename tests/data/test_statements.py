"""Every statement against the text that it comes from: span, number, comparator, order."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.datapackage.printed import unlike_print
from psanalysis.datapackage.verify import Verification
from psanalysis.simplified import half_width


@pytest.fixture(scope="module")
def numbers(ds: ps.Dataset) -> pd.DataFrame:
    return ds.statements[ds.statements["value"].notna()]


def test_every_span_and_every_source_matches(
    ds: ps.Dataset, sources: list[Path], known_plans: tuple[str, ...]
) -> None:
    result = ps.verify(ds, sources)
    status = result.sources.set_index("plan_id")["status"]
    assert status[list(known_plans)].value_counts().to_dict() == {"match": 8, "cited": 2}
    assert ds.plans.loc[ds.plans["source_file"].notna(), "source_sha256"].nunique() >= 7
    there = result.sources[result.sources["status"] != "missing"]
    found = Verification(there, result.spans[result.spans["plan_id"].isin(there["plan_id"])])
    assert found.ok, found.summary()


def test_every_value_unit_comparator_and_year_is_as_printed(ds: ps.Dataset) -> None:
    """The check that `check`, `add-plan` and `verify` make of everybody's data."""
    unlike = unlike_print(ds.statements, ds.units)
    assert ds.statements.loc[unlike.notna(), "statement_id"].tolist() == []


def test_no_number_is_lost(ds: ps.Dataset) -> None:
    empty = ds.statements[ds.statements["value"].isna()]
    printed = empty["value_as_written"].map(lambda words: re.search("[0-9]", half_width(words)))
    assert empty.loc[printed.notna(), "value_as_written"].tolist() == []


def test_statements_stand_in_the_order_of_the_text(ds: ps.Dataset) -> None:
    """A row that is found later has a later number, and stands where it belongs."""
    for plan, rows in ds.statements.groupby("plan_id"):
        assert rows["char_start"].dropna().is_monotonic_increasing, plan
    assert list(dict.fromkeys(ds.statements["plan_id"])) == ds.plans["plan_id"].tolist()


def test_only_the_cited_plans_have_no_spans(ds: ps.Dataset) -> None:
    cited = ds.statements.loc[ds.statements["char_start"].isna(), "plan_id"]
    assert set(cited) == {"china-14fyp", "china-15fyp"}


def test_no_statement_without_an_indicator_that_is_defined(ds: ps.Dataset) -> None:
    definitions = ds.indicators.set_index("indicator_id")[["definition_zh", "definition_en"]]
    assert definitions.loc[ds.statements["indicator_id"].unique()].notna().all(axis=None)


def test_values_stand_within_reach_of_the_plan(ds: ps.Dataset) -> None:
    plans = ds.plans.set_index("plan_id")
    rows = ds.statements.dropna(subset=["year"])
    targets, past = rows[rows["role"] == "target"], rows[rows["role"] == "baseline"]
    assert (targets["year"] >= targets["plan_id"].map(plans["period_start"])).all()
    assert (targets["year"] <= targets["plan_id"].map(plans["horizon_year"])).all()
    assert (past["year"] <= past["plan_id"].map(plans["baseline_year"]) + 1).all()


def test_no_negative_value_and_no_share_beyond_reason(numbers: pd.DataFrame) -> None:
    assert (numbers["value"] >= 0).all()
    assert (numbers.loc[numbers["unit_id"] == "percent", "value"] <= 150).all()


def test_findings_name_statements_of_their_own_plan(ds: ps.Dataset) -> None:
    plan = ds.statements.set_index("statement_id")["plan_id"]
    named = ds.findings.dropna(subset=["statement_ids"])
    assert len(ds.findings) >= 20
    for row in named.itertuples():
        assert row.plan_id in set(plan[row.statement_ids.split()]), row.finding_id
