"""Which indicator a statement is about: by its name, its unit and the words that change the meaning."""

from __future__ import annotations

import pytest

import psanalysis as ps
from passages import AHEAD, TEXT, drafted
from psanalysis.draft.linking import guess_domain, learn_aliases, link


def test_known_indicators_are_linked_and_unknown_ones_are_new(ds: ps.Dataset) -> None:
    frame = drafted(ds, TEXT).set_index("value_as_written")
    assert frame.at["93.5%", "indicator_id"] == "preschool_gross_enrolment"
    assert frame.at["55%以上", "indicator_id"] == "nursing_bed_share"
    assert frame.at["3个", "indicator_is_new"] == "yes"
    assert frame.at["3个", "indicator_id"].startswith("new_")
    assert (frame.at["97.9%", "role"], frame.at["97.9%", "area_id"]) == ("reference", "china")


def test_a_unit_of_another_dimension_is_never_linked(ds: ps.Dataset) -> None:
    aliases = learn_aliases(ds.indicators, ds.statements, ds.units)
    percent, beds = link(["养老机构护理型床位占比"] * 2, ["proportion", "bed"], ["", ""], aliases)
    assert not percent.new
    assert beds.new


def test_new_codes_of_unlike_things_differ(ds: ps.Dataset) -> None:
    aliases = learn_aliases(ds.indicators, ds.statements, ds.units)
    long = "社区村综合性木偶戏传习服务中心"
    codes = [
        found.indicator_id
        for found in link(
            [long, f"{long}建成率", long, long],
            ["item", "proportion", "item", "area"],
            [""] * 4,
            aliases,
        )
    ]
    assert codes[0] == codes[2]
    assert len(set(codes)) == 3


def test_names_of_a_plan_are_left_out(ds: ps.Dataset) -> None:
    plans = ds.statements.groupby("indicator_id")["plan_id"].agg(set)
    only = plans[plans == {"yuyao-2023-2027"}].index
    known = learn_aliases(ds.indicators, ds.statements, ds.units, without="yuyao-2023-2027").frame[
        "indicator_id"
    ]
    assert len(only) > 0
    assert not set(only) & set(known)


def test_domains_are_guessed_from_the_name_first() -> None:
    assert guess_domain("残疾人辅助器具适配率", "老有所养") == "support"


def linked(sentence: str, ds: ps.Dataset) -> str:
    return str(drafted(ds, AHEAD + sentence)["indicator_id"].iloc[0])


@pytest.mark.parametrize(
    ("like", "unlike"),
    [
        ("养老机构护理型床位占比达到60%。", "养老机构护理型床位占比提高15%。"),
        ("人均预期寿命达到80岁。", "人均预期寿命提高1.1岁。"),
        ("公办幼儿园在园幼儿占比达到52%。", "非公办幼儿园在园幼儿占比降到43%。"),
        ("三级甲等医院达到3家。", "二级甲等医院达到3家。"),
        ("居民健康素养水平达到30%。", "居民心理健康素养水平达到30%。"),
    ],
)
def test_words_that_change_the_meaning_must_agree(like: str, unlike: str, ds: ps.Dataset) -> None:
    assert linked(like, ds) != linked(unlike, ds)


def test_basic_pensions_are_not_those_of_a_group(ds: ps.Dataset) -> None:
    assert linked("基本养老保险参保率达到96%。", ds) == "pension_insurance_participation"
