"""Every number of a text, with its unit and its bound, as cities write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passages import AHEAD, found, shown, written
from psanalysis.draft.numerals import plain
from psanalysis.draft.quantities import quantities


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
    ],
)  # fmt: skip
def test_numbers_units_comparators(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert shown(AHEAD + text) == expected


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("新增就业12万6千人。", "12.6", "万人"),
        ("新建公园4万5000平方米。", "4.5", "万平方米"),
        ("投入资金3亿5千万元。", "3.5", "亿元"),
        ("四分之三的社区建成服务中心。", "75", "%"),
        ("改造老旧小区三千四百户。", "3400", "户"),
        ("人口自然增长率达到-0.8‰。", "-0.8", "‰"),
        ("城乡居民收入比缩小至1.76∶1。", "1.76", ":1"),
        ("细颗粒物年均浓度降至27微克/立方米。", "27", "微克/立方米"),
        ("新增排涝能力28万立方米/小时。", "28", "万立方米/小时"),
        ("绿地面积达到36.5km²。", "36.5", "km²"),
        ("婴儿死亡率下降0.4个千分点。", "0.4", "个千分点"),
    ],
)
def test_numbers_in_several_parts_and_units_to_their_end(text: str, value: str, unit: str) -> None:
    (row,) = found(AHEAD + text)
    assert row.value is not None
    assert (plain(row.value), row.unit) == (value, unit)


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
    assert written(AHEAD + text) == expected


@given(
    st.decimals(min_value=0, max_value=100000, places=2),
    st.sampled_from(["%", "个", "所", "万人次", "平方米", "张"]),
)
def test_any_printed_number_is_read_back(number: Decimal, unit: str) -> None:
    (quantity,) = quantities(f"达到{number}{unit}。")
    assert (quantity.value, quantity.unit) == (number, unit)
