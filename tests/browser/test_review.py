"""The page for the review of a draft, used as a curator does: decide, correct in place, save, add.

The city of Yunhe is made up.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import psanalysis as ps
from psanalysis.curation.accepted import read_accepted, read_rows
from psanalysis.curation.review import review_page
from psanalysis.curation.saved import save_draft
from psanalysis.draft import Document, Draft, draft_document

TEXT = (
    "云河市“十四五”公共服务规划\n第一章 主要目标\n"
    "序号 | 指标 | 2020年 | 2025年 | 属性 |\n1 | 养老机构护理型床位占比（%） | 50 | 55 | 约束性 |\n"
    "2 | 社区木偶戏传习所（个） | 3 | 12 | 预期性 |\n"
    "第二章 养老\n到2025年，养老机构护理型床位占比提高到55%以上。\n"
    "第三章 保障\n到2025年，养老机构护理型床位占比达到55%，城乡低保应保尽保。\n"
)


@pytest.fixture(scope="module")
def result(ds: ps.Dataset) -> Draft:
    return draft_document(Document("plan.txt", "text", "utf_8", TEXT), "yunhe-14fyp", ds)


@pytest.fixture
def page(browser: Browser, result: Draft, ds: ps.Dataset, tmp_path: Path) -> Iterator[Page]:
    save_draft(result, tmp_path / "draft.csv")
    (tmp_path / "review.html").write_bytes(review_page(result, "en", ds=ds))
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    shown = context.new_page()
    errors: list[str] = []
    shown.on("console", lambda one: errors.append(one.text) if one.type == "error" else None)
    shown.on("pageerror", lambda one: errors.append(str(one)))
    shown.goto((tmp_path / "review.html").as_uri())
    yield shown
    context.close()
    assert errors == []


def saved(page: Page, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save the decisions").click()
    table = folder / waiting.value.suggested_filename
    waiting.value.save_as(table)
    return table


def number(result: Draft, indicator: str, role: str, place: int = 0) -> int:
    rows = result.statements
    wanted = (rows["indicator_id"].str.startswith(indicator)) & (rows["role"] == role)
    return int(rows.index[wanted][place]) + 1


def cell(page: Page, row: int, column: str) -> object:
    return page.locator(f"#r{row} [data-cell={column}] > *")


def test_what_is_decided_and_corrected_in_place_is_what_add_plan_takes(
    page: Page, result: Draft, ds: ps.Dataset, tmp_path: Path
) -> None:
    columns = ds.package.by_name["statements"].columns
    beds = number(result, "nursing_bed_share", "target")
    other = number(result, "new_", "baseline")
    cell(page, beds, "accepted").select_option("yes")
    page.get_by_label(f"row {number(result, 'nursing_bed_share', 'target', 1)} decided").uncheck()
    cell(page, beds, "indicator_id").fill("my_beds")
    page.locator(f"#r{beds} summary").click()
    cell(page, beds, "note_en").fill('of the county, "as printed"')
    cell(page, other, "accepted").select_option("yes")
    cell(page, other, "role").select_option("target")
    cell(page, other, "year").fill("2024")
    cell(page, other, "comparator").select_option("ge")
    cell(page, other, "unit_id").fill("institution")
    page.get_by_text("Accepted: 2; rejected: 0").wait_for()
    table = saved(page, tmp_path)
    rows = read_accepted(table, columns).rows
    mine = [row for row in rows if row["indicator_id"] == "my_beds"]
    assert [(row["nature"], row["value"]) for row in mine] == [("binding", "55"), ("", "55")]
    assert [row["note_en"] for row in mine] == ['of the county, "as printed"', ""]
    (changed,) = (row for row in rows if row["indicator_id"] != "my_beds")
    assert [changed[c] for c in ("role", "commitment", "year", "year_basis", "comparator",
        "unit_id")] == [
        "target", "firm", "2024", "stated", "ge", "institution",
    ]  # fmt: skip
    decisions = [row["accepted"] for row in read_rows(table, columns)[0]]
    assert sorted(filter(None, decisions)) == ["no", "yes", "yes", "yes"]


def test_a_value_that_is_written_or_cleared_takes_its_comparator_along(
    page: Page, result: Draft, ds: ps.Dataset, tmp_path: Path
) -> None:
    frame = result.statements
    pledge = int(frame.index[frame["pledge"] != ""][0]) + 1
    counted = number(result, "new_", "target")
    for row in (pledge, counted):
        cell(page, row, "accepted").select_option("yes")
    page.locator(f"#r{counted} summary").click()
    cell(page, pledge, "value").fill("100")
    cell(page, pledge, "pledge").select_option("")
    cell(page, counted, "value").fill("")
    cell(page, counted, "pledge").select_option("full_coverage")
    assert cell(page, pledge, "comparator").input_value() == "eq"
    rows = read_accepted(saved(page, tmp_path), ds.package.by_name["statements"].columns).rows
    told = {(row["value"], row["comparator"], row["pledge"]) for row in rows}
    assert told == {("100", "eq", ""), ("", "none", "full_coverage")}


def test_every_place_is_reached_from_the_text_and_leads_back(page: Page, result: Draft) -> None:
    for place in (1, 2):
        row = number(result, "nursing_bed_share", "target", place)
        page.locator(f"#t{row}").click()
        item = page.locator(f"li#r{row}")
        assert item.is_visible()
        item.get_by_role("link").click()
        assert page.locator(f"#t{row}:target").inner_text().startswith("55%")


def test_rows_are_found_by_decision_confidence_role_and_words(page: Page, result: Draft) -> None:
    rows = page.locator("tr[data-decision]:visible")
    everything = rows.count()
    beds = number(result, "nursing_bed_share", "target")
    cell(page, beds, "accepted").select_option("yes")
    choices = page.locator(".ps-choices")
    choices.locator("[name=decision]").select_option("open")
    assert rows.count() == everything - 1
    choices.locator("[name=decision]").select_option("")
    choices.locator("[name=role]").select_option("baseline")
    assert rows.count() == int((result.statements["role"] == "baseline").sum())
    choices.locator("[name=role]").select_option("")
    choices.locator("[name=q]").fill("木偶戏")
    assert rows.count() == 2
