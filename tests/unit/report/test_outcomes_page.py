"""The page of outcomes: what it counts it lists, each value with its sign, year and province."""

from __future__ import annotations

import psanalysis as ps
from page_tables import rows
from psanalysis.report import (
    Outcomes,
)
from psanalysis.report.ends import due_rows, told
from psanalysis.report.parameters import value_sets


def test_a_plan_under_way_shows_the_way_it_has_made(ds, made_up):
    plan = "yuyao-2023-2027"
    own = ps.gaps(ds, plan)
    code = own.loc[own["target"].notna() & (own["unit_id"] == "percent"), "indicator_id"].iloc[0]
    path = made_up(("yuyao", code, 2024, 90, "eq"))
    page = Outcomes(plan, "en", str(path), 2025, ds)
    assert "achieved" in page.pace()._repr_html_()
    ended = Outcomes("china-14fyp", "en", ds=ds)
    assert ended.pace()._repr_html_() == ""


def test_the_chart_has_target_comparator_value_year_and_the_province(ds, made_up):
    path = made_up(
        ("mianyang", "nursing_bed_share", 2025, 52, "gt"),
        ("sichuan", "nursing_bed_share", 2024, 58, "eq"),
        ("sichuan", "nursing_bed_share", 2026, 61, "eq"),
        ("liaoning", "nursing_bed_share", 2024, 1, "eq"),
    )
    page = Outcomes("mianyang-14fyp", "en", str(path), 2026, ds)
    (row,) = page.shown.to_dict("records")
    assert (row["target_text"], row["value_text"]) == ("55% (2025)", ">52% (2025)")
    assert (row["context"], row["verdict_text"]) == (58, "cannot be judged")
    assert row["mark_text"].endswith("; province 58% (2024)")
    (listed,) = rows(page.table()._repr_html_())
    assert listed["province"] == "58% (2024)"
    svg = page.chart()._repr_html_()
    assert ">52% (2025)" in svg.replace("&gt;", ">")
    nation = Outcomes("china-14fyp", "en", ds=ds)
    assert nation.shown["context"].isna().all()
    assert len(nation.shown) == len(told(nation.ends))


def test_the_outcome_page_counts_what_it_lists(ds):
    page = Outcomes("china-14fyp", "en", ds=ds)
    known = told(page.ends)
    assert f"{len(known)} of them with a published value" in page.answer()
    assert f"{(known['verdict'] == 'met').sum()} met" in page.answer()
    assert len(rows(page.table()._repr_html_())) == len(known)
    assert (
        len(due_rows(page.ends))
        == len(known) + (due_rows(page.ends)["verdict"] == "no_value").sum()
    )


def test_a_page_of_outcomes_has_something_to_show(ds):
    plans = value_sets(ds)["plans_with_values"]
    assert "yuyao-2023-2027" not in plans, (
        "its one indicator with a value has a pledge for a target"
    )
    for plan in plans:
        page = Outcomes(plan, "en", ds=ds)
        assert len(page.shown) or len(due_rows(page.ends)), plan
