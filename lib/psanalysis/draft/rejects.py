"""Numbers that state no quantity: ordinals, dates, ages of groups, names and slogans, the plan's own items."""

from __future__ import annotations

import re
from bisect import bisect_right

from psanalysis.draft.lexicon import lexicon, pattern, words
from psanalysis.draft.quantities import Quantity

SENTENCE_END = re.compile(r"[。;!?\n]")
QUOTED = re.compile(r"[“\"‘']([^“”\"‘’'\n]{1,24})[”\"’']")
YEARS_KEPT = re.compile(r"(?:年限|年数)[^。]{0,60}$")
STREAK = re.compile(r"连续\s?$")
STREAK_AFTER = re.compile(r"^连续(?:上调|提标|增长|提高|提升|位居)")
STREAK_END = re.compile(
    r"^(?:[^,。;]{0,4}?)(?:上调|提标|增长|提高|提升|增加|位居|获评?|蝉联|保持|入选|被评|荣获|下降)[^\d,。;]{0,24}(?:[,。;、!]|$)"
)
OPEN_ENDED = ("以上", "以下", "以内", "及以上", "及以下", "之内", "超过", "不足", "低于", "高于")
ATTRIBUTE = re.compile(r"^的[^,。;、()\d]{2,16}(?:不少于|达到|约|还有|有)?\d")
# 平均轮候时间…,达到5.5年
WAITING = re.compile(r"(?:时间|年期|工期|周期)[^。]{0,40}?(?:达到?|为|至|到|由|从)\s?$")
FREE = re.compile(r"^(?:制?免费教育|免费)")
# 体育馆一座: the thing, then how many
BUILT = re.compile(r"[馆院校园场站心楼池台厅]$")
UNIVERSAL = re.compile(r"普及[^,。;]{0,6}$")
TENURE = re.compile(r"(?:任教|工作|服务|从教|从业|任职)[^,。;]{0,4}$")
PEOPLE = re.compile(r"[^,。;、\d]{0,8}(?:居民|群众|职工|学生|老人|老年人|市民|农民|儿童|人口)")
# 3分钟出车率
RATE_OF = re.compile(r"^内?(?:出车|到达|响应|办结|反应|送达|上门)率")
RATIO_NAME = re.compile(r"比[^,。;]{0,12}$")
# Chinese figures from here on count something, whatever the counter
MANY = 100
DURATIONS = ("年", "岁", "天", "里", "项")
OWN_ITEMS = ("个", "项", "条", "大类", "")
AGED = re.compile(r"^(?:以上|以下|及以上)?的?(?:老|人|儿|妇|群众|居民|幼|青|少|女|男)")
SCORE = re.compile(r"(?:满意度|满意率|得分|评分|分值|指数|测评)[^,。;]{0,16}$")
SPENT = re.compile(r"(?:投入|投资|资金|经费|安排|支出|收入|产值|规模)(?:约|近|超|达)?\s?$")
LASTS = re.compile(r"(?:时限|时间|压缩|缩短|住院日|周期|工期|学时|培训|假)[^,。;]{0,10}$")
CLAUSE_END = re.compile(r"^\s*(?:[,。;、!|\n)”]|$|左右|以上|以下|以内|和|及)")
REACHES = re.compile(
    r"(?:达到|达|至|为|到|控制在|保持在|稳定在|不低于|不超过|低于|高于|大于|小于|≥|≤|>|<|规定的|要求的)\s?(?:\d+(?:\.\d+)?[、和与])*$"
)
# 户籍老年人口189.3万: the noun says what is counted
CHANGED = re.compile(r"[^,。;\d]{0,6}(?:到|至)")
COUNTED = re.compile(
    r"(?:人口|人数|人员|总量|总数|数量|学位|床位|托位|[^年月日岁]数|户籍|居民|学生|教师|老人|老年人)(?:约|近|超|达)?\s?$"
)
HOURS_KEPT = re.compile(r"^(?:内|以内|之内)")
BUILDING = re.compile(
    r"(?:新增|新建|建成|建设|打造|改造|培育|创建|达|达到|实现|完成|拥有|增加|建立|设立|配置|配备|获评|认定|遴选|成立|组建|引进|培养|举办|开展)[^,。;]{0,24}$"
)


def rejection(text: str, quantity: Quantity, quotes: list[tuple[int, int]]) -> str | None:
    """Why a number states no quantity, or None where it does.

    Parameters
    ----------
    text
        Folded text.
    quantity
        The number.
    quotes
        Spans of short quotations, from `quotations`.

    Returns
    -------
    str or None
        A reason code (`ordinal`, `age`, `name`, ...), a key of wording section draft_left_out.
    """
    before = text[max(0, quantity.start - 24) : quantity.start]
    bare_before = text[max(0, quantity.number_start - 24) : quantity.number_start]
    after = text[quantity.end : quantity.end + 40]
    for reason in lexicon()["rejects"]["before"]:
        if pattern("rejects", "before", reason).search(bare_before) and not _excepted(
            reason, quantity
        ):
            return str(reason)
    for reason in lexicon()["rejects"]["after"]:
        if reason == "name" and quantity.unit:
            continue
        if pattern("rejects", "after", reason).match(after) and quantity.unit not in ("%", "‰"):
            return str(reason)
    if quantity.figures == "words":
        return None
    if _quoted(quantity, quotes) and quantity.unit not in lexicon()["chinese"]["quoted"]:
        return "slogan"
    if quantity.unit == ":1":
        return None if RATIO_NAME.search(before) else "no_unit"
    if quantity.figures == "chinese" and quantity.value >= MANY and quantity.unit not in DURATIONS:
        return _by_unit(text, quantity, before, bare_before, after)
    if quantity.figures != "arabic":
        return _chinese(text, quantity, bare_before, after)
    return _by_unit(text, quantity, before, bare_before, after) or _group(quantity, before, after)


def _excepted(reason: str, quantity: Quantity) -> bool:
    """按每个1万元: an amount of money is no base; 千人指标3.04张: beds are no items of the plan."""
    return (reason == "base" and quantity.unit.endswith("元")) or (
        reason == "own_items" and quantity.unit not in OWN_ITEMS
    )


def quotations(text: str) -> list[tuple[int, int]]:
    """Spans of short quotations, in order."""
    return [match.span(1) for match in QUOTED.finditer(text)]


def _sentence(before: str) -> str:
    """What stands before a number in its own sentence."""
    return SENTENCE_END.split(before)[-1]


def _quoted(quantity: Quantity, quotes: list[tuple[int, int]]) -> bool:
    index = bisect_right(quotes, (quantity.start, 10**9)) - 1
    return index >= 0 and quotes[index][0] <= quantity.start and quantity.end <= quotes[index][1]


def _by_unit(
    text: str, quantity: Quantity, before: str, bare_before: str, after: str
) -> str | None:
    unit, value = quantity.unit, quantity.value
    if unit in ("万", "亿") and PEOPLE.match(after):
        return None
    if unit in ("", "万") and after.startswith(lexicon()["names"]["dwelling"]) and value >= MANY:
        return None
    if unit in ("", "万", "亿", "百", "千"):
        changed = unit in ("万", "亿") and re.search(r"[由从]\s?$", before) and CHANGED.match(after)
        if changed:
            return None
        named = REACHES.search(before) or (
            unit in ("万", "亿") and (COUNTED.search(before) or SPENT.search(before))
        )
        ended = (
            bool(CLAUSE_END.match(after))
            if named
            else (unit in ("万", "亿") and quantity.comparator != "eq")
        )
        return (
            None
            if ended
            or (quantity.comparator in ("ge", "le", "gt", "lt") and CLAUSE_END.match(after))
            else "no_unit"
        )
    if unit in ("人口", "万人口"):
        return "group"
    if unit == "年":
        if 1900 < value < 2100 and value == int(value):
            return "date"
        counted = (
            YEARS_KEPT.search(text[max(0, quantity.start - 70) : quantity.start])
            or (WAITING.search(before) and CLAUSE_END.match(after))
            or FREE.match(after)
            or STREAK_AFTER.match(after)
        )
        streak = STREAK.search(bare_before) and STREAK_END.match(after)
        tenure = TENURE.search(before) and quantity.comparator != "eq"
        return None if counted or streak or tenure else "duration"
    if unit in ("岁", "周岁"):
        reached = (
            REACHES.search(before)
            and CLAUSE_END.match(after)
            and quantity.comparator in ("eq", "approx", "gt")
        )
        named = words("cues", "life").search(_sentence(before)) or re.search(
            r"高于|低于|(?:提高|增加|延长|增长|高出)了?\s?$", before[-8:]
        )
        return None if (reached or named) and not AGED.match(after) else "age"
    if unit in ("分钟", "小时") and RATE_OF.match(after):
        return "name"
    if unit == "分":
        return None if SCORE.search(before) else "name"
    if unit in ("个月", "天", "个工作日", "课时", "学时"):
        bounded = quantity.comparator in ("ge", "le") and quantity.word not in ("以上", "以下")
        return (
            None
            if LASTS.search(before) or (bounded and unit in ("课时", "学时", "个工作日"))
            else "duration"
        )
    if (
        unit in ("小时", "个小时")
        and value == 24
        and not HOURS_KEPT.match(after)
        and quantity.comparator == "eq"
    ):
        return "name"
    if unit in ("米", "千米", "公里", "里"):
        return None if words("cues", "distance").search(before + after[:16]) else "name"
    if unit in (
        "种",
        "期",
        "节",
        "片",
        "份",
        "本",
        "班",
        "组",
        "口",
        "对",
        "只",
        "届",
        "路",
        "例",
        "位",
        "团",
        "把",
    ) and not BUILDING.search(before):
        return (
            None
            if unit in ("届", "例", "路", "种")
            and re.search(r"(?:蝉联|连续|达)[^,。;]{0,6}$", before)
            else "name"
        )
    return None


def _group(quantity: Quantity, before: str, after: str) -> str | None:
    if quantity.unit in ("%", "‰", "/10万") or quantity.comparator in ("eq", "approx"):
        return None
    # 年收入1亿元以上的企业3家: a bounded number before the noun that another number counts
    if (
        quantity.word in OPEN_ENDED
        and ATTRIBUTE.match(after)
        and not pattern("groups", "verbs").search(before)
    ):
        return "group"
    if quantity.unit not in lexicon()["groups"]["units"]:
        return None
    follows = pattern("groups", "after").match(after)
    return (
        "group"
        if follows and not pattern("groups", "verbs").search(before) and quantity.word in OPEN_ENDED
        else None
    )


def _chinese(text: str, quantity: Quantity, before: str, after: str) -> str | None:
    unit = quantity.unit
    if quantity.figures == "bare":
        return None if pattern("chinese", "bare_verbs").search(before) else "wording"
    if unit in ("小时", "分钟", "刻钟", "里", "公里", "个小时"):
        return None if words("cues", "circle").search(after[:12]) else "wording"
    if unit not in lexicon()["chinese"]["units"] or pattern("chinese", "collective").match(after):
        return "collective"
    if unit == "次":
        return (
            None
            if pattern("chinese", "twice_before").search(before) and CLAUSE_OR_OBJECT.match(after)
            else "wording"
        )
    if unit == "岁":
        return None if words("cues", "life").search(_sentence(before)) else "age"
    if unit == "年":
        universal = UNIVERSAL.search(before) and after.startswith(("教育", "免费", "义务"))
        return (
            None
            if universal or (TENURE.search(before) and quantity.comparator != "eq")
            else "duration"
        )
    if unit == "人" and quantity.value != 1:
        return "collective"
    if unit == "项":
        return (
            None
            if quantity.value > 9 and pattern("chinese", "item_before").search(before)
            else "collective"
        )
    if unit == "倍":
        return (
            None
            if re.search(r"(?:增长|增加|提高|扩大|达到|翻)[^,。;]{0,6}$", before)
            else "wording"
        )
    if quantity.value == 1:
        if unit in ("座", "所", "处", "家") and BUILT.search(before) and CLAUSE_END.match(after):
            return None
        return (
            None
            if pattern("chinese", "one_before").search(before)
            or quantity.comparator in ("ge", "gt")
            else "article"
        )
    return "collective" if pattern("chinese", "two_before_reject").search(before) else None


CLAUSE_OR_OBJECT = re.compile(r"^(?:[,。;、]|以上|对|[^,。;]{0,12})")
