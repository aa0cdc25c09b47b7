"""The outcomes on a plan's own page."""

from __future__ import annotations

from dataclasses import replace

import psanalysis as ps
from page_tables import rows
from psanalysis.report import (
    CityGap,
)


def test_a_city_without_values_is_shown_what_its_province_published(ds):
    section = CityGap("mianyang-14fyp", "en", ds).outcomes()._repr_html_()
    published = rows(section)
    own = ds.actuals[ds.actuals["area_id"] == "sichuan"]
    goals = ps.outcomes(ds, "mianyang-14fyp", 2025)
    goals = goals[goals["target"].notna() & goals["repeat_of"].isna()]
    assert {row["name"] for row in published} == set(
        goals.loc[goals["indicator_id"].isin(own["indicator_id"]), "name_en"]
    )
    assert all(row["citation"] for row in published), "each with its source"
    alone = replace(ds, actuals=ds.actuals[ds.actuals["area_id"] != "sichuan"])
    assert "province" not in CityGap("mianyang-14fyp", "en", alone).outcomes()._repr_html_()
