"""Statements in running text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from psanalysis.draft.budget import Budget
from psanalysis.draft.lexicon import listed, rule, word
from psanalysis.draft.names import Span, name_spans
from psanalysis.draft.pledges import pledges
from psanalysis.draft.proposal import LeftOut, Proposal, Reason
from psanalysis.draft.quantities import Quantity, quantities
from psanalysis.draft.reading import Reading
from psanalysis.draft.rejects import rejection
from psanalysis.draft.roles import Role, role_of
from psanalysis.draft.series import RESPECTIVELY, YEAR_ONLY, names_of, series_of, year_in_turn
from psanalysis.draft.spans import Spans
from psanalysis.draft.structure import is_glossary, lead_end

NORM = {
    "ge": rule("prose", "norm_ge"),
    "le": rule("prose", "norm_le"),
}
VERBS = rule("prose", "verbs")
GLOSSARY_REACHED = rule("prose", "glossary_reached")
REVISED = rule("prose", "revised")
PEOPLE = rule("prose", "people")
COMPARISON = rule("prose", "comparison")


# 比上年减少6所: a step keeps its verb
STEP = rule("prose", "step")


def prose(
    reading: Reading, taken: list[Span], budget: Budget
) -> tuple[list[Proposal], list[LeftOut], int]:
    """Statements in running text, the numbers that were passed over, and where the reading stopped.

    Parameters
    ----------
    reading
        The text.
    taken
        Spans of tables, in order, which are read elsewhere.
    budget
        How many statements to propose and numbers to list; the reading stops where there are more.
    """
    most = budget.statements
    kept, left_out, end = _sift(reading, taken, budget)
    proposals: list[Proposal] = []
    for index, quantity in enumerate(kept):
        clause = reading.bounds.clause(quantity.number_start)
        earlier = [q for q in kept[max(0, index - 6) : index] if q.start >= clause[0]]
        found = _statements(reading, quantity, clause, earlier, kept[index + 1 : index + 7])
        proposals += [_compared(reading, p, proposals[-1]) for p in found] if proposals else found
    numbers = [(p.start, p.end) for p in proposals]
    found = list(islice(_pledged(reading, taken, numbers, end), most + 1))
    ordered = sorted([*proposals, *found], key=lambda p: (p.start, p.end))
    if len(ordered) > most:
        end = min(end, ordered[most].start)
        ordered = [p for p in ordered if p.start < end]
        left_out = [q for q in left_out if q.start < end]
    return ordered, left_out, end


def _sift(
    reading: Reading, taken: list[Span], budget: Budget
) -> tuple[list[Quantity], list[LeftOut], int]:
    kept: list[Quantity] = []
    left_out: list[LeftOut] = []
    tables = iter(taken)
    table = next(tables, None)
    for quantity in quantities(reading.text):
        if len(kept) == budget.statements or len(left_out) == budget.numbers:
            return kept, left_out, quantity.start
        while table is not None and table[1] <= quantity.start:
            table = next(tables, None)
        if table is not None and table[0] <= quantity.start:
            if quantity.figures == "arabic":
                left_out.append(
                    LeftOut(
                        quantity.start,
                        quantity.end,
                        "date"
                        if YEAR_ONLY.fullmatch(reading.text[quantity.start : quantity.end])
                        else "table",
                    )
                )
            continue
        reason = rejection(reading.text, quantity, reading.quotes)
        if reason is None and _explains(reading, quantity):
            reason = "glossary"
        if reason is None and quantity.start < lead_end(reading.text):
            reason = "lead"
        if reason is None:
            kept.append(quantity)
        elif quantity.figures in ("arabic", "words") or quantity.value >= 10:
            left_out.append(LeftOut(quantity.start, quantity.end, reason))
    return kept, left_out, len(reading.text)


def _explains(reading: Reading, quantity: Quantity) -> bool:
    if reading.section(quantity.start).nature != "glossary" and not is_glossary(
        reading.text, quantity.start
    ):
        return False
    before = reading.text[max(0, quantity.start - 30) : quantity.start]
    if REVISED.search(before):
        return False
    return quantity.unit not in ("%", "‰") or not GLOSSARY_REACHED.search(before)


def _statements(
    reading: Reading,
    quantity: Quantity,
    clause: Span,
    earlier: list[Quantity],
    later: list[Quantity],
) -> list[Proposal]:
    text = reading.text
    role = role_of(reading, quantity.start, quantity.end, quantity.unit, quantity.number_start)
    series = series_of(text, earlier, quantity, later, clause)
    spans, names = names_of(reading, quantity, clause, earlier, series)
    comparator, word = _comparator(text, quantity, clause[0], series)
    unit = _unit(text, quantity, series) or (
        earlier[-1].unit if earlier and quantity.figures == "words" else ""
    )
    role = year_in_turn(reading, role, quantity, series)
    confidence = _confidence(text, quantity, clause, role)
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


def _compared(reading: Reading, proposal: Proposal, previous: Proposal) -> Proposal:
    """A value for comparison takes its name from the number that it is compared with: 达80.3岁,高于国家77.3岁的平均水平."""
    name = "".join(reading.text[a:b] for a, b in proposal.name_spans)
    if not COMPARISON.match(name) or previous.start < reading.sentence_start(proposal.start):
        return proposal
    a, b = proposal.name_spans[-1]
    step = STEP.search(reading.text[a:b])
    verb = (
        ((a + step.start("verb"), a + step.end("verb")),)
        if step and proposal.role != "reference"
        else ()
    )
    return replace(proposal, name_spans=(*previous.name_spans, *verb))


def _comparator(
    text: str, quantity: Quantity, clause_start: int, series: list[Quantity]
) -> tuple[str, str]:
    if quantity.comparator != "eq":
        return quantity.comparator, quantity.word
    if len(series) > 1 and RESPECTIVELY.search(text, clause_start, series[0].start):
        first, last = series[0], series[-1]
        if first.start < first.number_start and first.comparator != "between":
            return first.comparator, first.word
        if last.end > last.number_end and last.comparator == "le":
            return last.comparator, last.word
    start = (
        series[0].start
        if RESPECTIVELY.search(text, clause_start, series[0].start)
        else quantity.start
    )
    before = text[max(clause_start, start - 30) : start]
    for code, norm in NORM.items():
        found = norm.search(before)
        if found:
            return code, found[0][:3]
    return "eq", ""


def _unit(text: str, quantity: Quantity, series: list[Quantity]) -> str:
    if quantity.unit == word("piece") and series[-1].unit.endswith(word("points")):
        return series[-1].unit
    before = text[max(0, quantity.start - 16) : quantity.start]
    if quantity.unit in listed("unit_sets", "large"):
        if rule("prose", "people_times").search(before):
            return quantity.unit + word("visits")
        if PEOPLE.match(text[quantity.end : quantity.end + 16]) or rule(
            "prose", "people_before"
        ).search(before):
            return quantity.unit + word("person")
        if quantity.unit == word("hundred_million") and rule("prose", "money_before").search(
            before
        ):
            return quantity.unit + word("yuan")
    if not quantity.unit and rule("prose", "coefficient").search(
        text[max(0, quantity.start - 32) : quantity.start]
    ):
        return word("coefficient")
    if not quantity.unit and rule("prose", "share_before").search(before):
        return "%"
    return quantity.unit


def _confidence(text: str, quantity: Quantity, clause: Span, role: Role) -> float:
    score = {"arabic": 0.95, "words": 0.85}.get(quantity.figures, 0.75)
    if quantity.figures == "bare":
        score -= 0.25
    if (
        not VERBS.search(text[max(clause[0], quantity.start - 40) : quantity.start])
        and quantity.comparator == "eq"
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
    reading: Reading, quantity: Quantity, role: Role, names: tuple[Span, ...], comparator: str, unit: str, confidence: float,
    reasons: dict[str, Reason],
) -> Proposal:  # fmt: skip
    return Proposal(
        quantity.start, quantity.end, role.role, role.year, role.year_basis, quantity.value, quantity.high, unit, comparator, "",
        role.commitment, "", role.area, role.flow_start, role.flow_end, names, _hint(reading, quantity.start), reading.path(quantity.start),
        confidence, reasons,
    )  # fmt: skip


def _hint(reading: Reading, position: int) -> str:
    """The section's heading and the first words of the paragraph."""
    text = reading.text
    line = text.rfind("\n", 0, position) + 1
    begin = max(line, reading.section(position).start)
    return f"{reading.section(position).title} {text[begin : begin + 24]} {text[max(begin, position - 60) : position]}"


def _pledged(
    reading: Reading, taken: list[Span], numbers: list[Span], end: int
) -> Iterable[Proposal]:
    occupied, starts = Spans([*taken, *numbers]), sorted(a for a, _ in numbers)
    for pledge in pledges(reading.text):
        if pledge.start >= end:
            return
        if occupied.touches(pledge.start, pledge.end) or _in_glossary(reading, pledge.start):
            continue
        clause = reading.bounds.clause(pledge.start)
        before = bisect_left(starts, pledge.start) - 1
        if pledge.kind in ("all", "other") and before >= 0 and starts[before] >= clause[0]:
            continue  # 90%的卫生院达到国家标准: the number says how many
        role = role_of(reading, pledge.start, pledge.end, "", pledge.start)
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
        reasons = {**role.reasons, "value": Reason("pledge", quoted), "unit": Reason("unit_pledge"), "comparator": Reason("no_comparator"),
                   "indicator": Reason("name_clause")}  # fmt: skip
        yield Proposal(
            pledge.start, pledge.end, role.role, role.year, role.year_basis, None, None, "%" if pledge.kind != "other" else word("state"),
            "none", pledge.kind, role.commitment, "", role.area, None, None, spans, _hint(reading, pledge.start), reading.path(pledge.start),
            0.7 if pledge.kind in ("all_eligible", "full_coverage") else 0.5, reasons, True,
        )  # fmt: skip


def _in_glossary(reading: Reading, position: int) -> bool:
    return (
        reading.section(position).nature == "glossary"
        or is_glossary(reading.text, position)
        or position < lead_end(reading.text)
    )


__all__ = ["prose"]
