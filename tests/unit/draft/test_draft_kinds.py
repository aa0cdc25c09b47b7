"""Kinds of fault that real documents met: steps and levels, numbers in several parts, words that
change the meaning.
"""

from __future__ import annotations

import pytest

import psanalysis as ps
from psanalysis.draft.drafting import draft_document
from psanalysis.draft.extract import extract
from psanalysis.draft.numerals import plain
from psanalysis.draft.period import Plan
from psanalysis.formats.document import Document

PLAN = Plan("yunxi-14fyp", "yunxi", 2021, 2025, 2020, 2025)
HEAD = "云溪市“十四五”公共服务规划\n第二章 主要目标\n"


@pytest.fixture(scope="module")
def ds() -> ps.Dataset:
    return ps.load()


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
    (row,) = extract(HEAD + text, PLAN).statements
    assert row.value is not None
    assert (plain(row.value), row.unit) == (value, unit)


@pytest.mark.parametrize("text", ["公私营比例由6:4改为7:3。", "按1:3配备人员。"])
def test_parts_of_a_whole_are_no_number(text: str) -> None:
    assert extract(HEAD + text, PLAN).statements == ()


@pytest.mark.parametrize("verb", ["提高", "拓展", "上涨", "增加", "扩充", "攀升"])
def test_every_verb_of_change_leads_from_a_baseline_to_a_target(verb: str) -> None:
    rows = extract(f"{HEAD}床位由2020年的100张{verb}到2025年的300张。", PLAN).statements
    assert [(p.role, p.year) for p in rows] == [("baseline", 2020), ("target", 2025)]


def linked(sentence: str, ds: ps.Dataset) -> str:
    frame = draft_document(Document("a.txt", "text", "utf_8", HEAD + sentence), "yunxi-14fyp", ds)
    return str(frame.statements["indicator_id"].iloc[0])


@pytest.mark.parametrize(
    ("like", "unlike"),
    [
        ("养老机构护理型床位占比达到60%。", "养老机构护理型床位占比提高15%。"),
        ("人均预期寿命达到80岁。", "人均预期寿命提高1.1岁。"),
        ("公办幼儿园在园幼儿占比达到52%。", "非公办幼儿园在园幼儿占比降到43%。"),
        ("三级甲等医院达到3家。", "二级甲等医院达到3家。"),
        ("居民健康素养水平达到30%。", "居民心理健康素养水平达到30%。"),
    ],
)
def test_words_that_change_the_meaning_must_agree(like: str, unlike: str, ds: ps.Dataset) -> None:
    assert linked(like, ds) != linked(unlike, ds)


def test_basic_pensions_are_not_those_of_a_group(ds: ps.Dataset) -> None:
    assert linked("基本养老保险参保率达到96%。", ds) == "pension_insurance_participation"


def test_shared_heads_of_names_and_their_verb() -> None:
    text = HEAD + "生产安全事故起数、死亡人数分别下降13.8%和8.2%。"
    rows = extract(text, PLAN).statements
    assert ["".join(text[a:b] for a, b in p.name_spans) for p in rows] == [
        "生产安全事故起数下降",
        "生产安全事故死亡人数下降",
    ]


def test_a_generic_noun_behind_the_number_names_nothing() -> None:
    text = HEAD + "未来十年房屋供应目标定为45万个单位。"
    (row,) = extract(text, PLAN).statements
    assert "".join(text[a:b] for a, b in row.name_spans).endswith("房屋供应目标")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("大力推进公办幼儿园开设托班、开放托位数增至1.24万个。", ["公办幼儿园开放托位数"]),
        ("全市11个县和19个区已完成规划编制。", ["全市县", "区已完成规划编制"]),
        ("建成十二分钟健身圈。", ["建成健身圈"]),
        ("2024年新增托位1200个、2025年新增1500个。", ["新增托位", "新增托位"]),
        ("公营房屋用地可供兴建248,000个单位,尚欠67,000个。", ["公营房屋用地可供兴建", "公营房屋用地可供兴建"]),
        ("社区养老服务设施覆盖率达到100%,农村达到80%。", ["社区养老服务设施覆盖率", "农村社区养老服务设施覆盖率"]),
        ("实施适老化改造1.2万户,其中2026年完成3000户。", ["实施适老化改造", "实施适老化改造完成"]),
        ("给予每人每月300元的养老服务补贴。", ["给予养老服务补贴"]),
        ("2024年,参保率达到97.2%;2025年,力争达到98%。", ["参保率", "参保率"]),
        ("2024年,完成320户无障碍改造;2025年,再完成600户。", ["完成无障碍改造", "完成无障碍改造"]),
        ("2023年床位占比和入园率分别达到60%和95%,2025年分别达到65%和97%。", ["床位占比", "入园率", "床位占比", "入园率"]),
        ("力争2023年前建成5个、2025年前建成10个区域医疗中心。", ["建成", "建成区域医疗中心"]),
        ("每千人口床位数、执业医师数、护士数分别达到8.2张、3.9人、4.8人。", ["每千人口床位数", "每千人口执业医师数", "每千人口护士数"]),
        ("令九成以上长者获得服务。", ["长者获得服务"]),
        ("达标率到 2024 年达到 85%、2025 年达到 100%。", ["达标率", "达标率"]),
        ("新增学位1200个(牵头单位:市教育局)。", ["新增学位"]),
        ("60岁以上老年人口将达到108万,占总人口26%。", ["60岁以上老年人口", "60岁以上老年人口占总人口"]),
    ],
)  # fmt: skip
def test_a_name_says_of_what_the_number_is(text: str, names: list[str]) -> None:
    rows = extract(HEAD + text, PLAN).statements
    assert ["".join((HEAD + text)[a:b] for a, b in row.name_spans) for row in rows] == names


def test_waiting_times_are_values_and_what_grew_already_is_a_baseline() -> None:
    text = f"{HEAD}截至今年9月底,平均轮候时间较去年多了约一年,达到5.5年。"
    (row,) = extract(text, PLAN).statements
    assert (row.role, str(row.value), row.unit) == ("baseline", "5.5", "年")


def test_a_year_in_brackets_is_that_of_the_number_before_it() -> None:
    text = f"{HEAD}空气优良天数比率85.3%(2019年),细颗粒物浓度34微克/立方米,参保人数由上年的35万人增至36万人。"
    rows = extract(text, PLAN).statements
    assert [(p.role, p.year) for p in rows[:2]] == [("baseline", 2019), ("target", 2025)]
    assert "".join(text[a:b] for a, b in rows[2].name_spans) == "参保人数"


def test_what_will_be_raised_from_the_present_value_is_a_target() -> None:
    rows = extract(f"{HEAD}社区券总数将由目前的12000张增至16000张。", PLAN).statements
    assert [row.role for row in rows] == ["baseline", "target"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("全面取消药品加成。", "other"),
        ("城镇登记失业率控制在省控线以下。", "other"),
        ("居民收入增速高于全国、全省,生活改善。", "other"),
        ("高质量通过全国学前教育普及普惠县评估。", "other"),
        ("确保脱贫群众不因病致贫返贫。", "other"),
        ("公办高中全部被评为示范高中。", "all"),
    ],
)
def test_states_that_are_promised_without_a_number(text: str, kind: str) -> None:
    rows = extract(HEAD + text, PLAN).statements
    assert kind in [row.pledge for row in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建设社区食堂和日间照料中心各3个。", [("建设社区食堂", "3"), ("日间照料中心", "3")]),
        ("每年举办工伤预防宣传和培训项目各1次。", [("每年举办工伤预防宣传", "1"), ("培训项目", "1")]),
        ("残疾人保费补贴和医疗康复人群覆盖率达到100%。", [("残疾人保费补贴人群覆盖率", "100"), ("医疗康复人群覆盖率", "100")]),
        ("提高一镇一所公办幼儿园星级比例。", []),
        ("打造万场次赛事网络体系。", []),
        ("重点保障困难、特殊、优抚三个群体。", []),
        ("打造百个社区示范点。", [("打造社区示范点", "100")]),
    ],
)  # fmt: skip
def test_numbers_of_each_and_numbers_that_only_name(
    text: str, expected: list[tuple[str, str]]
) -> None:
    found = extract(f"到2025年，{text}", PLAN).statements
    own = f"到2025年，{text}"
    assert [("".join(own[a:b] for a, b in p.name_spans), str(p.value)) for p in found] == expected


@pytest.mark.parametrize(
    ("text", "role"), [("以省双拥模范城“八连冠”为契机。", "baseline"), ("力争实现省双拥模范城“八连冠”。", "target")]
)  # fmt: skip
def test_so_many_in_a_row_are_won_unless_they_are_aimed_at(text: str, role: str) -> None:
    (found,) = extract(text, PLAN).statements
    assert (str(found.value), found.unit, found.role) == ("8", "连冠", role)
