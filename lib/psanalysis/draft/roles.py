"""The role of a number in its plan (baseline, target or reference), with its year, how firmly it is
promised, and the years over which it accumulates.
"""

from __future__ import annotations

from dataclasses import dataclass

from psanalysis.draft.lexicon import (
    listed,
    rule,
    word,
)
from psanalysis.draft.proposal import Reason
from psanalysis.draft.reading import Reading
from psanalysis.draft.role_details import after_from, commitment_of, flow_of, year_of
from psanalysis.draft.sides import reference_of, side_of
from psanalysis.draft.years import YearWords, trailing_year, year_behind

TO_WIN = rule("roles", "to_win")
FROM = rule("roles", "from")
FROM_REST = rule("roles", "from_rest")


@dataclass(frozen=True)
class Role:
    """A role with its year and other details, and a reason for each."""

    role: str
    year: int | None
    year_basis: str
    commitment: str
    area: str
    flow_start: int | None
    flow_end: int | None
    reasons: dict[str, Reason]


def role_of(reading: Reading, start: int, end: int, unit: str) -> Role:
    """The role of the number at start:end."""
    text = reading.text
    clause_start, _ = reading.boundaries.clause(start)
    before = text[clause_start:start]
    words_before = reading.year(start)
    trailing = year_behind(text, end)
    if trailing is None and not (words_before and words_before.start >= clause_start):
        trailing = trailing_year(text, end)
    base, reason = side_of(reading, start, end, words_before, trailing)
    reference = "" if unit.endswith(word("points")) else reference_of(text, start, end)
    if base == "target" and unit in listed("units", "in_a_row") and not TO_WIN.search(before):
        base, reason = "baseline", Reason("past", text[start:end])
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
        return _from_value(reading, clause_start, words_before)
    year, basis, year_reason = year_of(reading, start, base, words_before, trailing)
    commitment, commitment_reason = (
        ("", Reason("none")) if base != "target" else commitment_of(reading, start, clause_start)
    )
    flow = flow_of(reading, start, base, before, unit, words_before, year)
    reasons = {"role": reason, "year": year_reason, "commitment": commitment_reason}
    return Role(base, year, basis, commitment, area, flow[0], flow[1], reasons)


def _from_value(reading: Reading, clause_start: int, governed: YearWords | None) -> Role:
    own = (
        governed
        if governed
        and governed.start >= clause_start
        and after_from(reading.text, clause_start, governed.start)
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
