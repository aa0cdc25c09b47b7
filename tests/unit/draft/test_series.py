"""Numbers that follow each other in a list take names and years in turn."""

from __future__ import annotations

from passages import BEFORE, found, names


def test_series_with_respectively_takes_names_and_years_in_order() -> None:
    text = (
        BEFORE
        + "孕产妇死亡率、婴儿死亡率分别从2015年的20.1/10万、8.1‰降至2019年的17.8/10万、5.6‰。"
    )
    assert names(text) == ["孕产妇死亡率", "婴儿死亡率"] * 2
    assert [p.year for p in found(text)] == [2015, 2015, 2019, 2019]
