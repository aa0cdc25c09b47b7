"""Page 01: one plan in brief, and all that it says from there on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import plan_title
from psanalysis.datapackage.slices import Masks, Slicer
from psanalysis.formatting import MISSING, difference
from psanalysis.measures.gaps import gaps
from psanalysis.measures.outcomes import outcomes
from psanalysis.measures.pace import pace
from psanalysis.report.addresses import domain_page
from psanalysis.report.blocks import folded, link
from psanalysis.report.brief import leading_units, lists, numbers, verdict
from psanalysis.report.downloads import Downloads
from psanalysis.report.ends import around_table, due_rows, ends_table, ends_words, told
from psanalysis.report.findings import findings_table
from psanalysis.report.frames import document, headline, marks_words, names, with_texts
from psanalysis.report.html import Chart, Html, heading, paragraph, table
from psanalysis.report.missing import MissingPage
from psanalysis.report.outcomes_page import Outcomes
from psanalysis.report.page import Page, measured
from psanalysis.report.parameters import LANG, PLAN
from psanalysis.report.periods import as_of, ended, period_line
from psanalysis.report.reading import rows_of_plan, values_of, with_findings
from psanalysis.report.standing import ambition_section, standing_frame
from psanalysis.report.steps import pace_section
from psanalysis.report.succession_page import Succession
from psanalysis.wording import say

# Statuses that say all: nothing more stands beside them
PLAIN = ("to_improve", "hold", "no_baseline", "pledge")


class CityGap(Page):
    """The sections of the page for one plan.

    Parameters
    ----------
    plan_id
        The plan.
    lang
        zh or en.
    ds
        The data set; by default the curated one.
    """

    section = "city_gap"
    notebook = "01_city_gap"
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
        """The indicators that the plan is judged by, ready for chart and table."""
        return with_texts(self.ds, headline(self.gaps), self.lang)

    @cached_property
    def standing(self) -> pd.DataFrame:
        """The targets against the nation's and the other cities', see `psanalysis.ambition`."""
        return standing_frame(self, self.plan_id)

    @cached_property
    def ends(self) -> pd.DataFrame:
        """What came of the targets, see `psanalysis.outcomes`."""
        day = as_of(self.ds)
        return outcomes(self.ds, self.plan_id, day.year - 1 if day else None)

    def subject(self) -> dict[str, str]:
        return {"plan": plan_title(self.ds, self.plan_id, self.lang)}

    def answer(self) -> str:
        """The verdict, computed from the data."""
        return verdict(self, self.plan_id, self.gaps, self.standing, self.ends)

    def title(self) -> Html:
        """Title, period, and the verdict in a few sentences."""
        period = paragraph(period_line(self.ds, self.plan_id, self.lang), "ps-period")
        return (
            heading(1, self.words("title", **self.subject()))
            + period
            + paragraph(self.answer(), "ps-answer")
        )

    def brief(self) -> Html:
        """Six numbers, what asks for more and less, what binds, what is in doubt."""
        return numbers(self, self.gaps, self.standing, self.ends) + lists(
            self, self.plan_id, self.gaps, self.standing
        )

    def chart(self) -> Chart | Html:
        """Baseline and target of every headline indicator on one scale; nothing for a plan without pairs."""
        if self.headline.empty:
            return Html("")
        return self.drawn(
            "dumbbell",
            self.headline,
            "gap",
            finding=self._finding(),
            source=document(self.ds, self.plan_id, self.lang),
        )

    def _finding(self) -> str:
        """The row with furthest to go, by the part of its target that the baseline is, or its excess over a cap."""
        sound = self.headline[~self.headline["doubted"] & self.headline["position"].notna()]
        apart = sound[sound["status"] == "to_improve"]
        if apart.empty:
            return self.words("gap_none")
        row = apart.loc[(apart["position"] - 100).abs().idxmax()]
        tense = "was" if ended(self.ds, self.plan_id) else "is"
        return self.words(
            f"furthest_{tense}", name=row["name"], baseline=row["baseline_text"], target=row["target_text"],
            start=row["baseline_year"], end=row["target_year"],
        )  # fmt: skip

    def table(self) -> Html:
        """The numbers of the chart."""
        if self.headline.empty:
            return Html("")
        caption = self.words("table_caption", count=len(self.headline))
        return self._table(self.headline, caption, "headline")

    def gap(self) -> Html:
        """From baseline to target: chart and table."""
        plan = self.ds.plans.set_index("plan_id").loc[self.plan_id]
        title = self.words("gap_title", start=plan["baseline_year"], end=plan["horizon_year"])
        return folded(title, "gap", Html("") + self.chart() + self.table())

    def ambition(self) -> Html:
        """The targets against the nation's and the other cities'."""
        section = ambition_section(self, self.plan_id, self.standing)
        return folded(self.words("standing_title"), "standing", section, shown=self.headline.empty)

    def outcomes(self) -> Html:
        """What came of the targets that are due, and how many are due without a published value."""
        if due_rows(self.ends).empty:
            return Html("")
        words = paragraph(ends_words(self, self.ends))
        known = told(self.ends)
        places = [(MissingPage.address(self.lang), self.words("to_missing"))]
        if len(known):
            places.insert(0, (Outcomes.address(self.lang, plan_id=self.plan_id), self.words("to_outcomes")))  # fmt: skip
        links = Html("<p>" + " · ".join(link(text, href) for href, text in places) + "</p>")
        listing = ends_table(self, known) if len(known) else Html("")
        around = around_table(self, due_rows(self.ends))
        return folded(self.words("outcomes_title"), "outcomes", words + listing + around + links)

    def succession(self) -> Html:
        """Where the place has several plans: what became of the targets, and the page that says it in full."""
        place = self.ds.plans.set_index("plan_id").loc[self.plan_id, "city_id"]
        if (self.ds.plans["city_id"] == place).sum() < 2:
            return Html("")
        page = Succession(place, self.lang, self.ds)
        more = link(self.words("to_succession"), Succession.address(self.lang, area_id=place))
        words = paragraph(page.answer()) + page.numbers() + Html(f"<p>{more}</p>")
        return folded(self.words("succession_title"), "succession", words)

    def pace(self) -> Html:
        """Past pace against required pace."""
        return folded(
            say("pace_section.title", self.lang),
            "pace",
            pace_section(self, self.plan_id, self.pairs),
        )

    def other_targets(self) -> Html:
        """All targets of the plan but those of the chart: prose, boxes, pledges."""
        rest = self.gaps[~self.gaps["statement_id"].isin(self.headline["statement_id"])]
        frame = with_texts(self.ds, rest, self.lang)
        key = "others" if len(self.headline) else "all"
        caption = self.words(f"{key}_caption", count=len(frame))
        listing = self._table(frame, caption, "other-targets") if len(frame) else Html("")
        return folded(self.words(f"{key}_title", count=len(frame)), "targets", listing)

    def _table(self, frame: pd.DataFrame, caption: str, name: str) -> Html:
        units, lang = names(self.ds, "units", "unit_id", self.lang), self.lang
        rows = [
            {
                "name": row.name, "name_href": self.indicator(row.indicator_id), "domain": row.group, "domain_href": domain_page(row.domain_id, lang),
                "nature": MISSING if row.nature == "unstated" else self.ds.label("statements", "nature", row.nature, lang),
                "baseline": measured(row.baseline_text, row.baseline, units[row.unit_id], lang),
                "target": measured(row.target_text, row.target, units[row.unit_id], lang), "target_href": row.url,
                "year": f"{row.baseline_year}–{row.target_year}" if pd.notna(row.baseline_year) else str(row.target_year),
                "gap": measured(difference(row.gap, units[row.unit_id], lang), row.gap, units[row.unit_id], lang),
                "step": measured(difference(row.required_step, units[row.unit_id], lang), row.required_step, units[row.unit_id], lang),
                "status": self._status(row),
            }
            for row in frame.itertuples()
        ]  # fmt: skip
        held = {
            "nature": frame["nature"].ne("unstated").any(),
            **dict.fromkeys(("baseline", "gap", "step"), bool(frame["baseline"].notna().any())),
        }
        every = ["name", "domain", "nature", "baseline", "target", "year", "gap", "step", "status"]
        shown = " ".join(key for key in every if held.get(key, True))
        downloads = Downloads(self.ds, lang)
        columns = self.columns(shown, "baseline target gap step")
        return table(
            downloads.rows(rows, frame["statement_id"]),
            [*columns, *downloads.columns()],
            caption=caption,
            name=f"{self.name}-{name}",
        )

    def _status(self, row: Any) -> str:
        """The status, its reason where it does not speak for itself, and the marks."""
        reason = "" if row.status in PLAIN else getattr(row, f"reason_{self.lang}")
        words = say(f"status.{row.status}", self.lang)
        if reason:
            words = self.words("status_reason", status=words, reason=reason)
        return words + marks_words(row.marks, self.lang)

    def parts(self) -> Html:
        """The other parts of the plan: its service list, its key projects, who leads what."""
        return self._services() + self._projects() + self._leads()

    def _services(self) -> Html:
        own = self.ds.services[self.ds.services["plan_id"] == self.plan_id]
        codes = names(self.ds, "service_codes", "service_id", self.lang)
        domain = names(self.ds, "domains", "domain_id", self.lang)
        rows = [
            {"domain": domain[row.domain_id], "service": codes[row.service_id], "as_written": row.service_as_written}
            for row in own.itertuples()
        ]  # fmt: skip
        return self._part(rows, "services", "service domain as_written")

    def _projects(self) -> Html:
        own = self.ds.projects[self.ds.projects["plan_id"] == self.plan_id]
        domain = names(self.ds, "domains", "domain_id", self.lang)
        rows = [
            {
                "domain": domain[row.domain_id], "as_written": row.project_as_written, "box": row.box,
                "project_status": self.ds.label("projects", "status", row.status, self.lang),
                "status_source": MISSING if pd.isna(row.status_source) else row.status_source,
            }
            for row in own.itertuples()
        ]  # fmt: skip
        known = " project_status status_source" if (own["status"] != "unknown").any() else ""
        return self._part(rows, "projects", f"as_written domain box{known}")

    def _leads(self) -> Html:
        return self._part(
            leading_units(self.ds, self.plan_id, self.lang), "leads", "domain as_written lead"
        )

    def _part(self, rows: list[dict[str, Any]], name: str, shown: str) -> Html:
        if not rows:
            return Html("")
        caption = self.words(f"{name}_caption", count=len(rows))
        listing = table(rows, self.columns(shown), caption=caption, name=f"{self.name}-{name}")
        return folded(self.words(f"{name}_title", count=len(rows)), name, listing)

    def findings(self) -> Html:
        """What is odd in the document, the gravest first."""
        own = self.ds.findings[self.ds.findings["plan_id"] == self.plan_id]
        title = self.words("findings_title", count=len(own))
        return folded(title, "findings", findings_table(self, own) if len(own) else Html(""))

    def statements(self) -> list[str]:
        """Every statement of the plan: the home page and other pages lead to them here."""
        rows = self.ds.statements
        return list(rows.loc[rows["plan_id"] == self.plan_id, "statement_id"])
