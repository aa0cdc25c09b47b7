"""Separates the numbers of running text that state something from those that do not."""

from __future__ import annotations

from psanalysis.draft.budget import Budget
from psanalysis.draft.lexicon import rule
from psanalysis.draft.names import Span
from psanalysis.draft.proposal import LeftOut
from psanalysis.draft.quantities import Quantity, quantities
from psanalysis.draft.reading import Reading
from psanalysis.draft.rejects import rejection
from psanalysis.draft.series import YEAR_ONLY
from psanalysis.draft.structure import is_glossary, lead_end

GLOSSARY_REACHED = rule("sifting", "glossary_reached")
REVISED = rule("sifting", "revised")


def sift(
    reading: Reading, taken: list[Span], budget: Budget
) -> tuple[list[Quantity], list[LeftOut], int]:
    """The numbers that state something; those that do not, each with its reason; and the offset
    where reading stopped.

    Parameters
    ----------
    reading
        The text.
    taken
        Spans of tables, in order: their numbers are listed, not read.
    budget
        Most numbers to keep and to list; reading stops there.
    """
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
