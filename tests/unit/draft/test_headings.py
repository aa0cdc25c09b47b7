"""Headings as they are printed: levels, second lines, contents, titles of documents, captions of
tables.
"""

from __future__ import annotations

import pytest

from psanalysis.draft.extract import extract
from psanalysis.draft.period import Plan
from psanalysis.draft.proposal import Proposal

PLAN = Plan("yunxi-15fyp", "yunxi", 2026, 2030, 2025, 2030)
CONTENTS = "第一篇 共享发展成果 更好满足新期待……… 3\n第二章 优化公共服务……………… 9\n"
TABLE = "指标 2025年 2030年\n1 护理型床位占比（%） 66 75\n2 人均预期寿命（岁） 81 82\n"
OLD = (
    "表2 “十四五”规划指标完成情况\n指标 | 2025年规划目标 | 2025年完成 |\n新增就业（人） | [2000] "
    "| [2300] |\n托位（个） | 4.5 | 4.6 |\n"
)


def only(text: str) -> Proposal:
    (row,) = extract(text, PLAN).statements
    return row


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (
            f"{CONTENTS}第一篇 共享发展成果\n更好满足新期待\n第二章 "
            "优化公共服务\n二、办好教育\n新建学校5所。\n",
            "第一篇 共享发展成果 更好满足新期待 / 第二章 优化公共服务 / 二、办好教育",
        ),
        ("第二章 任务\n第一节 教育\n（一）扩大学位\n新建学校5所。\n", "第二章 任务 / 第一节 教育 / "
            "（一）扩大学位"),
        ("第一章 落实《健康中国纲要》\n新建学校5所。\n", "第一章 落实《健康中国纲要》"),
        ("第一章 任务\n养老服务。优化布局,新建养老院5所。\n", "第一章 任务 / 养老服务"),
        ("二、任务 （一）教育\n1.扩大学位,补齐短板。新建学校5所。\n", "二、任务 / （一）教育 / "
            "1.扩大学位,补齐短板"),
    ],
)  # fmt: skip
def test_headings_stand_in_the_path_as_they_are_printed(text: str, path: str) -> None:
    assert only(text).section == path


def test_the_caption_of_a_table_is_the_last_of_its_path() -> None:
    rows = extract(f"第三章 目标\n“十五五”主要指标\n{TABLE}", PLAN).statements
    assert {row.section for row in rows} == {"第三章 目标 / “十五五”主要指标"}


def test_totals_of_the_plan_before_have_its_years_and_its_targets_are_doubted() -> None:
    old, reached = extract(OLD, PLAN).statements[:2]
    assert (old.role, old.flow_start, old.flow_end) == ("target", 2021, 2025)
    assert old.reasons["role"].key == "earlier_target"
    assert old.confidence < 0.6 < reached.confidence


@pytest.mark.parametrize(
    ("words", "pledge"), [("完成省下达任务", "set_above"), ("与经济增长同步", "other")]
)
def test_a_cell_that_promises_in_words_is_a_pledge(words: str, pledge: str) -> None:
    text = (
        f"指标 | 2025年 | 2030年 |\n优良天数比例（%） | 86 | {words} |\n入园率（%） | 95 | 97 |\n"
    )
    (row,) = [p for p in extract(text, PLAN).statements if p.value is None]
    assert (row.pledge, row.role, row.year) == (pledge, "target", 2030)
