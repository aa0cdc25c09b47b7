"""A plan under way is held against where it should be, by the year of the value."""

from __future__ import annotations

import pandas as pd
import pytest

from psanalysis.report import (
    Outcomes,
)
from psanalysis.report.way import way_frame, way_section


def test_the_way_is_held_against_where_it_should_be(ds):
    page = Outcomes("mianyang-14fyp", "en", as_of=2023, ds=ds)
    row = way_frame(page, "mianyang-14fyp", 2023).set_index("indicator_id").loc["nursing_bed_share"]
    assert row["expected_now"] == pytest.approx(37.64 + (55 - 37.64) * 3 / 5)
    assert row["due"] == pytest.approx(60)
    assert pd.isna(row["made"])


def test_actual_values_of_a_file_are_judged(ds, made_up):
    path = made_up(("mianyang", "nursing_bed_share", 2023, 50, "eq"))
    page = Outcomes("mianyang-14fyp", "en", str(path), 2024, ds)
    frame = way_frame(page, "mianyang-14fyp", 2024, str(path))
    row = frame.set_index("indicator_id").loc["nursing_bed_share"]
    assert row["made"] == pytest.approx(100 * (50 - 37.64) / (55 - 37.64))
    assert row["due"] == pytest.approx(60), "the year of the value counts, not the year looked at"
    assert (
        page.answer()
        == "No numeric target is due yet. Of 1 a value is published, the last of 2023."
    )
    assert "a yearbook" in page.table()._repr_html_()
    section = way_section(page, "mianyang-14fyp", frame)._repr_html_()
    assert "Under way: 1 of 16 targets have a published value" in section
    assert str(path.parent) not in page.sources()._repr_html_()
