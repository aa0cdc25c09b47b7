"""Page 05: which services the plans list, and where their lists differ."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import plan_title
from psanalysis.datapackage.slices import Masks, Slicer
from psanalysis.measures.coverage import coverage
from psanalysis.report.frames import documents, names
from psanalysis.report.html import Chart, Html, heading, paragraph
from psanalysis.report.page import Page
from psanalysis.report.parameters import LANG
from psanalysis.report.service_cells import service_cells
from psanalysis.report.service_domains import service_domains_section
from psanalysis.report.service_table import service_row, service_table


class ServiceCoverage(Page):
    """Which services the plans list, and which are in the list of one place alone.

    Each method gives a section of its page, as a notebook calls them.

    Parameters
    ----------
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
    >>> ServiceCoverage("en").chart().kind
    'matrix'
    """

    section = "service_coverage"
    notebook = "05_service_coverage"
    takes = (LANG,)

    def __init__(self, lang: str, ds: Dataset | None = None):
        super().__init__(lang, ds)

    @classmethod
    def reads(cls, slicer: Slicer, subject: Mapping[str, Any]) -> Masks:
        return slicer.whole(
            "plans", "areas", "domains", "plan_domains", "services", "service_codes"
        )

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """Services against plans, see `psanalysis.coverage`; adds `lists` (how many have the
        service, under its own name or within another one), `label`, `group` (the domain) and `url`.
        """
        frame = coverage(self.ds)
        frame = frame[frame["plans"] > 0].reset_index(drop=True)
        lists = frame["plans"] + frame["within"].str.split().str.len()
        return frame.assign(
            lists=lists,
            label=frame[f"name_{self.lang}"],
            group=frame["domain_id"].map(names(self.ds, "domains", "domain_id", self.lang)),
            url="#" + frame["service_id"].map(service_row),
        )

    @cached_property
    def listed_plans(self) -> list[str]:
        """Plans that have a service list."""
        return [plan for plan in self.ds.plans["plan_id"] if plan in self.coverage]

    @cached_property
    def cells(self) -> pd.DataFrame:
        """A cell for every plan and every service that is not in all lists, see `service_cells`."""
        return service_cells(self, self.coverage, self.listed_plans)

    def answer(self) -> str:
        """The finding, computed from the data."""
        every = int((self.coverage["lists"] == len(self.listed_plans)).sum())
        alone = self.coverage["only_in"].value_counts()
        parts = [
            self.words("alone", city=self.called[plan], count=alone.get(plan, 0))
            for plan in self.listed_plans
        ]
        words = self.words(
            "answer",
            plans=len(self.listed_plans),
            services=len(self.coverage),
            every=every,
            parts=self.listed(parts),
        )
        return words + self._in_part() + self._earlier()

    def _in_part(self) -> str:
        """The lists of plans known in part, and for how many services it cannot be told whether
        they have them.
        """
        unknown = self.coverage["unknown_in"]
        partly = {plan for plans in unknown for plan in plans.split()}
        if not partly:
            return ""
        named = (
            plan_title(self.ds, plan, self.lang) for plan in self.listed_plans if plan in partly
        )
        return self.words("in_part", lists=self.listed(named), count=int((unknown != "").sum()))

    def _earlier(self) -> str:
        """The lists of periods that had ended before the latest one began: they cannot have what
        came later.
        """
        plans = self.ds.plans.set_index("plan_id").loc[self.listed_plans]
        early = plans.index[plans["period_end"] < plans["period_start"].max()]
        if early.empty:
            return ""
        named = self.listed(plan_title(self.ds, plan, self.lang) for plan in early)
        return self.words("earlier", lists=named)

    def chart(self) -> Chart | Html:
        """The services that are not in every list; nothing where the lists are the same."""
        if self.cells.empty:
            return Html("")
        return self.drawn(
            "matrix", self.cells, "differences", finding=self.answer(), source=self.source()
        )

    def source(self) -> str:
        return documents(self.ds, self.listed_plans, self.lang)

    def domains(self) -> Html:
        """How many services of each domain are in all lists, in some, in one."""
        return service_domains_section(self, self.coverage, self.listed_plans)

    def table(self) -> Html:
        """Every service with the words of each list and their position in the text."""
        top = heading(2, self.words("table_title")) + paragraph(self.words("table_intro"))
        return top + service_table(self, self.coverage, self.listed_plans)

    def sources(self) -> Html:
        """The documents behind the page, and the fingerprint of data and library."""
        return self.provenance(Html(""), self.listed_plans)
