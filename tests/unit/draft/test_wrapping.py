"""Lines that were broken in a sentence are read as one, and lines of a list stay apart."""

from __future__ import annotations

from passages import AHEAD, found, roles, written


def test_lines_broken_in_a_sentence_are_read_as_one_and_spans_hold() -> None:
    text = AHEAD + "到2025年,新建、改扩建乡镇寄宿制学校9所,新增校舍5.4万平\n方米,新增学位4200个。\n"
    assert written(text) == [
        ("9所", "9", "所", "eq"),
        ("5.4万平\n方米", "5.4", "万平方米", "eq"),
        ("4200个", "4200", "个", "eq"),
    ]
    assert {p.year_basis for p in found(text)} == {"stated"}


def test_a_page_number_in_a_sentence_is_passed_over() -> None:
    text = (
        AHEAD
        + "到2025年,新建、改扩建乡镇寄宿制学校9所,新增校舍面积大幅\n— 13 —\n增加,新增学位4200个。\n"
    )
    assert roles(text)[-1] == ("4200个", "target", 2025, "stated")


def test_lines_of_a_list_stay_apart() -> None:
    text = (
        AHEAD
        + "到2022年,建成市级医院、社区医院以及其他医院3家\n2、全市医院增加到60家,床位稳步增加\n"
    )
    assert [year for *_, year, _ in roles(text)] == [2022, 2025]
