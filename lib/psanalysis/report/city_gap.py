"""Page 01: one plan in brief, then each of its subjects in a section of its own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import plan_title
from psanalysis.datapackage.slices import Masks, Slicer
from psanalysis.measures.gaps import gaps
from psanalysis.measures.outcomes import outcomes
from psanalysis.measures.pace import pace
from psanalysis.report.addresses import PLAN_PAGES
from psanalysis.report.blocks import folded, link
from psanalysis.report.brief import lists, numbers
from psanalysis.report.ends import told
from psanalysis.report.ends_section import ends_section
from psanalysis.report.findings import findings_table
from psanalysis.report.frames import headline, with_texts
from psanalysis.report.gap_section import gap_chart, gap_table
from psanalysis.report.held_against import held_against, held_section, is_national
from psanalysis.report.html import Chart, Html, paragraph
from psanalysis.report.opening import opening
from psanalysis.report.page import Page
from psanalysis.report.parameters import LANG, PLAN
from psanalysis.report.parts import domains_section, projects_section, services_section
from psanalysis.report.periods import ended, last_year
from psanalysis.report.plan_verdict import verdict
from psanalysis.report.reading import rows_of_plan, values_of, with_findings
from psanalysis.report.standing import (
    ambition_chart,
    ambition_section,
    judged,
    standing_frame,
)
from psanalysis.report.steps import pace_section
from psanalysis.report.succession_page import Succession
from psanalysis.tables.model import Table
from psanalysis.wording import say


class CityGap(Page):
    """How far the targets of one plan are from their baselines, indicator by indicator.

    Each method gives a section of its page, as a notebook calls them.

    Parameters
    ----------
    plan_id
        The plan.
    lang
        zh or en.
    ds
        The data set; by default the curated one.

    Raises
    ------
    ParameterError
        If a code or the language is not known.

    Examples
    --------
    >>> CityGap("mianyang-14fyp", "en").chart().kind
    'dumbbell'
    """

    section = "city_gap"
    notebook = PLAN_PAGES
    takes = (PLAN, LANG)

    def __init__(self, plan_id: str, lang: str, ds: Dataset | None = None):
        super().__init__(lang, ds, plan_id=plan_id)
        self.plan_id = plan_id

    @classmethod
    def reads(cls, slicer: Slicer, subject: Mapping[str, Any]) -> Masks:
        """The plan, and what other plans state of the indicators that it sets targets for."""
        own = rows_of_plan(slicer, subject["plan_id"])
        targets = slicer.where("statements", "plan_id", subject["plan_id"]) & slicer.where(
            "statements", "role", "target"
        )
        indicators = slicer.names("statements", "indicator_id", targets)
        peers = slicer.where("statements", "indicator_id", indicators)
        found = own | values_of(slicer, own["statements"], subject["plan_id"])
        found |= slicer.whole("services", "service_codes")
        return with_findings(slicer, found | {"statements": found["statements"] | peers})

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """Every target of the plan, see `psanalysis.gaps`."""
        return gaps(self.ds, self.plan_id)

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """What the plan states of two points in the past, see `psanalysis.pace`."""
        return pace(self.ds, self.plan_id)

    @cached_property
    def headline(self) -> pd.DataFrame:
        """The indicators that the plan is judged by, with the columns of `with_texts`."""
        return with_texts(self.ds, headline(self.gaps), self.lang)

    @cached_property
    def standing(self) -> pd.DataFrame:
        """The targets against the nation's and the other cities', see `psanalysis.ambition`."""
        return standing_frame(self, self.plan_id)

    @cached_property
    def held(self) -> pd.DataFrame:
        """For a national plan the targets of places that are compared with it, see
        `held_against`.
        """
        return held_against(self, self.plan_id)

    @cached_property
    def ends(self) -> pd.DataFrame:
        """The outcomes of the targets, see `psanalysis.outcomes`."""
        return outcomes(self.ds, self.plan_id, last_year(self.ds))

    def subject(self) -> dict[str, str]:
        return {"plan": plan_title(self.ds, self.plan_id, self.lang)}

    def answer(self) -> str:
        """The verdict in two sentences, computed from the data."""
        return self._verdict[0]

    def left_out(self) -> str:
        """What the verdict leaves out: figures in doubt, and sentences beyond the first two."""
        return self._verdict[1]

    @cached_property
    def _verdict(self) -> tuple[str, str]:
        return verdict(self, self.plan_id, self.gaps, self.standing, self.ends)

    def title(self) -> Html:
        """Title, period, the verdict, and in small print what it leaves out."""
        return opening(self, self.plan_id, self.left_out(), back=False)

    def brief(self) -> Html:
        """Six numbers, what asks for more and less, what binds, what is in doubt."""
        compared = self.held if is_national(self, self.plan_id) else judged(self.standing)
        return numbers(self, self.plan_id, self.gaps, compared, self.ends) + lists(
            self, self.plan_id, self.gaps, self.standing
        )

    def chart(self) -> Chart | Html:
        """Baseline and target of every headline indicator on one scale; nothing for a plan without
        pairs.
        """
        if self.headline.empty:
            return Html("")
        return gap_chart(self, self.plan_id, self.headline)

    def charts(self) -> list[Chart]:
        """The charts of the brief: baseline and target, and the targets against the nation's and
        the other cities'.
        """
        apart = None if self.standing.empty else ambition_chart(self, self.plan_id, self.standing)
        return [chart for chart in (self.chart(), apart) if isinstance(chart, Chart)]

    def table(self) -> Table | Html:
        """The numbers of the chart."""
        if self.headline.empty:
            return Html("")
        return gap_table(self, self.headline)

    def gap(self) -> Html:
        """From baseline to target: chart and table."""
        plan = self.ds.plans.set_index("plan_id").loc[self.plan_id]
        title = self.words("gap_title", start=plan["baseline_year"], end=plan["horizon_year"])
        return folded(title, "gap", Html("") + self.chart() + self.table())

    def ambition(self) -> Html:
        """The targets against the nation's and the other cities'."""
        if is_national(self, self.plan_id):
            return folded(say("held.title", self.lang), "standing", held_section(self, self.held))
        section = ambition_section(self, self.plan_id, self.standing)
        return folded(self.words("standing_title"), "standing", section, shown=self.headline.empty)

    def outcomes(self) -> Html:
        """The outcomes of the due targets, and how many are due without a published value."""
        section = ends_section(self, self.plan_id, self.ends)
        return folded(self.words("outcomes_title"), "outcomes", section)

    def succession(self) -> Html:
        """Where the place has several plans: what the next plan did with the targets, with a link
        to the page that says it in full.
        """
        place = self.ds.plans.set_index("plan_id").loc[self.plan_id, "city_id"]
        if (self.ds.plans["city_id"] == place).sum() < 2:
            return Html("")
        page = Succession(place, self.lang, self.ds)
        where = Succession.address(self.lang, area_id=place)
        more = link(self.words("to_succession"), where)
        words = paragraph(page.answer()) + page.numbers(where) + Html(f"<p>{more}</p>")
        return folded(self.words("succession_title"), "succession", words)

    def pace(self) -> Html:
        """Past pace against required pace."""
        title = "title_was" if ended(self.ds, self.plan_id) else "title"
        section = pace_section(self, self.plan_id, self.pairs)
        return folded(say(f"pace_section.{title}", self.lang), "pace", section)

    def domains(self) -> Html:
        """What the plan contains in each domain, and which unit leads it; the targets link to the
        list of all statements.
        """
        return domains_section(self, self.plan_id, self.gaps)

    def parts(self) -> Html:
        """The other parts of the plan: its service list against the other lists, and its key
        projects.
        """
        return services_section(self, self.plan_id) + projects_section(self, self.plan_id)

    def findings(self) -> Html:
        """Findings on the document, the gravest first."""
        own = self._findings
        title = self.words("findings_title", count=len(own))
        return folded(title, "findings", findings_table(self, own) if len(own) else Html(""))

    @property
    def _findings(self) -> pd.DataFrame:
        """The findings of the plan: rows of findings.csv."""
        return self.ds.findings[self.ds.findings["plan_id"] == self.plan_id]

    def told(self) -> list[str]:
        return list(self._findings["finding_id"])

    def statements(self) -> list[str]:
        """What the page shows; everything that the plan states has a page of its own."""
        known, standing = told(self.ends), self.standing
        columns = [
            self.headline["statement_id"], self.headline["baseline_statement_id"],
            standing["statement_id"], standing["national_statement_id"],
            self.pairs["from_statement_id"], self.pairs["to_statement_id"],
            known["statement_id"], known["value_statement_id"],
            self._findings["statement_ids"].str.split().explode(),
        ]  # fmt: skip
        return list(pd.concat(columns).dropna().unique())
