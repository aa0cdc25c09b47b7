"""What a number is in its plan: baseline, target or reference; of which year; how firmly promised; over which years it accumulates."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from psanalysis.draft.lexicon import change, lexicon, longest_first, pattern, words
from psanalysis.draft.proposal import Reason
from psanalysis.draft.reading import Reading
from psanalysis.draft.years import YearWords, trailing_year

CHANGE = change()
FROM = re.compile(r"(?:由|从|自)(?!事|业|来)[^,。;!?\n|]{0,30}$")
FROM_REST = re.compile(
    rf"^[到至]\s?\d|^[^,。;!?\n|]{{0,40}}?[,]?(?:分别)?(?:逐步|大幅|稳步)?{CHANGE}"
)
TO = re.compile(rf"(?:由|从|自)(?!事|业)[^。;!?\n|]{{0,60}}?{CHANGE}[^,。;!?\n|]{{0,24}}$")
_AREAS = longest_first(lexicon()["reference"]["areas"])
_MEAN = longest_first(lexicon()["reference"]["average"])
REFERENCE_BEFORE = re.compile(
    rf"(?:高于|低于|超过|优于|多于|少于|高出|高过|不及|不低于|好于|大于|相当于|达到)(?:了)?(?P<area>{_AREAS})(?:同期|人均|城镇|农村|规定的|要求的|确定的|下达的)?\s?(?:\d[\d.]*[%‰]?[、和与])?$"
    rf"|(?P<bare>{_AREAS})\s?$"
    rf"|(?P<mean>{_AREAS})(?:[^,。;]{{0,8}})?(?:{_MEAN})(?:水平|值|线|[上下]限)?(?:[((为是约]|达到|达)*\s?$"
)
REFERENCE_AFTER = re.compile(rf"^(?:以上|左右)?\)?的?(?:{_MEAN})")
PAST = re.compile(
    r"(?!已建成的?(?:居住|小区|社区|区))(?:截至|截止|目前|现有|现已|已(?:经)?(?:由|从|建|有|达|完成|覆盖|入驻|入住|累计|实现|开展|培训|发放|创建|成功|纳入|设立|投)|以来|过去[三五]年|(?:提高|增长|增加|下降|降低|减少|提升|新增|完成|建成|达到|投入|培训|实现|改造|翻|多|少)了|(?<![拖亏])欠\s?$)"
)
PRESENT = re.compile(r"现有|目前|截至|截止|现已")
TO_COME = re.compile(
    r"新建|建成|新增|建设|打造|达到|提高|增加|扩大|力争|确保|实现|改造|培育|完成|争取|将|到20|计划|下一步|推动|推进"
)
REACHED = re.compile(r"达到\s?$")
UNTIL = re.compile(r"(?<!截)[到至]\s?$")
PLANNED = re.compile(r"力争|争取|确保|计划|将|目标|要求")
# 由目前的92.4%提高到: the number behind is to come
FROM_NOW = re.compile(rf"[由从](?:目前|现有|现在|当前)[^。;!?\n|]{{0,60}}?{CHANGE}[^,。;]{{0,12}}$")
LEAD_WIDTH = 40
# 142家卫生院中的60家: the first number is what there is
OUT_OF = re.compile(r"[^,。;、\d]{1,14}中(?:的)?\s?\d")
ANNUAL = re.compile(r"年均|每年|每月|每人|每学年|年度平均|年人均|逐年")
FLOW = words("cues", "flow")
STRIVE = words("cues", "strive")
STRIVE_LEAD = re.compile(
    r"^\s?(?:到\d{4}年[底末]?[,]?)?(?:力争|争取)(?:到|在|于|新增|新建|建成|建设|打造|培育|创建|实现|完成|培养|引进|改造|累计|达到)?"
)
VERB = re.compile(r"^(?:新增|新建|建成|建设|打造|培育|创建|完成|培养|引进|改造|累计|\d{4}年)")
RATES = (
    "%",
    "‰",
    "/10万",
    "个百分点",
    "百分点",
    "岁",
    "倍",
    "分钟",
    "小时",
    "公里",
    "平方米",
    "系数",
    "刻钟",
    "里",
    "米",
    "元/人月",
    "元/月",
    "元/年",
    "年",
)


@dataclass(frozen=True)
class Role:
    """Role, year and what goes with them, and why."""

    role: str
    year: int | None
    year_basis: str
    commitment: str
    area: str
    flow_start: int | None
    flow_end: int | None
    reasons: dict[str, Reason]


def role_of(reading: Reading, start: int, end: int, unit: str, number_start: int) -> Role:
    """The role of the span start:end; see the module for what belongs to it."""
    text = reading.text
    clause_start, clause_end = reading.bounds.clause(start)
    before = text[clause_start:start]
    words_before = reading.year(start)
    trailing = (
        None if words_before and words_before.start >= clause_start else trailing_year(text, end)
    )
    base, reason = _base(reading, start, end, words_before, trailing)
    reference = "" if unit.endswith("百分点") else _reference(text, start, end, number_start)
    from_value = bool(FROM.search(text[max(clause_start, start - 34) : start])) and bool(
        FROM_REST.match(text[end : end + 60])
    )
    if reference:
        base, area, reason = (
            "reference",
            reference,
            Reason("reference", text[max(0, start - 8) : start]),
        )
    else:
        area = "plan"
    if from_value and base != "reference":
        return _from_value(reading, start, clause_start, words_before)
    year, basis, year_reason = _year(reading, start, base, words_before, trailing)
    commitment, commitment_reason = (
        ("", Reason("none")) if base != "target" else _commitment(reading, start, clause_start)
    )
    flow = _flow(reading, base, before, text[end:clause_end], unit, words_before, year)
    reasons = {"role": reason, "year": year_reason, "commitment": commitment_reason}
    return Role(base, year, basis, commitment, area, flow[0], flow[1], reasons)


def _base(
    reading: Reading, start: int, end: int, governed: YearWords | None, trailing: int | None
) -> tuple[str, Reason]:
    plan, text = reading.plan, reading.text
    section = reading.section(start)
    quoted = text[governed.start : governed.end] if governed else ""
    year = trailing if trailing is not None else governed.year if governed else None
    if section.lead and section.nature == "baseline" and _planned(reading, start):
        section = replace(section, nature="")
    if section.nature == "baseline":
        ahead = (
            year is not None
            and year >= plan.horizon
            and (
                governed is None
                or text[max(0, governed.start - 2) : governed.start].strip()[-1:] in ("到", "至")
            )
        )
        return (
            ("target", Reason("year_ahead", quoted))
            if ahead
            else ("baseline", Reason("chapter", section.title))
        )
    if year is not None and (year < plan.start or _gone(reading, start, governed, trailing)):
        return "baseline", Reason("year_past", quoted)
    if section.nature == "glossary":
        return "baseline" if year is not None and year <= plan.baseline else "target", Reason(
            "glossary"
        )
    if OUT_OF.match(text[end : end + 24]):
        return "baseline", Reason("past", text[start:end])
    if year is None or year < plan.horizon:
        past = _past(reading, start)
        if past:
            return "baseline", Reason("past", past)
    if plan.kind == "bulletin" and (year is None or year <= plan.horizon):
        return "baseline", Reason("bulletin", section.title)
    return "target", Reason("year_ahead", quoted) if year is not None else Reason(
        "default_target", section.title
    )


def _planned(reading: Reading, start: int) -> bool:
    """True where the sentence itself says that it is about what is to come."""
    sentence = reading.text[reading.sentence_start(start) : start]
    return bool(pattern("chapters", "ahead").search(sentence)) and not PAST.search(sentence)


def _gone(reading: Reading, start: int, governed: YearWords | None, trailing: int | None) -> bool:
    """True for a year of the plan period that was over when the plan was issued: 2021年,…达到."""
    if (
        governed is None
        or trailing is not None
        or governed.kind != "point"
        or governed.year >= reading.plan.issued
    ):
        return False
    if PLANNED.search(reading.text, reading.bounds.clause(governed.start)[0], start):
        return False
    return not UNTIL.search(reading.text[max(0, governed.start - 6) : governed.start])


def _past(reading: Reading, start: int) -> str:
    """The words that say that a number was reached already: in its clause, before it in a listing, or where the paragraph begins."""
    text = reading.text
    clause = text[reading.bounds.clause(start)[0] : start]
    found = PAST.search(clause)
    to_come = re.search(r"力争|确保|计划|到20|将(?!近)", clause) or FROM_NOW.search(clause)
    if (found or text[max(0, start - 3) : start].endswith("已")) and not to_come:
        return found[0] if found else "已"
    sentence = text[reading.sentence_start(start) : start]
    last = max(PRESENT.finditer(sentence), key=lambda match: match.end(), default=None)
    if last and not to_come and not TO_COME.search(REACHED.sub("", sentence), last.end()):
        return last[0]
    if reading.section(start).nature:
        return ""
    line = text.rfind("\n", 0, start) + 1
    lead = pattern("chapters", "past_lead").search(text, line, min(start, line + LEAD_WIDTH))
    return (
        lead[0] if lead and not pattern("chapters", "ahead").search(text, lead.end(), start) else ""
    )


def _reference(text: str, start: int, end: int, number_start: int) -> str:
    before = REFERENCE_BEFORE.search(text[max(0, start - 24) : start])
    if before is None:
        return ""
    area = before["area"] or before["bare"] or before["mean"]
    if before["bare"] and not REFERENCE_AFTER.match(text[end : end + 12]):
        return ""
    if (
        before["area"]
        and not REFERENCE_AFTER.match(text[end : end + 12])
        and text[end : end + 1] not in (",", "。", ";", "、", ")")
    ):
        return ""
    known = lexicon()["reference"]
    return (
        "nation"
        if area in known["national"]
        else "province"
        if area in known["provincial"]
        else "elsewhere"
    )


def _from_value(
    reading: Reading, start: int, clause_start: int, governed: YearWords | None
) -> Role:
    own = (
        governed
        if governed
        and governed.start >= clause_start
        and _after_from(reading.text, clause_start, governed.start)
        else None
    )
    basis = "stated" if own else ""
    reasons = {
        "role": Reason("from_value"),
        "year": Reason("stated", reading.text[own.start : own.end])
        if own
        else Reason("none_stated"),
    }
    return Role(
        "baseline",
        own.year if own else None,
        basis,
        "",
        "plan",
        None,
        None,
        {**reasons, "commitment": Reason("none")},
    )


def _after_from(text: str, clause_start: int, position: int) -> bool:
    return bool(re.search(r"[由从自]", text[clause_start:position]))


def _year(
    reading: Reading, start: int, role: str, governed: YearWords | None, trailing: int | None
) -> tuple[int, str, Reason]:
    plan, text = reading.plan, reading.text
    past = reading.section
    if trailing is not None:
        return trailing, "stated", Reason("stated_after", str(trailing))
    if governed and governed.kind not in ("own", "since"):
        pair = governed.start >= 1 and re.search(
            r"[由从自]", text[max(0, governed.start - 2) : governed.start]
        )
        if not pair:
            basis = "implied" if governed.kind == "relative" else "stated"
            return governed.year, basis, Reason("stated", text[governed.start : governed.end])
    goal = reading.goal(start) if role == "target" else None
    if goal is not None:
        return goal.year, "implied", Reason("lead", text[goal.start : goal.end])
    target = role == "target" or (
        role == "reference" and past(governed.start if governed else 0).nature == "target"
    )
    about = past(start).year
    if target and about is not None and plan.start <= about and about != plan.horizon:
        return about, "implied", Reason("chapter", past(start).title)
    if not target and about is not None and plan.start - 6 < about <= plan.baseline:
        return about, "implied", Reason("chapter", past(start).title)
    return (
        plan.horizon if target else plan.baseline,
        "implied",
        Reason("implied_target" if target else "implied_baseline"),
    )


def _commitment(reading: Reading, start: int, clause_start: int) -> tuple[str, Reason]:
    text = reading.text
    found = STRIVE.search(text[clause_start:start])
    if found:
        return "strive", Reason("strive", found[0])
    sentence = reading.sentence_start(start)
    earlier = list(STRIVE.finditer(text, sentence, clause_start))
    if not earlier:
        follows = re.match(
            r"[^,。;\n|]{0,16}[,]\s?(力争|争取)(?:在|于)?20", text[start : start + 40]
        )
        return ("strive", Reason("strive", follows[1])) if follows else ("firm", Reason("firm"))
    lead_end = reading.bounds.clause(earlier[-1].start())[1]
    lead, own = text[earlier[-1].end() : lead_end], text[clause_start:start].strip()
    year_lead = bool(
        re.match(
            r"\s?(?:到|在|于)?[“\"]?(?:20\d\d\s?年|十[一二三四五六]五)[”\"]?(?:时期|期)?[底末]?\s?$",
            lead,
        )
    )
    next_clause = lead_end + 1 >= clause_start
    first_verb, own_verb = VERB.match(lead.strip()), VERB.match(own)
    like = (
        first_verb and own_verb and (first_verb[0] == own_verb[0] or own_verb[0][0] == "2")
    ) or (own_verb and own_verb[0][0] == "2" and "20" in lead)
    bare = bool(first_verb) and not re.search(r"达|实现|为|占|率|到", own) and len(own) <= 10
    if year_lead or (next_clause and (like or bare)):
        return "strive", Reason("strive", earlier[-1][0])
    return "firm", Reason("firm")


def _flow(
    reading: Reading,
    role: str,
    before: str,
    after: str,
    unit: str,
    governed: YearWords | None,
    year: int | None,
) -> tuple[int | None, int | None]:
    plan = reading.plan
    if role == "reference" or ANNUAL.search(before) or unit in RATES or not FLOW.search(before):
        return None, None
    if re.search(r"总量|总数|拥有|保有|达标|每[千万百个名]", before):
        return None, None
    if governed and governed.kind in ("period", "since", "own") and governed.first != governed.last:
        return governed.first, governed.last
    if role == "baseline":
        return plan.baseline - 4, plan.baseline
    return plan.start, plan.end
