"""Wordings of many cities' documents, in made-up sentences; and whatever the text, the rules
hold.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psanalysis.draft.extract import extract
from psanalysis.draft.folding import fold
from psanalysis.draft.marked import read_marked
from psanalysis.draft.numerals import plain
from psanalysis.draft.period import Plan
from psanalysis.draft.proposal import Proposal
from psanalysis.draft.quantities import quantities

PLAN = Plan("yunhe-14fyp", "yunhe", 2021, 2025, 2020, 2025, issued=2022)
AHEAD = "第二章 主要任务\n"
TEXTS = sorted((Path(__file__).parent / "marked").rglob("*.txt"))


def found(text: str) -> list[Proposal]:
    return list(extract(text, PLAN).statements)


def values(text: str) -> list[tuple[str, str, str, str]]:
    rows = found(text)
    return [
        (text[p.start : p.end], plain(p.value) if p.value is not None else "", p.unit, p.comparator)
        for p in rows
    ]


def roles(text: str) -> list[tuple[str, str, int | None, str]]:
    return [(text[p.start : p.end], p.role, p.year, p.year_basis) for p in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("占比达到六成以上,不足三成,七成五。",
            [("六成以上", "60", "%", "ge"), ("不足三成", "30", "%", "lt"), ("七成五", "75", "%", "eq")]),
        ("托位数翻一番,参与人次翻了近两番。", [("翻一番", "2", "倍", "eq"), ("翻了近两番", "4", "倍", "approx")]),
        ("床位总数达1 286 张,参保率97. 2%。",
            [("1 286 张", "1286", "张", "eq"), ("97. 2%", "97.2", "%", "eq")]),
        ("累计投入12.5个亿。", [("12.5个亿", "12.5", "亿元", "eq")]),
        ("贫困发生率由19.8%下降为零。", [("19.8%", "19.8", "%", "eq"), ("零", "0", "%", "eq")]),
        ("老年人口189.3万,占户籍人口的24.1%。",
            [("189.3万", "189.3", "万人", "eq"), ("24.1%", "24.1", "%", "eq")]),
        ("群众满意度保持在90分以上。", [("90分以上", "90", "分", "ge")]),
        ("财政每年安排5亿元,每个托位补助1万元。", [("5亿元", "5", "亿元", "eq"), ("1万元", "1", "万元", "eq")]),
        ("平均住院日控制在8天以内。", [("8天以内", "8", "天", "le")]),
        ("从48%到55%,机构由3个增至5个。",
            [("48%", "48", "%", "eq"), ("55%", "55", "%", "eq"), ("3个", "3", "个", "eq"),
                ("5个", "5", "个", "eq")]),
        ("床位在10张至50张之间。", [("10张至50张", "10", "张", "between")]),
    ],
)  # fmt: skip
def test_quantities_as_cities_write_them(
    text: str, expected: list[tuple[str, str, str, str]]
) -> None:
    assert values(AHEAD + text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "成立第二成员单位,打成一片。", "实施9大类、68项重大项目。", "65至74岁老年人健康管理。", "院前急救3分钟出车率稳步提高。",
        "打5分制标签。", "安排专人负责。", "医护比达到1:1.25。",
        "名词解释:\n2.嵌入式养老机构:指以社区为依托,床位在10张至50张之间的机构。",
    ],
)  # fmt: skip
def test_what_is_no_statement(text: str) -> None:
    assert values(AHEAD + text) == []


def test_a_bounded_number_before_a_counted_noun_only_says_which() -> None:
    assert values(AHEAD + "培育年营业收入1亿元以上的康养企业3家。") == [("3家", "3", "家", "eq")]


def test_lines_broken_in_a_sentence_are_read_as_one_and_spans_hold() -> None:
    text = AHEAD + "到2025年,新建、改扩建乡镇寄宿制学校9所,新增校舍5.4万平\n方米,新增学位4200个。\n"
    assert values(text) == [
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


def test_a_speech_tells_what_was_reached_where_a_paragraph_begins_so() -> None:
    text = (
        "五年来,我市新建医院11家。三甲医院增加到6家。下一步,再建成医院3家。\n到2025年,建成5家。\n"
    )
    assert [role for _, role, *_ in roles(text)] == ["baseline", "baseline", "target", "target"]


def test_headings_tell_the_period_and_the_year() -> None:
    text = "一、“十三五”时期工作\n建成学校9所。\n二、2023年重点工作\n建成学校3所。\n三、远景\n建成学校5所。\n"
    assert roles(text) == [
        ("9所", "baseline", 2020, "implied"),
        ("3所", "target", 2023, "implied"),
        ("5所", "target", 2025, "implied"),
    ]


def test_a_table_out_of_a_word_processor_keeps_its_rows() -> None:
    text = (
        "指标                                                   2020年      2025年     "
        "属性\n学前教育\n"
        "  公办幼儿园在园幼儿占比(%)                            53          60以上     "
        "约束性\n义务教育\n"
        "  巩固率(%)                                             100         100        约束性\n"
    )
    assert [value for value, *_ in values(text)] == ["53", "60以上", "100", "100"]


def test_a_number_in_brackets_is_no_unit_on_a_line_of_its_own() -> None:
    text = "指标\n2020年\n2025年\n属性\n1.新增就业人数(人)\n[9860]\n[10000]\n预期性\n2.预期寿命(岁)\n74.6\n76\n预期性\n"
    assert values(text)[:2] == [("[9860]", "9860", "人", "eq"), ("[10000]", "10000", "人", "eq")]
    assert [value for value, *_ in values(text)][2:] == ["74.6", "76"]


def check(text: str) -> None:
    """What holds for any text: spans lie inside, are not empty, and hold the number that they are
    read as.
    """
    read = extract(text, PLAN)
    rows, left = list(read.statements), list(read.left_out)
    for p in rows:
        assert 0 <= p.start < p.end <= len(text)
        assert all(0 <= a <= b <= len(text) for a, b in p.name_spans)
        written = fold(text[p.start : p.end]).replace("\n", "")
        if p.value is not None:
            assert any(q.value == p.value for q in quantities(f"为{written}。")) or plain(
                p.value
            ) in written.replace(",", "").replace(" ", "")
    assert all(0 <= q.start < q.end <= len(text) for q in left)


@settings(max_examples=25)
@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False), st.integers(200, 900))
def test_texts_in_pieces_break_nothing(path: Path, chance: random.Random, length: int) -> None:
    text = read_marked(path)[0].text
    start = chance.randrange(len(text))
    pieces = [text[i : i + 40] for i in range(start, min(len(text), start + length), 40)]
    check("".join(pieces))
    chance.shuffle(pieces)
    check("".join(pieces))


@given(
    st.text(
        alphabet=st.one_of(
            st.characters(codec="utf-8"),
            st.sampled_from("到2025年由从提高达95%、,。|成翻番零个亿〔〕\n\t 一"),
        ),
        max_size=160,
    )
)
def test_no_characters_break_the_rules(text: str) -> None:
    check(text)
