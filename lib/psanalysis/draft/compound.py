"""Reads numbers written in several parts or in words: 12万6千, 四分之三, 七成, 翻两番."""

from __future__ import annotations

import re
from decimal import Decimal

from psanalysis.comparators import ABOUT, ITSELF, MORE_THAN
from psanalysis.draft.lexicon import lexicon, word
from psanalysis.draft.numerals import MAGNITUDES, chinese_number

# quantities in words: seven tenths, doubled, zero
SHARES: dict[str, str] = lexicon()["shares"]


def in_parts(found: re.Match[str]) -> tuple[Decimal, str] | None:
    """Value and unit of a number in several parts: 12万6千人 is 12.6万人, 四分之三 75 %, 1.76:1 a
    ratio.
    """
    if found["big"]:
        large = MAGNITUDES[found["big_mag"]]
        small = int(found["small"]) * MAGNITUDES[found["small_mag"] or ""]
        small += int(found["rest"] or 0)
        value = Decimal(found["big"]) + Decimal(small) / large
        return value, found["big_mag"] + found["compound_unit"].replace(" ", "")
    if found["parts"]:
        whole, part = (
            Decimal(f) if f.isdigit() else chinese_number(f)
            for f in (found["parts"], found["part"])
        )
        if whole and part and part < whole:
            return (part * 100 / whole).quantize(Decimal("0.01")), "%"
        return None
    return (Decimal(found["ratio"]), ":1") if found["ratio"] else None


def in_words(found: re.Match[str]) -> tuple[Decimal, str, str] | None:
    """Value, unit and comparator of a quantity that is a word: 七成 is 70 %, 翻两番 four times as
    much.
    """
    if found["tenths"]:
        half = (
            "5"
            if found["half"] == word("half")
            else str(chinese_number(found["half"] or word("nought")) or 0)
        )
        tenths = (
            found["tenths"]
            if found["tenths"].isdigit()
            else str(chinese_number(found["tenths"]) or 0)
        )
        return (
            Decimal(tenths) * 10 + Decimal(half),
            "%",
            MORE_THAN if found["tenths_more"] else ITSELF,
        )
    if found["doubled"]:
        times = Decimal(2) ** int(chinese_number(found["doubled"]) or 0)
        return (
            times,
            word("times"),
            ABOUT if found["near"] else MORE_THAN if found["doubled_more"] else ITSELF,
        )
    return (Decimal(0), "", ITSELF) if found["nought"] else None
