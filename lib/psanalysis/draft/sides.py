"""Whether a number is a baseline, a target, or the figure of another area (reference)."""

from __future__ import annotations

from dataclasses import replace

from psanalysis.draft.lexicon import (
    lexicon,
    listed,
    pattern,
    rule,
    word,
)
from psanalysis.draft.proposal import Reason
from psanalysis.draft.reading import Reading
from psanalysis.draft.years import YearWords

REFERENCE_BEFORE = rule("sides", "reference_before")
REFERENCE_AFTER = rule("sides", "reference_after")
PAST = rule("sides", "past")
PRESENT = rule("sides", "present")
TO_COME = rule("sides", "to_come")
REACHED = rule("sides", "reached")
UNTIL = rule("sides", "until")
PLANNED = rule("sides", "planned")
# 由目前的92.4%提高到: the next number is the target
FROM_NOW = rule("sides", "from_now")
LEAD_WIDTH = 40
# 142家卫生院中的60家: the first number is the baseline
OUT_OF = rule("sides", "out_of")


def side_of(
    reading: Reading, start: int, end: int, governed: YearWords | None, trailing: int | None
) -> tuple[str, Reason]:
    """Baseline or target, and why."""
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
                or text[max(0, governed.start - 2) : governed.start].strip()[-1:]
                in listed("cues", "until")
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
    """True where the sentence itself is about the future."""
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
    if PLANNED.search(reading.text, reading.boundaries.clause(governed.start)[0], start):
        return False
    return not UNTIL.search(reading.text[max(0, governed.start - 6) : governed.start])


def _past(reading: Reading, start: int) -> str:
    """The words that say that a number has been reached: in its clause, earlier in a list, or at
    the start of the paragraph; empty where there are none.
    """
    text = reading.text
    clause = text[reading.boundaries.clause(start)[0] : start]
    found = PAST.search(clause)
    to_come = rule("sides", "to_come_in_clause").search(clause) or FROM_NOW.search(clause)
    if (found or text[max(0, start - 3) : start].endswith(word("already"))) and not to_come:
        return found[0] if found else word("already")
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


def reference_of(text: str, start: int, end: int) -> str:
    """The area of a number that is another area's figure (`nation`, `province`, `elsewhere`); empty
    for the plan's own.
    """
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
