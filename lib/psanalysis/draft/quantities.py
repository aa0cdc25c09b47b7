"""Finds every number of a text, with its unit, comparator words and span."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from psanalysis.comparators import ABOUT, ITSELF, MORE_THAN, RANGE, SIDELESS
from psanalysis.draft.compound import SHARES, in_parts, in_words
from psanalysis.draft.lexicon import comparator_words, lexicon, listed, macro, rule, word
from psanalysis.draft.numerals import MAGNITUDES, arabic_number, chinese_number
from psanalysis.draft.written_units import without_base

# blanks that a PDF or OCR left inside a number: 1 286 张, 97. 2%
MAGNITUDE = macro("magnitude")
UNIT = macro("unit")
NUMBER = rule("quantities", "number")
# 85%±5%: the tolerance belongs to the number
TOLERANCE = re.compile(rf"\s?±\s?\d{{1,6}}(?:\.\d{{1,4}})?(?:{UNIT})?")
LOOK_BACK = 8
FROM_TO = rule("quantities", "from_to")
INSIDE = rule("quantities", "inside")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a (folded) text.

    Attributes
    ----------
    start, end
        The span: adjoining comparator words, number, unit.
    number_start, number_end
        The span without comparator words.
    value, high
        The number in the unit as written, and the upper end of a range.
    unit
        The unit as written, without the base that it is per; empty where there is none.
    comparator
        eq, ge, gt, le, lt, approx, or between for a range.
    word
        The words that give the comparator.
    figures
        `arabic`, `words` (七成, 翻一番), `chinese`, or `bare` (百个).
    """

    start: int
    end: int
    number_start: int
    number_end: int
    value: Decimal
    high: Decimal | None
    unit: str
    comparator: str
    word: str
    figures: str


def quantities(text: str) -> Iterator[Quantity]:
    """Every number of a folded text, in order.

    Examples
    --------
    >>> text = "死亡率控制在4.5‰以下,培训30余万人次,配备2—3名医生"
    >>> [(str(q.value), q.unit, q.comparator) for q in quantities(text)]
    [('4.5', '‰', 'le'), ('30', '万人次', 'gt'), ('2', '名', 'between')]
    """
    offset = 0
    while (found := NUMBER.search(text, offset)) is not None:
        if found["low"] and FROM_TO.search(text[max(0, found.start() - 1) : found.start("num")]):
            # 从48%到55% is a change, not a range
            end = max(found.end("low"), found.end("low_mag"), found.end("low_unit"))
            found = NUMBER.match(text, found.start(), end) or found
        quantity = _quantity(text, found)
        offset = max(found.end(), quantity.end if quantity else 0)
        if quantity is not None:
            yield quantity


def _quantity(text: str, found: re.Match[str]) -> Quantity | None:
    end, figures = found.end(), "arabic"
    high: Decimal | None = None
    value: Decimal
    if exact := in_parts(found):
        return _with_comparator(
            text, found.start(), end, exact[0], None, exact[1], ITSELF, "arabic"
        )
    if words := in_words(found):
        value, unit, comparator = words
        return _with_comparator(text, found.start(), end, value, None, unit, comparator, "words")
    if found["num"]:
        value, unit, more = (
            arabic_number(found["num"]),
            found["unit"] or "",
            bool(found["more"] or found["more_too"]),
        )
        magnitude = (found["mag"] or "").removeprefix(word("piece"))
        if not unit and (found["more"] or magnitude in listed("unit_sets", "hundreds")):
            more, magnitude, end = False, "", found.end("num")
        if found["low"]:
            low, low_magnitude = (
                arabic_number(found["low"]),
                (found["low_mag"] or "").removeprefix(word("piece")),
            )
            scale = (
                Decimal(MAGNITUDES[low_magnitude]) / MAGNITUDES[magnitude]
                if low_magnitude and low_magnitude != magnitude
                else Decimal(1)
            )
            value, high = low * scale, value
        if magnitude in listed("unit_sets", "odd_magnitudes"):
            factor = MAGNITUDES[magnitude] // (
                10**4 if magnitude.endswith(word("ten_thousand")) else 1
            )
            value, high, magnitude = (
                value * factor,
                high and high * factor,
                magnitude[-1] if magnitude.endswith(word("ten_thousand")) else "",
            )
        unit = magnitude + unit
        start = found.start()
    elif found["share"]:
        figure = found["share_num"]
        share = arabic_number(figure) if figure[0].isdigit() else chinese_number(figure)
        if share is None:
            return None
        value, unit, more, start = share, SHARES[found["share"]], False, found.start()
    elif found["bare"]:
        value, unit, more, start, figures = (
            Decimal(MAGNITUDES[found["bare"]]),
            found["bare_unit"],
            False,
            found.start(),
            "bare",
        )
    else:
        number = chinese_number(found["cn"])
        if number is None:
            return None
        value, unit, more, start = (
            number,
            (found["cn_mag"] or "") + found["cn_unit"],
            bool(found["cn_more"]),
            found.start(),
        )
        figures = "bare" if found["cn"] in listed("unit_sets", "bare_magnitudes") else "chinese"
        if (
            found["cn_low"]
            and (first := chinese_number(found["cn_low"])) is not None
            and first < value
        ):
            value, high = first, value
    unit, end = without_base(unit, end, text)
    comparator = MORE_THAN if more else ITSELF
    return _with_comparator(text, start, end, value, high, unit, comparator, figures)


def _with_comparator(
    text: str,
    start: int,
    end: int,
    value: Decimal,
    high: Decimal | None,
    unit: str,
    comparator: str,
    figures: str,
) -> Quantity:
    number_start, number_end, said = (
        start,
        end,
        {MORE_THAN: word("over"), ABOUT: word("near")}.get(comparator, ""),
    )
    before, codes = comparator_words("before")
    found = before.search(text[max(0, start - LOOK_BACK) : start])
    if found and not _part_of_word(found[0].strip(), text, start - len(found[0])):
        start -= len(found[0])
        said = found[0].strip()
        comparator = codes[said]
    after, codes_after = comparator_words("after")
    trailing = after.match(text, end)
    if trailing and (
        trailing[0].strip() != word("within")
        or (
            INSIDE.match(trailing[0].strip() + text[trailing.end() : trailing.end() + 1])
            and _spans(unit)
        )
    ):
        code = codes_after[trailing[0].strip()]
        if comparator in SIDELESS or (comparator == MORE_THAN and said == word("over")):
            comparator, said = code, trailing[0].strip()
        end = trailing.end()
    if tolerance := TOLERANCE.match(text, end):
        end, comparator, said = tolerance.end(), ABOUT, tolerance[0].strip()
    if high is not None:
        comparator = RANGE
    return Quantity(
        start, end, number_start, number_end, value, high, unit, comparator, said, figures
    )


def _spans(unit: str) -> bool:
    return unit in listed("unit_sets", "spans")


def _part_of_word(word: str, text: str, start: int) -> bool:
    """True where a comparator word before a number is the end of a longer word: 附近, 签约."""
    previous = text[start - 1 : start]
    return previous != "" and previous in lexicon()["ends_of_words"].get(word, "")
