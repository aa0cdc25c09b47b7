"""Statements in running text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from psanalysis.comparators import ITSELF, NO_NUMBER
from psanalysis.draft.budget import Budget
from psanalysis.draft.lexicon import rule, word
from psanalysis.draft.names import CONTINUED, Span, name_spans
from psanalysis.draft.pledges import pledges
from psanalysis.draft.proposal import LeftOut, Proposal, Reason
from psanalysis.draft.quantities import Quantity
from psanalysis.draft.reading import Reading
from psanalysis.draft.roles import Role, role_of
from psanalysis.draft.series import names_of, series_of, year_in_turn
from psanalysis.draft.sifting import sift
from psanalysis.draft.spans import Spans
from psanalysis.draft.structure import is_glossary, lead_end
from psanalysis.draft.surroundings import comparator_around, unit_around

VERBS = rule("prose", "verbs")
# confidence lost where several numbers have one name: each is of a part that is not named
SHARED_WORDS = 0.25
COMPARISON = rule("prose", "comparison")
IN_TURN = rule("prose", "in_turn")
LATEST = 12
WORDS_BEFORE = 6


# 比上年减少6所: a step keeps its verb
STEP = rule("prose", "step")


def prose(
    reading: Reading, taken: list[Span], budget: Budget
) -> tuple[list[Proposal], list[LeftOut], int]:
    """Statements in running text, the numbers that were left out, and the offset where reading
    stopped.

    Parameters
    ----------
    reading
        The text.
    taken
        Spans of tables, in order; they are not read here.
    budget
        Most statements to propose and numbers to list; reading stops there.
    """
    most = budget.statements
    kept, left_out, end = sift(reading, taken, budget)
    proposals: list[Proposal] = []
    for index, quantity in enumerate(kept):
        clause = reading.boundaries.clause(quantity.number_start)
        earlier = [q for q in kept[max(0, index - 6) : index] if q.start >= clause[0]]
        found = _statements(reading, quantity, clause, earlier, kept[index + 1 : index + 7])
        found = [_compared(reading, p, proposals) for p in found] if proposals else found
        proposals += [_named(p) for p in found]
    numbers = [(p.start, p.end) for p in proposals]
    found = list(islice(_pledged(reading, taken, numbers, end), most + 1))
    ordered = sorted([*proposals, *found], key=lambda p: (p.start, p.end))
    if len(ordered) > most:
        end = min(end, ordered[most].start)
        ordered = [p for p in ordered if p.start < end]
        left_out = [q for q in left_out if q.start < end]
    return ordered, left_out, end


def _statements(
    reading: Reading,
    quantity: Quantity,
    clause: Span,
    earlier: list[Quantity],
    later: list[Quantity],
) -> list[Proposal]:
    text = reading.text
    role = role_of(reading, quantity.start, quantity.end, quantity.unit)
    series = series_of(text, earlier, quantity, later, clause)
    spans, names = names_of(reading, quantity, clause, earlier, series)
    comparator, word = comparator_around(text, quantity, clause[0], series)
    unit = unit_around(text, quantity, series) or (
        earlier[-1].unit if earlier and quantity.figures == "words" else ""
    )
    role = year_in_turn(reading, role, quantity, series)
    confidence = _confidence(text, quantity, clause, role)
    if names == "name_shared_words":
        confidence = round(confidence - SHARED_WORDS, 2)
    reasons = {
        **role.reasons,
        "value": Reason(
            "value_" + quantity.figures, text[quantity.number_start : quantity.number_end]
        ),
        "unit": Reason("unit_written" if unit == quantity.unit else "unit_context", unit),
        "comparator": Reason("comparator" if word else "no_comparator", word),
        "indicator": Reason(names),
    }
    return [
        _proposal(reading, quantity, role, part, comparator, unit, confidence, reasons)
        for part in spans
    ]


def _compared(reading: Reading, proposal: Proposal, earlier: list[Proposal]) -> Proposal:
    """A proposal with the name of an earlier number, where its own words are no name.

    A value for comparison takes the name of the number that it is compared with:
    达80.3岁,高于国家77.3岁的平均水平. A continuation takes the name of the number that it
    continues: 2025年完成500户,2026年再完成600户; 到2030年分别达到5个和75%.
    """
    name = "".join(reading.text[a:b] for a, b in proposal.name_spans)
    begin = reading.sentence_start(proposal.start)
    if earlier[-1].start < begin:
        return proposal
    if not name or CONTINUED.match(name) or IN_TURN.fullmatch(name):
        return _continued(proposal, [p for p in earlier[-LATEST:] if p.start >= begin])
    if not COMPARISON.match(name):
        return proposal
    a, b = proposal.name_spans[-1]
    step = STEP.search(reading.text[a:b])
    verb = (
        ((a + step.start("verb"), a + step.end("verb")),)
        if step and proposal.role != "reference"
        else ()
    )
    return replace(proposal, name_spans=(*earlier[-1].name_spans, *verb))


def _named(proposal: Proposal) -> Proposal:
    """The proposal; if it has no name, the words before its number become its name."""
    if any(a < b for a, b in proposal.name_spans):
        return proposal
    return replace(proposal, name_spans=((max(0, proposal.start - WORDS_BEFORE), proposal.start),))


def _continued(proposal: Proposal, sentence: list[Proposal]) -> Proposal:
    """The proposal with the name of the value of the same unit for another year, in the order of
    the sentence.
    """
    alike = [p for p in sentence if p.unit == proposal.unit]
    before = [p for p in alike if p.year != proposal.year]
    turn = len(alike) - len(before)
    return replace(proposal, name_spans=before[turn].name_spans) if turn < len(before) else proposal


def _confidence(text: str, quantity: Quantity, clause: Span, role: Role) -> float:
    score = {"arabic": 0.95, "words": 0.85}.get(quantity.figures, 0.75)
    if quantity.figures == "bare":
        score -= 0.25
    if (
        not VERBS.search(text[max(clause[0], quantity.start - 40) : quantity.start])
        and quantity.comparator == ITSELF
    ):
        score -= 0.12
    if not quantity.unit:
        score -= 0.2
    if role.role == "reference" or role.year is None:
        score -= 0.05
    if role.year_basis == "implied":
        score -= 0.04
    return round(max(0.1, score), 2)


def _proposal(
    reading: Reading,
    quantity: Quantity,
    role: Role,
    names: tuple[Span, ...],
    comparator: str,
    unit: str,
    confidence: float,
    reasons: dict[str, Reason],
) -> Proposal:
    return Proposal(
        quantity.start, quantity.end, role.role, role.year, role.year_basis, quantity.value,
        quantity.high, unit, comparator, "",
        role.commitment, "", role.area, role.flow_start, role.flow_end, names,
        _hint(reading, quantity.start), reading.path(quantity.start),
        confidence, reasons,
    )  # fmt: skip


def _hint(reading: Reading, offset: int) -> str:
    """The section's heading and the first words of the paragraph."""
    text = reading.text
    line = text.rfind("\n", 0, offset) + 1
    begin = max(line, reading.section(offset).start)
    return (
        f"{reading.section(offset).title} {text[begin : begin + 24]} "
        f"{text[max(begin, offset - 60) : offset]}"
    )


def _pledged(
    reading: Reading, taken: list[Span], numbers: list[Span], end: int
) -> Iterable[Proposal]:
    occupied, starts = Spans([*taken, *numbers]), sorted(a for a, _ in numbers)
    for pledge in pledges(reading.text):
        if pledge.start >= end:
            return
        if occupied.touches(pledge.start, pledge.end) or _in_glossary(reading, pledge.start):
            continue
        if occupied.touches(pledge.end, pledge.end + 1):
            continue  # 高于全省平均水平1.5个百分点: the number says how much
        clause = reading.boundaries.clause(pledge.start)
        before = bisect_left(starts, pledge.start) - 1
        if pledge.kind in ("all", "other") and before >= 0 and starts[before] >= clause[0]:
            continue  # 90%的卫生院达到国家标准: the number says how many
        role = role_of(reading, pledge.start, pledge.end, "")
        if role.role == "reference":
            role = replace(role, role="target", area="plan", commitment="firm")
        spans = name_spans(
            reading.text,
            clause,
            pledge.start,
            pledge.end,
            [],
            word("piece") if pledge.kind in ("dynamic_zero", "all") else "%",
        )
        quoted = reading.text[pledge.start : pledge.end]
        reasons = {**role.reasons, "value": Reason("pledge", quoted), "unit": Reason("unit_pledge"),
            "comparator": Reason("no_comparator"),
                   "indicator": Reason("name_clause")}  # fmt: skip
        found = Proposal(
            pledge.start, pledge.end, role.role, role.year, role.year_basis, None, None,
            "%" if pledge.kind != "other" else word("state"),
            NO_NUMBER, pledge.kind, role.commitment, "", role.area, None, None, spans,
            _hint(reading, pledge.start), reading.path(pledge.start),
            0.7 if pledge.kind in ("all_eligible", "full_coverage") else 0.5, reasons,
        )  # fmt: skip
        yield _named(found)


def _in_glossary(reading: Reading, offset: int) -> bool:
    return (
        reading.section(offset).nature == "glossary"
        or is_glossary(reading.text, offset)
        or offset < lead_end(reading.text)
    )


__all__ = ["prose"]
