"""Page 00: what all plans promise, where they bind, and where they give numbers."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import city_plans, known_in_part, plan_title
from psanalysis.formatting import plain
from psanalysis.measures.gaps import gaps
from psanalysis.measures.outcomes import outcomes
from psanalysis.report.addresses import domain_page
from psanalysis.report.blocks import link
from psanalysis.report.ends import TOLD, counts_table, due_rows
from psanalysis.report.frames import documents, names
from psanalysis.report.front import front
from psanalysis.report.html import Chart, Html, heading, paragraph
from psanalysis.report.missing import MissingPage
from psanalysis.report.outcomes_page import Outcomes
from psanalysis.report.page import Page
from psanalysis.report.parameters import LANG
from psanalysis.report.periods import last_year
from psanalysis.report.plans_table import plans_table
from psanalysis.report.target_counts import (
    charted_counts,
    target_counts,
    target_counts_table,
    with_part,
)
from psanalysis.tables.model import Table

# most panels of the chart: with one for every plan it would grow without limit
DRAWN = 12


class Overview(Page):
    """What the plans promise in each domain, where they bind, and where they give numbers.

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
    >>> Overview("en").chart().kind
    'stacks'
    """

    section = "overview"
    notebook = "00_overview"
    takes = (LANG,)
    dated = False  # the front section says it

    def __init__(self, lang: str, ds: Dataset | None = None):
        super().__init__(lang, ds)

    @cached_property
    def targets(self) -> pd.DataFrame:
        """Every target of every plan, see `psanalysis.gaps`, with the part that it belongs to."""
        return with_part(gaps(self.ds))

    @cached_property
    def counts(self) -> pd.DataFrame:
        """Number of targets by plan, domain and part, zeros included; see `target_counts`."""
        return target_counts(self.ds, self.targets)

    def answer(self) -> str:
        """The finding, computed from the data."""
        cities = self.targets[self.targets["plan_id"].isin(city_plans(self.ds))]
        binding = cities[cities["nature"] == "binding"]
        shares = {
            "pledges": plain(100 * cities["target"].isna().mean(), 2),
            "paired": plain(100 * cities["baseline"].notna().mean(), 2),
        }
        top = binding["domain_id"].value_counts()
        domains = names(self.ds, "domains", "domain_id", self.lang)
        words = self.words(
            "answer" if len(binding) else "answer_unbinding", plans=cities["plan_id"].nunique(),
            targets=len(cities), indicators=cities["indicator_id"].nunique(), binding=len(binding),
            binding_plans=binding["plan_id"].nunique(),
            top=self.listed(domains[top.index[top == top.max()]]), **shares,
        )  # fmt: skip
        partly = sorted(
            known_in_part(self.ds).intersection(cities["plan_id"]),
            key=list(self.ds.plans["plan_id"]).index,
        )
        if not partly:
            return words
        named = self.listed(plan_title(self.ds, plan, self.lang) for plan in partly)
        return words + self.words("in_part", plans=named)

    def front(self) -> Html:
        """A few findings and a card for each plan; the first page of the site shows them too."""
        return front(self, self.targets)

    def chart(self) -> Chart:
        """Domain by plan: binding and expected targets, other numbers, pledges; of many plans those
        with most targets.
        """
        every = list(self.ds.plans["plan_id"])
        most = self.targets["plan_id"].value_counts().reindex(every, fill_value=0)
        drawn = set(most.sort_values(ascending=False, kind="stable").index[:DRAWN])
        return self.drawn(
            "stacks",
            charted_counts(self, self.counts[self.counts["plan_id"].isin(drawn)]),
            "parts",
            finding=self.answer(),
            source=documents(self.ds, [plan for plan in every if plan in drawn], self.lang),
            some=""
            if len(drawn) == len(every)
            else self.words("parts_some", drawn=DRAWN, plans=len(every)),
        )

    def table(self) -> Table:
        """The numbers of the chart."""
        return target_counts_table(self, self.counts, self.targets)

    def plans(self) -> Html:
        """The plans: document, period, and what each contains."""
        return heading(2, self.words("plans_title")) + plans_table(self, self.targets)

    def outcomes(self) -> Html:
        """The outcomes of the due targets, by place and by domain; plans without a single value are
        named below the tables.
        """
        due = due_rows(outcomes(self.ds, None, last_year(self.ds)))
        known = due[due["verdict"].isin(TOLD)]
        if known.empty:
            return Html("")
        plans, domains = self.called, names(self.ds, "domains", "domain_id", self.lang)
        told_of = due["plan_id"].isin(known["plan_id"])
        hrefs = {plan: Outcomes.address(self.lang, plan_id=plan) for plan in plans.index}
        by_plan = counts_table(self, due[told_of], "plan_id", plans, hrefs, self.words("by_plan"))
        own = due[due["domain_id"].isin(known["domain_id"])]
        ways = {domain: domain_page(domain, self.lang) for domain in domains.index}
        by_domain = counts_table(self, own, "domain_id", domains, ways, self.words("by_domain"))
        counts = due.loc[~told_of, "plan_id"].value_counts(sort=False)
        silent = [
            self.words("silent_plan", plan=plans[plan], count=count)
            for plan, count in counts.items()
        ]
        note = paragraph(self.words("silent", plans=self.listed(silent))) if silent else Html("")
        more = Html(f"<p>{link(self.words('to_missing'), MissingPage.address(self.lang))}</p>")
        title = heading(2, self.words("outcomes_title"))
        return title + by_plan + note + by_domain + more

    def subject(self) -> dict[str, str]:
        return {"plans": str(len(self.ds.plans))}

    def sources(self) -> Html:
        """The documents behind the page, and the fingerprint of data and library."""
        return self.provenance(Html(""), list(self.ds.plans["plan_id"]))
