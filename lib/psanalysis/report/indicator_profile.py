"""Page 03: one indicator in every plan."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.slices import Masks, Slicer
from psanalysis.formatting import PROPORTIONS, in_plain_units, with_unit
from psanalysis.markup import escaped, unbroken
from psanalysis.measures.outcomes import outcomes
from psanalysis.measures.verdicts import size_dependent
from psanalysis.report.addresses import INDICATOR_PAGES
from psanalysis.report.blocks import folded
from psanalysis.report.comparisons import comparison_frame
from psanalysis.report.frames import documents, names, narrowed
from psanalysis.report.html import Chart, Html, paragraph
from psanalysis.report.indicator_definition import definition_section
from psanalysis.report.indicator_points import indicator_points
from psanalysis.report.indicator_table import names_table, targets_table
from psanalysis.report.indicator_words import Asked
from psanalysis.report.page import Page
from psanalysis.report.parameters import INDICATOR, LANG
from psanalysis.report.periods import last_year, over_until, periods_line
from psanalysis.report.reading import rows_across_plans
from psanalysis.report.spread_section import spread_chart
from psanalysis.tables.model import Table
from psanalysis.wording import say


class IndicatorProfile(Page):
    """One indicator in every plan: who is to reach what by when, and whether it can be compared.

    Each method gives a section of its page, as a notebook calls them.

    Parameters
    ----------
    indicator_id
        The indicator.
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
    >>> IndicatorProfile("nurses_per_1000", "en").chart().kind
    'trajectories'
    """

    section = "indicator_profile"
    notebook = INDICATOR_PAGES
    takes = (INDICATOR, LANG)

    def __init__(self, indicator_id: str, lang: str, ds: Dataset | None = None):
        super().__init__(lang, ds, indicator_id=indicator_id)
        self.indicator_id = indicator_id
        self.own = narrowed(self.ds, [indicator_id])
        self.about = self.ds.indicators.set_index("indicator_id").loc[indicator_id]
        self.unit = names(self.ds, "units", "unit_id", lang)[self.about["unit_id"]]

    @classmethod
    def reads(cls, slicer: Slicer, subject: Mapping[str, Any]) -> Masks:
        """What all plans state of the indicator, and its actual values."""
        own = slicer.where("indicators", "indicator_id", subject["indicator_id"])
        named = {
            table: slicer.where(table, "indicator_id", subject["indicator_id"])
            for table in ("actuals", "aliases")
        }
        return rows_across_plans(slicer, own) | named

    @cached_property
    def targets(self) -> pd.DataFrame:
        """The headline target of each plan, see `psanalysis.compare`."""
        return comparison_frame(self.own, [self.indicator_id], self.ds.plans["plan_id"], self.lang)

    @cached_property
    def points(self) -> pd.DataFrame:
        """Every value that a plan states of the indicator in its own area, see
        `indicator_points`.
        """
        return indicator_points(self.own, self.targets, self.unit, self.lang)

    def subject(self) -> dict[str, str]:
        return {"name": self.about[f"name_{self.lang}"]}

    @cached_property
    def asked(self) -> Asked:
        """What places ask for, in words."""
        return Asked(self, self.targets)

    @cached_property
    def ends(self) -> pd.DataFrame:
        """The outcomes of the targets, see `psanalysis.outcomes`, by statement_id."""
        return outcomes(self.own, None, last_year(self.ds)).set_index("statement_id")

    def headline(self) -> str:
        """The finding in a line: the title of the page."""
        if self.targets.empty:
            return self.words("headline_none")
        return self.asked.headline

    def answer(self) -> str:
        """The finding, computed from the data."""
        if self.targets.empty:
            return self.words("answer_no_target", statements=len(self.points))
        return self._joined(self.asked.sentences())

    def details(self) -> str:
        """What the headline leaves out: all targets, whether they can be compared, and how they
        ended.
        """
        if self.targets.empty:
            return self.answer()
        came = self.asked.came(self.ends["verdict"])
        return self._joined([*self.asked.details(), *([came] if came else [])])

    def period(self) -> str:
        return periods_line(self.ds, set(self.own.statements["plan_id"]), self.lang)

    def _joined(self, sentences: list[str]) -> str:
        return say("punctuation.sentence", self.lang).join(sentences)

    def title(self) -> Html:
        """The finding, under the name of the indicator; the question, what the headline leaves out,
        which periods have ended.
        """
        name = self.subject()["name"]
        details = self.details()
        return (
            Html(
                f'<h1 data-title="{escaped(name)}"><span class="ps-subject">{unbroken(name)}'
                f"</span> {unbroken(self.headline())}</h1>"
            )
            + paragraph(self.words("question"), "ps-question")
            + (paragraph(details, "ps-answer") if details else Html(""))
            + paragraph(self.period(), "ps-period")
        )

    def chart(self) -> Chart | Html:
        """Every plan from what it states of the past to its horizon."""
        if not (
            self.points["path"] & self.points["value"].notna() & self.points["year"].notna()
        ).any():
            return paragraph(self.words("no_chart"))
        shown = (
            self.points
            if not size_dependent(self.ds)[self.indicator_id]
            else self.points[~self.points["national"]]
        )
        # of the nation only targets; its past values are in the source table
        shown = shown[~shown["national"] | (shown["role"] == "target")]
        shown = (shown if len(shown) else self.points).reset_index(drop=True)
        unit = in_plain_units(1.0, self.unit, self.lang)[1]
        unit = (
            self.words("in_unit", unit=unit)
            if with_unit("1", unit, self.lang) not in ("1", f"1{PROPORTIONS.get(unit)}")
            else ""
        )
        source = documents(self.ds, set(shown["plan_id"]), self.lang)
        return self.drawn(
            "trajectories",
            shown,
            "trajectories",
            finding=self.headline(),
            source=source,
            unit=unit,
            over=over_until(self.ds, shown["plan_id"], self.lang),
        )

    def said(self) -> set[str]:
        return {self.headline()}

    def spread(self) -> Chart | Html:
        """The distribution of the places' targets for one year, from as many places on as are
        ranked.
        """
        return spread_chart(self, self.targets, self.unit) if len(self.targets) else Html("")

    def table(self) -> Table | Html:
        """Who asks what, by when, with which nature, and how it ended; the places can be chosen."""
        if self.targets.empty:
            return Html("")
        return targets_table(self, self.targets, self.ends)

    def definition(self) -> Html:
        """What the indicator measures."""
        return definition_section(self, self.indicator_id, self.own.statements)

    def names(self) -> Html:
        """What the plans call the indicator."""
        return folded(self.words("names_title"), "names", names_table(self, self.indicator_id))

    def statements(self) -> list[str]:
        return list(self.own.statements["statement_id"])
