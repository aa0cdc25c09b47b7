"""Numbers that state no quantity: ordinals, dates, ages of groups, names and slogans, the plan's own items."""

from __future__ import annotations

import re
from bisect import bisect_right

from psanalysis.draft.lexicon import lexicon, listed, pattern, rule, word, words
from psanalysis.draft.quantities import Quantity

SENTENCE_END = re.compile(r"[。;!?\n]")
QUOTED = re.compile(r"[“\"‘']([^“”\"‘’'\n]{1,24})[”\"’']")
YEARS_KEPT = rule("rejects", "years_kept")
STREAK = rule("rejects", "streak")
STREAK_AFTER = rule("rejects", "streak_after")
STREAK_END = rule("rejects", "streak_end")
OPEN_ENDED = listed("groups", "open_ended")
ATTRIBUTE = rule("rejects", "attribute")
# 平均轮候时间…,达到5.5年
WAITING = rule("rejects", "waiting")
FREE = rule("rejects", "free")
# 体育馆一座: the thing, then how many
BUILT = rule("rejects", "built")
UNIVERSAL = rule("rejects", "universal")
TENURE = rule("rejects", "tenure")
PEOPLE = rule("rejects", "people")
# 3分钟出车率
RATE_OF = rule("rejects", "rate_of")
OF_A_RATE = rule("rejects", "of_a_rate")
SYSTEM = rule("rejects", "system")
RATIO_NAME = rule("rejects", "ratio_name")
# Chinese figures from here on count something, whatever the counter
MANY = 100
DURATIONS = listed("unit_sets", "durations")
OWN_ITEMS = listed("unit_sets", "own_items")
AGED = rule("rejects", "aged")
SCORE = rule("rejects", "score")
SPENT = rule("rejects", "spent")
LASTS = rule("rejects", "lasts")
CLAUSE_END = rule("rejects", "clause_end")
REACHES = rule("rejects", "reaches")
# 户籍老年人口189.3万: the noun says what is counted
CHANGED = rule("rejects", "changed")
COUNTED = rule("rejects", "counted")
HOURS_KEPT = rule("rejects", "hours_kept")
BUILDING = rule("rejects", "building")


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
    if quantity.unit in listed("units", "in_a_row"):
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
    return (reason == "base" and quantity.unit.endswith(word("yuan"))) or (
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
    if unit in listed("unit_sets", "large") and PEOPLE.match(after):
        return None
    if (
        unit in listed("unit_sets", "ten_thousands")
        and after.startswith(lexicon()["names"]["dwelling"])
        and value >= MANY
    ):
        return None
    if unit in listed("unit_sets", "magnitudes"):
        changed = (
            unit in listed("unit_sets", "large")
            and rule("rejects", "from_before").search(before)
            and CHANGED.match(after)
        )
        if changed:
            return None
        named = REACHES.search(before) or (
            unit in listed("unit_sets", "large")
            and (COUNTED.search(before) or SPENT.search(before))
        )
        ended = (
            bool(CLAUSE_END.match(after))
            if named
            else (unit in listed("unit_sets", "large") and quantity.comparator != "eq")
        )
        return (
            None
            if ended
            or (quantity.comparator in ("ge", "le", "gt", "lt") and CLAUSE_END.match(after))
            else "no_unit"
        )
    if unit in listed("unit_sets", "population"):
        return "group"
    if unit == word("year"):
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
    if unit in listed("unit_sets", "ages"):
        reached = (
            REACHES.search(before)
            and CLAUSE_END.match(after)
            and quantity.comparator in ("eq", "approx", "gt")
        )
        named = words("cues", "life").search(_sentence(before)) or rule(
            "rejects", "life_changed"
        ).search(before[-8:])
        return None if (reached or named) and not AGED.match(after) else "age"
    if unit in listed("unit_sets", "response") and RATE_OF.match(after):
        return "name"
    if unit == word("mark"):
        return None if SCORE.search(before) else "name"
    if unit in listed("unit_sets", "lasting"):
        bounded = quantity.comparator in ("ge", "le") and quantity.word not in listed(
            "groups", "above_below"
        )
        return (
            None
            if LASTS.search(before) or (bounded and unit in listed("unit_sets", "bounded"))
            else "duration"
        )
    if (
        unit in listed("unit_sets", "hours")
        and value == 24
        and not HOURS_KEPT.match(after)
        and quantity.comparator == "eq"
    ):
        return "name"
    if unit in listed("unit_sets", "length"):
        return None if words("cues", "distance").search(before + after[:16]) else "name"
    if unit in listed("unit_sets", "built_only") and not BUILDING.search(before):
        return (
            None
            if unit in listed("unit_sets", "streaks")
            and rule("rejects", "streak_before").search(before)
            else "name"
        )
    return None


def _group(quantity: Quantity, before: str, after: str) -> str | None:
    if quantity.unit in listed("unit_sets", "rates") or quantity.comparator in ("eq", "approx"):
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
        counts = pattern("chinese", "bare_verbs").search(before) and not SYSTEM.match(after)
        return None if counts else "wording"
    if unit in listed("unit_sets", "circles"):
        return None if words("cues", "circle").search(after[:12]) else "wording"
    if unit not in lexicon()["chinese"]["units"] or pattern("chinese", "collective").match(after):
        return "collective"
    if unit == word("time"):
        return (
            None
            if pattern("chinese", "twice_before").search(before) and CLAUSE_OR_OBJECT.match(after)
            else "wording"
        )
    if unit == word("age"):
        return None if words("cues", "life").search(_sentence(before)) else "age"
    if unit == word("year"):
        universal = UNIVERSAL.search(before) and after.startswith(
            tuple(lexicon()["chinese"]["universal"])
        )
        return (
            None
            if universal or (TENURE.search(before) and quantity.comparator != "eq")
            else "duration"
        )
    if unit == word("person") and quantity.value != 1:
        return "collective"
    if unit == word("item"):
        return (
            None
            if quantity.value > 9 and pattern("chinese", "item_before").search(before)
            else "collective"
        )
    if unit == word("times"):
        return None if rule("rejects", "times_more").search(before) else "wording"
    if quantity.value == 1:
        if OF_A_RATE.match(after):
            return "name"
        if (
            unit in listed("unit_sets", "buildings")
            and BUILT.search(before)
            and CLAUSE_END.match(after)
        ):
            return None
        return (
            None
            if pattern("chinese", "one_before").search(before)
            or quantity.comparator in ("ge", "gt")
            else "article"
        )
    return "collective" if pattern("chinese", "two_before_reject").search(before) else None


CLAUSE_OR_OBJECT = rule("rejects", "clause_or_object")
