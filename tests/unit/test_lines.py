"""Lines of text in figures: numbers stay with their units, punctuation keeps off the edges, lines
come out even.
"""

from __future__ import annotations

import pytest

import psanalysis as ps
from psanalysis.formatting import with_unit
from psanalysis.lines import CLOSING, OPENING, UNDIVIDED, width_in_ems, wrap

TEXTS = (
    "规划主要指标表共24项：13项待提升；1项须高于基期；3项保持。相对差距最大的是人均体育场地面积：基期1.33平方米，目标2.6平方米，基期相当于目标的51.2%。",
    "数据来源：绵阳市（2021—2025年）、盘锦市（2021—2025年）、全国（2021—2025年）公共服务规划。图中符号：† 年份由规划推定；§ 单位由上下文推定",
    "每千人口拥有执业（助理）医师数 †§",
    "只有规划写出“由……提高到……”两个数值的指标才能比较；养老床位3.87万张，培训19万人次，提高0.156个百分点。",
    "The targets of 3 cities run from 1.8 m² (Jingmen, 2020) to 2.6 m² (Mianyang, 2025), 120,000 "
    "person-times in all.",
)


@pytest.mark.parametrize("balanced", [True, False])
@pytest.mark.parametrize("text", TEXTS)
def test_lines_break_where_typesetting_allows(text, balanced):
    for ems in range(14, 60):
        rows = wrap(text, ems, 20, balanced).split("\n")
        assert "".join(rows).replace(" ", "") == text.replace(" ", "")
        assert all(width_in_ems(row) <= ems for row in rows)
        assert not [row for row in rows[1:] if row[0] in CLOSING]
        assert not [row for row in rows[:-1] if row[-1] in OPENING]
        whole = "\n".join(rows)
        assert [match[0] for match in UNDIVIDED.finditer(text) if match[0] not in whole] == [], ems


def test_balanced_lines_end_at_a_clause_if_one_is_near():
    text = "与全国目标可比的16项中，6项高于全国，9项相同，1项低于全国；与其他城市可比的23项中，9项高于中位数，3项低于中位数。"
    assert wrap(text, 40, 3).split("\n")[1].startswith("与其他城市")
    assert (
        wrap("国家免疫规划疫苗接种率（以乡镇、街道为单位） †", 17, 2)
        .split("\n")[1]
        .startswith("（以乡镇")
    )


def test_what_is_longer_than_a_line_breaks_at_its_blanks():
    assert wrap("186,000 person-times", 8, 2) == "186,000\nperson-times"


def test_what_does_not_fit_ends_in_an_ellipsis():
    cut = wrap("新建城区、居住（小）区配套建设养老服务设施达标率", 8, 2)
    assert cut.endswith("…")
    assert all(width_in_ems(row) <= 8 for row in cut.split("\n"))


def test_a_number_never_parts_from_its_unit():
    for unit in ps.load().units["name_zh"]:
        value = with_unit("3.5", unit, "zh")
        assert value in wrap(f"目标值为{value}以上", 3 + width_in_ems(value), 9, False), unit
