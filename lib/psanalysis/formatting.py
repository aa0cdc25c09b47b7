"""Formats numbers for readers: with comparator and unit, in Chinese and English."""

from __future__ import annotations

import re

import pandas as pd

from psanalysis.comparators import ITSELF, sign
from psanalysis.wording import say, vocabulary

_WORDS = vocabulary("typesetting.toml")["numbers"]
PROPORTIONS: dict[str, str] = _WORDS["proportions"]
SCALE = re.compile(r"([0-9,]+)( million)?(?: (.+))?")
HAN = re.compile("[\u3400-\u9fff]")
MINUS = "−"
STATED = 6  # significant digits of a figure as stated, and of a difference of two
STEP = 3  # of a change per year, which is a quotient
MISSING = "—"


def plain(value: float | None, digits: int = STATED) -> str:
    """A number of `digits` significant digits (never fewer than it has before the point) without
    trailing zeros, thousands grouped by commas, with a true minus sign.

    Examples
    --------
    >>> plain(9000.0), plain(19428.78), plain(-0.1600001), plain(3531.0, 3), plain(None)
    ('9,000', '19,428.78', '−0.16', '3,531', '—')
    """
    if value is None or pd.isna(value):
        return MISSING
    whole = len(str(int(abs(value))))
    # a figure as it is stated keeps its decimals however large it is; from a thousand on two are
    # shown
    kept = whole + 2 if digits >= STATED and whole > 3 else whole
    rounded = float(f"{float(value):.{max(digits, kept)}g}")
    text = (
        f"{rounded:,.2f}".rstrip("0").rstrip(".")
        if abs(rounded) >= 1000
        else f"{rounded:.6f}".rstrip("0").rstrip(".")
    )
    return "0" if text in ("-0", "") else text.replace("-", MINUS)


def exact(value: float) -> str:
    """A number for a CSV: no separators, and no digits that come from the binary representation
    only.

    Examples
    --------
    >>> exact(0.7800000000000011), exact(9000.0), exact(float("nan"))
    ('0.78', '9000', '')
    """
    return "" if pd.isna(value) else f"{float(value):.12g}"


def with_unit(number: str, unit: str, lang: str) -> str:
    """Number and unit in the style of a language: 98%, 3.87万张, 2.6 m²; a counter word is dropped
    in English.
    """
    if number == MISSING or unit in _WORDS["bare"]:
        return number
    if unit in PROPORTIONS:
        return f"{number}{PROPORTIONS[unit]}"
    return f"{number}{unit}" if HAN.match(unit) else f"{number} {unit}"


def in_plain_units(value: float, unit: str, lang: str) -> tuple[float, str]:
    """A value without the Chinese counting in ten thousands in English: 3.87 of "10,000 beds" are
    38,700 beds.

    Examples
    --------
    >>> in_plain_units(3.87, "10,000 beds", "en"), in_plain_units(3.87, "万张", "zh")
    ((38700.0, 'beds'), (3.87, '万张'))
    """
    scale = SCALE.fullmatch(unit) if lang == "en" else None
    if scale is None or pd.isna(value):
        return value, unit
    factor = float(scale[1].replace(",", "")) * (1e6 if scale[2] else 1.0)
    return float(f"{value * factor:.12g}"), scale[3] or "number"


def stated(value: float, high: float, comparator: str, unit: str, lang: str) -> str:
    """A value with its comparator and unit.

    Examples
    --------
    >>> stated(98.5, float("nan"), "ge", "%", "zh"), stated(2.0, 3.0, "between", "years", "en")
    ('≥98.5%', '2–3 years')
    """
    if pd.isna(value):
        return MISSING
    high, _ = in_plain_units(high, unit, lang)
    value, unit = in_plain_units(value, unit, lang)
    number = plain(value) + ("" if pd.isna(high) else f"–{plain(high)}")
    return with_unit(sign(comparator) + number, unit, lang)


def quantity(value: float, unit: str, lang: str) -> str:
    """A number with its unit.

    Examples
    --------
    >>> quantity(4.5, "年", "zh"), quantity(120000.0, "beds", "en")
    ('4.5年', '120,000 beds')
    """
    return stated(value, float("nan"), ITSELF, unit, lang)


def difference(
    value: float, unit: str, lang: str, digits: int = STATED, signed: bool = True
) -> str:
    """A difference in a unit; of shares in percentage points.

    Examples
    --------
    >>> difference(0.156, "%", "en"), difference(-3.18, "%", "zh"), difference(72.0, "张", "zh",
    ...     signed=False)
    ('+0.156 pp', '−3.18个百分点', '72张')
    >>> difference(-571.22, "亿元", "zh"), difference(3.4567, "%", "en", STEP)
    ('−571.22亿元', '+3.46 pp')
    """
    if pd.isna(value):
        return MISSING
    value, unit = in_plain_units(value, unit, lang)
    number = plain(value, digits)
    if signed and value > 0 and number != "0":
        number = f"+{number}"
    if unit == "%":
        unit = say("term.percentage_points", lang)
    return with_unit(number, unit, lang)
