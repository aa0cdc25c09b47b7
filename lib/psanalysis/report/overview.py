"""Page 00: what all plans promise, where they bind, and where they give numbers."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import (
    city_plans,
    document_titles,
    known_in_part,
    plan_title,
)
from psanalysis.formatting import plain
from psanalysis.measures.gaps import gaps
from psanalysis.measures.outcomes import outcomes
from psanalysis.report.addresses import domain_page, plan_page
from psanalysis.report.blocks import link
from psanalysis.report.ends import TOLD, counts_table, due_rows
from psanalysis.report.frames import documents, names
from psanalysis.report.front import front
from psanalysis.report.html import Chart, Html, heading, paragraph
from psanalysis.report.missing import MissingPage
from psanalysis.report.outcomes_page import Outcomes
from psanalysis.report.page import Page
from psanalysis.report.parameters import LANG
from psanalysis.report.periods import as_of, ended, ended_word, title_in_part
from psanalysis.report.table import cell, share, table
from psanalysis.tables.model import Cell, Table
from psanalysis.wording import say

PARTS = ("binding", "expected", "number", "pledge")
# panels that a reader can take in: a chart of every plan would grow without end
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
    dated = False  # the front says it

    def __init__(self, lang: str, ds: Dataset | None = None):
        super().__init__(lang, ds)

    @cached_property
    def targets(self) -> pd.DataFrame:
        """Every target of every plan with the part it belongs to; see `psanalysis.gaps`."""
        frame = gaps(self.ds)
        part = frame["target"].notna().map({True: "number", False: "pledge"})
        return frame.assign(part=frame["nature"].fillna(part))

    @cached_property
    def in_part(self) -> set[str]:
        """plan_id of the plans of which a part is known: their numbers are not those of the whole
        plan.
        """
        return known_in_part(self.ds)

    @cached_property
    def counts(self) -> pd.DataFrame:
        """Number of targets by plan, domain and part, zeros included."""
        domains = self.ds.domains.sort_values("sort")["domain_id"]
        every = pd.MultiIndex.from_product(
            [self.ds.plans["plan_id"], domains, PARTS], names=["plan_id", "domain_id", "part"]
        )
        counted = (
            self.targets.groupby(["plan_id", "domain_id", "part"])
            .size()
            .reindex(every, fill_value=0)
            .rename("count")
            .reset_index()
        )
        cities, titles = (
            self.called,
            names(self.ds, "domains", "domain_id", self.lang),
        )
        counted = counted.assign(
            panel=counted["plan_id"].map(cities),
            label=counted["domain_id"].map(titles),
            url="#" + counted["plan_id"].map(_row) + "-" + counted["domain_id"],
        )
        totals = self.targets["plan_id"].value_counts()
        counted["panel_text"] = [
            self.words("panel_part" if plan in self.in_part else "panel", count=totals.get(plan, 0))
            for plan in counted["plan_id"]
        ]
        words = counted.groupby("url", sort=False)[["part", "count"]].apply(self._spoken)
        counted["mark_text"] = [
            say(
                "mark_words.counts",
                self.lang,
                plan=row.panel,
                domain=row.label,
                parts=words[row.url],
            )
            for row in counted.itertuples()
        ]
        return counted

    def _spoken(self, group: pd.DataFrame) -> str:
        return self.listed(
            say("mark_words.count", self.lang, part=say(f"part.{part}", self.lang), count=count)
            for part, count in group.to_numpy()
        )

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
            self.in_part.intersection(cities["plan_id"]), key=list(self.ds.plans["plan_id"]).index
        )
        if not partly:
            return words
        named = self.listed(plan_title(self.ds, plan, self.lang) for plan in partly)
        return words + self.words("in_part", plans=named)

    def front(self) -> Html:
        """A few findings and a card for each plan; the first page of the site shows them too."""
        return front(self, gaps(self.ds))

    def chart(self) -> Chart:
        """Domain by plan: binding and expected targets, other numbers, pledges; of many plans those
        with most targets.
        """
        every = list(self.ds.plans["plan_id"])
        most = self.targets["plan_id"].value_counts().reindex(every, fill_value=0)
        drawn = set(most.sort_values(ascending=False, kind="stable").index[:DRAWN])
        return self.drawn(
            "stacks",
            self.counts[self.counts["plan_id"].isin(drawn)],
            "parts",
            finding=self.answer(),
            source=documents(self.ds, [plan for plan in every if plan in drawn], self.lang),
            some=""
            if len(drawn) == len(every)
            else self.words("parts_some", drawn=DRAWN, plans=len(every)),
        )

    def table(self) -> Table:
        """The numbers of the chart."""
        wide = self.counts.pivot(
            index=["plan_id", "domain_id"], columns="part", values="count"
        ).loc[lambda rows: rows.sum(axis=1) > 0]
        order = self.counts.drop_duplicates(["plan_id", "domain_id"]).set_index(
            ["plan_id", "domain_id"]
        )
        baselines = (
            self.targets[self.targets["baseline"].notna()].groupby(["plan_id", "domain_id"]).size()
        )
        rows = [
            {
                "id": f"{_row(plan)}-{domain}",
                "plan": title_in_part(self.ds, plan, self.lang),
                "plan_href": plan_page(plan, self.lang),
                "plan_tag": ended_word(self.ds, plan, self.lang),
                "domain": order.loc[(plan, domain), "label"],
                "domain_href": domain_page(domain, self.lang),
                **{part: int(wide.loc[(plan, domain), part]) for part in PARTS},
                "total": int(wide.loc[(plan, domain)].sum()),
                "paired": int(baselines.get((plan, domain), 0)),
            }
            for plan, domain in order.index
            if (plan, domain) in wide.index
        ]
        numeric = "binding expected number pledge total paired"
        return table(
            rows,
            self.columns(f"plan domain {numeric}", numeric),
            caption=self.words("table_caption"),
            lang=self.lang,
            name=self.name,
        )

    def plans(self) -> Html:
        """The plans: document, period, and what each contains."""
        own = self.targets.groupby("plan_id")
        listed, boxed = set(self.ds.services["plan_id"]), set(self.ds.projects["plan_id"])
        titles = document_titles(self.ds, self.lang)
        rows = []
        for plan in self.ds.plans.to_dict("records"):
            code = plan["plan_id"]
            mine = own.get_group(code) if code in own.groups else self.targets.iloc[:0]
            pledges = mine["target"].isna().mean()
            rows.append({
                "plan": titles[code], "plan_href": plan_page(code, self.lang),
                "period": self._period(plan),
                "coverage": self.ds.label("plans", "coverage", plan["coverage"],
                    self.lang).partition(";")[0],
                "total": len(mine),
                "binding": self._count(code, (mine["nature"] == "binding").sum(),
                    mine["nature"].notna().any()),
                "paired": self._count(code, mine["baseline"].notna().sum()),
                "pledge_share": share(pledges, 2),
                "services": self._count(code, (self.ds.services["plan_id"] == code).sum(),
                    code in listed),
                "projects": self._count(code, (self.ds.projects["plan_id"] == code).sum(),
                    code in boxed),
            })  # fmt: skip
        numeric = "total binding paired pledge_share services projects"
        listing = table(
            rows,
            self.columns(f"plan period coverage {numeric}", numeric),
            caption=self.words("plans_caption"),
            lang=self.lang,
            name="plans",
        )
        return heading(2, self.words("plans_title")) + listing

    def outcomes(self) -> Html:
        """What came of the due targets, by place and by domain; plans without a single value are
        named below, not listed.
        """
        day = as_of(self.ds)
        due = due_rows(outcomes(self.ds, None, day.year - 1 if day else None))
        known = due[due["verdict"].isin(TOLD)]
        if known.empty:
            return Html("")
        plans, domains = (
            self.called,
            names(self.ds, "domains", "domain_id", self.lang),
        )
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

    def _count(self, plan: str, count: int, known: bool = True) -> Cell:
        """A number, or why there is none: the source has no such column or list, or is known in
        part and none is known.
        """
        in_part = plan in self.in_part
        if count or (known and not in_part):
            return cell(str(int(count)), int(count))
        return cell(self.words("not_known" if in_part else "not_in_source"), "")

    def _period(self, plan: dict[str, Any]) -> str:
        years = f"{plan['period_start']}–{plan['period_end']}"
        over = ended(self.ds, plan["plan_id"])
        return f"{years} ({self.words('ended')})" if over else years

    def subject(self) -> dict[str, str]:
        return {"plans": str(len(self.ds.plans))}

    def sources(self) -> Html:
        """The documents behind the page, and the fingerprint of data and library."""
        return self.provenance(Html(""), list(self.ds.plans["plan_id"]))


def _row(plan_id: str) -> str:
    return f"row-counts-{plan_id}"
