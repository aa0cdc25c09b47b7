"""Numbers as a reader meets them."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psanalysis import formatting
from psanalysis.comparators import CODES

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (9000.0, 6, "9,000"), (5469, 6, "5,469"), (1234.5, 6, "1,234.5"), (999.5, 6, "999.5"),
        (0.1 + 0.2, 6, "0.3"), (37.64, 6, "37.64"),
        (-0.16, 6, "−0.16"), (-3.18, 3, "−3.18"), (0.0, 6, "0"), (-0.0, 6, "0"), (-1e-9, 6, "0"),
        (100.0, 6, "100"), (110.0, 2, "110"),
        (66.66667, 3, "66.7"), (1e6, 6, "1,000,000"), (None, 6, "—"), (NAN, 6, "—"),
        (pd.NA, 6, "—"), (1000, 6, "1,000"), (-1000, 6, "−1,000"),
    ],
)  # fmt: skip
def test_plain(value: float | None, digits: int, text: str) -> None:
    assert formatting.plain(value, digits) == text


@given(st.integers(-99_999, 99_999), st.integers(0, 3))
def test_what_is_printed_reads_back_as_the_number(whole: int, places: int) -> None:
    value = whole / 10**places
    assert float(formatting.plain(value).replace(",", "").replace("−", "-")) == value


@pytest.mark.parametrize(
    ("number", "unit", "lang", "text"),
    [
        ("98", "%", "zh", "98%"), ("4.5", "‰", "en", "4.5‰"), ("14", "/10万", "zh", "14/10万"),
        ("14", "per 100,000", "en", "14/100,000"),
        ("3.87", "万张", "zh", "3.87万张"), ("2.6", "m²", "en", "2.6 m²"), ("—", "%", "zh", "—"),
        ("5", "number", "en", "5"), ("0.25", "系数", "zh", "0.25"),
    ],
)  # fmt: skip
def test_with_unit(number: str, unit: str, lang: str, text: str) -> None:
    assert formatting.with_unit(number, unit, lang) == text


@pytest.mark.parametrize(
    ("value", "high", "comparator", "unit", "lang", "text"),
    [
        (98.5, NAN, "ge", "%", "zh", "≥98.5%"), (9000, NAN, "gt", "次", "zh", ">9,000次"),
        (14, NAN, "le", "per 100,000", "en", "≤14/100,000"),
        (3.5, NAN, "lt", "%", "en", "<3.5%"), (1000, NAN, "approx", "万张", "zh", "≈1,000万张"),
        (1, 2, "between", "beds", "en", "1–2 beds"), (1, 2, "between", "persons", "en", "1–2"),
        (NAN, NAN, "none", "%", "zh", "—"), (55, NAN, "eq", "%", "en", "55%"),
        (3.87, NAN, "eq", "10,000 beds", "en", "38,700 beds"),
        (3.87, NAN, "eq", "万张", "zh", "3.87万张"),
        (1, 2, "between", "10,000 beds", "en", "10,000–20,000 beds"),
    ],
)  # fmt: skip
def test_stated(
    value: float, high: float, comparator: str, unit: str, lang: str, text: str
) -> None:
    assert formatting.stated(value, high, comparator, unit, lang) == text


@pytest.mark.parametrize(
    ("value", "unit", "lang", "signed", "text"),
    [
        (0.156, "%", "en", True, "+0.156 pp"), (-3.18, "%", "zh", True, "−3.18个百分点"),
        (72, "张", "zh", False, "72张"), (0, "%", "en", True, "0 pp"),
        (1e-12, "%", "en", True, "0 pp"), (NAN, "%", "en", True, "—"),
        (0.07, "10,000 beds", "en", True, "+700 beds"),
    ],
)  # fmt: skip
def test_difference(value: float, unit: str, lang: str, signed: bool, text: str) -> None:
    assert formatting.difference(value, unit, lang, signed=signed) == text


def test_every_comparator_has_a_sign() -> None:
    printed = {code: formatting.stated(5, NAN, code, "%", "zh") for code in CODES}
    assert printed == {
        "eq": "5%", "ge": "≥5%", "gt": ">5%", "le": "≤5%", "lt": "<5%", "approx": "≈5%",
        "between": "5%", "none": "5%",
    }  # fmt: skip


def test_english_counts_in_plain_units():
    assert formatting.stated(3.87, NAN, "ge", "10,000 beds", "en") == "≥38,700 beds"
    assert formatting.stated(3.87, NAN, "ge", "万张", "zh") == "≥3.87万张"
    assert formatting.in_plain_units(2.0, "100 million yuan", "en") == (200_000_000.0, "yuan")
    assert formatting.stated(2.0, 3.0, "between", "10,000", "en") == "20,000–30,000"
