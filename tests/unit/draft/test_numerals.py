"""Numbers in Chinese figures: any run of them is a number or none, never an error."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest

from psanalysis.draft.numerals import chinese_number
from psanalysis.draft.quantities import quantities


@pytest.mark.parametrize("figures", ["一十零", "一亿一", "五十零", "点", "负"])
def test_figures_that_are_no_number_are_none(figures: str) -> None:
    assert chinese_number(figures) is None
    assert list(quantities(f"新增{figures}个学位，达到95%"))


def test_every_short_run_of_figures_is_a_number_or_none() -> None:
    runs = (
        "".join(run)
        for size in range(1, 5)
        for run in product("一五十百千万亿零点两半", repeat=size)
    )
    found = {run: chinese_number(run) for run in runs}
    assert found["一百五"] == Decimal(150)
    assert all(value is None or value.is_finite() for value in found.values())
