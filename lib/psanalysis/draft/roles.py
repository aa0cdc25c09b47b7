"""What a number is in its plan: baseline, target or reference; of which year; how firmly promised; over which years it accumulates."""

from __future__ import annotations

from dataclasses import dataclass, replace

from psanalysis.draft.lexicon import (
    change,
    lexicon,
    listed,
    longest_first,
    pattern,
    rule,
    word,
    words,
)
from psanalysis.draft.proposal import Reason
from psanalysis.draft.reading import Reading
from psanalysis.draft.years import YearWords, trailing_year

CHANGE = change()
FROM = rule("roles", "from")
FROM_REST = rule("roles", "from_rest")
_AREAS = longest_first(lexicon()["reference"]["areas"])
_MEAN = longest_first(lexicon()["reference"]["average"])
REFERENCE_BEFORE = rule("roles", "reference_before")
REFERENCE_AFTER = rule("roles", "reference_after")
PAST = rule("roles", "past")
PRESENT = rule("roles", "present")
TO_COME = rule("roles", "to_come")
REACHED = rule("roles", "reached")
UNTIL = rule("roles", "until")
PLANNED = rule("roles", "planned")
# 由目前的92.4%提高到: the number behind is to come
FROM_NOW = rule("roles", "from_now")
LEAD_WIDTH = 40
# 142家卫生院中的60家: the first number is what there is
OUT_OF = rule("roles", "out_of")
ANNUAL = rule("roles", "annual")
FLOW = words("cues", "flow")
STRIVE = words("cues", "strive")
VERB = rule("roles", "verb")
RATES = listed("unit_sets", "no_flow")


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
    reference = "" if unit.endswith(word("points")) else _reference(text, start, end, number_start)
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
    to_come = rule("roles", "to_come_in_clause").search(clause) or FROM_NOW.search(clause)
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
    return bool(rule("roles", "from_mark").search(text[clause_start:position]))


def _year(
    reading: Reading, start: int, role: str, governed: YearWords | None, trailing: int | None
) -> tuple[int, str, Reason]:
    plan, text = reading.plan, reading.text
    past = reading.section
    if trailing is not None:
        return trailing, "stated", Reason("stated_after", str(trailing))
    if governed and governed.kind not in ("own", "since"):
        pair = governed.start >= 1 and rule("roles", "from_mark").search(
            text[max(0, governed.start - 2) : governed.start]
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
        follows = rule("roles", "strive_follows").match(text[start : start + 40])
        return ("strive", Reason("strive", follows[1])) if follows else ("firm", Reason("firm"))
    lead_end = reading.bounds.clause(earlier[-1].start())[1]
    lead, own = text[earlier[-1].end() : lead_end], text[clause_start:start].strip()
    year_lead = bool(rule("roles", "year_lead").match(lead))
    next_clause = lead_end + 1 >= clause_start
    first_verb, own_verb = VERB.match(lead.strip()), VERB.match(own)
    like = (
        first_verb and own_verb and (first_verb[0] == own_verb[0] or own_verb[0][0] == "2")
    ) or (own_verb and own_verb[0][0] == "2" and "20" in lead)
    bare = bool(first_verb) and not rule("roles", "reached_verb").search(own) and len(own) <= 10
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
    if rule("roles", "stock").search(before):
        return None, None
    if governed and governed.kind in ("period", "since", "own") and governed.first != governed.last:
        return governed.first, governed.last
    if role == "baseline":
        return plan.baseline - 4, plan.baseline
    return plan.start, plan.end
