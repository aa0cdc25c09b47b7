"""findings.csv: every finding stands on statements that exist, says what is odd in both languages,
and copies nothing.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.curation.notes import notes

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def ids_of(cell: object) -> list[str]:
    return [] if pd.isna(cell) else str(cell).split()


def test_there_are_findings_for_every_curated_city_plan(ds, curated):
    assert ds.findings["plan_id"].isin(curated).sum() >= 50
    assert set(curated) <= set(ds.findings["plan_id"])


def test_statements_exist_and_stand_once_in_a_finding(ds):
    known = set(ds.statements["statement_id"])
    for finding in ds.findings.itertuples():
        ids = ids_of(finding.statement_ids)
        assert set(ids) <= known, finding.finding_id
        assert len(ids) == len(set(ids)), finding.finding_id


def test_a_finding_is_about_its_own_plan(ds):
    for finding in ds.findings.itertuples():
        ids = ids_of(finding.statement_ids)
        assert not ids or any(name.startswith(f"{finding.plan_id}-") for name in ids), (
            finding.finding_id
        )
        assert finding.finding_id.startswith(f"{finding.plan_id}-f")


def test_findings_are_numbered_in_the_order_of_plans(ds):
    plans = list(ds.plans["plan_id"])
    order = [
        (plans.index(row.plan_id), int(row.finding_id.rsplit("-f", 1)[1]))
        for row in ds.findings.itertuples()
    ]
    assert order == sorted(order)
    assert all(b == a + 1 for (p, a), (q, b) in pairwise(order) if p == q)


def test_both_languages_say_it(ds):
    for finding in ds.findings.itertuples():
        assert CHINESE.search(finding.text_zh), finding.finding_id
        assert finding.text_zh.endswith("。"), finding.finding_id
        assert finding.text_en.endswith("."), finding.finding_id
        assert len(CHINESE.findall(finding.text_en)) <= len(finding.text_en) / 4, finding.finding_id
        assert not re.search(r"[\u4e00-\u9fff][,;:()]", finding.text_zh), (
            f"{finding.finding_id}: ASCII punctuation after Chinese"
        )


def test_nothing_is_said_twice(ds):
    assert ds.findings["text_zh"].is_unique
    assert ds.findings["text_en"].is_unique
    with_ids = ds.findings[ds.findings["statement_ids"].notna()]
    same = with_ids.assign(
        ids=with_ids["statement_ids"].map(lambda cell: " ".join(sorted(cell.split())))
    )
    assert not same.duplicated(["kind", "ids"]).any()


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        ("target_below_baseline", {"mianyang-14fyp-157", "mianyang-14fyp-158"}),
        ("beyond_limit", {"panjin-14fyp-007", "panjin-14fyp-039"}),
        ("target_below_baseline", {"panjin-14fyp-041", "panjin-14fyp-042"}),
        ("table_against_prose", {"panjin-14fyp-034", "panjin-14fyp-106", "panjin-14fyp-107"}),
        ("copied_figure", {"panjin-14fyp-030", "panjin-14fyp-055"}),
        ("table_against_prose", {"panjin-14fyp-022"}),
        ("annual_against_cumulative", {"panjin-14fyp-045", "panjin-14fyp-046"}),
        (
            "deadline_past",
            {"xinyang-2023-2025-067", "xinyang-2023-2025-068", "xinyang-2023-2025-069"},
        ),
        ("nature_differs", {"mianyang-14fyp-182", "panjin-14fyp-064"}),
    ],
)
def test_the_known_oddities_are_there(ds, kind, ids):
    own = ds.findings[ds.findings["kind"] == kind]
    assert any(ids <= set(ids_of(cell)) for cell in own["statement_ids"])


@pytest.mark.parametrize(
    ("statement", "written"),
    [
        ("mianyang-14fyp-157", "100.72"), ("mianyang-14fyp-158", "100"),
        ("panjin-14fyp-039", "114.4"), ("panjin-14fyp-042", ">95"),
        ("panjin-14fyp-106", "3个"), ("panjin-14fyp-030", "35.1张"), ("panjin-14fyp-055", "35.1"),
        ("panjin-14fyp-022", "79.45岁"),
        ("mianyang-14fyp-329", "十里"), ("mianyang-14fyp-213", "不少于10个"),
        ("jingmen-13fyp-051", "30張/千人"),
        ("jingmen-13fyp-124", "超過99%"), ("xinyang-2023-2025-045", "10个"),
        ("yuyao-2023-2027-040", "78%"),
        ("yuyao-2023-2027-077", "100%"),
    ],
)  # fmt: skip
def test_the_codes_still_mean_the_same_statements(ds, statement, written):
    assert ds.statements.set_index("statement_id").at[statement, "value_as_written"] == written


def test_every_note_on_the_curated_plans_has_been_looked_at(ds, known_plans):
    """A plan that is added brings notes of its own; `check` prints them for whoever adds it."""
    table = notes(ds)
    about = table["statement_ids"].map(
        lambda cell: {name.rsplit("-", 1)[0] for name in ids_of(cell)} <= set(known_plans)
    )
    unseen = table.loc[
        ~table["known"] & about & table["plan_id"].isin(known_plans),
        ["kind", "statement_ids", "text_en"],
    ]
    assert unseen.empty, f"notes without a finding:\n{unseen.to_string()}"


def test_no_rate_of_growth_is_met_before_its_years_begin(ds) -> None:  # type: ignore[no-untyped-def]
    """The average of the years to come starts anew; a baseline of one year or of five is doubted
    where the plan does not say which.
    """
    rates = ps.gaps(ds)
    rates = rates[rates["name_en"].str.contains("annual growth")]
    assert len(rates) >= 10
    assert set(rates["status"]) <= {"to_improve", "doubtful", "no_baseline", "pledge"}
