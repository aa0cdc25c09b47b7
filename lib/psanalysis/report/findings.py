"""Findings as a table: what is odd, the figures side by side, and where they stand."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

import pandas as pd

from psanalysis.datapackage.pledges import OTHER, pledge_words
from psanalysis.formatting import MISSING, stated
from psanalysis.report.addresses import finding_id, statements_page
from psanalysis.report.blocks import ways_to
from psanalysis.report.frames import names
from psanalysis.report.page import Page
from psanalysis.report.provenance import row_id
from psanalysis.report.table import table
from psanalysis.tables.model import Table
from psanalysis.wording import say

SEVERITIES = ("contradiction", "unlike_basis", "note")
# how many figures of a finding are shown beside each other
FEW = 6


def first_row(statement_ids: object, plan_id: str, here: Container[str], lang: str) -> str:
    """Where the first statement of a finding stands: in the sources of the page, else with all of its plan."""
    if not isinstance(statement_ids, str):
        return ""
    first = statement_ids.split()[0]
    page = "" if first in here else statements_page(plan_id, lang)
    return f"{page}#{row_id(first)}"


def by_severity(found: pd.DataFrame) -> pd.DataFrame:
    """Findings with the gravest first, those of a kind together."""
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
    cities, figures = page.called, Figures(page)
    here = set(page.statements())
    rows = [
        {
            "id": finding_id(row["finding_id"]), "severity": word(page, "severity", row["severity"]),
            "kind": word(page, "kind", row["kind"]), "city": cities[row["plan_id"]], **ways_to(page, row["plan_id"]),
            "figures_href": first_row(row["statement_ids"], row["plan_id"], here, page.lang),
            "figures": figures.of(row["statement_ids"]), "text": row[f"text_{page.lang}"],
            "statements": "" if pd.isna(row["statement_ids"]) else row["statement_ids"], "findings": row["finding_id"],
        }
        for row in by_severity(found).to_dict("records")
    ]  # fmt: skip
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
    """The figures that findings name, as stated."""

    def __init__(self, page: Page):
        self.page = page
        self.rows = page.ds.statements.set_index("statement_id")
        self.units = names(page.ds, "units", "unit_id", page.lang)

    def of(self, statement_ids: object) -> str:
        """The first figures of a finding and their number."""
        ids = str(statement_ids).split() if isinstance(statement_ids, str) else []
        known = [self._text(self.rows.loc[one]) for one in ids if one in self.rows.index]
        shown = list(dict.fromkeys(known))
        if not shown:
            return MISSING
        words = say("punctuation.clause", self.page.lang).join(shown[:FEW])
        rest = len(shown) - FEW
        return words if rest <= 0 else say("findings_page.more_figures", self.page.lang, shown=words, count=rest)  # fmt: skip

    def _text(self, row: Any) -> str:
        value = row["value_as_written"]
        if pd.isna(row["value"]) and pd.isna(row["pledge"]):  # a dash in a table
            value = MISSING
        elif pd.isna(row["value"]) and row["pledge"] != OTHER:
            value = pledge_words(self.page.ds, row["pledge"], row.name, self.page.lang)
        elif pd.notna(row["value"]):
            value = stated(row["value"], row["value_high"], row["comparator"], self.units[row["unit_id"]], self.page.lang)  # fmt: skip
        year = "" if pd.isna(row["year"]) else say("findings_page.year", self.page.lang, year=row["year"])  # fmt: skip
        return f"{value}{year}"
