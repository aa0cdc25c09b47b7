"""What a spreadsheet makes of printed words is taken back as they are printed.

The plan is made up.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

import psanalysis as ps
from psanalysis.curation.accepted import read_accepted
from psanalysis.curation.decisions import Curation
from psanalysis.curation.plan_info import AdditionError
from psanalysis.curation.printed import same_number
from psanalysis.curation.saved import save_draft
from psanalysis.draft import Document, Draft, draft_document

TEXT = (
    "云河市“十四五”公共服务规划\n第一章 主要目标\n"
    "序号 | 指标 | 2020年 | 2025年 |\n1 | 养老机构护理型床位占比 | 50.50% | 55% |\n"
    "2 | 社区木偶戏传习所（个） | 3 | 1,200 |\n"
)


@pytest.fixture(scope="module")
def ds() -> ps.Dataset:
    return ps.load()


@pytest.fixture(scope="module")
def result(ds: ps.Dataset) -> Draft:
    return draft_document(Document("plan.txt", "text", "utf_8", TEXT), "yunhe-14fyp", ds)


@pytest.mark.parametrize("shown", ["50.5%", "0.505"])
def test_percentages_that_a_spreadsheet_wrote_anew_are_taken(
    result: Draft, ds: ps.Dataset, tmp_path: Path, shown: str
) -> None:
    table, _, _ = save_draft(result, tmp_path / "draft.csv")
    frame = pd.read_csv(table, dtype=str, keep_default_na=False).assign(accepted="是")
    words = frame["value_as_written"].replace({"50.50%": shown, "1,200": "1200"})
    assert words.tolist() != frame["value_as_written"].tolist()
    frame.assign(value_as_written=words).to_csv(table, index=False, encoding="gbk")
    rows = read_accepted(table, ds.package.by_name["statements"].columns).rows
    printed = result.statements["value_as_written"].tolist()
    assert [row["value_as_written"] for row in rows] == printed
    assert Curation.load(table, ds).rows["value_as_written"].tolist() == printed
    save_draft(result, table)
    again = pd.read_csv(table, dtype=str, keep_default_na=False)
    assert again["value_as_written"].tolist() == printed


def test_a_workbook_whose_percentages_became_numbers_is_taken(
    result: Draft, ds: ps.Dataset, tmp_path: Path
) -> None:
    table, _, _ = save_draft(result, tmp_path / "draft.xlsx")
    book = load_workbook(table)
    head = [cell.value for cell in book.active[1]]
    for line in book.active.iter_rows(min_row=2):
        cell = line[head.index("value_as_written")]
        if cell.value.endswith("%"):
            cell.value = float(cell.value[:-1]) / 100
            cell.number_format = "0.00%"
        line[head.index("accepted")].value = "yes"
    book.save(table)
    rows = read_accepted(table, ds.package.by_name["statements"].columns).rows
    printed = result.statements["value_as_written"].tolist()
    assert [row["value_as_written"] for row in rows] == printed


def test_other_words_are_never_put_right(result: Draft, ds: ps.Dataset, tmp_path: Path) -> None:
    table, _, _ = save_draft(result, tmp_path / "draft.csv")
    frame = pd.read_csv(table, dtype=str, keep_default_na=False).assign(accepted="yes")
    frame.loc[0, "value_as_written"] = "50.6%"
    frame.to_csv(table, index=False)
    with pytest.raises(AdditionError, match="differs from the text between"):
        read_accepted(table, ds.package.by_name["statements"].columns)


@pytest.mark.parametrize(
    ("cell", "words", "same"),
    [
        ("3月5日", "3-5", True),
        ("2026-03-05", "3/5", True),
        ("2026-05-03", "3-5", False),
        ("1.2E+4", "12000", True),
        ("8.5", "8.50", True),
        ("8.5", "8.5%", False),
        ("", "8", False),
        ("12000人", "12,000人", False),
    ],
)
def test_only_what_a_spreadsheet_does_counts_as_the_same(cell: str, words: str, same: bool) -> None:
    assert same_number(cell, words) is same
