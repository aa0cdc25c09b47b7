"""Names as they are compared: what says the same is the same, what changes the meaning stays."""

from __future__ import annotations

import pytest

from psanalysis.draft.normal_names import meaning_words, normal_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("城镇老旧小区改造", "老旧住宅小区实施了改造"),
        ("城镇登记失业率", "登记失业率"),
        ("养老机构护理型床位占比(%)", "护理型床位占比"),
        ("打造高质量的健身圈", "15分钟健身圈"),
        ("市、县级均设置政府举办、标准化的妇幼保健机构", "市、县各设置标准化的妇幼保健机构"),
        ("特困人员基本生活标准", "特困人员基本生活标准分别不低于城乡最低生活保障标准"),
        ("参加各类补贴性职业技能培训(万人次)", "参加各类补贴性职业技能培训注:5年累计数"),
    ],
)
def test_wordings_of_one_thing_are_one_name(one: str, other: str) -> None:
    assert sorted(normal_name(one)) == sorted(normal_name(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("15分钟社区养老服务圈覆盖率", "10分钟社区养老服务圈内机构覆盖率"),
        ("城乡居民人均可支配收入", "居民人均可支配收入"),
        ("每个街道设置社区卫生服务中心", "市、县均设置社区卫生服务中心"),
    ],
)
def test_other_things_stay_apart(one: str, other: str) -> None:
    assert normal_name(one) != normal_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("免费适配辅助器具", "适配辅助器具"),
        ("农村转移劳动力", "培训农村转移劳动力"),
        ("直属公办园", "公办幼儿园"),
        ("九年义务教育完成率", "九年义务教育巩固率"),
        ("老旧小区物业服务覆盖率", "小区专业物业服务覆盖率"),
    ],
)
def test_words_that_change_the_meaning_tell_names_apart(one: str, other: str) -> None:
    assert meaning_words(normal_name(one)) != meaning_words(normal_name(other))
