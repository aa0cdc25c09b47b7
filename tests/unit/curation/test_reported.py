"""Actual values drafted from an annual report and a statistical bulletin.

Both are made up; there is no city of Yunhe.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import psanalysis as ps
from psanalysis.cli import main
from psanalysis.curation.curator import Curator
from psanalysis.curation.reported import draft_reported
from psanalysis.curation.review import review_page
from psanalysis.datapackage.dataset import data_folder
from psanalysis.formats.document import Document
from psanalysis.wording import keys

BULLETIN = """\
云河市2025年国民经济和社会发展统计公报[1]

云河市统计局　国家统计局云河调查队

2026年3月28日

2025年，全市上下坚持稳中求进工作总基调，民生保障不断加强。

一、综合

初步核算，全年房地产开发投资1256.3亿元，比上年增长5.2%。年末全市常住人口412.6万人，城镇化率61.2%，比上年末提高0.8个百分点。

全年城镇新增就业4.2万人，比上年多增0.3万人。年末城镇登记失业率为2.6%。

九、教育、卫生和社会保障

学前教育毛入园率97.6%，比上年提高0.5个百分点。九年义务教育巩固率为98.1%。高中阶段毛入学率达到95.2%。

年末全市每千人口拥有执业（助理）医师3.42人，每千人口拥有注册护士数4.05人。孕产妇死亡率为8.6/10万，婴儿死亡率2.3‰。人均预期寿命80.1岁，上年为79.8岁。

年末基本养老保险参保率超过95%，基本医疗保险参保率稳定在97%以上。养老机构护理型床位占比58.3%。全市养老床位总数2.35万张。每千人口拥有3岁以下婴幼儿托位数4.1个。

到2026年，力争养老机构护理型床位占比达到60%。

注：
[1]本公报中2025年数据均为初步统计数。
"""
REPORT = """\
云河市政府工作报告

——2026年1月20日在云河市第八届人民代表大会第六次会议上

云河市市长　某某某

各位代表：

现在，我代表市人民政府向大会报告工作，请予审议。

一、2025年工作回顾

过去一年，我们坚持以人民为中心，民生福祉持续增进。城镇新增就业4.2万人。学前教育毛入园率达到97.6%，义务教育巩固率98.1%。新增养老床位1200张，养老机构护理型床位占比提高到58.3%。基本养老保险参保率达到95.6%，人均预期寿命达到80.1岁。改造城镇老旧小区86个。

二、2026年工作安排

今年，城镇新增就业4万人以上。学前教育毛入园率达到98%，养老机构护理型床位占比达到60%，人均预期寿命达到80.3岁。
"""
# indicator, year, value, comparator, unit, in the order of the text; read by hand
OF_BULLETIN = [
    ("resident_population", "2025", "412.6", "eq", "ten_thousand_persons"),
    ("urban_new_jobs_per_year", "2025", "4.2", "eq", "ten_thousand_persons"),
    ("registered_unemployment_rate", "2025", "2.6", "eq", "percent"),
    ("preschool_gross_enrolment", "2025", "97.6", "eq", "percent"),
    ("compulsory_education_retention", "2025", "98.1", "eq", "percent"),
    ("upper_secondary_gross_enrolment", "2025", "95.2", "eq", "percent"),
    ("physicians_per_1000", "2025", "3.42", "eq", "person"),
    ("nurses_per_1000", "2025", "4.05", "eq", "person"),
    ("maternal_mortality", "2025", "8.6", "eq", "per_100k"),
    ("infant_mortality", "2025", "2.3", "eq", "permille"),
    ("life_expectancy", "2025", "80.1", "eq", "age_year"),
    ("life_expectancy", "2024", "79.8", "eq", "age_year"),
    ("pension_insurance_participation", "2025", "95", "gt", "percent"),
    ("medical_insurance_participation", "2025", "97", "ge", "percent"),
    ("nursing_bed_share", "2025", "58.3", "eq", "percent"),
    ("eldercare_beds_total", "2025", "2.35", "eq", "ten_thousand_beds"),
    ("childcare_places_per_1000", "2025", "4.1", "eq", "item"),
]
OF_REPORT = [
    ("urban_new_jobs_per_year", "2025", "4.2", "eq", "ten_thousand_persons"),
    ("preschool_gross_enrolment", "2025", "97.6", "eq", "percent"),
    ("compulsory_education_retention", "2025", "98.1", "eq", "percent"),
    ("nursing_bed_share", "2025", "58.3", "eq", "percent"),
    ("pension_insurance_participation", "2025", "95.6", "eq", "percent"),
    ("life_expectancy", "2025", "80.1", "eq", "age_year"),
    ("old_residential_areas_renovated", "2025", "86", "eq", "item"),
]
READ = ["indicator_id", "year", "value", "comparator", "unit_id"]


def document(text: str, name: str = "a.txt") -> Document:
    return Document(name, "text", "utf_8", text)


@pytest.mark.parametrize(
    ("text", "expected"), [(BULLETIN, OF_BULLETIN), (REPORT, OF_REPORT)], ids=["bulletin", "report"]
)
def test_the_right_values(ds: ps.Dataset, text: str, expected: list[tuple[str, ...]]) -> None:
    drafted = draft_reported(document(text), ds, "mianyang")
    rows = drafted.statements
    assert list(rows[READ].itertuples(index=False, name=None)) == expected
    assert set(rows["area_id"]) == {"mianyang"}
    for row in rows.to_dict("records"):
        assert drafted.document.text[row["char_start"] : row["char_end"]] == row["value_as_written"]
    assert drafted.plan.plan_id == "mianyang-2025-actuals"


def test_the_imprint(ds: ps.Dataset) -> None:
    columns = ["publisher", "title", "published_on", "status", "quality"]
    (bulletin,) = (
        draft_reported(document(BULLETIN), ds, "mianyang")
        .statements[columns]
        .drop_duplicates()
        .values.tolist()
    )
    assert bulletin == [
        "云河市统计局 国家统计局云河调查队", "云河市2025年国民经济和社会发展统计公报", "2026-03-28", "preliminary", "original",
    ]  # fmt: skip
    (report,) = (
        draft_reported(document(REPORT), ds, "mianyang")
        .statements[columns]
        .drop_duplicates()
        .values.tolist()
    )
    assert report == [
        "绵阳市人民政府",
        "云河市政府工作报告",
        "2026-01-20",
        "preliminary",
        "original",
    ]
    final = BULLETIN.replace("均为初步统计数", "见年鉴").replace("初步核算，", "")
    assert set(draft_reported(document(final), ds, "mianyang").statements["status"]) == {"final"}


def test_changes_targets_and_what_has_no_indicator_are_left_out(ds: ps.Dataset) -> None:
    left = draft_reported(document(BULLETIN), ds, "mianyang", lang="en").left_out
    why = dict(zip(left["as_written"], left["reason"], strict=True))
    assert [why[one] for one in ("5.2%", "0.8个百分点", "0.3万人", "0.5个百分点")] == ["change"] * 4
    assert (why["60%"], why["1256.3亿元"]) == ("to_come", "no_indicator")
    assert left["char_start"].is_monotonic_increasing
    assert set(left["reason"]) <= set(keys("draft_left_out"))
    assert left.set_index("as_written")["reason_text"]["60%"] == "a target, no actual value"


def test_a_doubtful_size_costs_confidence(ds: ps.Dataset) -> None:
    wrong = BULLETIN.replace("预期寿命80.1岁", "预期寿命8.01岁").replace("率为98.1%", "率为0.98%")
    rows = draft_reported(document(wrong), ds, "mianyang", lang="en").statements
    found = rows[rows["doubts"] != ""].set_index("indicator_id")
    assert list(found.index) == ["compulsory_education_retention", "life_expectancy"]
    assert found["doubts"].iloc[0].startswith("0.98% may be a fraction")
    page = review_page(draft_reported(document(wrong), ds, "mianyang", lang="en"), "en").decode()
    assert "0.98% may be a fraction" in page
    assert (found["confidence"] < 0.5).all()


def test_the_area_is_the_titles_and_the_year_can_be_named(ds: ps.Dataset) -> None:
    named = REPORT.replace("云河市政府工作报告", "绵阳市政府工作报告")
    assert set(draft_reported(document(named), ds).statements["area_id"]) == {"mianyang"}
    short = BULLETIN.replace("云河市2025年国民", "2025年绵阳国民")
    assert set(draft_reported(document(short), ds).statements["area_id"]) == {"mianyang"}
    with pytest.raises(ps.ParameterError, match=r"names no known area -> .* --area"):
        draft_reported(document(REPORT), ds)
    with pytest.raises(ps.ParameterError, match="'atlantis' is not known"):
        draft_reported(document(REPORT), ds, "atlantis")
    plain = "云河市民生事业情况\n学前教育毛入园率达到97.6%。\n"
    with pytest.raises(ps.ParameterError, match="name its year with --year"):
        draft_reported(document(plain), ds, "mianyang")
    rows = draft_reported(document("云河市情况\n一、工作回顾\n学前教育毛入园率达到97.6%。\n"), ds, "mianyang", 2026)  # fmt: skip
    assert rows.statements["year"].tolist() == ["2025"]


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_from_the_bulletin_through_the_review_to_the_data(tmp_path: Path) -> None:
    data = Path(shutil.copytree(data_folder(), tmp_path / "data"))
    source, table, page = (tmp_path / name for name in ("b.txt", "d.csv", "r.html"))
    source.write_text(BULLETIN, encoding="utf-8")
    code, output = run(
        "draft",
        source,
        "--actuals",
        "--area",
        "mianyang",
        "-o",
        table,
        "--review",
        page,
        "--data",
        data,
    )
    assert code == 0, output
    assert "17 proposed actual values" in output
    assert "statistical bulletin 2025" in output
    html = page.read_text(encoding="utf-8")
    assert "psanalysis actuals add" in html
    assert "add-plan" not in html
    rows = pd.read_csv(table, dtype=str, keep_default_na=False)
    rows["accepted"] = ["yes" if n in (3, 4, 14) else "no" if n else "" for n in rows.index]
    rows.to_csv(table, index=False)
    code, output = run("actuals", "add", table, "--data", data)
    assert code == 0, output
    assert ("3 values added" in output, "14 rows are not filled in or not accepted" in output) == (
        True,
        True,
    )
    own = ps.load(data).actuals.set_index("area_id").loc["mianyang"]
    assert own["indicator_id"].tolist() == [
        one[0] for n, one in enumerate(OF_BULLETIN) if n in (3, 4, 14)
    ]
    assert own["value_as_stated"].tolist() == ["97.6%", "98.1%", "58.3%"]
    rows.loc[5, ["accepted", "value_as_written", "value_as_stated"]] = ["yes", "96%", "96%"]
    rows.to_csv(table, index=False)
    code, output = run("actuals", "add", table, "--data", data)
    assert (code, "differs from the text between char_start and char_end" in output) == (2, True)


def test_misuse_is_named(tmp_path: Path) -> None:
    assert "--area goes with --actuals" in run("draft", tmp_path / "x", "--area", "panjin")[1]
    assert "needs a document" in run("draft", "--actuals")[1]
    (tmp_path / "b.txt").write_text(BULLETIN, encoding="utf-8")
    code, output = run("draft", tmp_path / "b.txt", "--actuals", "--period", "2021-2025")
    assert (code, "is no year" in output) == (2, True)


def test_the_notebook_reviews_actual_values_too(tmp_path: Path, ds: ps.Dataset) -> None:
    source, table = tmp_path / "b.txt", tmp_path / "d.csv"
    source.write_text(BULLETIN.replace("率97.6%", "率0.98%"), encoding="utf-8")
    assert (
        run("draft", source, "--actuals", "--area", "mianyang", "-o", table, "--lang", "en")[0] == 0
    )
    curator = Curator(table, "en", ds)
    assert curator.curation.table == "actuals"
    *_, buttons, _, saved = curator.widget().children
    buttons.children[-1].click()
    assert "psanalysis actuals add takes the accepted rows" in saved.value
    assert set(curator.curation.all_faults) == set()
    curator.number = 3
    assert "may be a fraction" in curator.faults()._repr_html_()
    assert "97.6" not in curator.passage()._repr_html_()
    curator.correct("value", "98")
    assert "is not the number of value_as_stated" in curator.faults()._repr_html_()
    curator.correct("value", "0.98")
    curator.correct("year", "25")
    (fault,) = curator.curation.faults(3)
    assert (fault.column, fault.file, fault.line) == ("year", "d.csv", 5)
    curator.correct("year", "2024")
    curator.decide("yes")
    with pytest.raises(ps.ParameterError, match="'role' is not valid"):
        curator.correct("role", "target")
    curator.widget()
    reviewed = curator.save()
    data = Path(shutil.copytree(data_folder(), tmp_path / "data"))
    code, output = run("actuals", "add", reviewed, "--data", data)
    assert code == 0, output
    assert "1 values added" in output
    assert ps.load(data).actuals.set_index("area_id").loc["mianyang", "year"] == 2024


UNDIVIDED = """\
云河市人民政府2025年工作总结报告
2026年3月2日
2025年，全市每千人口拥有3岁以下婴幼儿托位数达4.9个，同比增加0.6个，提前超额完成规划目标。
全市居民人均预期寿命由2020年的79.6岁提高到2025年的81.2岁。
基本医疗保险参保率达97.2%。
每万人接受公共文化设施服务次数为1.36万次，较上年增长8.4%。
居民人均可支配收入48,216元，同比增长5.1%。
2026年，力争每千人口托位数达到5.2个，学前教育毛入园率达到96%。
"""


def test_a_report_without_headings_goes_on_of_the_year_that_it_named(ds: ps.Dataset) -> None:
    read = draft_reported(document(UNDIVIDED), ds, area_id="panjin", year=2026)
    found = read.statements[["indicator_id", "year", "value"]].to_numpy().tolist()
    assert found == [
        ["childcare_places_per_1000", "2025", "4.9"],
        ["life_expectancy", "2020", "79.6"],
        ["life_expectancy", "2025", "81.2"],
        ["medical_insurance_participation", "2025", "97.2"],
        ["cultural_facility_visits_per_10000", "2025", "1.36"],
        ["disposable_income_per_capita", "2025", "48216"],
    ]
    assert {"5.2个", "96%"} <= set(read.left_out["as_written"])


NOTES = """\
2024年养老机构护理型床位占比由63.9%修订为63.3%。
[3]根据第五次全国经济普查结果，2024年九年义务教育巩固率修订为98.2%。
"""


def test_a_note_that_revises_a_value_proposes_the_new_one(ds: ps.Dataset) -> None:
    rows = draft_reported(document(f"{BULLETIN}[2]{NOTES}"), ds, "mianyang").statements
    revised = rows[rows["status"] == "revised"]
    assert revised[READ].values.tolist() == [
        ["nursing_bed_share", "2024", "63.3", "eq", "percent"],
        ["compulsory_education_retention", "2024", "98.2", "eq", "percent"],
    ]
    assert "63.9" not in set(rows["value"])
    assert len(rows) == len(OF_BULLETIN) + 2


FIVE_YEARS = """\
政府工作报告
——2026年1月16日在云河市第八届人民代表大会第六次会议上

一、“十四五”时期工作回顾
五年来，城镇新增就业21.5万人，改造城镇老旧小区412个。养老机构护理型床位占比由48%提高到66%。
2025年，城镇新增就业4.4万人，人均预期寿命达到81.3岁。
二、2026年工作安排
今年城镇新增就业4万人以上。
"""


def test_a_total_over_five_years_is_told_from_the_value_of_a_year(ds: ps.Dataset) -> None:
    drafted = draft_reported(document(FIVE_YEARS), ds, "mianyang")
    rows = drafted.statements
    assert rows[["indicator_id", "year", "value", "note_zh", "note_en"]].values.tolist() == [
        ["urban_new_jobs", "2025", "21.5", "2021—2025年累计。", "Total over 2021–2025."],
        ["old_residential_areas_renovated", "2025", "412", "2021—2025年累计。",
            "Total over 2021–2025."],
        ["nursing_bed_share", "2025", "66", "", ""],
        ["urban_new_jobs_per_year", "2025", "4.4", "", ""],
        ["life_expectancy", "2025", "81.3", "", ""],
    ]  # fmt: skip
    left = drafted.left_out.set_index("as_written")["reason"]
    assert (left["48%"], left["4万人以上"]) == ("undated", "to_come")
