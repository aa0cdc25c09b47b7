"""Which rows repeat one statement of a document, and which only look like it."""

from __future__ import annotations

import pytest

import psanalysis as ps
from psanalysis.draft.drafting import draft_document
from psanalysis.formats.document import Document

TWICE = "1978年公布。\n第二章 目标\n到2025年，{first}。\n第三章 任务\n到2025年，{second}。\n"


def merged(first: str, second: str, ds: ps.Dataset) -> list[bool]:
    text = TWICE.format(first=first, second=second)
    frame = draft_document(Document("p.txt", "text", "utf_8", text), "yunxi-14fyp", ds).statements
    assert len(frame) == 2
    return [bool(cell) for cell in frame["same_as"]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("养老机构护理型床位占比达到55%", "护理型床位占比达到55%"),
        ("全市人均预期寿命超过80岁", "人均预期寿命超过80岁"),
        ("新增社区食堂31个", "新增社区食堂31个"),
        ("护理型床位占比达到55%", "护理型床位占比达到55%以上"),
    ],
)
def test_the_same_value_of_the_same_thing_is_one_statement(
    first: str, second: str, ds: ps.Dataset
) -> None:
    assert merged(first, second, ds) == [False, True]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("抽检合格率超过99%", "药品抽检合格率超过99%"),
        ("护理型床位占比不低于55%", "护理型床位占比超过55%"),
        ("城镇调查失业率控制在5%以内", "城镇调查失业率低于5%"),
        ("2020年护理型床位占比为55%", "2020年护理型床位占比为55%以上"),
        ("实施教育方面工程，完成工程4项", "实施卫生方面工程，完成工程4项"),
        ("农村自来水普及率达到95%", "城镇自来水普及率达到95%"),
        ("二级医院覆盖率达到95%", "三级医院覆盖率达到95%"),
        ("男性健康体检率达到80%", "女性健康体检率达到80%"),
    ],
)
def test_unlike_things_of_one_value_are_two_statements(
    first: str, second: str, ds: ps.Dataset
) -> None:
    assert merged(first, second, ds) == [False, False]
