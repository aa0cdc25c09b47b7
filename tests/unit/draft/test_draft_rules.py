"""The rules on made-up passages in the style of many plans."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psanalysis.draft.extract import extract
from psanalysis.draft.folding import fold
from psanalysis.draft.numerals import plain
from psanalysis.draft.period import Plan
from psanalysis.draft.proposal import Proposal
from psanalysis.draft.quantities import quantities

PLAN = Plan("yunzhou-14fyp", "yunzhou", 2021, 2025, 2020, 2025)
BEFORE = "第一章 发展基础\n"
AHEAD = "第二章 主要任务\n"


def found(text: str) -> list[Proposal]:
    return list(extract(text, PLAN).statements)


def shown(text: str) -> list[tuple[str, str, str]]:
    return [
        (plain(p.value) if p.value is not None else p.pledge, p.unit, p.comparator)
        for p in found(text)
    ]


def names(text: str) -> list[str]:
    return ["".join(text[a:b] for a, b in p.name_spans) for p in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("参保率达到98%以上。", [("98", "%", "ge")]),
        ("死亡率控制在14/10万以下,婴儿死亡率不超过4.5‰。", [("14", "/10万", "le"), ("4.5", "‰", "le")]),
        ("培训30余万人次,受益群众约28.25万人。", [("30", "万人次", "gt"), ("28.25", "万人", "approx")]),
        ("建成示范校3—5所,配备2至3名校医。", [("3", "所", "between"), ("2", "名", "between")]),
        ("构建半小时服务圈和一刻钟便民圈。", [("0.5", "小时", "eq"), ("1", "刻钟", "eq")]),
        ("每个乡镇至少办好一所公办中心园。", [("1", "所", "ge")]),
        ("覆盖率达到百分之九十五以上。", [("95", "%", "ge")]),
        ("新建校舍1,500平方米,投资超2000万元。", [("1500", "平方米", "eq"), ("2000", "万元", "gt")]),
        ("覆盖率達到\uff19\uff15\uff05以上"
            "\uff0c嬰兒死亡率降至5‰。", [("95", "%", "ge"), ("5", "‰", "eq")]),
        ("困难家庭应保尽保,安置应建尽建,社区设施全覆盖,零就业家庭动态清零。", [("all_eligible", "%", "none")] * 2
         + [("full_coverage", "%", "none"), ("dynamic_zero", "%", "none")]),
        ("班额分别控制在45人、50人以内。", [("45", "人", "le"), ("50", "人", "le")]),
        ("分别提高8.3个、2.1个和3.6个百分点。",
            [("8.3", "个百分点", "eq"), ("2.1", "个百分点", "eq"), ("3.6", "个百分点", "eq")]),
    ],
)  # fmt: skip
def test_numbers_units_comparators(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert shown(AHEAD + text) == expected


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


def test_series_with_respectively_takes_names_and_years_in_order() -> None:
    text = (
        BEFORE
        + "孕产妇死亡率、婴儿死亡率分别从2015年的20.1/10万、8.1‰降至2019年的17.8/10万、5.6‰。"
    )
    assert names(text) == ["孕产妇死亡率", "婴儿死亡率"] * 2
    assert [p.year for p in found(text)] == [2015, 2015, 2019, 2019]


def test_one_number_for_two_names() -> None:
    assert names(AHEAD + "配套用房达标率、移交率均达到100%。") == ["配套用房达标率", "移交率"]


def test_a_year_governs_to_the_end_of_its_sentence() -> None:
    rows = found(
        AHEAD
        + "到2025年,甲覆盖率达到90%;乙覆盖率达到80%。丙覆盖率达到70%。2022年底前,丁覆盖率达到60%。"
    )
    assert [(p.year, p.year_basis) for p in rows] == [
        (2025, "stated"),
        (2025, "stated"),
        (2025, "implied"),
        (2022, "stated"),
    ]


def test_an_interim_year_that_begins_a_paragraph_governs_it() -> None:
    rows = found(AHEAD + "到2023年,甲覆盖率达到90%。乙覆盖率达到80%。\n丙覆盖率达到70%。")
    assert [p.year for p in rows] == [2023, 2023, 2025]


def test_reference_values() -> None:
    own, other = found(BEFORE + "每千名老年人拥有床位36.5张,高于全省33张的平均水平。")
    assert (own.role, other.role, other.area) == ("baseline", "reference", "province")
    assert other.name_spans == own.name_spans


def test_striving() -> None:
    rows = found(
        AHEAD + "到2025年,高校力争达到17所,在校生达16万人。力争新增甲等医院1家,乙等医院1家。"
    )
    assert [p.commitment for p in rows] == ["strive", "firm", "strive", "strive"]


def test_flows_have_years_and_rates_have_none() -> None:
    rows = found(BEFORE + "“十三五”期间,累计新增就业45.6万人,年均9.12万人,失业率控制在4%以内。")
    assert [(p.flow_start, p.flow_end) for p in rows] == [(2016, 2020), (None, None), (None, None)]


def test_chapters_without_numbers_tell_the_role() -> None:
    text = "“十三五”时期教育发展主要成就:\n——全县共有幼儿园95所。\n主要目标:到2025年,幼儿园达到100所。\n"
    assert [p.role for p in found(text)] == ["baseline", "target"]


TABLES = {
    "pipes": "类别 | 指标 | 2020年 | 2025年 | 属性 |\n学有 | 毛入园率(%) | 93.5 | "
    "≥95 | 预期性 |\n巩固率(%) | —— | 应保尽保 | 约束性 | |\n",
    "tabs": "指标\t单位\t2020年\t2025年\t属性\n毛入园率\t%\t93.5\t≥95\t预期性\n巩固率\t%\t——\t应保尽保\t约束性\n",
    "one cell a line": "类 别\n\n指  标\n\n2020年\n\n2025年\n\n属 性\n\n"
    "毛入园率\n\n(%)\n\n93.5\n\n≥95\n\n预期性\n\n巩固率(%)\n\n——\n\n应保尽保\n\n约束性\n",
    "blanks": "序号 指标内容 2020年 2025年 指标属性\n1 毛入园率(%) 93.5 ≥95 预期性\n2 "
    "巩固率(%) —— 应保尽保 约束性\n",
    "two heads": "指标 | 单位 | 现状值 | 目标值 | 属性 |\n指标 | 单位 | 2020年 | 2025年 | 属性 |\n"
    "毛入园率 | % | 93.5 | ≥95 | 预期性 |\n巩固率 | % | —— | 应保尽保 | 约束性 |\n",
}


@pytest.mark.parametrize("form", TABLES)
def test_indicator_tables_in_every_form(form: str) -> None:
    rows = found(TABLES[form])
    told = [(p.role, p.year, p.year_basis, p.comparator, p.pledge, p.unit, p.nature) for p in rows]
    assert told == [
        ("baseline", 2020, "stated", "eq", "", "%", "expected"),
        ("target", 2025, "stated", "ge", "", "%", "expected"),
        ("baseline", 2020, "stated", "none", "", "%", "binding"),
        ("target", 2025, "stated", "none", "all_eligible", "%", "binding"),
    ]


@given(
    st.decimals(min_value=0, max_value=100000, places=2),
    st.sampled_from(["%", "个", "所", "万人次", "平方米", "张"]),
)
def test_any_printed_number_is_read_back(number: Decimal, unit: str) -> None:
    (quantity,) = quantities(f"达到{number}{unit}。")
    assert (quantity.value, quantity.unit) == (number, unit)


@given(st.text(alphabet="到2025年由从提高达95%、,。|(\uff0c)“”个所一半\n《》", max_size=200))
def test_no_text_breaks_the_rules_and_spans_lie_inside(text: str) -> None:
    read = extract(text, PLAN)
    rows, left = list(read.statements), list(read.left_out)
    assert all(0 <= p.start < p.end <= len(text) for p in [*rows, *left])


@given(st.text(max_size=200))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)
