"""The other parts of a plan: its service list among the others, its projects."""

from __future__ import annotations

from dataclasses import replace

import psanalysis as ps
from page_tables import rows
from psanalysis.report import (
    CityGap,
)


def test_the_service_list_stands_against_the_other_lists(ds):
    parts = CityGap("panjin-14fyp", "en", ds).parts()._repr_html_()
    table = ps.coverage(ds)
    alone = int((table["only_in"] == "panjin-14fyp").sum())
    assert f"of these {alone} stand in none of the other" in parts
    assert sum(row["also"] == "—" for row in rows(parts)) >= alone > 0


def test_the_status_of_projects_is_shown_where_it_is_known(ds):
    plain = CityGap("mianyang-14fyp", "en", ds).parts()._repr_html_()
    assert "source of the progress" not in plain
    first = ds.projects.index[ds.projects["plan_id"] == "mianyang-14fyp"][0]
    projects = ds.projects.copy()
    projects.loc[first, ["status", "status_source"]] = ["under_way", "a report of 2024"]
    told_of = CityGap("mianyang-14fyp", "en", replace(ds, projects=projects)).parts()._repr_html_()
    assert "under way" in told_of
    assert "a report of 2024" in told_of
    assert "not known" in told_of
