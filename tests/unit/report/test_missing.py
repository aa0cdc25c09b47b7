"""The page of what is missing: nothing twice, the age of the last value, the forms."""

from __future__ import annotations

import re
from dataclasses import replace

from page_tables import rows
from psanalysis.report import (
    MissingPage,
)
from psanalysis.report.form_files import form_files


def test_the_missing_page_leads_to_its_forms(ds):
    page = MissingPage("en", ds)
    form = page.form()._repr_html_()
    assert "All plans:" in form
    for plan in set(page.waiting["plan_id"]):
        assert f'href="actuals-{plan}.xlsx"' in form
    files = dict(form_files(ds, ["09_missing/en.html"]))
    linked = re.findall(r'download="" href="([^"]+)"', form)
    assert sorted(files) == sorted(f"09_missing/{name}" for name in linked)
    assert dict(form_files(ds, ["09_missing/en.html"])) == files, "the same bytes each time"
    assert list(form_files(ds, ["00_overview/en.html"])) == []


def test_a_workbook_is_kept_as_long_as_nothing_in_it_changes(ds):
    kept, made = {}, []

    def keep(of, make):
        if of not in kept:
            made.append(of)
            kept[of] = make()
        return kept[of]

    pages = ["09_missing/en.html"]
    files = dict(form_files(ds, pages, keep))
    assert files == dict(form_files(ds, pages))
    assert len(made) == sum(name.endswith(".xlsx") for name in files)
    made.clear()
    plan = next(iter(MissingPage("en", ds).waiting["plan_id"]))
    own = (ds.statements["plan_id"] == plan) & (ds.statements["role"] == "target")
    other = replace(ds, statements=ds.statements.assign(value=ds.statements["value"] + own))
    assert dict(form_files(other, pages, keep)) == dict(form_files(other, pages))
    assert len(made) == 2, "the plan's own and that of all plans"
    made.clear()
    # a unit that only the drop-downs show
    shown = ds.units["unit_id"].isin(MissingPage("en", ds).waiting["unit_id"])
    assert not shown.all()
    units = ds.units.assign(name_zh=ds.units["name_zh"].where(shown, ds.units["name_zh"] + "x"))
    assert dict(form_files(replace(ds, units=units), pages, keep)) != files
    assert len(made) == sum(name.endswith(".xlsx") for name in files), "each offers the units"


def test_the_missing_page_says_how_old_the_last_value_is(ds):
    page = MissingPage("en", ds)
    html = page.table()._repr_html_()
    beds = next(
        row
        for row in rows(html)
        if (row["name"], row["city"]) == ("Eldercare beds, total", "China (2021–2025)")
    )
    assert (beds["last_value"], beds["age"]) == ("7,993,000 beds (2024)", "1 earlier")
    # one of what has a value of another year, and one a plan of what has none
    silent = page.waiting.loc[page.waiting["value"].isna(), "plan_id"]
    assert html.count("<table") == 1 + silent.nunique() == 1 + html.count("<details")
    for plan in silent.unique():
        assert f'id="plan-{plan}"' in html


def test_nothing_is_waiting_twice_and_nothing_that_has_a_value(ds):
    waiting = MissingPage("en", ds).waiting
    assert waiting["statement_id"].is_unique
    assert set(waiting["verdict"]) == {"no_value", "cannot_tell"}
    assert not set(waiting["plan_id"]) & {"yuyao-2023-2027"}, "its period runs on"
