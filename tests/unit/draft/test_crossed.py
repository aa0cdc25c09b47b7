"""Tables of places by indicators, and tables side by side.

Places and figures are made up, right values were set first.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import psanalysis as ps
from psanalysis.draft import draft_document
from psanalysis.formats.reader import read_document

TITLE = "青崖市国民经济和社会发展第十四个五年规划纲要\n（2021—2025年）\n第一章 主要目标\n"
PLAN = "qingya"
# name, value, year, role, own area, unit
Right = set[tuple[str, str, str, str, bool, str]]


def every(names: str, values: str, year: str, role: str, unit: str, own: bool = False) -> Right:
    pairs = zip(names.split(), values.split(), strict=True)
    return {(name, value, year, role, own, unit) for name, value in pairs}


CASES: dict[str, tuple[str, Right]] = {
    "rows are places, the caption says the year": (
        "表1 2024年各县（市、区）公共服务主要目标\n地区 | 托位数（个） | 毛入园率（%） |\n东川区 | "
        "1200 | 95 |\n西山县 | 900 | 92 |\n合计 | 2100 | 93.5 |\n",
        every("东川区托位数（个） 西山县托位数（个）", "1200 900", "2024", "target", "个")
        | every("东川区毛入园率（%） 西山县毛入园率（%）", "95 92", "2024", "target", "%")
        | every("托位数（个）", "2100", "2024", "target", "个", True)
        | every("毛入园率（%）", "93.5", "2024", "target", "%", True),
    ),
    "no year but the plan's": (
        "各区县养老服务设施建设任务分解表\n县区      养老床位（张）    社区食堂（个）\n东川区     "
        "   "
        "800            31\n南坪镇        150             6\n",
        every("东川区养老床位（张） 南坪镇养老床位（张）", "800 150", "2025", "target", "张")
        | every("东川区社区食堂（个） 南坪镇社区食堂（个）", "31 6", "2025", "target", "个"),
    ),
    "columns are places": (
        "表2 2025年分县区目标\n指标 | 全市 | 东川区 | 西山县 |\n养老床位（张） | 1400 | 800 | 600 "
        "|\n",
        every("养老床位（张）", "1400", "2025", "target", "张", True)
        | every("东川区养老床位（张） 西山县养老床位（张）", "800 600", "2025", "target", "张"),
    ),
    "what was there": (
        "表3 2020年各县区医疗资源情况\n地区 | 医疗机构床位（张） |\n东川区 | 2300 |\n西山县 | "
        "1700 |\n",
        every("东川区医疗机构床位（张） "
            "西山县医疗机构床位（张）", "2300 1700", "2020", "baseline", "张"),
    ),
    "single blanks and serial numbers": (
        "表4 2025年各县区普惠托位目标\n序号 县区 托位数（个） 养老床位（张）\n1 东川区 1200 800\n2 "
        "西山县 900 600\n",
        every("东川区托位数（个） 西山县托位数（个）", "1200 900", "2025", "target", "个")
        | every("东川区养老床位（张） 西山县养老床位（张）", "800 600", "2025", "target", "张"),
    ),
    "side by side": (
        "主要指标\n指标 | 2020年 | 2025年 | 指标 | 2020年 | 2025年 |\n毛入园率（%） | "
        "90 | 95 | 养老床位（张） | 7600 | 9500 |\n巩固率（%） | 96 | 98 | 托位数（个） | 1600 | "
        "4800 |\n",
        every("毛入园率（%） 巩固率（%）", "90 96", "2020", "baseline", "%", True)
        | every("毛入园率（%） 巩固率（%）", "95 98", "2025", "target", "%", True)
        | every("养老床位（张）", "7600", "2020", "baseline", "张", True)
        | every("养老床位（张）", "9500", "2025", "target", "张", True)
        | every("托位数（个）", "1600", "2020", "baseline", "个", True)
        | every("托位数（个）", "4800", "2025", "target", "个", True),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def ds() -> ps.Dataset:
    return ps.load()


def drafted(file: Path, ds: ps.Dataset) -> Right:
    rows = draft_document(read_document(file), "qingya-14fyp", ds).statements.to_dict("records")
    columns = ("indicator_as_written", "value", "year", "role", "area_id", "unit_as_written")
    found = [tuple(row[column] for column in columns) for row in rows]
    return {
        (name, value, year, role, area == PLAN, unit)
        for name, value, year, role, area, unit in found
    }


@pytest.mark.parametrize("case", CASES)
def test_each_value_has_its_place_year_and_unit(case: str, ds: ps.Dataset, tmp_path: Path) -> None:
    table, right = CASES[case]
    file = tmp_path / "plan.txt"
    file.write_text(TITLE + table, encoding="utf-8")
    found = drafted(file, ds)
    plain = {(name, *rest) for name, *rest in found}
    assert plain == {tuple(one) for one in right}


def test_years_stand_below_the_indicators(ds: ps.Dataset, tmp_path: Path) -> None:
    file = tmp_path / "plan.html"
    rows = (
        "<tr><td>东川区</td><td>400</td><td>1200</td><td>50</td><td>80</td></tr><tr><td>西山县"
        "</td><td>300</td><td>900</td><td>41</td><td>60</td></tr>"
    )
    file.write_text(
        "<html><body><article><h1>青崖市国民经济和社会发展第十四个五年规划纲要</h1>"
        "<p>（2021—2025年）</p><h2>第一章 主要目标</h2><p>表5 各县区目标</p><table>"
        "<tr><th rowspan=2>县区</th><th colspan=2>托位数（个）</th><th "
        "colspan=2>养老床位（张）</th></tr>"
        f"<tr><th>2020年</th><th>2025年</th><th>2020年</th><th>2025年</th></tr>{rows}</table>"
        "</article></body></html>",
        encoding="utf-8",
    )
    nurseries, beds = (
        "东川区托位数（个） 西山县托位数（个）",
        "东川区养老床位（张） 西山县养老床位（张）",
    )
    assert drafted(file, ds) == (
        every(nurseries, "400 300", "2020", "baseline", "个")
        | every(nurseries, "1200 900", "2025", "target", "个")
        | every(beds, "50 41", "2020", "baseline", "张")
        | every(beds, "80 60", "2025", "target", "张")
    )


def test_a_place_that_the_data_know_has_its_code(ds: ps.Dataset, tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    table = "指标 | 绵阳市 | 东川市 |\n养老床位（张） | 1400 | 800 |\n"
    file.write_text(TITLE + table, encoding="utf-8")
    rows = draft_document(read_document(file), "qingya-14fyp", ds).statements
    assert rows["area_id"].tolist() == ["mianyang", ""]
