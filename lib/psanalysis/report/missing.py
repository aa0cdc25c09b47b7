"""Page 09: which targets are due and lack a value, with the form to fill in."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import plan_title
from psanalysis.formatting import MISSING
from psanalysis.markup import escaped, unbroken
from psanalysis.measures.outcomes import outcomes
from psanalysis.measures.waiting import waiting
from psanalysis.report.addresses import domain_page, plan_page
from psanalysis.report.blocks import Card, cards, folded, ways_to
from psanalysis.report.ends import DUE, counts_table, dated_value, due_rows
from psanalysis.report.frames import named, names, stated_value
from psanalysis.report.html import Html, Shown, paragraph
from psanalysis.report.page import Page
from psanalysis.report.parameters import LANG
from psanalysis.report.periods import last_year
from psanalysis.report.table import cell, table
from psanalysis.tables.form_file import form_name, form_suffixes
from psanalysis.tables.model import Table
from psanalysis.wording import say


class MissingPage(Page):
    """Which targets are due without a published value, with a form to fill in.

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
    >>> type(MissingPage("en").answer()).__name__
    'str'
    """

    section = "missing_page"
    notebook = "09_missing"
    takes = (LANG,)

    def __init__(self, lang: str, ds: Dataset | None = None):
        super().__init__(lang, ds)

    @cached_property
    def due(self) -> pd.DataFrame:
        """Every due target with a number and its verdict, see `psanalysis.outcomes`."""
        return due_rows(outcomes(self.ds, None, last_year(self.ds)))

    @cached_property
    def waiting(self) -> pd.DataFrame:
        """Due targets without a value of their year, by `value_age` (years): those without any
        value first, then the longest without one. See `psanalysis.waiting`.
        """
        frame = waiting(self.ds, None, last_year(self.ds))
        order = frame["value_age"].astype("float64").fillna(float("inf"))
        return frame.loc[order.sort_values(ascending=False, kind="stable").index]

    def answer(self) -> str:
        """The finding, computed from the data."""
        none = int((self.waiting["verdict"] == "no_value").sum())
        return self.words(
            "answer", due=len(self.due), none=none, old=len(self.waiting) - none,
            plans=self.waiting["plan_id"].nunique(),
        )  # fmt: skip

    def numbers(self) -> Html:
        """Met, missed, cannot be told, without a value."""
        counts = self.due["verdict"].value_counts()
        return cards(
            Card(str(counts.get(verdict, 0)), say(f"ends.{verdict}", self.lang)) for verdict in DUE
        )

    def plans(self) -> Table:
        """The outcomes of the due targets, plan by plan."""
        cities = self.called
        hrefs = {plan: plan_page(plan, self.lang) for plan in cities.index}
        caption = say("overview.by_plan", self.lang)
        return counts_table(self, self.due, "plan_id", cities, hrefs, caption)

    def table(self) -> Html:
        """The targets that wait for a value: first those with a value of another year, with its
        age, then the others plan by plan.
        """
        known = self.waiting["value"].notna()
        older, none = self.waiting[known], self.waiting[~known]
        parts: list[Shown] = (
            [self._listing(older, "older", "city", "last_value age")] if len(older) else []
        )
        for plan in self.ds.plans["plan_id"]:
            own = none[none["plan_id"] == plan]
            if len(own):
                title = self.words(
                    "plan_title", plan=plan_title(self.ds, plan, self.lang), count=len(own)
                )
                parts.append(
                    folded(title, f"plan-{plan}", self._listing(own, "none", "", "", plan))
                )
        return Html("\n".join(part._repr_html_() for part in parts))

    def _listing(
        self, rows: pd.DataFrame, name: str, place: str, more: str, plan: str = ""
    ) -> Table:
        """Rows of `psanalysis.waiting` as a table; `place` and `more` name further columns."""
        frame = named(self.ds, rows, self.lang)
        cities = self.called
        units = names(self.ds, "units", "unit_id", self.lang)
        cells = [
            {
                "city": cities[row.plan_id],
                **ways_to(self, row.plan_id),
                "name": row.name,
                "name_href": self.indicator(row.indicator_id),
                "of": row.statement_id,
                "domain": row.group,
                "domain_href": domain_page(row.domain_id, self.lang),
                "target": stated_value(self.ds, row, self.lang),
                "target_href": row.url,
                "target_year": str(row.wanted_year),
                "last_value": dated_value(row, units[row.unit_id], self.lang),
                "age": cell(
                    MISSING if pd.isna(row.value_age) else self._age(row.value_age), row.value_age
                ),
                "lead": row.lead_unit or MISSING,
            }
            for row in frame.itertuples()
        ]
        lead = "lead" if frame["lead_unit"].any() else ""
        columns = self.columns(f"name {place} domain target target_year {more} {lead}", "age")
        caption = self.words(f"{name}_caption", count=len(rows))
        return table(
            cells, columns, caption=caption, lang=self.lang, name=f"{self.name}-{plan or name}"
        )

    def _age(self, years: int) -> str:
        """How old a value is, in words; one of a later year lies ahead."""
        return self.words("age_after" if years < 0 else "age", years=abs(years))

    def form(self) -> Html:
        """Forms to download and fill in, beside the page: of all targets that wait, and of each
        plan's.
        """
        if self.waiting.empty:
            return Html("")
        own = set(self.waiting["plan_id"])
        cities = self.called
        lines: list[tuple[str | None, str]] = [(None, self.words("form_all"))]
        lines += [(plan, cities[plan]) for plan in self.ds.plans["plan_id"] if plan in own]
        shown = "".join(
            f"<li>{unbroken(self.words('form_line', name=name))} {self._links(plan)}</li>"
            for plan, name in lines
        )
        note = paragraph(self.words("form"))
        return folded(
            self.words("form_title"), "form", note + Html(f"<ul>{shown}</ul>"), shown=True
        )

    def _links(self, plan: str | None) -> str:
        return " · ".join(
            f'<a download="" href="{escaped(form_name(plan, suffix))}">'
            f"{escaped(suffix[1:].upper())}</a>"
            for suffix in form_suffixes()
        )

    def statements(self) -> list[str]:
        return list(self.waiting["statement_id"])
