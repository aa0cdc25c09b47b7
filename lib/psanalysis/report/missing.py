"""Page 09: which targets are due and what is not known of them, with the form to fill in."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import plan_names
from psanalysis.formatting import MISSING
from psanalysis.measures.outcomes import outcomes
from psanalysis.report.addresses import plan_page
from psanalysis.report.blocks import Card, cards, folded
from psanalysis.report.ends import due_rows
from psanalysis.report.frames import named, names, stated_value
from psanalysis.report.html import Column, Html, paragraph, table
from psanalysis.report.page import Page
from psanalysis.report.parameters import LANG
from psanalysis.report.periods import as_of
from psanalysis.wording import say

VERDICTS = ("met", "missed", "cannot_tell", "no_value")


class MissingPage(Page):
    """The sections of the page.

    Parameters
    ----------
    lang
        zh or en.
    ds
        The data set; by default the curated one.
    """

    section = "missing_page"
    notebook = "09_missing"
    takes = (LANG,)

    def __init__(self, lang: str, ds: Dataset | None = None):
        super().__init__(lang, ds)

    @cached_property
    def due(self) -> pd.DataFrame:
        """Every due target with a number and its verdict, see `psanalysis.outcomes`."""
        day = as_of(self.ds)
        return due_rows(outcomes(self.ds, None, day.year - 1 if day else None))

    @cached_property
    def waiting(self) -> pd.DataFrame:
        """Due targets without a value, or with one that is too old to tell."""
        old = (self.due["verdict"] == "cannot_tell") & (self.due["untold"] == "too_old")
        return self.due[(self.due["verdict"] == "no_value") | old]

    def answer(self) -> str:
        """The finding, computed from the data."""
        none = int((self.waiting["verdict"] == "no_value").sum())
        return self.words(
            "answer", due=len(self.due), none=none, old=len(self.waiting) - none,
            plans=self.waiting["plan_id"].nunique(),
        )  # fmt: skip

    def numbers(self) -> Html:
        """Met, missed, cannot be told, without a value."""
        counts = self.due["verdict"].value_counts()
        return cards(
            Card(str(counts.get(verdict, 0)), say(f"ends.{verdict}", self.lang))
            for verdict in VERDICTS
        )

    def plans(self) -> Html:
        """What came of the due targets, plan by plan."""
        wide = self.due.groupby(["plan_id", "verdict"]).size().unstack(fill_value=0)
        cities = plan_names(self.ds, self.lang)
        rows = [
            {"plan": cities[plan], "plan_href": plan_page(plan, self.lang), "due": int(wide.loc[plan].sum()),
             **{verdict: int(wide.loc[plan].get(verdict, 0)) for verdict in VERDICTS}}
            for plan in self.ds.plans["plan_id"] if plan in wide.index
        ]  # fmt: skip
        columns = [
            *self.columns("plan"),
            Column("due", self.words("due"), True),
            *(Column(verdict, say(f"ends.{verdict}", self.lang), True) for verdict in VERDICTS),
        ]
        return table(rows, columns, caption=self.words("plans_caption"), name=f"{self.name}-plans")

    def table(self) -> Html:
        """What is waiting for a value: place, indicator, year, how old the last value is, who leads."""
        frame = named(self.ds, self.waiting, self.lang)
        cities = plan_names(self.ds, self.lang)
        leads = self.ds.plan_domains.dropna(subset="lead_unit")
        lead = leads.groupby(["plan_id", "domain_id"])["lead_unit"].agg(self.listed).to_dict()
        rows = [
            {
                "city": cities[row.plan_id], "city_href": plan_page(row.plan_id, self.lang),
                "name": row.name, "name_href": self.indicator(row.indicator_id),
                "of": row.statement_id, "target": stated_value(self.ds, row, self.lang), "target_href": row.url,
                "target_year": MISSING if pd.isna(row.target_year) else str(row.target_year),
                "last_value": MISSING if pd.isna(row.value_year) else str(row.value_year),
                "lead": lead.get((row.plan_id, row.domain_id), MISSING),
            }
            for row in frame.itertuples()
        ]  # fmt: skip
        shown = "name city target target_year last_value lead"
        if not lead:
            shown = shown.removesuffix(" lead")
        caption = self.words("table_caption", count=len(rows))
        return table(rows, self.columns(shown), caption=caption, name=self.name)

    def form(self) -> Html:
        """A form for the missing values: the columns of actuals.csv, a row a target."""
        known = self.ds.package.by_name["actuals"].columns
        indicators = names(self.ds, "indicators", "indicator_id", self.lang)
        rows: list[dict[str, Any]] = [
            dict.fromkeys(known, "")
            | {"area_id": row.area_id, "indicator_id": row.indicator_id, "year": row.target_year, "comparator": "eq",
               "unit_id": row.unit_id, "name": indicators[row.indicator_id]}
            for row in self.waiting.dropna(subset="target_year").itertuples()
        ]  # fmt: skip
        hidden = [Column(name, name, download=True) for name in known]
        listing = table(
            rows, [*self.columns("name"), *hidden], caption=self.words("form_caption"), name="actuals-template"
        )  # fmt: skip
        return folded(self.words("form_title"), "form", paragraph(self.words("form")) + listing)

    def statements(self) -> list[str]:
        return list(self.waiting["statement_id"])
