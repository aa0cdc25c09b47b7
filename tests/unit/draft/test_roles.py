"""What a number is in its plan, and of which year: pairs of a baseline and a target, steps, lists."""

from __future__ import annotations

import pytest

from passages import AHEAD, BEFORE, found, roles


def test_from_to_pair_gives_two_rows() -> None:
    first, second = found(BEFORE + "公办园占比由33.36%提高到52.49%。")
    assert (first.role, first.year, first.year_basis) == ("baseline", None, "")
    assert (second.role, second.year, second.year_basis) == ("baseline", 2020, "implied")


def test_from_to_pair_in_a_target_keeps_the_year_of_each_end() -> None:
    first, second, third = found(
        AHEAD + "设施面积从2020年的480平方米提高到2025年的600平方米;新建公园12个。"
    )
    assert (first.role, first.year, first.year_basis) == ("baseline", 2020, "stated")
    assert (second.role, second.year, second.year_basis) == ("target", 2025, "stated")
    assert third.role == "target"


def test_the_earlier_year_of_a_pair_governs_nothing_after_it() -> None:
    rows = found(AHEAD + "设施面积从2020年的480平方米提高到600平方米;新建公园12个。")
    assert [(p.role, p.year, p.year_basis) for p in rows] == [
        ("baseline", 2020, "stated"),
        ("target", 2025, "implied"),
        ("target", 2025, "implied"),
    ]


@pytest.mark.parametrize("verb", ["提高", "拓展", "上涨", "增加", "扩充", "攀升"])
def test_every_verb_of_change_leads_from_a_baseline_to_a_target(verb: str) -> None:
    rows = found(f"{AHEAD}床位由2020年的100张{verb}到2025年的300张。")
    assert [(p.role, p.year) for p in rows] == [("baseline", 2020), ("target", 2025)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2025年:\n——床位达到300张。\n——护士达到20人。\n",
            [("300张", "target", 2025, "stated"), ("20人", "target", 2025, "stated")]),
        ("到2023年底、2025年底,占比分别达到58%、65%。",
            [("58%", "target", 2023, "stated"), ("65%", "target", 2025, "stated")]),
        ("2023年起,每年新增食堂60个。", [("60个", "target", 2025, "implied")]),
        ("人均预期寿命在2020年基础上再提高1岁左右。", [("1岁左右", "target", 2025, "implied")]),
        ("2021年,就诊率达到89%;到2024年达到92%。",
            [("89%", "baseline", 2021, "stated"), ("92%", "target", 2024, "stated")]),
        ("现有学校21所,其中小学12所、初中9所;新建小学3所。",
         [("21所", "baseline", 2020, "implied"), ("12所", "baseline", 2020, "implied"),
             ("9所", "baseline", 2020, "implied"),
          ("3所", "target", 2025, "implied")]),
        ("改造142家卫生院中的60家。",
            [("142家", "baseline", 2020, "implied"), ("60家", "target", 2025, "implied")]),
        ("床位2.5张,和全省3.0张的平均水平相比仍低。",
            [("2.5张", "target", 2025, "implied"), ("3.0张", "reference", 2025, "implied")]),
    ],
)  # fmt: skip
def test_roles_and_years_as_cities_word_them(
    text: str, expected: list[tuple[str, str, int, str]]
) -> None:
    assert roles(AHEAD + text) == expected


@pytest.mark.parametrize(
    ("text", "role"), [("以省双拥模范城“八连冠”为契机。", "baseline"), ("力争实现省双拥模范城“八连冠”。", "target")]
)  # fmt: skip
def test_so_many_in_a_row_are_won_unless_they_are_aimed_at(text: str, role: str) -> None:
    (row,) = found(text)
    assert (str(row.value), row.unit, row.role) == ("8", "连冠", role)
