"""The overview: its counts add up to those of the data."""

from __future__ import annotations

import re

import psanalysis as ps
from page_tables import rows, tables
from psanalysis.report import (
    Overview,
)
from psanalysis.report.ends import due_rows


def test_the_overview_counts_ends_by_place_and_by_domain(ds):
    page = Overview("en", ds)
    html = page.outcomes()._repr_html_()
    due = due_rows(ps.outcomes(ds, None, 2025))
    known = due[due["verdict"] != "no_value"]
    by_plan, by_domain = tables(html)
    assert len(by_plan) == known["plan_id"].nunique()
    told_of = due[due["plan_id"].isin(known["plan_id"])]
    assert sum(int(row["due"]) for row in by_plan) == len(told_of)
    assert sum(int(row["met"]) for row in by_plan) == (told_of["verdict"] == "met").sum()
    assert len(by_domain) == known["domain_id"].nunique()
    for plan in set(due["plan_id"]) - set(known["plan_id"]):
        assert f"({(due['plan_id'] == plan).sum()} due)" in re.sub(r"<[^>]*>", "", html)


def test_counts_of_the_overview_add_up(ds):
    page = Overview("en", ds)
    assert page.counts["count"].sum() == (ds.statements["role"] == "target").sum()
    plans = rows(page.plans()._repr_html_())
    assert [row["plan"] for row in plans] == list(ds.plans["title_en"])
    baselines = {row["plan"]: row["paired"] for row in plans}
    titles = ds.plans.set_index("plan_id")["title_en"]
    own = ps.gaps(ds).groupby("plan_id")["baseline"].count()
    for plan, coverage in ds.plans.set_index("plan_id")["coverage"].items():
        known = own[plan] or coverage == "full"
        assert baselines[titles[plan]] == (str(own[plan]) if known else "— (not known)")
