"""What kind of document a text is, and of which years."""

from __future__ import annotations

import pytest

import psanalysis as ps
from psanalysis.draft.extract import extract
from psanalysis.draft.folding import fold
from psanalysis.draft.period import Plan, find_plan

PLAN_TITLES = {
    "云溪市国民经济和社会发展\n第十五个五年规划纲要\n“十四五”时期，全市…\n": (2026, 2030),
    "云溪市公共服务“十五五”规划\n“十四五”期间成效显著。\n": (2026, 2030),
    "云溪市养老服务体系建设三年行动计划（2024—2026年）\n“十四五”以来…\n": (2024, 2026),
    "关于印发云溪市“十四五”教育发展规划的通知\n": (2021, 2025),
}
YEAR_TITLES = {
    "云溪市2026年政府工作报告\n": ("annual", 2026),
    "政府工作报告\n——2026年1月15日在云溪市第十届人民代表大会第五次会议上\n": ("annual", 2026),
    "关于云溪市2025年国民经济和社会发展计划执行情况\n与2026年国民经济和社会发展计划草案的报告\n": (
        "annual",
        2026,
    ),
    "云溪市2024年民生实事项目\n": ("annual", 2024),
    "2024年云溪市国民经济和社会发展统计公报\n": ("bulletin", 2024),
}


@pytest.fixture(scope="module")
def ds() -> ps.Dataset:
    return ps.load()


def plan_of(text: str, code: str, ds: ps.Dataset, period: tuple[int, int] | None = None) -> Plan:
    return find_plan(code, fold(text), ds.plans, ds.areas, period)


@pytest.mark.parametrize("title", PLAN_TITLES)
def test_the_title_names_the_period(title: str, ds: ps.Dataset) -> None:
    plan = plan_of(title, "yunxi", ds)
    assert (plan.kind, plan.start, plan.end, plan.baseline) == (
        "plan",
        *PLAN_TITLES[title],
        PLAN_TITLES[title][0] - 1,
    )


@pytest.mark.parametrize("title", YEAR_TITLES)
def test_reports_have_a_year(title: str, ds: ps.Dataset) -> None:
    plan = plan_of(title, "yunxi-14fyp", ds)
    assert (plan.kind, plan.start, plan.end) == (*YEAR_TITLES[title], YEAR_TITLES[title][1])


def test_title_and_code_that_differ_are_a_conflict(ds: ps.Dataset) -> None:
    plan = plan_of("云溪市“十四五”公共服务规划\n", "yunxi-15fyp", ds)
    assert (plan.start, [(e.source, e.start) for e in plan.conflicts]) == (2021, [("code", 2026)])
    asked = plan_of("云溪市“十四五”公共服务规划\n", "yunxi-15fyp", ds, (2026, 2030))
    assert (asked.start, asked.conflicts[0].source) == (2026, "title")


def test_the_code_counts_before_what_the_text_says_at_large(ds: ps.Dataset) -> None:
    plan = plan_of("“十四五”期间，全市新建幼儿园20所。\n" * 3, "yunxi-15fyp", ds)
    assert (plan.start, plan.conflicts) == (2026, ())


REPORT = """2026年政府工作报告
——2026年1月15日在云溪市第十届人民代表大会第五次会议上
一、“十四五”时期和2025年工作回顾
五年来，公共服务更加均衡。新增学位3.2万个，护理型床位占比达到66%。
（一）聚焦民生改善，着力办好实事。新建助餐点18个，今后继续推进。
二、“十五五”时期目标任务
“十五五”时期经济社会发展的主要目标是：补齐短板。护理型床位占比达到75%。
三、2026年工作安排
今年新建助餐点26个。普惠性幼儿园覆盖率达到93%。
"""


def test_an_annual_report_reviews_and_promises(ds: ps.Dataset) -> None:
    rows = extract(REPORT, plan_of(REPORT, "yunxi-15fyp", ds)).statements
    assert [(str(p.value), p.role, p.year) for p in rows] == [
        ("3.2", "baseline", 2025),
        ("66", "baseline", 2025),
        ("18", "baseline", 2025),
        ("75", "target", 2030),
        ("26", "target", 2026),
        ("93", "target", 2026),
    ]


OUTLINE = """云溪市国民经济和社会发展
第十五个五年规划纲要
第一节 过去五年的发展
公共服务成效显著。
护理型床位占比达到66%。
第二节 圆满实现“十四五”发展目标
社区食堂达到120个。
第三节 今后五年的主要目标
五年来，基础不断夯实。
社区食堂由80个增加到120个。
到2030年，护理型床位占比达到75%。
社区食堂达到200个。
"""


def test_headings_and_leads_have_a_tense(ds: ps.Dataset) -> None:
    rows = extract(OUTLINE, plan_of(OUTLINE, "yunxi-15fyp", ds)).statements
    assert [(str(p.value), p.role, p.year) for p in rows] == [
        ("66", "baseline", 2025),
        ("120", "baseline", 2025),
        ("80", "baseline", None),
        ("120", "baseline", 2025),
        ("75", "target", 2030),
        ("200", "target", 2030),
    ]


def test_a_bulletin_reports_outcomes(ds: ps.Dataset) -> None:
    text = "2024年云溪市国民经济和社会发展统计公报\n全市共有幼儿园120所。\n"
    (row,) = extract(text, plan_of(text, "yunxi", ds)).statements
    assert (row.role, row.year) == ("baseline", 2024)


def test_a_period_in_chinese_figures_is_one(ds: ps.Dataset) -> None:
    text = "青峦市三年行动方案\n（二〇二四年至二〇二六年）\n到二〇二五年，参保率达到97%。\n"
    plan = find_plan("qingluan-2024", fold(text), ds.plans, ds.areas)
    assert (plan.start, plan.end, plan.kind) == (2024, 2026, "plan")
    assert [p.year for p in extract(text, plan).statements] == [2025]


def test_a_report_of_one_year_promises_for_the_next_and_for_five() -> None:
    plan = Plan("lanqiao-2026", "lanqiao", 2026, 2026, 2025, 2026, issued=2026, kind="annual")
    text = "今年新增学位6000个,明年再增3000个。今后五年,城镇化率年均提高1个百分点。"
    assert [(p.role, p.year) for p in extract(text, plan).statements] == [
        ("target", 2026),
        ("target", 2027),
        ("target", 2030),
    ]


@pytest.mark.parametrize(
    ("code", "years"),
    [
        ("yunhe-14fyp", (2021, 2025)),
        ("yunhe-15fyp", (2026, 2030)),
        ("yunhe-2023-2027", (2023, 2027)),
    ],
)
def test_the_code_of_a_plan_names_its_period_where_the_text_does_not(
    ds: ps.Dataset, code: str, years: tuple[int, int]
) -> None:
    text = "本市公共服务不断改善。普惠性幼儿园覆盖率达到90%以上。"
    plan = plan_of(text, code, ds)
    assert (plan.start, plan.end) == years
    unnamed = plan_of(text, "yunhe", ds)
    assert not unnamed.known
    assert [p.year for p in extract(text, unnamed).statements] == [None]
