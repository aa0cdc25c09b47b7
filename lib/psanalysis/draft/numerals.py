"""Parses numbers in Arabic and Chinese figures."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import cn2an

from psanalysis.draft.lexicon import lexicon

MAGNITUDES: dict[str, int] = {"": 1, **lexicon()["magnitudes"]}
BARE = {figure: Decimal(str(value)) for figure, value in lexicon()["bare_numbers"].items()}


@cache
def chinese_number(figures: str) -> Decimal | None:
    """The value of Chinese figures; None where they are not a number.

    Examples
    --------
    >>> [str(chinese_number(word)) for word in ("十五", "两", "半", "九十八点五", "十百")]
    ['15', '2', '0.5', '98.5', 'None']
    """
    if figures in BARE:
        return BARE[figures]
    try:
        return Decimal(str(cn2an.cn2an(figures, "smart")))
    # cn2an raises KeyError for a figure after the tens of a number or right after a magnitude
    except (ValueError, KeyError):
        return None


def arabic_number(figures: str) -> Decimal:
    """The value of Arabic figures, thousands grouped or not.

    Examples
    --------
    >>> arabic_number("1,500.50")
    Decimal('1500.50')
    """
    return Decimal(figures.replace(",", "").replace(" ", ""))


def plain(value: Decimal) -> str:
    """A number in plain digits without trailing zeros.

    Examples
    --------
    >>> plain(Decimal("98.50")), plain(Decimal("1E+4"))
    ('98.5', '10000')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
