"""Rejects numbers whose unit shows that they state no quantity: dates, durations, ages, distances
in names.
"""

from __future__ import annotations

import re

from psanalysis.comparators import AT_LEAST, AT_MOST, ITSELF, MORE_THAN, SIDELESS, SIDES
from psanalysis.draft.lexicon import lexicon, listed, pattern, rule, word, words
from psanalysis.draft.quantities import Quantity

SENTENCE_END = re.compile(r"[。;!?\n]")
YEARS_KEPT = rule("reject_units", "years_kept")
STREAK = rule("reject_units", "streak")
STREAK_AFTER = rule("reject_units", "streak_after")
STREAK_END = rule("reject_units", "streak_end")
OPEN_ENDED = listed("groups", "open_ended")
ATTRIBUTE = rule("reject_units", "attribute")
# 平均轮候时间…,达到5.5年
WAITING = rule("reject_units", "waiting")
FREE = rule("reject_units", "free")
TENURE = rule("reject_units", "tenure")
PEOPLE = rule("reject_units", "people")
# 3分钟出车率
RATE_OF = rule("reject_units", "rate_of")
# Chinese figures this large count something, whatever the counter
MANY = 100
AGED = rule("reject_units", "aged")
SCORE = rule("reject_units", "score")
SPENT = rule("reject_units", "spent")
LASTS = rule("reject_units", "lasts")
CLAUSE_END = rule("reject_units", "clause_end")
REACHES = rule("reject_units", "reaches")
# 户籍老年人口189.3万: the noun before is counted
CHANGED = rule("reject_units", "changed")
COUNTED = rule("reject_units", "counted")
HOURS_KEPT = rule("reject_units", "hours_kept")
BUILDING = rule("reject_units", "building")


def sentence_before(before: str) -> str:
    """The text before a number in its own sentence."""
    return SENTENCE_END.split(before)[-1]


def by_unit(text: str, quantity: Quantity, before: str, bare_before: str, after: str) -> str | None:
    """Why a number with its unit states no quantity (a reason code); None where it states one."""
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
            and rule("reject_units", "from_before").search(before)
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
            else (unit in listed("unit_sets", "large") and quantity.comparator != ITSELF)
        )
        return (
            None
            if ended or (quantity.comparator in SIDES and CLAUSE_END.match(after))
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
        tenure = TENURE.search(before) and quantity.comparator != ITSELF
        return None if counted or streak or tenure else "duration"
    if unit in listed("unit_sets", "ages"):
        reached = (
            REACHES.search(before)
            and CLAUSE_END.match(after)
            and quantity.comparator in (*SIDELESS, MORE_THAN)
        )
        named = words("cues", "life").search(sentence_before(before)) or rule(
            "reject_units", "life_changed"
        ).search(before[-8:])
        return None if (reached or named) and not AGED.match(after) else "age"
    if unit in listed("unit_sets", "response") and RATE_OF.match(after):
        return "name"
    if unit == word("mark"):
        return None if SCORE.search(before) else "name"
    if unit in listed("unit_sets", "lasting"):
        limited = quantity.comparator in (AT_LEAST, AT_MOST) and quantity.word not in listed(
            "groups", "above_below"
        )
        return (
            None
            if LASTS.search(before) or (limited and unit in listed("unit_sets", "bounded"))
            else "duration"
        )
    if (
        unit in listed("unit_sets", "hours")
        and value == 24
        and not HOURS_KEPT.match(after)
        and quantity.comparator == ITSELF
    ):
        return "name"
    if unit in listed("unit_sets", "length"):
        return None if words("cues", "distance").search(before + after[:16]) else "name"
    if unit in listed("unit_sets", "built_only") and not BUILDING.search(before):
        return (
            None
            if unit in listed("unit_sets", "streaks")
            and rule("reject_units", "streak_before").search(before)
            else "name"
        )
    return None


def by_group(quantity: Quantity, before: str, after: str) -> str | None:
    """`group` for a limit that says who is counted, not how many: 年收入1亿元以上的企业."""
    if quantity.unit in listed("unit_sets", "rates") or quantity.comparator in SIDELESS:
        return None
    # 年收入1亿元以上的企业3家: a limit before the noun that another number counts
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
