"""Page 02: how cities compare in one domain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import shared_indicators
from psanalysis.datapackage.slices import Masks, Slicer
from psanalysis.report.addresses import DOMAIN_PAGES
from psanalysis.report.comparison_table import comparison_table
from psanalysis.report.comparisons import (
    beside_each_other,
    comparison_frame,
    ends_apart,
    stated_at,
)
from psanalysis.report.domain_indicators import indicators_section
from psanalysis.report.frames import documents, names
from psanalysis.report.html import Chart, Html, paragraph
from psanalysis.report.page import Page
from psanalysis.report.parameters import ALL_DOMAINS, DOMAIN, LANG, PLANS
from psanalysis.report.periods import over_until, periods_line
from psanalysis.report.reading import rows_across_plans
from psanalysis.report.standing import SIDES
from psanalysis.report.standing_cells import standing_cells
from psanalysis.tables.model import Table

FEW = 3


class CityComparison(Page):
    """How high the places aim on each indicator of one domain, and whether their targets can be
    compared.

    Each method gives a section of its page, as a notebook calls them.

    Parameters
    ----------
    domain_id
        The harmonised domain, or "all".
    lang
        zh or en.
    plans
        plan_id of the plans to compare; all by default.
    ds
        The data set; by default the curated one.

    Raises
    ------
    ParameterError
        If a code or the language is not known.

    Examples
    --------
    >>> CityComparison("health", "en").heatmap().kind
    'heatmap'
    """

    section = "city_comparison"
    notebook = DOMAIN_PAGES
    takes = (DOMAIN, LANG, PLANS)

    def __init__(
        self,
        domain_id: str,
        lang: str,
        plans: Sequence[str] | None = None,
        ds: Dataset | None = None,
    ):
        super().__init__(lang, ds, domain_id=domain_id, plans=list(plans or []))
        self.domain_id = domain_id
        self.plans = list(plans) if plans else list(self.ds.plans["plan_id"])

    @classmethod
    def reads(cls, slicer: Slicer, subject: Mapping[str, Any]) -> Masks:
        """What all plans state of the indicators of the domain."""
        if subject["domain_id"] == ALL_DOMAINS:
            return slicer.whole()
        return rows_across_plans(
            slicer, slicer.where("indicators", "domain_id", subject["domain_id"])
        )

    @cached_property
    def frame(self) -> pd.DataFrame:
        """Targets of the domain that two or more of the plans have; see `psanalysis.compare`."""
        domain = self.ds.indicators.set_index("indicator_id")["domain_id"]
        shared = [
            one
            for one in shared_indicators(self.ds, self.plans)
            if self.domain_id in (ALL_DOMAINS, domain[one])
        ]
        return comparison_frame(self.ds, shared, self.plans, self.lang)

    @property
    def domain(self) -> str:
        """Name of the domain."""
        return (
            self.words("all_domains")
            if self.domain_id == ALL_DOMAINS
            else names(self.ds, "domains", "domain_id", self.lang)[self.domain_id]
        )

    def subject(self) -> dict[str, str]:
        return {"domain": self.domain}

    @cached_property
    def beside(self) -> pd.DataFrame:
        """The rows that can stand side by side, the nation's among them; columns of
        `comparison_frame`.
        """
        return beside_each_other(self.frame)

    def answer(self) -> str:
        """The finding, computed from the data."""
        if self.frame.empty:
            return self.words("answer_none", domain=self.domain)
        shared, compared = (frame["indicator_id"].nunique() for frame in (self.frame, self.beside))
        one = ("answer_one", "answer_one_apart")
        key = (one if shared == 1 else ("answer", "answer_apart"))[not compared]
        words = self.words(key, domain=self.domain, indicators=shared, compared=compared)
        return words + self._pledged() + self.most_apart("most_apart") + self._doubts()

    def _pledged(self) -> str:
        """For how many of the indicators all places make pledges: these are alike, but have no
        numbers to compare.
        """
        stated = self.frame["value"].notna().groupby(self.frame["indicator_id"]).any()
        return "" if stated.all() else self.words("pledged", count=int((~stated).sum()))

    def _doubts(self) -> str:
        """The cities' numbers that are left out because a finding doubts them."""
        left = self.frame[self.frame["doubted"] & ~self.frame["is_reference"]]
        if left.empty:
            return ""
        named = [
            self.words("doubted_one", name=row.name, city=row.city, value=row.value_text)
            for row in left.head(FEW).itertuples()
        ]
        key = "doubted" if len(left) <= FEW else "doubted_more"
        return self.words(key, named=self.listed(named, "clause"), count=len(left))

    @cached_property
    def widest(self) -> tuple[pd.Series, pd.Series] | None:
        """The least and the most demanding of the comparable targets for one year that lie furthest
        apart, relative to the larger one.
        """
        apart = ends_apart(self.beside)
        if apart.empty:
            return None
        ends = apart.loc[apart["share"].idxmax()]
        return self.beside.loc[ends["low"]], self.beside.loc[ends["high"]]

    def most_apart(self, key: str = "most_apart") -> str:
        """`widest` in a sentence; nothing where all numbers are the same."""
        if self.widest is None:
            return ""
        low, high = self.widest
        least, most = (stated_at(self, self.beside, one) for one in (low, high))
        return self.words(key, name=low["name"], year=low["year"], high=most, low=least)

    @cached_property
    def cells(self) -> pd.DataFrame:
        """A cell for each shared indicator and each plan, with the `standing` of its target against
        the national one; see `standing_cells`.
        """
        return standing_cells(self, self.frame, self.plans)

    def heatmap(self) -> Chart | Html:
        """City by indicator: each target against the national one."""
        if self.frame.empty:
            return Html("")
        sound = self.cells[~self.cells["doubted"]]
        counts = sound["standing"].value_counts()
        parts = [
            self.words(f"heatmap_{name}", count=counts[name]) for name in SIDES if name in counts
        ]
        finding = (
            self.words("heatmap_finding", parts=self.listed(parts))
            if parts
            else self.words(
                "heatmap_none_held" if self.frame["is_reference"].any() else "heatmap_no_national"
            )
        )
        over = over_until(self.ds, self.cells["plan_id"], self.lang)
        return self.drawn(
            "heatmap", self.cells, "heatmap", finding=finding, source=self.source(), over=over
        )

    def period(self) -> str:
        return (
            periods_line(self.ds, set(self.frame["plan_id"]), self.lang)
            if len(self.frame)
            else super().period()
        )

    def chart(self) -> Chart | Html:
        """One strip an indicator: the cities' targets relative to the national target or the
        highest one.
        """
        if self.domain_id == ALL_DOMAINS:
            return paragraph(self.words("by_domain"))
        if self.frame.empty:
            return Html("")
        if self.frame["value"].isna().all():
            return paragraph(self.words("no_numbers"))
        if self.beside.empty:
            return paragraph(self.words("strips_none"))
        finding = self.most_apart("strips_apart")
        if not finding:
            cities = self.beside[~self.beside["is_reference"]].groupby(["indicator_id", "year"])
            same_year = bool((cities["place"].nunique() > 1).any())
            return paragraph(self.words("strips_same" if same_year else "strips_other_years"))
        shown = self.beside.reset_index(drop=True)
        return self.drawn("comparison", shown, "strips", finding=finding, source=self.source())

    def source(self) -> str:
        """The source line of the charts."""
        return documents(self.ds, set(self.frame["plan_id"]), self.lang)

    def table(self) -> Table | Html:
        """The numbers of the charts, with verdicts and ranks."""
        if self.frame.empty:
            return Html("")
        return comparison_table(
            self, self.frame, self.words("table_caption", count=len(self.frame))
        )

    def indicators(self) -> Html:
        """Every indicator of the domain that a plan uses, see `indicators_section`."""
        return indicators_section(self, self.domain_id, self.plans)

    def statements(self) -> list[str]:
        return (
            []
            if self.frame.empty
            else [*self.frame["statement_id"], *self.frame["baseline_statement_id"].dropna()]
        )
