"""Numbers whose unit says that they state no quantity: ages, and bounds that say who is counted."""

from __future__ import annotations

from passages import AHEAD, named, written


def test_an_age_after_a_sentence_on_life_expectancy_is_no_statement() -> None:
    text = AHEAD + "人均预期寿命达到79岁。\n每千人口拥有3岁以下婴幼儿托位数达到4.5个。\n"
    assert named(text) == [
        ("target", "79", "人均预期寿命"),
        ("target", "4.5", "每千人口拥有3岁以下婴幼儿托位数"),
    ]


def test_a_bounded_number_before_a_counted_noun_only_says_which() -> None:
    assert written(AHEAD + "培育年营业收入1亿元以上的康养企业3家。") == [("3家", "3", "家", "eq")]
