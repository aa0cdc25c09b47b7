"""Numbers in a list (分别达到…、…和…), and the name and year of each."""

from __future__ import annotations

import re
from dataclasses import replace

from psanalysis.draft.lexicon import rule
from psanalysis.draft.names import Span, name_spans
from psanalysis.draft.proposal import Reason
from psanalysis.draft.quantities import Quantity
from psanalysis.draft.reading import Reading
from psanalysis.draft.roles import Role
from psanalysis.draft.shared_names import common_head, common_tail, sharing, split_names

RESPECTIVELY = rule("series", "respectively")
# 分别下降24%、23.5%: the verb belongs to each name
STEP_VERB = rule("series", "step_verb")
YEAR_ONLY = rule("series", "year_only")
SAME_LIST = rule("series", "same_list")
YEARS_IN_TURN = rule("series", "years_in_turn")


def series_of(
    text: str, earlier: list[Quantity], quantity: Quantity, later: list[Quantity], clause: Span
) -> list[Quantity]:
    """The numbers in a list with only commas between them: 39680元、19303元."""
    group = [quantity]
    for before in reversed(earlier):
        if not SAME_LIST.match(text[before.end : group[0].start]):
            break
        group.insert(0, before)
    for after in later:
        if after.start > clause[1] or not SAME_LIST.match(text[group[-1].end : after.start]):
            break
        group.append(after)
    return group


def names_of(
    reading: Reading,
    quantity: Quantity,
    clause: Span,
    earlier: list[Quantity],
    group: list[Quantity],
) -> tuple[list[tuple[Span, ...]], str]:
    """The names of a number, one for each statement, and how they were found (a key of wording
    section draft_reason).
    """
    text = reading.text
    first = group[0]
    position = next((i for i, q in enumerate(group) if q is quantity), 0)
    word = RESPECTIVELY.search(text, clause[0], first.start) if len(group) > 1 else None
    if word:
        begin = max((q.end for q in earlier if q.end <= word.start()), default=clause[0])
        whole = name_spans(text, (begin, clause[1]), word.start(), word.start(), [], "%")
        if (
            word.start() - begin < 3
            or whole[0][1] - whole[0][0] < 3
            or YEAR_ONLY.fullmatch(text[begin : word.start()].strip())
        ):
            whole = _earlier_names(reading, begin) or whole
        parts = split_names(text, *whole[0]) if len(whole) == 1 else []
        if len(parts) == len(group):
            head = common_head(text, parts)
            above: tuple[Span, ...] = (head,) if position and head else ()
            tail = common_tail(text, parts) if position < len(parts) - 1 else None
            below: tuple[Span, ...] = (tail,) if tail else ()
            step = STEP_VERB.match(text, word.end(), first.start)
            verb: tuple[Span, ...] = ((step.start(1), step.end(1)),) if step else ()
            return [(*above, parts[position], *below, *verb)], "name_respectively"
        return [whole], "name_shared_words"
    spans = name_spans(
        text,
        clause,
        quantity.start,
        quantity.end,
        [(q.start, q.end) for q in earlier],
        quantity.unit,
    )
    shared = sharing(text, spans, quantity.start)
    return shared, "name_shared_number" if len(shared) > 1 else "name_clause"


def _earlier_names(reading: Reading, offset: int) -> tuple[Span, ...] | None:
    """The names before the 分别 of an earlier clause: A、B分别达到…;2025年分别达到…"""
    text, sentence = reading.text, reading.sentence_start(offset)
    words_before = list(RESPECTIVELY.finditer(text, sentence, max(sentence, offset - 1)))
    if not words_before:
        return None
    clause = reading.boundaries.clause(words_before[-1].start())
    return name_spans(text, clause, words_before[-1].start(), words_before[-1].start(), [], "%")


def year_in_turn(reading: Reading, role: Role, quantity: Quantity, series: list[Quantity]) -> Role:
    """The role with the year at the same position in a list of as many years as numbers:
    到2023年、2024年、2025年分别达到58%、62%、65%."""
    first = series[0].start
    word = (
        RESPECTIVELY.search(reading.text, reading.sentence_start(first), first)
        if len(series) > 1
        else None
    )
    if word is None:
        return role
    years = YEARS_IN_TURN.findall(reading.text, reading.sentence_start(first), word.start())
    numbers = re.findall(r"20\d\d", years[-1]) if years else []
    if len(numbers) != len(series):
        return role
    year = int(numbers[next(i for i, q in enumerate(series) if q is quantity)])
    if role.role == "target" and year <= reading.plan.baseline:
        role = replace(role, role="baseline", commitment="", flow_start=None, flow_end=None)
    return replace(
        role,
        year=year,
        year_basis="stated",
        reasons={**role.reasons, "year": Reason("stated", str(year))},
    )
