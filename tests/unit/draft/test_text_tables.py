"""Tables in the lines of plain text: between bars, tabs, blanks, or one cell a line."""

from __future__ import annotations

import pytest

from passages import found, written

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


def test_a_table_out_of_a_word_processor_keeps_its_rows() -> None:
    text = (
        "指标                                                   2020年      2025年     "
        "属性\n学前教育\n"
        "  公办幼儿园在园幼儿占比(%)                            53          60以上     "
        "约束性\n义务教育\n"
        "  巩固率(%)                                             100         100        约束性\n"
    )
    assert [value for value, *_ in written(text)] == ["53", "60以上", "100", "100"]


def test_a_number_in_brackets_is_no_unit_on_a_line_of_its_own() -> None:
    text = "指标\n2020年\n2025年\n属性\n1.新增就业人数(人)\n[9860]\n[10000]\n预期性\n2.预期寿命(岁)\n74.6\n76\n预期性\n"
    assert written(text)[:2] == [("[9860]", "9860", "人", "eq"), ("[10000]", "10000", "人", "eq")]
    assert [value for value, *_ in written(text)][2:] == ["74.6", "76"]
