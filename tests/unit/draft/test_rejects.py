"""Numbers that state no quantity, and the reasons why."""

from __future__ import annotations

import pytest

from passages import AHEAD, PLAN, found, named, written
from psanalysis.draft.extract import extract


@pytest.mark.parametrize(
    "text",
    [
        "云政发〔2021〕46号文件印发。", "第三批试点居全省第6位。",
        "60岁以上老年人和0—6岁儿童。", "实施“80·50”攻坚、1+X证书和5G网络。",
        "整合1200人以下的学校。", "用5年左右时间建成。", "坚持三个课堂、两个确保、五大行动。", "建立健全四级网络。",
        "开通24小时服务热线12345。",
        "一支队伍、一批项目、一个平台。", "确定80个服务项目和22项指标。",
        "健全覆盖城乡的体系。", "2021年9月6日印发。", "每千人口、每3—10万居民。",
    ],
)  # fmt: skip
def test_numbers_that_state_no_quantity(text: str) -> None:
    assert found(AHEAD + text) == []


def test_passed_over_numbers_are_listed_with_their_reason() -> None:
    left = extract(AHEAD + "60岁以上老年人健康管理率达到75%,全省第6。", PLAN).left_out
    assert [q.reason for q in left] == ["age", "ordinal"]


@pytest.mark.parametrize("text", ["公私营比例由6:4改为7:3。", "按1:3配备人员。"])
def test_parts_of_a_whole_are_no_number(text: str) -> None:
    assert found(AHEAD + text) == []


@pytest.mark.parametrize(
    "text",
    [
        "成立第二成员单位,打成一片。", "实施9大类、68项重大项目。", "65至74岁老年人健康管理。", "院前急救3分钟出车率稳步提高。",
        "打5分制标签。", "安排专人负责。", "医护比达到1:1.25。",
        "名词解释:\n2.嵌入式养老机构:指以社区为依托,床位在10张至50张之间的机构。",
    ],
)  # fmt: skip
def test_what_is_no_statement(text: str) -> None:
    assert written(AHEAD + text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("提高一镇一所公办幼儿园星级比例。", []),
        ("打造万场次赛事网络体系。", []),
        ("重点保障困难、特殊、优抚三个群体。", []),
        ("打造百个社区示范点。", [("打造社区示范点", "100")]),
    ],
)
def test_numbers_that_only_name(text: str, values: list[tuple[str, str]]) -> None:
    assert [(name, value) for _, value, name in named(f"到2025年，{text}")] == values
