"""A plan known in part is never counted as if it were whole: not in counts, blanks, "only here" or
"not in the list".
"""

from __future__ import annotations

import dataclasses
import re

import pytest

import psanalysis as ps
from psanalysis.curation.notes import notes
from psanalysis.report.city_comparison import CityComparison
from psanalysis.report.city_gap import CityGap
from psanalysis.report.data_quality import DataQuality
from psanalysis.report.matrix import Matrix
from psanalysis.report.overview import Overview
from psanalysis.report.parts import services_section
from psanalysis.report.service_coverage import ServiceCoverage
from psanalysis.report.target_counts import charted_counts

PART = "panjin-14fyp"


def with_coverage(code: str) -> ps.Dataset:
    """The data with one city's plan known as `code` says, and all the others in full."""
    ds = ps.load()
    plans = ds.plans.assign(
        coverage=ds.plans["plan_id"].eq(PART).map({True: code, False: "full"}),
        coverage_note_zh="只收录了几章",
        coverage_note_en="some chapters",
    )
    return dataclasses.replace(ds, plans=plans)


@pytest.fixture(scope="module")
def whole() -> ps.Dataset:
    return with_coverage("full")


@pytest.fixture(scope="module")
def partial() -> ps.Dataset:
    return with_coverage("partial")


def test_a_blank_of_the_heatmap_is_no_target_only_in_a_whole_plan(
    whole: ps.Dataset, partial: ps.Dataset
) -> None:
    def blanks(ds: ps.Dataset) -> set[str]:
        cells = CityComparison("education", "en", ds=ds).cells
        mine = cells[cells["plan_id"] == PART]
        return {*mine["standing"]} & {"no_target", "not_known"}

    assert blanks(whole) == {"no_target"}
    assert blanks(partial) == {"not_known"}
    others = CityComparison("education", "en", ds=partial).cells
    assert not (others["standing"].eq("not_known") & others["plan_id"].ne(PART)).any()


def test_a_blank_of_the_matrix_is_a_question_mark(whole: ps.Dataset, partial: ps.Dataset) -> None:
    unknown = '<td class="ps-muted">?</td>'
    assert unknown not in Matrix("en", whole).table().text
    shown = Matrix("en", partial)
    asked = shown.frame["indicator_id"].nunique() - (shown.frame["plan_id"] == PART).sum()
    assert shown.table().text.count(unknown) == asked > 0
    assert "only a part of the plan is known" in shown.table().text


def test_only_here_and_not_in_the_list_are_said_of_whole_lists(
    whole: ps.Dataset, partial: ps.Dataset
) -> None:
    before, after = ServiceCoverage("en", ds=whole), ServiceCoverage("en", ds=partial)
    mine = after.cells[after.cells["column"] == "Panjin"]
    assert set(mine["state"]) <= {"listed", "alone", "unknown"}
    assert "unknown" in set(mine["state"])
    assert "unknown" not in set(before.cells["state"])
    untold = int((after.coverage["unknown_in"] != "").sum())
    assert f"of {untold} services it cannot be told" in after.answer()
    assert "cannot be told" not in before.answer()
    # what another list has alone may be in the part that is not known
    for plan in before.listed_plans:
        if plan != PART:
            assert (before.coverage["only_in"] == plan).any()
            assert not (after.coverage["only_in"] == plan).any()
    said = services_section(CityGap("mianyang-14fyp", "en", partial), "mianyang-14fyp").text
    assert "it cannot be told, as another list is known in part" in said


def test_the_overview_says_which_plans_are_known_in_part(
    whole: ps.Dataset, partial: ps.Dataset
) -> None:
    assert "known" not in Overview("en", whole).answer()
    page = Overview("en", partial)
    assert "as far as they are known: Panjin (2021–2025)." in page.answer()
    rows = page.table()._repr_html_()
    assert rows.count("known in part</a>") == rows.count(f'id="row-counts-{PART}-') > 5
    texts = charted_counts(page, page.counts).groupby("plan_id")["panel_text"].first()
    assert "known" in texts[PART]
    assert "known" not in texts.drop(PART).str.cat()
    assert page.front().text.count('<span class="ps-tag">known in part</span>') == 1


def test_a_plan_page_counts_what_is_known(whole: ps.Dataset, partial: ps.Dataset) -> None:
    before, after = (CityGap(PART, "en", ds) for ds in (whole, partial))
    assert "main indicators that are known" in after.answer()
    assert "that are known" not in before.answer()
    assert "targets known" in after.brief().text
    assert "targets known" not in before.brief().text


def test_missing_baselines_are_those_of_tables_that_were_read() -> None:
    """The 14th plan of Nanjing is known from a table of its next one, which prints no baselines of
    it.
    """
    ds = ps.load()
    page = DataQuality("en", ds)
    assert "nanjing-14fyp" not in set(page._bare["plan_id"])
    whole = ds.plans.loc[ds.plans["coverage"] == "full", "plan_id"]
    numeric = ps.gaps(ds, list(whole))["target"].notna().sum()
    assert re.search(rf"of the {numeric} numeric targets of plans known in full", page.answer())
    unpaired = notes(ds).query("kind == 'missing_baseline' and plan_id == 'nanjing-14fyp'")
    assert unpaired.empty


def test_a_past_change_without_a_target_is_told_of_whole_plans_only() -> None:
    ds = ps.load()
    pace = ps.pace(ds)
    without = pace[pace["status"] == "no_target"]
    plan = without["plan_id"].iloc[0]
    part = dataclasses.replace(
        ds,
        plans=ds.plans.assign(
            coverage=ds.plans["coverage"].mask(ds.plans["plan_id"] == plan, "partial")
        ),
    )
    after = ps.pace(part)
    own = after[after["plan_id"] == plan]
    assert "no_target" not in set(own["status"])
    assert (own["status"] == "target_not_known").sum() == (without["plan_id"] == plan).sum()
    told = own[own["status"] == "target_not_known"]
    assert told["undefined"].str.contains("pace_ratio=target_not_known").all()


def test_no_page_says_that_a_place_known_in_part_has_no_target(partial: ps.Dataset) -> None:
    succession = ps.succession(ps.load(), "china")
    assert not {"dropped", "new"} & set(succession["change"])
    words = ps.coverage(partial)
    assert (words.loc[~words[PART], "unknown_in"] == PART).all()
