"""One proposed statement, with the reason of each field."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field has its value: a key of wording section draft_reason, and the words of the text
    that it quotes.
    """

    key: str
    quoted: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A statement as read by the rules.

    Attributes
    ----------
    start, end
        Span of the value in the text.
    role, year, year_basis, comparator, pledge, commitment, nature, flow_start, flow_end
        As in statements.csv.
    value, high, unit
        The number in the unit as written, in simplified script.
    area
        `plan`, `nation`, `province`, or `elsewhere`.
    name_spans
        Spans of the text that make up the indicator as written.
    hint
        Words around the number that help to link it: topic of the paragraph, section.
    section
        Path of headings.
    confidence
        0 to 1.
    reasons
        Field -> reason.
    place
        Spans of the text that name the place of a value that is `elsewhere`.
    """

    start: int
    end: int
    role: str
    year: int | None
    year_basis: str
    value: Decimal | None
    high: Decimal | None
    unit: str
    comparator: str
    pledge: str
    commitment: str
    nature: str
    area: str
    flow_start: int | None
    flow_end: int | None
    name_spans: tuple[tuple[int, int], ...]
    hint: str
    section: str
    confidence: float
    reasons: dict[str, Reason] = field(default_factory=dict)
    place: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A number that was left out, with the reason code."""

    start: int
    end: int
    reason: str
