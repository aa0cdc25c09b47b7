"""Findings as a table: their kind, the figures side by side, and where these stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from psanalysis.datapackage.pledges import OTHER, pledge_words
from psanalysis.formatting import MISSING, stated
from psanalysis.markup import escaped
from psanalysis.report.addresses import finding_id, statements_page
from psanalysis.report.blocks import link, ways_to
from psanalysis.report.frames import names
from psanalysis.report.html import Html
from psanalysis.report.page import Page
from psanalysis.report.provenance import row_id
from psanalysis.report.table import table
from psanalysis.tables.model import Table
from psanalysis.wording import say

SEVERITIES = ("contradiction", "unlike_basis", "note")
# at most so many figures of a finding are shown
FEW = 6


def by_severity(found: pd.DataFrame) -> pd.DataFrame:
    """Findings by `severity`, the gravest first; within it by `kind`, the most frequent first."""
    kinds = found["kind"].value_counts()
    order = {kind: place for place, kind in enumerate(kinds.index)}
    keys = found.assign(
        grave=found["severity"].map(SEVERITIES.index), often=found["kind"].map(order)
    )
    return found.loc[keys.sort_values(["grave", "often"], kind="stable").index]


def findings_table(page: Page, found: pd.DataFrame, *, places: bool = False) -> Table:
    """Findings with severity, kind, figures and words.

    Parameters
    ----------
    page
        The page that shows them.
    found
        Rows of findings.csv.
    places
        Whether to say of which plan each is.
    """
    cities, figures = page.called, Figures(page, page.statements())
    rows = [
        {
            "id": finding_id(row["finding_id"]),
            "severity": word(page, "severity", row["severity"]),
            "kind": word(page, "kind", row["kind"]),
            "city": cities[row["plan_id"]],
            **ways_to(page, row["plan_id"]),
            "figures": figures.of(row["statement_ids"]),
            "text": row[f"text_{page.lang}"],
            "statements": "" if pd.isna(row["statement_ids"]) else row["statement_ids"],
            "findings": row["finding_id"],
        }
        for row in by_severity(found).to_dict("records")
    ]
    shown = "severity city kind figures text" if places else "severity kind figures text"
    columns = page.columns(shown)
    statements = page.columns("findings statements", download=True)
    caption = say("findings_page.caption", page.lang, count=len(rows))
    return table(
        rows, [*columns, *statements], caption=caption, lang=page.lang, name=f"{page.name}-findings"
    )


def word(page: Page, column: str, code: str) -> str:
    """The short word for a code of findings.csv, without its explanation."""
    return page.ds.label("findings", column, code, page.lang).partition(":")[0]


class Figures:
    """The figures that findings name, as stated. Each links to its statement: in the source table
    of the page, or on the page of its plan's statements.

    Parameters
    ----------
    page
        The page that shows them.
    here
        Statements that stand in its sources.
    """

    def __init__(self, page: Page, here: Iterable[str]):
        self.page, self.here = page, set(here)
        self.rows = page.ds.statements.set_index("statement_id")
        self.units = names(page.ds, "units", "unit_id", page.lang)

    def of(self, statement_ids: object) -> Html | str:
        """The first figures of a finding and their number."""
        ids = str(statement_ids).split() if isinstance(statement_ids, str) else []
        places: dict[str, str] = {}
        for one in ids:
            if one in self.rows.index:
                places.setdefault(self._text(self.rows.loc[one]), self._place(one))
        if not places:
            return MISSING
        shown = [link(text, href) for text, href in list(places.items())[:FEW]]
        words = escaped(say("punctuation.clause", self.page.lang)).join(shown)
        rest = len(places) - FEW
        return Html(
            words
            if rest <= 0
            else say("findings_page.more_figures", self.page.lang, shown=words, count=rest)
        )

    def _place(self, statement_id: str) -> str:
        plan = self.rows.loc[statement_id, "plan_id"]
        page = "" if statement_id in self.here else statements_page(plan, self.page.lang)
        return f"{page}#{row_id(statement_id)}"

    def _text(self, row: Any) -> str:
        value = row["value_as_written"]
        if pd.isna(row["value"]) and pd.isna(row["pledge"]):  # the table prints a dash
            value = MISSING
        elif pd.isna(row["value"]) and row["pledge"] != OTHER:
            value = pledge_words(self.page.ds, row["pledge"], row.name, self.page.lang)
        elif pd.notna(row["value"]):
            value = stated(
                row["value"],
                row["value_high"],
                row["comparator"],
                self.units[row["unit_id"]],
                self.page.lang,
            )
        year = (
            ""
            if pd.isna(row["year"])
            else say("findings_page.year", self.page.lang, year=row["year"])
        )
        return f"{value}{year}"
