"""Several names that share one number, or a part of their words."""

from __future__ import annotations

import pytest

from passages import AHEAD, named, names


def test_one_number_for_two_names() -> None:
    assert names(AHEAD + "配套用房达标率、移交率均达到100%。") == ["配套用房达标率", "移交率"]


def test_shared_heads_of_names_and_their_verb() -> None:
    assert names(AHEAD + "生产安全事故起数、死亡人数分别下降13.8%和8.2%。") == [
        "生产安全事故起数下降",
        "生产安全事故死亡人数下降",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建设社区食堂和日间照料中心各3个。", [("建设社区食堂", "3"), ("日间照料中心", "3")]),
        ("每年举办工伤预防宣传和培训项目各1次。", [("每年举办工伤预防宣传", "1"), ("培训项目", "1")]),
        ("残疾人保费补贴和医疗康复人群覆盖率达到100%。", [("残疾人保费补贴人群覆盖率", "100"), ("医疗康复人群覆盖率", "100")]),
    ],
)  # fmt: skip
def test_one_number_of_each(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(name, value) for _, value, name in named(f"到2025年，{text}")] == expected
