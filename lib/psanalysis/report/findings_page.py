"""Page 07: findings on figures, the gravest first."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.measures.doubts import DOUBTING, doubts
from psanalysis.report.addresses import FINDINGS_PAGE
from psanalysis.report.blocks import Card, cards
from psanalysis.report.findings import SEVERITIES, by_severity, finding_id, findings_table, word
from psanalysis.report.frames import documents
from psanalysis.report.html import Chart, Html, paragraph
from psanalysis.report.page import Page
from psanalysis.report.parameters import LANG
from psanalysis.tables.model import Table
from psanalysis.wording import say


class FindingsPage(Page):
    """Which figures contradict each other or rest on another basis, and why.

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
    >>> FindingsPage("en").chart().kind
    'findings'
    """

    section = "findings_page"
    notebook = FINDINGS_PAGE
    takes = (LANG,)

    def __init__(self, lang: str, ds: Dataset | None = None):
        super().__init__(lang, ds)

    @cached_property
    def counts(self) -> pd.Series:
        """Number of findings by severity, the gravest first."""
        return self.ds.findings["severity"].value_counts().reindex(SEVERITIES, fill_value=0)

    def answer(self) -> str:
        """The finding, computed from the data."""
        found = self.ds.findings
        if found.empty:
            return self.words("none")
        grave = found[found["severity"].isin(DOUBTING)]
        doubted = set(doubts(self.ds).index)
        targets = self.ds.statements[self.ds.statements["role"] == "target"]["statement_id"]
        words = self.words(
            "answer", count=len(found), grave=len(grave), figures=len(doubted),
            targets=int(targets.isin(doubted).sum()), all=len(targets),
        )  # fmt: skip
        return words if grave.empty else words + self._commonest(grave)

    def _commonest(self, grave: pd.DataFrame) -> str:
        """The most frequent `kind` of these findings in a sentence; all of them where several are
        equally frequent.
        """
        counts = grave["kind"].value_counts()
        kinds = [word(self, "kind", str(one)) for one in counts.index[counts == counts.max()]]
        if len(kinds) > 1:
            return self.words(
                "commonest_several", kinds=self.listed(kinds), count=int(counts.max())
            )
        return self.words("commonest", kind=kinds[0], count=int(counts.max()))

    def numbers(self) -> Html:
        """How many there are of each severity."""
        return cards(
            Card(str(count), word(self, "severity", str(code)))
            for code, count in self.counts.items()
        )

    def chart(self) -> Chart | Html:
        """Kinds of finding by plan."""
        cells = self._cells()
        if cells["column"].nunique() < 2:
            return Html("")
        kinds = self.ds.findings["kind"].value_counts()
        most = [word(self, "kind", str(one)) for one in kinds.index[kinds == kinds.max()]]
        finding = self.words(
            "chart_finding",
            count=len(self.ds.findings),
            kind=self.listed(most),
            most=int(kinds.max()),
        )
        source = documents(self.ds, set(self.ds.findings["plan_id"]), self.lang)
        return self.drawn("findings", cells, "kinds", finding=finding, source=source)

    def _cells(self) -> pd.DataFrame:
        """A cell for each kind of finding (`label`) and plan (`column`): `count`, `mark_text`, and
        `url`, the link to the first finding of the kind.
        """
        found, cities = by_severity(self.ds.findings), self.called
        counted = found.groupby(["kind", "plan_id"])["finding_id"].agg(["size", "first"])
        plans = [plan for plan in self.ds.plans["plan_id"] if plan in set(found["plan_id"])]
        rows = []
        for kind in self.ds.findings["kind"].value_counts().index:
            label = word(self, "kind", str(kind))
            for plan in plans:
                known = (kind, plan) in counted.index
                count = int(counted.loc[(kind, plan), "size"]) if known else 0
                first = str(counted.loc[(kind, plan), "first"]) if known else ""
                words = say(
                    "mark_words.findings", self.lang, plan=cities[plan], kind=label, count=count
                )
                rows.append(
                    {"label": label, "column": cities[plan], "count": count, "mark_text": words,
                     "url": f"#{finding_id(first)}" if first else ""}
                )  # fmt: skip
        return pd.DataFrame(rows, columns=["label", "column", "count", "mark_text", "url"])

    def table(self) -> Table | Html:
        """All findings with their figures side by side and the explanation of each."""
        if self.ds.findings.empty:
            return paragraph(self.words("none"))
        return findings_table(self, self.ds.findings, places=True)

    def told(self) -> list[str]:
        return list(self.ds.findings["finding_id"])

    def statements(self) -> list[str]:
        """Statements that a finding doubts; the others stand on the page of their plan's
        statements.
        """
        grave = self.ds.findings[self.ds.findings["severity"].isin(DOUBTING)]
        return list(grave["statement_ids"].dropna().str.split().explode())
