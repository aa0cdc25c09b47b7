"""Tables of indicators in the layouts and with the heads that documents have."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from psanalysis.draft.extract import extract
from psanalysis.draft.numerals import plain
from psanalysis.draft.period import Plan

PLAN = Plan("yunxi-15fyp", "yunxi", 2026, 2030, 2025, 2030)


class Row(NamedTuple):
    """Name, value with its bound, role, year and unit of a statement with a number."""

    name: str
    value: str
    role: str
    year: int | None
    unit: str


def rows(text: str, plan: Plan = PLAN) -> list[Row]:
    """The statements with a number."""
    found = extract(text, plan)
    return [
        Row(
            "".join(text[a:b] for a, b in p.name_spans)
            .replace("\n", "")
            .replace("\r", "")
            .split("(")[0]
            .split("（")[0],
            f"{p.comparator} {plain(p.value)}",
            p.role,
            p.year,
            p.unit,
        )
        for p in found.statements
        if p.value is not None
    ]


def four() -> list[Row]:
    return [
        Row("护理型床位占比", "eq 66", "baseline", 2025, "%"),
        Row("护理型床位占比", "ge 75", "target", 2030, "%"),
        Row("人均预期寿命", "eq 81.2", "baseline", 2025, "岁"),
        Row("人均预期寿命", "approx 82", "target", 2030, "岁"),
    ]


LAYOUTS = {
    "heads above and below": "2025 年 2030 年\n序号 指标 属性\n（实际） （目标）\n1 "
    "护理型床位占比（%） 66 ≥75 约束性\n2 人均预期寿命（岁） 81.2 82 左右 预期性\n",
    "name around its row": "序号 指标 2025 年 2030 年 属性\n护理型床位\n1 66 ≥75 "
    "约束性\n占比（%）\n2 人均预期寿命（岁） 81.2 82 左右 预期性\n",
    "name ends below its row": "序号 指标 2025年 2030年 属性\n1 护理型床位 66 "
    "≥75 约束性\n占比（%）\n2 人均预期寿命（岁） 81.2 82 左右 预期性\n",
    "single blanks": "序号 指标 2025年 2030年 属性\n15 护理型床位占比（%） 66 ≥75 "
    "约束性\n16 人均预期寿命（岁） 81.2 82 左右 预期性\n",
    "wrapped names": "类别 序号 指标 2025年 2030年目标 "
    "属性\n民生\n福祉\n（2项）\n1\n护理型床位\n占比（%）\n66 ≥75 约束性\n2 人均预期寿命（岁） "
    "81.2 82\n左右\n预期性\n",
    "page break": "序号 指标 2025年 2030年 属性\n1 护理型床位占比（%） 66 ≥75 约束性\n— "
    "12 —\n序号 指标 2025年 2030年 属性\n2 人均预期寿命（岁） 81.2 82左右 预期性\n",
    "crlf": "序号\r\n\r\n指标\r\n\r\n2025年\r\n\r\n2030年\r\n\r\n属性\r\n\r\n1\r\n\r\n护理型床位占比（%）\r\n\r\n66\r\n\r\n≥75\r\n\r\n约束性\r\n\r\n2\r\n\r\n人均预期寿命（岁）\r\n\r\n81.2\r\n\r\n82左右\r\n\r\n预期性\r\n",
    "columns of letters": "序号    指标                     2025年      "
    "2030年       属性\n1       护理型床位占比（%）         66         ≥75   "
    "    约束性\n2       人均预期寿命（岁）         81.2        82左右     预期性\n",
    "markdown": "| 序号 | 指标 | 2025年 | 2030年 | 属性 "
    "|\n|---|---|---|---|---|\n| 1 | 护理型床位占比（%） | 66 | ≥75 | 约束性 "
    "|\n| 2 | 人均预期寿命（岁） | 81.2 | 82左右 | 预期性 |\n",
    "unit column": "指标名称 | 单位 | 现状值 | 目标值 |\n护理型床位占比 | % | 66 | ≥75 "
    "|\n人均预期寿命 | 岁 | 81.2 | 82左右 |\n",
    "a line without a bar": "类别 | 指标 | 2025年 | 2030年 | 属性 |\n民生\n福祉 "
    "| 护理型床位占比（%） | 66 | ≥75 | 约束性 |\n| 人均预期寿命（岁） | 81.2 | 82左右 | "
    "预期性 |\n",
    "head in two lines": "指标 | 单位 | 基期 | “十五五”目标 | “十五五”目标 |\n指标 | "
    "单位 | 2025年 | 2030年 | 属性 |\n护理型床位占比 | % | 66 | ≥75 | 约束性 "
    "|\n人均预期寿命 | 岁 | 81.2 | 82左右 | 预期性 |\n",
    "caption that looks like a head": "“十五五”时期主要指标\n指标 2025年 2030年 "
    "属性\n护理型床位占比（%） 66 ≥75 约束性\n人均预期寿命（岁） 81.2 82左右 预期性\n",
    "head broken over "
    "lines": "序号\n指标\n2025年\n现状\n2030年\n目标\n指标\n属性\n1\n护理型床位占比（%）\n66\n≥75\n约束性\n2\n人均预期寿命（岁）\n81.2\n82左右\n预期性\n",
    "heads one letter a "
    "line": "领\n域\n序\n号\n指标名称\n2025年\n实际值\n2030年\n目标值\n指标\n属性\n民生\n福祉\n1\n护理型床位\n占比（%）\n66\n≥75\n约束性\n2\n人均预期寿命（岁）\n81.2\n82 左右\n预期性\n",
    "heads by their positions": "序   指标                 2025年     "
    "2030年     指标\n号                          （基期）   （目标）   "
    "属性\n1    护理型床位占比（%）     66       ≥75       约束性\n2    "
    "人均预期寿命（岁）      81.2     82左右    预期性\n",
    "years below the heads": "指标                 单位    现状值     目标值  "
    "   属性\n                             (2025年)   (2030年)\n护理型床位占比 "
    "        %       66         ≥75        约束性\n人均预期寿命           岁      81.2   "
    "    82左右     预期性\n",
    "no nature": "序号 指标名称 单位 2025年基期 2030年目标\n1 护理型床位占比 % 66 ≥75\n2 "
    "人均预期寿命 岁 81.2 82左右\n",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(layout: str) -> None:
    assert rows("第三章 主要目标\n" + LAYOUTS[layout] + "注：数据为预计数。\n") == four()


CELLS = {
    "marks": ("指标 | 2025年 | 2030年 |\n毛入园率（%） | 91① | 95② |\n新增就业（万人） | "
        "18.2* | 19 |\n床位（张） | 9 600 | 10 200 |\n",
              ["eq 91", "eq 95", "eq 18.2", "eq 19", "eq 9600", "eq 10200"]),
    "brackets": ("指标 | 2025年 | 2030年 |\n新增床位（张） | ［4—6］ | 〔8〕 |\n失业率（%） | < "
        "5.2 | ≤5.5 |\n",
                 ["between 4", "eq 8", "lt 5.2", "le 5.5"]),
    "words and bounds": ("指标 | 2025年 | 2030年 |\n管网监测率（%） | —— | "
        "重点县≥30，一般县≥15 |\n床位占比（%） | 60 | 65以上 |\n",
                         ["ge 30", "ge 15", "eq 60", "ge 65"]),
    "year in a cell": ("指标 | 现状 | 2030年目标 |\n人均预期寿命（岁） | 81.2（2024年） | "
        "82.5 |\n参保率（%） | 95 | 97 |\n",
                       ["eq 81.2", "eq 82.5", "eq 95", "eq 97"]),
    "pair under two units": ("指标 | 单位 | 2025年 | 2030年 |\n旅客、货物吞吐量 | 万人次/万吨 "
        "| 812/33 | 900/40 |\n参保率 | % | 95 | 97 |\n",
                             ["eq 812", "eq 33", "eq 900", "eq 40", "eq 95", "eq 97"]),
}  # fmt: skip


@pytest.mark.parametrize("case", CELLS)
def test_cells(case: str) -> None:
    text, expected = CELLS[case]
    assert [row.value for row in rows(text)] == expected


def test_two_units_are_shared_out() -> None:
    assert [row.unit for row in rows(CELLS["pair under two units"][0])][:2] == ["万人次", "万吨"]


def test_a_year_in_a_cell_counts_before_that_of_the_head() -> None:
    assert [row.year for row in rows(CELLS["year in a cell"][0])] == [2024, 2030, 2025, 2030]


def test_units_of_heads_and_captions() -> None:
    text = (
        "指标 | 2025年（张） | 2030年（张） |\n养老床位 | 7600 | 9500 |\n医院床位 | 800 | 900 |\n\n"
    )
    text += (
        "（单位：万元）\n指标 | 2025年 | 2030年 |\n助残经费 | 2800 | 4100 |\n养老经费 | 300 | 400 "
        "|\n"
    )
    assert [row.unit for row in rows(text)] == ["张"] * 4 + ["万元"] * 4


def test_columns_of_other_areas_are_references() -> None:
    text = (
        "指标 | 单位 | 全国 | 全省 | 本市2025年 | 本市2030年 |\n每千人口托位数 | 个 | 4.5 | 4.7 | "
        "4.9 | 5.2 |\n"
    )
    found = extract(text, PLAN).statements
    assert [(p.role, p.area) for p in found] == [
        ("reference", "nation"),
        ("reference", "province"),
        ("baseline", "plan"),
        ("target", "plan"),
    ]


def test_targets_of_the_earlier_plan_keep_its_year() -> None:
    text = (
        "指标名称 | 单位 | “十四五”目标 | “十四五”完成 | “十五五”目标 |\n养老床位 | 张 | 7000 | "
        "7600 | 9500 |\n"
    )
    assert [(row.role, row.year) for row in rows(text)] == [
        ("target", 2025),
        ("baseline", 2025),
        ("target", 2030),
    ]
    text = (
        "专栏1 “十四五”规划主要指标完成情况\n指标 单位 规划目标 完成情况\n养老床位 张 7000 "
        "7600\n托位 "
        "个 80 90\n"
    )
    assert [(row.role, row.year) for row in rows(text)] == [
        ("target", 2025),
        ("baseline", 2025),
    ] * 2


def test_steps_are_named_as_steps() -> None:
    text = (
        "指标 | 2025年 | 2030年 | 年均增速〔累计〕 |\n地区生产总值（亿元） | 5800 | 7500 "
        "| 5.2左右 |\n能耗降低（%） | —— | —— | 〔14〕 |\n"
    )
    assert rows(text)[2:] == [
        ("地区生产总值", "approx 5.2", "target", 2030, "%"),
        ("能耗降低", "eq 14", "target", 2030, "%"),
    ]
    found = extract(text, PLAN).statements
    assert ["".join(text[a:b] for a, b in found[2].name_spans)] == ["地区生产总值（亿元）年均增速"]
    assert (found[-1].flow_start, found[-1].flow_end) == (2026, 2030)


def test_parts_of_a_row_keep_the_name_above_them() -> None:
    text = (
        "序号    指标    属性    2030年目标\n1    生产安全事故    起数下降（%）    约束性   "
        " 〔20〕\n            死亡人数下降（%）        〔16〕\n2    参保率（%）    预期性    97\n"
    )
    found = extract(text, PLAN).statements
    assert [row.name for row in rows(text)] == ["生产安全事故起数下降", "生产安全事故死亡人数下降", "参保率"]  # fmt: skip
    assert [p.nature for p in found] == ["binding", "binding", "expected"]


def test_rows_are_counted_by_their_serial_numbers() -> None:
    text = (
        "序号 | 指标 | 2025年 | 2030年 |\n1 | 参保率（%） | 95 | 97 |\n2 | 托位（个） | 80 | "
        "90 |\n4 | 床位（张） | 60 | 70 |\n"
    )
    (table,) = extract(text, PLAN).tables
    assert (table.expected, table.missing) == (4, (3,))


@pytest.mark.parametrize(
    "text",
    [
        "主要指标\n到2030年，参保率达到97%。\n托位达到4.6个。\n",
        "序号 项目 责任单位 完成时限\n1 养老服务中心 市民政局 2027年\n2 残疾人康复中心 市残联 "
        "2028年\n",
        "（一）指标\n2026年\n（二）目标\n完善制度。\n",
    ],
)
def test_what_is_no_table_of_indicators(text: str) -> None:
    assert extract(text, PLAN).tables == ()


@pytest.mark.parametrize(
    ("mark", "line"), [("\t", "\n"), (" | ", "\n"), ("    ", "\n"), (" ", "\n")]
)
def test_rows_that_are_years_are_turned_round(mark: str, line: str) -> None:
    cells = [
        ("指标", "护理型床位占比（%）", "人均预期寿命（岁）"),
        ("2025年", "66", "81.2"),
        ("2030年目标", "≥75", "82左右"),
    ]
    found = rows("第三章 目标\n" + line.join(map(mark.join, cells)) + "\n")
    assert sorted(found) == sorted(four())


def test_page_numbers_without_marks_part_no_table_and_no_sentence() -> None:
    page = "各地各部门要加强组织领导、统筹推进,把目标任务落到实处。\n" * 8
    head = "序 2025 年 2030 年\n指标名称 指标属性\n号 实绩 目标\n"
    first = f"{head}护理型床位\n1 66 ≥75 约束性\n占比（%）\n"
    second = f"{head}2 人均预期寿命（岁） 81.2 82 左右 预期性\n注：完。\n"
    text = (
        f"{page}3\n{page}4\n{page}{first}5\n{second}"
        f"{page}支持各县区新建、改扩建一批幼儿园和学校,新增\n6\n学位4200个,保障充足。\n{page}7\n"
    )
    assert rows(text) == [*four(), ("新增学位", "eq 4200", "target", 2030, "个")]


def test_a_row_of_places_is_named_by_the_caption() -> None:
    text = (
        "表3 各区（县）新增托位数\n区（县）  2026年  2030年  合计\n海曲区  300  400  700\n合计  "
        "300  400  700\n"
    )
    found = extract(text, PLAN).statements
    assert {p.area for p in found[:3]} == {"elsewhere"}
    assert {p.area for p in found[3:]} == {"plan"}
    assert rows(text)[0].name == "新增托位数海曲区"


def test_two_cells_are_never_one_number() -> None:
    text = "指标\t单位\t2025年\t2030年\n探访率\t%\t92\t98\t100\n入园率\t%\t96\t97\n"
    assert all(float(row.value.split()[1]) <= 100 for row in rows(text))


def test_a_tolerance_belongs_to_its_number() -> None:
    assert [row.value for row in rows("到2030年,床位使用率稳定在85%±5%。")] == ["approx 85"]
    assert [
        row.value for row in rows("指标 | 2025年 | 2030年 |\n巩固率（%） | 96 | 97±0.5 |\n")
    ] == [
        "eq 96",
        "approx 97",
    ]


@pytest.mark.parametrize("mark", [" | ", " "])
def test_serial_numbers_go_on_behind_a_thousand_and_years_are_none(mark: str) -> None:
    names = ["入园率", "参保率", "探访率", "签约率", "配备率"]
    lines = [mark.join(("序号", "指标", "2025年", "2030年"))]
    lines += [mark.join((str(n), f"{names[n % 5]}（%）", "90", "95")) for n in range(990, 1010)]
    (table,) = extract("第三章 目标\n" + "\n".join(lines) + "\n", PLAN).tables
    assert table.serials == tuple(range(990, 1010))


def test_words_in_the_column_of_what_was_reached_are_statements_too() -> None:
    text = (
        "序号 | 指标 | 属性 | “十四五”目标 | “十四五”完成 |\n1 | 参保率（%） | 预期性 | 95 "
        "| 96 |\n2 | 耕地保有量（万公顷） | 约束性 | 完成省下达指标 | 完成省下达指标 |\n3 | "
        "事故下降（%） | 约束性 | 〔＞15〕 | 〔53.3〕 |\n"
    )
    found = extract(text, PLAN).statements
    assert [(p.role, p.pledge) for p in found[2:4]] == [
        ("target", "set_above"),
        ("baseline", "set_above"),
    ]
    assert [(p.flow_start, p.flow_end) for p in found[4:]] == [(2021, 2025)] * 2


def test_a_promise_in_words_is_known_over_the_lines_of_its_cell() -> None:
    text = (
        "序号 指标 2025年 2030年目标 属性\n1 单位能耗降幅（%） "
        "—\n完成经国家\n审核衔接后\n确定的目标\n约束性\n2 参保率（%） 95 97 预期性\n"
    )
    assert [p.pledge for p in extract(text, PLAN).statements if p.role == "target"] == [
        "set_above",
        "",
    ]


def test_kinds_by_counts_are_read_with_the_year_above_them() -> None:
    text = (
        "表1 2025年各类学校情况\n学校类别    学校数（所）    在校学生（人）\n普通高中    31    "
        "48206\n初中    127    96114\n"
    )
    assert [row[1:] for row in rows(text)] == [
        ("eq 31", "baseline", 2025, "所"),
        ("eq 48206", "baseline", 2025, "人"),
        ("eq 127", "baseline", 2025, "所"),
        ("eq 96114", "baseline", 2025, "人"),
    ]
    assert rows(text.replace("2025年", "")) == []  # of when they are nobody says
