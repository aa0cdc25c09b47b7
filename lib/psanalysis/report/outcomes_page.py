"""Page 04: the outcomes of a plan's targets, and for a plan under way its pace so far against the
one that it needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import plan_title
from psanalysis.datapackage.slices import Masks, Slicer
from psanalysis.measures.outcomes import outcomes
from psanalysis.report.blocks import Card, cards, folded
from psanalysis.report.ends import (
    due_rows,
    ends_frame,
    ends_table,
    ends_words,
    shown_rows,
)
from psanalysis.report.frames import document
from psanalysis.report.html import Chart, Html
from psanalysis.report.opening import opening
from psanalysis.report.page import Page
from psanalysis.report.parameters import ACTUALS, AS_OF, LANG, PLAN
from psanalysis.report.periods import ended
from psanalysis.report.reading import with_outcomes
from psanalysis.report.way import way_frame, way_section
from psanalysis.tables.model import Table
from psanalysis.wording import say


class Outcomes(Page):
    """The outcomes of the targets of one plan: met, missed or open, and by which value.

    Each method gives a section of its page, as a notebook calls them.

    Parameters
    ----------
    plan_id
        The plan.
    lang
        zh or en.
    actuals
        Path of a CSV file with the columns of actuals.csv; empty for the values that come with the
        data.
    as_of
        The year from which one looks: later values are not looked at, later targets are not due.
    ds
        The data set; by default the curated one.

    Raises
    ------
    ParameterError
        If a code or the language is not known.

    Examples
    --------
    >>> Outcomes("china-14fyp", "en").chart().kind
    'bullet'
    """

    section = "outcomes_page"
    notebook = "04_progress"
    takes = (PLAN, LANG, ACTUALS, AS_OF)

    def __init__(
        self,
        plan_id: str,
        lang: str,
        actuals: str = "",
        as_of: int = 2025,
        ds: Dataset | None = None,
    ):
        name = actuals.replace("\\", "/").rsplit("/", 1)[-1]
        super().__init__(lang, ds, plan_id=plan_id, actuals=name, as_of=as_of)
        self.plan_id, self.as_of, self.actuals = plan_id, as_of, actuals

    @classmethod
    def reads(cls, slicer: Slicer, subject: Mapping[str, Any]) -> Masks:
        """The plan, actual values of its places and indicators, and the later plans of its
        place.
        """
        return with_outcomes(slicer, subject["plan_id"])

    @cached_property
    def ends(self) -> pd.DataFrame:
        """The verdict on every target, see `psanalysis.outcomes`."""
        return outcomes(self.ds, self.plan_id, self.as_of, self.actuals or None)

    def subject(self) -> dict[str, str]:
        return {"plan": plan_title(self.ds, self.plan_id, self.lang), "as_of": str(self.as_of)}

    def answer(self) -> str:
        """The finding, computed from the data."""
        known = shown_rows(self.ends)
        if due_rows(self.ends).empty and len(known):
            last = int(known["value_year"].max())
            return self.words("answer_under_way", count=len(known), year=last)
        return ends_words(self, self.ends)

    def title(self) -> Html:
        """Title, period, and the outcomes of the targets in a sentence."""
        return opening(self, self.plan_id)

    def numbers(self) -> Html:
        """Met, missed, cannot be told, without a value."""
        counts = due_rows(self.ends)["verdict"].value_counts()
        if counts.empty:
            return Html("")
        return cards(
            Card(str(counts.get(verdict, 0)), say(f"ends.{verdict}", self.lang))
            for verdict in ("met", "missed", "cannot_tell", "no_value")
        )

    @cached_property
    def shown(self) -> pd.DataFrame:
        """Targets with a known value, due or not, as rows for the chart; see `ends_frame`."""
        return ends_frame(self, shown_rows(self.ends), self.actuals or None)

    def chart(self) -> Chart | Html:
        """Target, comparator and last value of each target that a value is known for."""
        if self.shown.empty:
            return Html("")
        return self.drawn(
            "bullet",
            self.shown,
            "ends",
            finding=self.answer(),
            source=document(self.ds, self.plan_id, self.lang),
        )

    def table(self) -> Table | Html:
        """Every target that a value is known for."""
        known = shown_rows(self.ends)
        return ends_table(self, known, actuals=self.actuals or None) if len(known) else Html("")

    def missing(self) -> Html:
        """Due targets without a published value."""
        rest = due_rows(self.ends)[lambda rows: rows["verdict"] == "no_value"]
        listing: Table | Html = Html("")
        if len(rest):
            listing = ends_table(self, rest, actuals=self.actuals or None, name="no-value")
        return folded(self.words("missing_title", count=len(rest)), "missing", listing)

    @cached_property
    def way(self) -> pd.DataFrame | None:
        """The progress so far, see `way_frame`; None for a plan that has ended, has no value yet,
        or has not begun.
        """
        start = self.ds.plans.set_index("plan_id").loc[self.plan_id, "baseline_year"]
        if ended(self.ds, self.plan_id) or self.shown.empty or self.as_of <= start:
            return None
        return way_frame(self, self.plan_id, self.as_of, self.actuals or None)

    def pace(self) -> Html:
        """For a plan under way: the progress so far against the progress due."""
        if self.way is None:
            return Html("")
        section = way_section(self, self.plan_id, self.way)
        return folded(self.words("pace_title"), "pace", section)

    def statements(self) -> list[str]:
        due, known = due_rows(self.ends), shown_rows(self.ends)
        rows = self.ends.loc[due.index.union(known.index)]
        way = (
            []
            if self.way is None
            else [*self.way["statement_id"], *self.way["baseline_statement_id"].dropna()]
        )
        return [*rows["statement_id"], *rows["value_statement_id"].dropna(), *way]
