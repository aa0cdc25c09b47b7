"""The form for a new plan says what the text says, so that a person has less to type."""

from __future__ import annotations

import pytest

import psanalysis as ps
from psanalysis.curation.accepted import Accepted
from psanalysis.curation.scaffold import scaffold

BODY = "\n到2030年，护理型床位占比达到75%。\n"


def form(text: str, name: str = "护理型床位占比（%）", section: str = "") -> dict[str, str]:
    row = {
        "plan_id": "yunhe-15fyp",
        "indicator_id": "made_up_share",
        "indicator_as_written": name,
        "unit_id": "percent",
        "area_id": "yunhe",
        "section": section,
    }
    made = scaffold(Accepted("a.csv", "yunhe-15fyp", (row,), (2,), text), ps.load())
    domains = ",".join(row["domain_as_written"] for row in made["plan_domains"])
    return {
        "title": made["plans"][0]["title_zh"],
        "name": made["indicators"][0]["name_zh"],
        "domains": domains,
    }


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("云河市国民经济和社会发展\n第十五个五年规划纲要", "云河市国民经济和社会发展第十五个五年规划纲要"),
        ("云河市“十五五”公共服务规划\n（本文为测试而编写，云河市并不存在）", "云河市“十五五”公共服务规划"),
        ("云河市人民政府公报，第3期\n第十五个五年规划纲要", "第十五个五年规划纲要"),
    ],
)  # fmt: skip
def test_a_title_on_two_lines_is_whole(head: str, title: str) -> None:
    assert form(head + BODY)["title"] == title


@pytest.mark.parametrize(
    ("written", "name"),
    [("护理型床位占比（%）", "护理型床位占比"), ("执业（助理）医师数（人）", "执业(助理)医师数"), ("儿童之家（中心）", "儿童之家(中心)")],
)  # fmt: skip
def test_the_unit_of_a_table_is_no_part_of_the_name(written: str, name: str) -> None:
    assert form("云河市规划" + BODY, written)["name"] == name


def test_a_box_is_no_domain_of_the_plan() -> None:
    section = "第二章 发展普惠养老服务 / 专栏2 “十五五”经济社会发展主要指标"
    assert form("云河市规划" + BODY, section=section)["domains"] == "发展普惠养老服务"
