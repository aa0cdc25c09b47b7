"""The page of a national plan counts how places stand to it."""

from __future__ import annotations

from page_tables import rows
from psanalysis.report import (
    CityGap,
)
from psanalysis.report.standing import judged


def test_the_page_of_a_national_plan_says_how_places_stand_to_it(ds):
    page = CityGap("china-14fyp", "en", ds)
    places = rows(page.ambition()._repr_html_())
    own = {plan: judged(CityGap(plan, "en", ds).standing) for plan in ds.plans["plan_id"]}
    nation = set(ds.statements.loc[ds.statements["plan_id"] == "china-14fyp", "statement_id"])
    held = {plan: frame["national_statement_id"].isin(nation).sum() for plan, frame in own.items()}
    assert (
        sum(int(row[key]) for row in places for key in row if key != "plan")
        == sum(held.values())
        > 20
    )
    assert len(places) == sum(count > 0 for count in held.values())
    above = sum(
        (frame["national_statement_id"].isin(nation) & (frame["standing"] == "above")).sum()
        for frame in own.values()
    )
    assert f"<b>{above}/{sum(held.values())}</b>" in page.brief().text
    assert "No target can be held" not in page.ambition()._repr_html_()
