"""Page 06: where the data come from, what is missing, and which findings there are on
the sources.
"""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import city_plans, known_in_part
from psanalysis.formatting import plain
from psanalysis.measures.gaps import gaps
from psanalysis.report.addresses import domain_page, plan_page
from psanalysis.report.blocks import link, ways_to
from psanalysis.report.findings_page import FindingsPage
from psanalysis.report.frames import documents, with_texts
from psanalysis.report.html import Chart, Html, heading, paragraph
from psanalysis.report.page import Page
from psanalysis.report.parameters import LANG
from psanalysis.report.periods import ended_word, title_in_part
from psanalysis.report.provenance import source_table
from psanalysis.report.table import cell, share, table
from psanalysis.tables.model import Table
from psanalysis.wording import say

ASPECTS = {"baselines": ("paired", "unpaired", "pledge"), "years": ("stated", "implied", "undated")}
# not called "with a baseline" as on other pages: these count pledges that have one too
COLUMNS = {"paired": "both"}


class DataQuality(Page):
    """Whether the figures can be traced to the texts, what is missing, and which findings there are
    on the sources.

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
    >>> DataQuality("en").chart().kind
    'stacks'
    """

    section = "data_quality"
    notebook = "06_data_quality"
    takes = (LANG,)

    def __init__(self, lang: str, ds: Dataset | None = None):
        super().__init__(lang, ds)

    @cached_property
    def targets(self) -> pd.DataFrame:
        """Every target, see `psanalysis.gaps`."""
        frame = gaps(self.ds)
        part = frame["baseline"].notna().map({True: "paired", False: "unpaired"})
        return frame.assign(part=part.mask(frame["target"].isna(), "pledge"))

    @cached_property
    def counts(self) -> pd.DataFrame:
        """For each plan (`plan_id`) and `aspect`, a row for each `part` with its `count`: targets
        by baseline, and statements by the basis of their year. With the columns of
        `psanalysis.plot.stacks` and `mark_text`.
        """
        basis = self.ds.statements.assign(part=self.ds.statements["year_basis"].fillna("undated"))
        rows = []
        for aspect, parts in ASPECTS.items():
            source = self.targets if aspect == "baselines" else basis
            counted = source.groupby(["plan_id", "part"]).size()
            rows += [
                {"aspect": aspect, "plan_id": plan, "part": part,
                    "count": int(counted.get((plan, part), 0))}
                for plan in self.ds.plans["plan_id"] for part in parts
            ]  # fmt: skip
        frame = pd.DataFrame(rows)
        cities = self.called
        frame = frame.assign(
            panel=[self.words(f"panel_{aspect}") for aspect in frame["aspect"]],
            panel_text=[self.words(f"panel_{aspect}_text") for aspect in frame["aspect"]],
            label=frame["plan_id"].map(cities),
            url="#" + frame["plan_id"].map(_row),
        )
        spoken = frame.groupby("url", sort=False)[["part", "count"]].apply(
            lambda group: self.listed(
                say("mark_words.count", self.lang, part=say(f"part.{part}", self.lang), count=count)
                for part, count in group.to_numpy()
            )
        )
        return frame.assign(
            mark_text=[
                say("mark_words.quality", self.lang, plan=row.label, parts=spoken[row.url])
                for row in frame.itertuples()
            ]
        )

    def answer(self) -> str:
        """The finding, computed from the data."""
        anchored = self.ds.statements["char_start"].notna()
        whole = ~self.targets["plan_id"].isin(known_in_part(self.ds))
        numeric = self.targets[self.targets["target"].notna() & whole]
        return self.words(
            "answer",
            statements=len(self.ds.statements),
            anchored=plain(100 * anchored.mean(), 3),
            findings=len(self.ds.findings),
            implied=plain(100 * (self.ds.statements["year_basis"] == "implied").mean(), 2),
            without=int(numeric["baseline"].isna().sum()),
            numeric=len(numeric),
        )

    def chart(self) -> Chart:
        """Baselines and years, plan by plan."""
        return self.drawn(
            "stacks",
            self.counts,
            "counts",
            finding=self.answer(),
            source=documents(self.ds, self.ds.plans["plan_id"], self.lang),
        )

    def table(self) -> Table:
        """The numbers of the chart."""
        wide = self.counts.pivot(index="plan_id", columns=["aspect", "part"], values="count")
        anchored = (
            self.ds.statements["char_start"].notna().groupby(self.ds.statements["plan_id"]).mean()
        )
        found = self.ds.findings["plan_id"].value_counts()
        rows = [
            {
                "id": _row(plan), "plan": title_in_part(self.ds, plan, self.lang),
                "plan_href": plan_page(plan, self.lang),
                "plan_tag": ended_word(self.ds, plan, self.lang),
                **{COLUMNS.get(part, part): int(wide.loc[plan, (aspect, part)]) for aspect,
                    parts in ASPECTS.items() for part in parts},
                "anchored": share(anchored.get(plan, float("nan")), 3),
                "findings": int(found.get(plan, 0)),
            }
            for plan in self.ds.plans["plan_id"]
        ]  # fmt: skip
        numeric = "both unpaired pledge stated implied undated anchored findings"
        return table(
            rows,
            self.columns(f"plan {numeric}", numeric),
            caption=self.words("table_caption"),
            lang=self.lang,
            name=self.name,
        )

    def findings(self) -> Html:
        """A link to the page of all findings, with their number."""
        words = self.words("findings_link", count=len(self.ds.findings))
        return Html(f"<p>{link(words, FindingsPage.address(self.lang))}</p>")

    @property
    def _bare(self) -> pd.DataFrame:
        """Main indicators of the cities without a baseline (`status`, `nature`) in plans whose
        table of baselines was read; rows of `psanalysis.gaps`.
        """
        listed = self.ds.statements
        paired = listed[(listed["role"] == "baseline") & listed["nature"].notna()]
        return self.targets[
            (self.targets["status"] == "no_baseline")
            & self.targets["nature"].notna()
            & self.targets["plan_id"].isin(city_plans(self.ds))
            & (
                ~self.targets["plan_id"].isin(known_in_part(self.ds))
                | self.targets["plan_id"].isin(set(paired["plan_id"]))
            )
        ]

    def missing(self) -> Html:
        """Main indicators for which the plans state no baseline."""
        frame = with_texts(self.ds, self._bare, self.lang)
        cities = self.called
        rows = [
            {"name": row.name, "name_href": self.indicator(row.indicator_id),
                "city": cities[row.plan_id], **ways_to(self, row.plan_id),
             "domain": row.group, "domain_href": domain_page(row.domain_id, self.lang),
             "target": cell(row.target_text, row.target), "target_href": row.url,
             "year": row.year_text}
            for row in frame.itertuples()
        ]  # fmt: skip
        listing = table(rows, self.columns("name city domain target year", "target"),
            caption=self.words("missing_caption", count=len(rows)),
                        lang=self.lang, name=f"{self.name}-missing")  # fmt: skip
        return heading(2, self.words("missing_title")) + paragraph(self.words("missing")) + listing

    def sources(self) -> Html:
        """The documents, the statements named on the page, and the fingerprint of data and
        library.
        """
        rows = source_table(self.ds, self.statements(), self.lang, self.name)
        return self.provenance(rows, list(self.ds.plans["plan_id"]))

    def statements(self) -> list[str]:
        return list(self._bare["statement_id"])


def _row(plan_id: str) -> str:
    return f"row-quality-{plan_id}"
