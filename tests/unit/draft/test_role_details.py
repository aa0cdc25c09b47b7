"""How firmly a target is promised, and over which years a flow accumulates."""

from __future__ import annotations

from passages import AHEAD, BEFORE, found


def test_striving() -> None:
    rows = found(
        AHEAD + "到2025年,高校力争达到17所,在校生达16万人。力争新增甲等医院1家,乙等医院1家。"
    )
    assert [p.commitment for p in rows] == ["strive", "firm", "strive", "strive"]


def test_flows_have_years_and_rates_have_none() -> None:
    rows = found(BEFORE + "“十三五”期间,累计新增就业45.6万人,年均9.12万人,失业率控制在4%以内。")
    assert [(p.flow_start, p.flow_end) for p in rows] == [(2016, 2020), (None, None), (None, None)]
