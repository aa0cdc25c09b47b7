"""Numbers in Arabic and Chinese figures."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import cn2an

MAGNITUDES = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "万亿": 10**12,
}
BARE = {
    "半": Decimal("0.5"),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10000),
    "两": Decimal(2),
    "一个半": Decimal("1.5"),
}


@cache
def chinese_number(figures: str) -> Decimal | None:
    """The value of Chinese figures, None where they are no number.

    Examples
    --------
    >>> chinese_number("十五"), chinese_number("两"), chinese_number("半"), chinese_number("九十八点五"), chinese_number("十百")
    (Decimal('15'), Decimal('2'), Decimal('0.5'), Decimal('98.5'), None)
    """
    if figures in BARE:
        return BARE[figures]
    try:
        return Decimal(str(cn2an.cn2an(figures, "smart")))
    except ValueError:
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
