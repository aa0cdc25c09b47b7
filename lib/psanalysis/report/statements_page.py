"""Page 14: all statements of a plan, with their position in the text; the annex of the
plan's page.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import plan_title
from psanalysis.datapackage.slices import Masks, Slicer
from psanalysis.formatting import difference
from psanalysis.markup import escaped
from psanalysis.measures.doubts import doubts
from psanalysis.measures.gaps import gaps
from psanalysis.report.addresses import STATEMENT_PAGES, domain_page
from psanalysis.report.choices import Choice, choices
from psanalysis.report.downloads import heads
from psanalysis.report.frames import names, with_texts
from psanalysis.report.html import Html
from psanalysis.report.opening import opening
from psanalysis.report.page import Page
from psanalysis.report.parameters import LANG, PLAN
from psanalysis.report.provenance import source_columns, source_rows
from psanalysis.report.reading import rows_of_plan, with_findings
from psanalysis.report.table import table
from psanalysis.wording import say

# Columns in the order of a reader's questions: what, when, how much, against what, where
SHOWN = (
    "indicator", "domain", "role", "year", "value", "nature", "gap", "as_written",
    "value_as_written",
    "section", "span", "note",
)  # fmt: skip
ROLES = ("target", "baseline", "reference")


class Statements(Page):
    """All statements of one plan, each with its position in the text.

    Each method gives a section of its page, as a notebook calls them.

    Parameters
    ----------
    plan_id
        The plan.
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
    >>> type(Statements("panjin-14fyp", "en").answer()).__name__
    'str'
    """

    section = "statements_page"
    notebook = STATEMENT_PAGES
    takes = (PLAN, LANG)

    def __init__(self, plan_id: str, lang: str, ds: Dataset | None = None):
        super().__init__(lang, ds, plan_id=plan_id)
        self.plan_id = plan_id
        rows = self.ds.statements
        self.own = rows[rows["plan_id"] == plan_id]

    @classmethod
    def reads(cls, slicer: Slicer, subject: Mapping[str, Any]) -> Masks:
        """The plan with all that is its own."""
        return with_findings(slicer, rows_of_plan(slicer, subject["plan_id"]))

    @cached_property
    def gaps(self) -> dict[str, str]:
        """The change that each target asks for from its baseline, in words; by statement_id."""
        frame = with_texts(self.ds, gaps(self.ds, self.plan_id), self.lang)
        units = names(self.ds, "units", "unit_id", self.lang)
        return {row.statement_id: self._gap(row, units[row.unit_id]) for row in frame.itertuples()}

    def _gap(self, row: Any, unit: str) -> str:
        status = say(f"status.{row.status}", self.lang)
        if pd.isna(row.baseline) or pd.isna(row.gap):
            return "" if row.status in ("no_baseline", "pledge") else status
        return self.words(
            "from_to", baseline=row.baseline_text, target=row.target_text,
            gap=difference(row.gap, unit, self.lang), status=status,
        )  # fmt: skip

    def subject(self) -> dict[str, str]:
        return {"plan": plan_title(self.ds, self.plan_id, self.lang)}

    def answer(self) -> str:
        """How many statements the plan has, and how many of them are in doubt."""
        counts = self.own["role"].value_counts()
        parts = [
            self.words(f"part_{role}", count=int(counts[role])) for role in ROLES if role in counts
        ]
        doubted = int(self.own["statement_id"].isin(doubts(self.ds).index).sum())
        words = self.words("answer", count=len(self.own), parts=self.listed(parts))
        return words + (self.words("doubted", count=doubted) if doubted else "")

    def title(self) -> Html:
        """Title, period, the number of statements, and the link back to the plan's page."""
        return opening(self, self.plan_id)

    def table(self) -> Html:
        """All statements, with filters for them."""
        domain_of = self.ds.indicators.set_index("indicator_id")["domain_id"]
        domains = self.own["indicator_id"].map(domain_of)
        titles = names(self.ds, "domains", "domain_id", self.lang)
        order = self.ds.domains.set_index("domain_id")["sort"]
        rows = source_rows(self.ds, self.own, self.lang, self.told())
        rows = [
            row
            | {
                "domain": titles[domain],
                "domain_href": domain_page(domain, self.lang),
                "gap": self.gaps.get(own.statement_id, ""),
                "data": row["data"]
                | {
                    "domain": domain,
                    "role": own.role,
                    "nature": "" if pd.isna(own.nature) else own.nature,
                    "doubt": "yes" if isinstance(row["note"], Html) else "no",
                },
            }
            for row, own, domain in zip(rows, self.own.itertuples(), domains, strict=True)
        ]
        rows.sort(key=lambda row: (order[row["data"]["domain"]], ROLES.index(row["data"]["role"])))
        shown = source_columns(rows, self.lang, SHOWN)
        listing = table(
            rows,
            shown,
            caption=self.words("caption", count=len(rows)),
            lang=self.lang,
            name=self.name,
            data={"heads": heads(self.lang), "document": self.plan_id},
        )
        title = f'<h2 id="statements">{escaped(self.words("list_title"))}</h2>'
        return Html(title) + choices(self._choices(rows), len(rows), self.lang) + listing

    def _choices(self, rows: list[dict[str, Any]]) -> list[Choice]:
        """The filters for the statements: those that offer more than one value."""
        found = []
        for name in ("domain", "role", "nature", "doubt"):
            there = list(dict.fromkeys(row["data"][name] for row in rows if row["data"][name]))
            if len(there) > 1 or (name == "nature" and there):
                options = {code: self._option(name, code) for code in there}
                found.append(Choice(name, say(f"choice.{name}", self.lang), options))
        return found

    def _option(self, name: str, code: str) -> str:
        if name == "domain":
            return str(names(self.ds, "domains", "domain_id", self.lang)[code])
        if name == "doubt":
            return say(f"choice.doubt_{code}", self.lang)
        return self.ds.label("statements", name, code, self.lang).partition(":")[0]

    def sources(self) -> Html:
        """The document, and the fingerprint of data and library."""
        return self.provenance(Html(""), [self.plan_id])

    def statements(self) -> list[str]:
        return list(self.own["statement_id"])
