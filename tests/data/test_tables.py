"""The two indicator tables, typed from the printed plans: baseline, target, comparator, nature of
every row.
"""

from __future__ import annotations

import pandas as pd
import pytest

import psanalysis as ps

EXPECTED, BINDING = "expected", "binding"
PLEDGE = "应保尽保"
MIANYANG = [
    ("每千人口3岁以下婴幼儿托位数(个)", "2.7", "5.2", EXPECTED),
    ("孤儿和事实无人抚养儿童保障覆盖率", "——", PLEDGE, BINDING),
    ("学前教育毛入园率", "97.22", "98", EXPECTED),
    ("九年义务教育巩固率", "100.72", "100", BINDING),
    ("高中阶段教育毛入学率", "97.2", "98", EXPECTED),
    ("劳动年龄人口平均受教育年限(年)", "10.35", "12.5", BINDING),
    ("参加各类补贴性职业技能培训人数(万人次)", "18.6", "19", EXPECTED),
    ("人均预期寿命", "80.3", ">80.3", EXPECTED),
    ("每千人口拥有执业(助理)医师数(人)", "2.89", "3.2", EXPECTED),
    ("每千人口拥有注册护士数(人)", "3.29", "3.8", EXPECTED),
    ("基本医疗保险参保率", "90", "95", EXPECTED),
    ("养老机构护理型床位占比", "37.64", "55", BINDING),
    ("新建城区、居住(小)区配套建设养老服务设施达标率", "——", "100", BINDING),
    ("基本养老保险参保率", "90", "95", EXPECTED),
    ("养老服务床位总量(万张)", "3.52", "3.87", EXPECTED),
    ("城镇户籍低保、低收入家庭申请公租房的保障率", "——", PLEDGE, EXPECTED),
    ("符合条件的农村低收入群体住房安全保障率", "——", PLEDGE, EXPECTED),
    ("城镇老旧小区改造(万套)", "——", "13.71", EXPECTED),
    ("困难残疾人生活补贴和重度残疾人护理补贴目标人群覆盖率", "100", "100", BINDING),
    ("转业军官和政府安排退役士兵安置率", "100", "100", BINDING),
    ("退役军人适应性培训参训率", "100", "100", BINDING),
    ("每万人接受公共文化设施服务次数(次)", "5469", ">9000", EXPECTED),
    ("人均体育场地面积(平方米)", "1.33", "2.6", EXPECTED),
    ("每百户居民拥有社区综合服务设施面积(平方米)", "——", "≥30", EXPECTED),
]
PANJIN = [
    ("每千人口拥有3岁以下婴幼儿托位数(个)", "2", "≥4.5", EXPECTED),
    ("孤儿和事实无人抚养儿童保障覆盖率(%)", "/", PLEDGE, BINDING),
    ("学前教育毛入园率(%)", "97", ">98", EXPECTED),
    ("九年义务教育巩固率(%)", "114.4", "≥98.5", BINDING),
    ("高中阶段教育毛入学率(%)", "98", ">95", EXPECTED),
    ("劳动年龄人口平均受教育年限(年)", "11", "11.3", BINDING),
    ("参加各类补贴性职业技能培训年度平均人数(万人次)注:5年累计数", "14", "12", EXPECTED),
    ("人均预期寿命(岁)", "79.45", "80.6", EXPECTED),
    ("每千人口拥有执业(助理)医师数(人)", "2.88", "≥3.6", EXPECTED),
    ("每千人口拥有注册护士数(人)", "2.98", "3.7", EXPECTED),
    ("基本医疗保险参保率(%)", "92.8", ">95", EXPECTED),
    ("养老机构护理型床位占比(%)", "35.1", "≥55", BINDING),
    ("新建城区、居住(小)区配套建设养老服务设施达标率(%)", "/", "100", BINDING),
    ("基本养老保险参保率(%)", "90", "95", EXPECTED),
    ("养老服务床位总量(万张)", "1.0", "1.3", EXPECTED),
    ("城镇户籍低保、低收入家庭申请公租房的保障率(%)", "/", PLEDGE, BINDING),
    ("符合条件的农村低收入群体住房安全保障率(%)", "/", PLEDGE, EXPECTED),
    ("困难残疾人生活补贴和重度残疾人护理补贴目标人群覆盖率(%)", "100", "100", BINDING),
    ("军队转业干部年度安置率(%)", "100", "100", BINDING),
    ("政府安排退役士兵年度安置率(%)", "100", "100", BINDING),
    ("退役军人适应性培训参训率(%)", "45", ">90", BINDING),
    ("每万人接受公共文化设施服务次数(次)", "3800", "4200", EXPECTED),
    ("人均体育场地面积(平方米)", "2.4", "2.45", EXPECTED),
    ("每百户居民拥有社区综合服务设施面积(平方米)", "/", ">30", EXPECTED),
]
SIGNS = {">": "gt", "≥": "ge"}
NOTHING = ("——", "/")


def cell(printed: str) -> tuple[float | None, str, str | None]:
    """Value, comparator and pledge of a printed cell."""
    if printed in NOTHING:
        return None, "none", None
    if printed == PLEDGE:
        return None, "none", "all_eligible"
    return float(printed.lstrip(">≥")), SIGNS.get(printed[0], "eq"), None


@pytest.mark.parametrize(
    ("plan", "printed"), [("mianyang-14fyp", MIANYANG), ("panjin-14fyp", PANJIN)]
)
def test_every_cell_of_the_table(
    ds: ps.Dataset, plan: str, printed: list[tuple[str, str, str, str]]
) -> None:
    rows = ds.statements[(ds.statements["plan_id"] == plan) & ds.statements["nature"].notna()]
    assert len(rows) == 48
    found = []
    for row in rows.itertuples():
        value, pledge = (None if pd.isna(each) else each for each in (row.value, row.pledge))
        found.append(
            (
                row.indicator_as_written,
                row.role,
                row.year,
                row.value_as_written,
                (value, row.comparator, pledge),
                row.nature,
            )
        )
    expected = []
    for name, before, after, nature in printed:
        expected.append((name, "baseline", 2020, before, cell(before), nature))
        expected.append((name, "target", 2025, after, cell(after), nature))
    assert found == expected


def test_both_tables_measure_the_same_things(ds: ps.Dataset) -> None:
    table = ds.statements[ds.statements["nature"].notna()]
    per_plan = table.groupby("plan_id")["indicator_id"].agg(set)
    assert len(per_plan["mianyang-14fyp"] & per_plan["panjin-14fyp"]) == 22


def test_the_national_list(ds: ps.Dataset) -> None:
    rows = ds.statements[ds.statements["plan_id"] == "china-14fyp"].set_index("indicator_id")
    assert (len(rows), set(rows["role"]), set(rows["year"])) == (22, {"target"}, {2025})
    assert rows.loc["childcare_places_per_1000", ["value", "comparator"]].tolist() == [4.5, "eq"]
    assert rows.loc["upper_secondary_gross_enrolment", ["value", "comparator"]].tolist() == [
        92.0,
        "gt",
    ]
    assert rows.loc["life_expectancy", "value"] == 78.3
    assert (rows["comparator"] == "none").sum() == 3


# rows of the printed tables under each heading: how many, in order
UNDER = {
    "mianyang-14fyp": {
        "childcare": 2, "education": 4, "employment": 1, "health": 4, "eldercare": 4, "housing": 3,
        "support": 1, "veterans": 2,
        "culture_sport": 3,
    },
    "panjin-14fyp": {
        "childcare": 2, "education": 4, "employment": 1, "health": 4, "eldercare": 4, "housing": 2,
        "support": 1, "veterans": 3,
        "culture_sport": 3,
    },
}  # fmt: skip


@pytest.mark.parametrize("plan", UNDER)
def test_an_indicator_has_the_domain_under_which_the_tables_print_it(
    ds: ps.Dataset, plan: str
) -> None:
    rows = ds.statements[(ds.statements["plan_id"] == plan) & ds.statements["nature"].notna()]
    domain = ds.indicators.set_index("indicator_id")["domain_id"]
    found = rows.loc[rows["role"] == "target", "indicator_id"].map(domain).tolist()
    assert found == [name for name, count in UNDER[plan].items() for _ in range(count)]
