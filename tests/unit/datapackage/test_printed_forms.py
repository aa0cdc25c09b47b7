"""Figures of one form are compared with their rows once: that finds what comparing each row alone
finds, whatever is printed around the numbers.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.datapackage.printed import deviations, explained, known_units, unlike_print
from psanalysis.datapackage.printed_forms import HOLE, as_printed_by_form, forms_of
from psanalysis.datapackage.unit_source import NAME, SPAN, not_shown, printed_with

ROWS = 4_000
WORDS = (
    "", "%", "％", "‰", "万", "萬", "亿", "百", "万人", "萬人", "个", "個", "半", "年", "年以上", "成",
    "番", "余", "几", "/", "/10万", "每", "每10万", "10万分之", "分之", "百分之", "千米", "公里", "元/人月",
    "2025年", "万元", "以上", "以下", "≥", "＞", "约", "左右", "不低于", "-", "−", "—", "至", "2", "10", "１", "٣",
    "点", "三", "十", "两", "小时", "百分点", ".", ",", "，", " ", "\u3000", "（", "）", "#",
)  # fmt: skip
NUMBERS = (
    "0", "1", "5", "10", "100", "110", "2020", "1.2020", "97.22", "2.50", "0.5", "0.0001", "0.00001",
    "1,286", "12,345.6", "1234,567", "123456789012345", "1234567890123", "12.", "007", "1e5",
)  # fmt: skip
NAMES = ("率", "人数(万人)", "数（个）", "毛入园率(%)", "價格(元)", "里程公里")


def _printed_at_random(ds: ps.Dataset, seed: int) -> pd.DataFrame:
    """Statements with the columns `value_as_written`, `value` and what goes with them: whether they
    are as printed is left to chance.
    """
    chance = random.Random(seed)
    unit_names = dict(zip(ds.units["unit_id"], ds.units["name_zh"], strict=True))
    rows = list(_rows(chance, unit_names))
    texts = dict.fromkeys(
        ("value_as_written", "unit_id", "comparator", "note_zh", "note_en", "unit_source",
         "indicator_as_written"),
        "str",
    )  # fmt: skip
    return pd.DataFrame(rows).astype(texts | {"year": "Int64"})


def _rows(chance: random.Random, unit_names: dict[str, str]) -> Iterator[dict[str, Any]]:
    for _ in range(ROWS):
        number, unit = chance.choice(NUMBERS), chance.choice(list(unit_names))
        words = [chance.choice(WORDS) for _ in range(4)]
        text = words[0] + number + "".join(words[1:])
        text = number + unit_names[unit] if chance.random() < 0.3 else text
        value = float(number.replace(",", "")) * chance.choice([1, 1, 1, 1, 1, 1, 100, 0, -1])
        note = chance.choice([None, f"记为{value:.12g}，≥ 个 %"])
        yield {
            "value_as_written": text,
            "value": chance.choice([value] * 9 + [float("nan")]),
            "value_high": chance.choice([float("nan")] * 9 + [value + 1]),
            "unit_id": unit,
            "comparator": chance.choice(["eq", "eq", "eq", "ge", "gt", "le", "approx", "between"]),
            "year": chance.choice([2020, 2025, None]),
            "note_zh": note,
            "note_en": note,
            "unit_source": chance.choice([SPAN, NAME, "head", "inferred", None]),
            "indicator_as_written": chance.choice(NAMES),
        }


@pytest.mark.parametrize("seed", range(3))
def test_what_is_unlike_the_print_is_found_as_row_by_row(ds: ps.Dataset, seed: int) -> None:
    rows, known = _printed_at_random(ds, seed), known_units(ds.units)
    expected: list[str | None] = []
    for row in rows.itertuples():
        unit = known.by_id[row.unit_id]
        alone = row.comparator == "eq" and pd.isna(row.value_high)
        number = f"{row.value:.12g}"
        if alone and row.value_as_written in (number, number + unit.name_zh):
            expected.append(None)
            continue
        columns = (one.column for one in deviations(row, known))
        names = (unit.name_zh, unit.name_en)
        expected.append(next((one for one in columns if not explained(row, one, names)), None))
    found = unlike_print(rows, ds.units)
    assert [None if pd.isna(column) else column for column in found] == expected
    assert {*expected} == {None, "value", "value_high", "unit_id", "comparator", "year"}


@pytest.mark.parametrize("seed", range(3))
def test_a_unit_that_is_not_shown_is_found_as_row_by_row(ds: ps.Dataset, seed: int) -> None:
    rows = _printed_at_random(ds, seed)
    names = dict(zip(ds.units["unit_id"], ds.units["name_zh"], strict=True))
    expected = []
    for row in rows.itertuples():
        shown = printed_with(names[row.unit_id], row.value_as_written, row.indicator_as_written)
        told = row.unit_source
        wrong = told in (SPAN, NAME) and shown != told and not (told == NAME and shown == SPAN)
        expected.append(wrong)
    assert not_shown(rows, ds.units).tolist() == expected
    assert {*expected} == {True, False}


def test_the_form_of_a_text_has_a_hole_for_its_only_number() -> None:
    texts = ["约6.57万人", "1,286张", "2—3名", "半小时", None, "１5个", "007", f"5{HOLE}"]
    forms = forms_of(pd.Series(texts, dtype="str"))
    shown = [forms.forms[form] if form >= 0 else None for form in forms.form]
    assert shown == [f"约{HOLE}万人", f"{HOLE}张", None, None, None, None, HOLE, None]
    assert forms.number[[0, 1, 6]].tolist() == [6.57, 1286, 7]
    assert np.isnan(forms.number[[2, 3, 4, 5, 7]]).all()
    assert forms.usual.tolist() == [True, False, False, False, False, False, False, False]


def test_one_row_of_a_form_is_parsed_however_many_there_are(ds: ps.Dataset) -> None:
    numbers = np.arange(1_000) + 0.5
    rows = pd.DataFrame(
        {
            "value_as_written": pd.Series([f"不低于{number}%" for number in numbers], dtype="str"),
            "value": numbers,
            "value_high": np.nan,
            "unit_id": pd.Series(["percent"] * len(numbers), dtype="str"),
            "comparator": pd.Series(["ge"] * len(numbers), dtype="str"),
        }
    )
    parsed: list[int] = []

    def agree(asked: np.ndarray) -> list[bool]:
        parsed.extend(asked.tolist())
        return [True] * len(asked)

    assert as_printed_by_form(rows, {"percent": "%"}, agree).all()
    assert parsed == [0]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # nought persons are nought ten thousands of them
        (("0万人", 0.0), ("5万人", 5.0)),
        # a base is no figure
        (("每10万", 10.0), ("每20万", 20.0)),
        # nor is a year
        (("2020年", 2020.0), ("5年", 5.0)),
        # alone with the name of its unit as a number is usually written
        (("5人", 5.0), ("5万人", 5.0)),
    ],
)
def test_no_row_speaks_for_one_that_differs_in_more(
    ds: ps.Dataset, first: tuple[str, float], second: tuple[str, float]
) -> None:
    for order in ((first, second), (second, first)):
        rows = pd.DataFrame(
            {
                "value_as_written": pd.Series([text for text, _ in order], dtype="str"),
                "value": [value for _, value in order],
                "value_high": np.nan,
                "unit_id": pd.Series(["person"] * 2, dtype="str"),
                "comparator": pd.Series(["eq"] * 2, dtype="str"),
                "year": pd.Series([2020] * 2, dtype="Int64"),
                "note_zh": pd.Series([None] * 2, dtype="str"),
                "note_en": pd.Series([None] * 2, dtype="str"),
            }
        )
        found = [None if pd.isna(one) else one for one in unlike_print(rows, ds.units)]
        assert found == [None if row == first else "unit_id" for row in order]


def test_a_unit_with_digits_is_looked_for_in_the_text_and_not_in_its_form(ds: ps.Dataset) -> None:
    rows = pd.DataFrame(
        {
            "value_as_written": ["/10万", "/20万"],
            "unit_id": ["per_100k"] * 2,
            "unit_source": [SPAN] * 2,
            "indicator_as_written": ["率"] * 2,
        },
        dtype="str",
    )
    assert not_shown(rows, ds.units).tolist() == [False, True]
