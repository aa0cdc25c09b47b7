"""Names of from-to pairs, and ages beside life expectancies. The city of Yunhe is made up."""

from __future__ import annotations

import pytest

import psanalysis as ps
from psanalysis.draft import Document, draft_document

HEAD = "云河市“十四五”公共服务规划\n第二章 主要目标\n"


@pytest.fixture(scope="module")
def ds() -> ps.Dataset:
    return ps.load()


def read(ds: ps.Dataset, sentence: str) -> list[tuple[str, str, str]]:
    frame = draft_document(
        Document("plan.txt", "text", "utf_8", f"{HEAD}{sentence}\n"), "yunhe-14fyp", ds
    ).statements
    return list(zip(frame["role"], frame["value"], frame["indicator_as_written"], strict=True))


@pytest.mark.parametrize(
    ("sentence", "name", "values"),
    [
        ("每千人口托位数从1.2个提升至4.5个。", "每千人口托位数", ("1.2", "4.5")),
        ("床位由100张增至300张。", "床位", ("100", "300")),
        ("养老床位由2020年的100张增加到300张。", "养老床位", ("100", "300")),
        ("护理型床位占比由30%提高到55%。", "护理型床位占比", ("30", "55")),
    ],
)
def test_both_numbers_of_a_pair_have_the_name_before_them(
    ds: ps.Dataset, sentence: str, name: str, values: tuple[str, str]
) -> None:
    assert read(ds, sentence) == [("baseline", values[0], name), ("target", values[1], name)]


def test_an_age_after_a_sentence_on_life_expectancy_is_no_statement(ds: ps.Dataset) -> None:
    found = read(ds, "人均预期寿命达到79岁。\n每千人口拥有3岁以下婴幼儿托位数达到4.5个。")
    assert found == [
        ("target", "79", "人均预期寿命"),
        ("target", "4.5", "每千人口拥有3岁以下婴幼儿托位数"),
    ]
