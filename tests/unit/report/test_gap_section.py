"""From baseline to target: chart and table hold the same values, signs included."""

from __future__ import annotations

import psanalysis as ps
from page_tables import rows
from psanalysis.report import (
    CityGap,
)


def test_a_baseline_keeps_its_sign_and_under_that_of_its_target_it_holds(ds):
    page = CityGap("beijing-15fyp", "en", ds)
    (income,) = (
        row for row in rows(page.gap()._repr_html_()) if row["baseline"] == ">465,000 yuan"
    )
    assert income["target"] == "≈580,000 yuan"
    land = ps.gaps(ds, "beijing-15fyp").set_index("indicator_id").loc["construction_land"]
    assert (land["baseline_comparator"], land["comparator"], land["status"]) == ("lt", "lt", "hold")


def test_a_plan_without_baselines_says_so_and_draws_no_gap(ds):
    page = CityGap("xinyang-2023-2025", "en", ds)
    assert "None of its 70 numeric targets" in page.answer()
    assert page.gap()._repr_html_() == ""
    assert "<details" in page.ambition()._repr_html_()


def test_chart_and_table_of_a_gap_hold_the_same_values(ds):
    page = CityGap("panjin-14fyp", "zh", ds)
    drawn = {text.get_text() for axes in page.chart().figure.axes for text in axes.texts}
    for row, shown in zip(
        page.headline.itertuples(), rows(page.table()._repr_html_()), strict=True
    ):
        assert row.target_text in drawn
        assert row.target_text == shown["target"]
