"""Page 05: which services the plans list, and where their lists differ."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import plan_title
from psanalysis.datapackage.slices import Masks, Slicer
from psanalysis.formatting import MISSING
from psanalysis.measures.coverage import coverage
from psanalysis.report.addresses import domain_page
from psanalysis.report.blocks import filled, link
from psanalysis.report.frames import documents, names
from psanalysis.report.html import Chart, Html, heading, paragraph
from psanalysis.report.page import Page
from psanalysis.report.parameters import LANG
from psanalysis.report.periods import plan_head
from psanalysis.report.table import table
from psanalysis.tables.model import Head
from psanalysis.wording import say, template


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
        """Services against plans, see `psanalysis.coverage`, with names and links, and in how many
        lists each is, under its own name or within another one.
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
        """A cell for every plan and every service that is not in all lists."""
        unlike = self.coverage[self.coverage["lists"] < len(self.listed_plans)]
        rows = [
            {"label": row["label"], "group": row["group"], "column": self.called[plan],
                "url": row["url"],
             "state": self._state(row, plan),
             "note": "" if pd.isna(row["only_in"]) else self.words("only_in",
                 city=self.called[row["only_in"]])}
            for row in unlike.to_dict("records")
            for plan in self.listed_plans
        ]  # fmt: skip
        cells = pd.DataFrame(rows)
        spoken = (
            cells[cells["state"].isin(["alone", "listed"])]
            .groupby("label")["column"]
            .agg(self.listed)
        )
        return cells.assign(
            mark_text=[
                self.words("mark", name=label, cities=spoken[label]) for label in cells["label"]
            ]
        )

    def _state(self, row: Mapping[str, Any], plan: str) -> str:
        if row[plan]:
            return "alone" if row["only_in"] == plan else "listed"
        if plan in row["within"].split():
            return "within"
        return "unknown" if plan in row["unknown_in"].split() else "absent"

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
        """The lists of plans known in part, and of how many services it cannot be told whether they
        are in them.
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

    def chart(self) -> Chart:
        """The services that are not in every list."""
        return self.drawn(
            "matrix", self.cells, "differences", finding=self.answer(), source=self.source()
        )

    def source(self) -> str:
        return documents(self.ds, self.listed_plans, self.lang)

    def _counted(self, counts: Mapping[str, int]) -> str:
        """How many services the list of each plan has, in words."""
        return self.listed(
            self.words("mark_count", city=self.called[plan], count=count)
            for plan, count in counts.items()
        )

    def domains(self) -> Html:
        """How many services of each domain are in all lists, in some, in one."""
        parts = pd.Series("shared", index=self.coverage.index).mask(
            self.coverage["lists"] == len(self.listed_plans), "everywhere"
        )
        long = self.coverage.assign(part=parts.mask(self.coverage["lists"] == 1, "alone")).melt(
            id_vars=["group", "domain_id", "part"],
            value_vars=self.listed_plans,
            var_name="plan_id",
            value_name="has",
        )
        domains = self.coverage["domain_id"].unique()
        every = pd.MultiIndex.from_product(
            [self.listed_plans, domains, ("everywhere", "shared", "alone")],
            names=["plan_id", "domain_id", "part"],
        )
        counts = (
            long[long["has"]]
            .groupby(["plan_id", "domain_id", "part"])
            .size()
            .reindex(every, fill_value=0)
            .rename("count")
            .reset_index()
        )
        totals = counts.groupby("plan_id")["count"].sum()
        counts = counts.assign(
            panel=counts["plan_id"].map(self.called),
            panel_text=[self.words("panel", count=totals[plan]) for plan in counts["plan_id"]],
            label=counts["domain_id"].map(names(self.ds, "domains", "domain_id", self.lang)),
            url="#row-domain-" + counts["domain_id"],
        )
        wide = counts.pivot(index="domain_id", columns=["plan_id", "part"], values="count").loc[
            counts["domain_id"].unique()
        ]
        sums = {
            domain: {plan: int(wide.loc[domain, plan].sum()) for plan in self.listed_plans}
            for domain in wide.index
        }
        counts["mark_text"] = [
            self.words("mark_domain", domain=row.label, counts=self._counted(sums[row.domain_id]))
            for row in counts.itertuples()
        ]
        of_all = {plan: totals[plan] for plan in self.listed_plans}
        finding = self.words("domains_finding", parts=self._counted(of_all))
        chart = self.drawn("stacks", counts, "domains", finding=finding, source=self.source())
        titles = names(self.ds, "domains", "domain_id", self.lang)
        rows = [
            {
                "id": f"row-domain-{domain}",
                "domain": titles[domain],
                "domain_href": domain_page(str(domain), self.lang),
                "in_all": int(wide.loc[domain, (self.listed_plans[0], "everywhere")]),
                **sums[domain],
            }
            for domain in wide.index
        ]
        columns = [
            *self.columns("domain in_all", "in_all"),
            *(Head(plan, plan_head(self.ds, plan, self.lang), True) for plan in self.listed_plans),
        ]
        return (
            heading(2, self.words("domains_title"))
            + chart
            + table(
                rows,
                columns,
                caption=self.words("domains_caption"),
                lang=self.lang,
                name=f"{self.name}-domains",
            )
        )

    def table(self) -> Html:
        """Every service with the words of each list and their place in the text."""
        written = self.ds.services.groupby(["service_id", "plan_id"])[
            ["service_as_written", "char_start", "char_end"]
        ].apply(self._written)
        rows = [
            {
                "id": service_row(row.service_id), "service": row.label, "domain": row.group,
                "domain_href": domain_page(row.domain_id, self.lang),
                **{plan: written.get((row.service_id, plan)) or self._within(row,
                    plan) for plan in self.listed_plans},
            }
            for row in self.coverage.itertuples()
        ]  # fmt: skip
        columns = [
            *self.columns("service domain"),
            *(Head(plan, plan_head(self.ds, plan, self.lang)) for plan in self.listed_plans),
        ]
        top = heading(2, self.words("table_title")) + paragraph(self.words("table_intro"))
        return top + table(
            rows,
            columns,
            caption=self.words("table_caption", count=len(rows)),
            lang=self.lang,
            name=self.name,
        )

    def _within(self, row: Any, plan: str) -> Html | str:
        """The services of a list that hold this one, or that it holds, each leading to its row; a
        dash for none.
        """
        if plan not in row.within.split():
            return MISSING
        table, parts = self.coverage.set_index("service_id"), self.ds.service_codes
        pairs = zip(parts["service_id"], parts["part_of"], strict=True)
        kin = {
            wider if part == row.service_id else part
            for part, wider in pairs
            if row.service_id in (part, wider)
        }
        shown = [
            link(table.at[one, "label"], f"#{service_row(one)}")
            for one in table.index
            if one in kin and table.at[one, plan]
        ]
        return filled(template("service_coverage.within", self.lang), names=self.listed(shown))

    def _written(self, rows: pd.DataFrame) -> str:
        return self.listed(
            (
                say("cell.written", self.lang, words=words, start=start, end=end)
                for words, start, end in rows.to_numpy()
            ),
            "clause",
        )

    def sources(self) -> Html:
        """The documents behind the page, and the fingerprint of data and library."""
        return self.provenance(Html(""), self.listed_plans)


def service_row(service_id: str) -> str:
    """Id of a service's row on the page."""
    return f"row-service-{service_id}"
