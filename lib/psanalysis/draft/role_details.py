"""The details of a role: the year, how firmly a target is promised, and the years of a flow."""

from __future__ import annotations

from psanalysis.draft.lexicon import (
    listed,
    rule,
    words,
)
from psanalysis.draft.proposal import Reason
from psanalysis.draft.reading import Reading
from psanalysis.draft.years import YearWords

ANNUAL = rule("role_details", "annual")
FLOW = words("cues", "flow")
STRIVE = words("cues", "strive")
VERB = rule("role_details", "verb")
RATES = listed("unit_sets", "no_flow")


def after_from(text: str, begin: int, end: int) -> bool:
    """True where text[begin:end] marks the start of a change (由, 从)."""
    return bool(rule("role_details", "from_mark").search(text[begin:end]))


def year_of(
    reading: Reading, start: int, role: str, governed: YearWords | None, trailing: int | None
) -> tuple[int, str, Reason]:
    """The year of a number, whether it is stated or implied, and why."""
    plan, text = reading.plan, reading.text
    past = reading.section
    if trailing is not None:
        return trailing, "stated", Reason("stated_after", str(trailing))
    if governed and governed.kind not in ("own", "since"):
        pair = after_from(text, max(0, governed.start - 2), governed.start)
        if not pair:
            basis = "implied" if governed.kind == "relative" else "stated"
            return governed.year, basis, Reason("stated", text[governed.start : governed.end])
    # 今后五年 in an annual report is about more than its year
    if governed and governed.kind == "own" and role == "target" and plan.kind == "annual":
        return governed.year, "implied", Reason("lead", text[governed.start : governed.end])
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


def commitment_of(reading: Reading, start: int, clause_start: int) -> tuple[str, Reason]:
    """How firmly a target is promised (`firm`, `strive`), and why."""
    text = reading.text
    found = STRIVE.search(text[clause_start:start])
    if found:
        return "strive", Reason("strive", found[0])
    sentence = reading.sentence_start(start)
    earlier = list(STRIVE.finditer(text, sentence, clause_start))
    if not earlier:
        follows = rule("role_details", "strive_follows").match(text[start : start + 40])
        return ("strive", Reason("strive", follows[1])) if follows else ("firm", Reason("firm"))
    lead_end = reading.boundaries.clause(earlier[-1].start())[1]
    lead, own = text[earlier[-1].end() : lead_end], text[clause_start:start].strip()
    year_lead = bool(rule("role_details", "year_lead").match(lead))
    next_clause = lead_end + 1 >= clause_start
    first_verb, own_verb = VERB.match(lead.strip()), VERB.match(own)
    like = (
        first_verb and own_verb and (first_verb[0] == own_verb[0] or own_verb[0][0] == "2")
    ) or (own_verb and own_verb[0][0] == "2" and "20" in lead)
    bare = (
        bool(first_verb) and not rule("role_details", "reached_verb").search(own) and len(own) <= 10
    )
    if year_lead or (next_clause and (like or bare)):
        return "strive", Reason("strive", earlier[-1][0])
    return "firm", Reason("firm")


def flow_of(
    reading: Reading,
    start: int,
    role: str,
    before: str,
    unit: str,
    governed: YearWords | None,
    year: int | None,
) -> tuple[int | None, int | None]:
    """First and last year over which a flow accumulates; None for a number that does not
    accumulate.
    """
    plan = reading.plan
    if role == "reference" or ANNUAL.search(before) or unit in RATES or not FLOW.search(before):
        return None, None
    if rule("role_details", "stock").search(before):
        return None, None
    if governed and governed.kind in ("period", "since", "own") and governed.first != governed.last:
        return governed.first, governed.last
    if role != "baseline":
        return plan.start, plan.end
    if plan.kind == "plan" or _over_five_years(reading, start, governed):
        return plan.baseline - 4, plan.baseline
    return year, year


def _over_five_years(reading: Reading, start: int, governed: YearWords | None) -> bool:
    """True where a report reviews five years: its sentence names them, or (without a year) its
    heading does.
    """
    said = rule("role_details", "five_years")
    if governed and governed.kind == "point":
        return bool(said.search(reading.text, governed.end, start))
    sentence = reading.text[reading.sentence_start(start) : start]
    return bool(said.search(sentence) or said.search(reading.section(start).title))
