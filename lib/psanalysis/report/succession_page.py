"""Page 08: what a place's next plan does with the targets of the one before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import plan_title
from psanalysis.datapackage.pledges import pledge_words
from psanalysis.datapackage.slices import Masks, Slicer
from psanalysis.formatting import MISSING, STEP, difference, stated
from psanalysis.markup import tag
from psanalysis.measures.doubts import findings_by_statement
from psanalysis.measures.succession import CHANGES, succession
from psanalysis.report.addresses import plan_page
from psanalysis.report.blocks import Card, cards, folded, link
from psanalysis.report.facets import Codes
from psanalysis.report.frames import named, names
from psanalysis.report.html import Html, heading, paragraph
from psanalysis.report.page import Page
from psanalysis.report.parameters import AREA, LANG
from psanalysis.report.periods import as_of_line, ended_word
from psanalysis.report.reading import rows_of_plan, values_of, with_findings
from psanalysis.report.table import cell, measured, table
from psanalysis.tables.model import Cell
from psanalysis.wording import say

FIGURES = (
    "old_statement_id",
    "new_statement_id",
    "old_baseline_statement_id",
    "new_baseline_statement_id",
)


class Succession(Page):
    """What the next plan of a place makes of the targets of the last one.

    Each method gives a section of its page, as a notebook calls them.

    Parameters
    ----------
    area_id
        The place.
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
    >>> type(Succession("nanjing", "en").answer()).__name__
    'str'
    """

    section = "succession_page"
    notebook = "08_succession"
    takes = (AREA, LANG)

    def __init__(self, area_id: str, lang: str, ds: Dataset | None = None):
        super().__init__(lang, ds, area_id=area_id)
        self.area_id = area_id

    @classmethod
    def reads(cls, slicer: Slicer, subject: Mapping[str, Any]) -> Masks:
        """The plans of the place, and actual values of its indicators."""
        plans = slicer.names(
            "plans", "plan_id", slicer.where("plans", "city_id", subject["area_id"])
        )
        found: Masks = {}
        for plan in plans:
            own = rows_of_plan(slicer, plan)
            own |= values_of(slicer, own["statements"], plan)
            found = {name: own[name] | found.get(name, False) for name in own}
        return with_findings(slicer, found)

    @classmethod
    def facets(
        cls, codes: Codes, parameters: Mapping[str, Any], plans: Iterable[str]
    ) -> dict[str, str]:
        return {"city": str(parameters["area_id"]), "domain": ""}

    @cached_property
    def frame(self) -> pd.DataFrame:
        """Each indicator from one plan to the next, see `psanalysis.succession`."""
        return succession(self.ds, self.area_id)

    def subject(self) -> dict[str, str]:
        return {"place": names(self.ds, "areas", "area_id", self.lang)[self.area_id]}

    def answer(self) -> str:
        """The finding, computed from the data: of the latest pair of plans."""
        if self.frame.empty:
            return self.words("none", **self.subject())
        last = self.frame[self.frame["new_plan_id"] == self.frame["new_plan_id"].iloc[-1]]
        counts = last["change"].value_counts()
        parts = [
            say(f"succession_page.part_{change}", self.lang, count=counts[change])
            for change in CHANGES
            if change in counts
        ]
        old, new = (
            plan_title(self.ds, last[name].iloc[0], self.lang)
            for name in ("old_plan_id", "new_plan_id")
        )
        return self.words("answer", old=old, new=new, parts=self.listed(parts)) + self._ended(last)

    def _ended(self, last: pd.DataFrame) -> str:
        """How many old targets were met and missed (`verdict`), as far as the new plan's baselines
        or published values show.
        """
        counts = last["verdict"].value_counts()
        met, missed = int(counts.get("met", 0)), int(counts.get("missed", 0))
        return self.words("ended", met=met, missed=missed) if met + missed else ""

    def title(self) -> Html:
        """Title, the plans, and in a sentence which targets were kept, changed or dropped."""
        plans = self.ds.plans[self.ds.plans["city_id"] == self.area_id].sort_values("period_start")
        links = " · ".join(
            link(plan_title(self.ds, plan, self.lang), plan_page(plan, self.lang))
            + tag(ended_word(self.ds, plan, self.lang))
            for plan in plans["plan_id"]
        )
        return (
            heading(1, self.words("title", **self.subject()))
            + Html(f'<p class="ps-period">{links} · {as_of_line(self.ds, self.lang).strip()}</p>')
            + paragraph(self.answer(), "ps-answer")
        )

    def numbers(self, page: str = "") -> Html:
        """How many targets were kept, raised, lowered, dropped, new; each number links to its part
        of the page, whose address is `page` where another page shows the numbers.
        """
        counts = self.frame["change"].value_counts()
        return cards(
            Card(
                str(counts.get(change, 0)),
                say(f"succession.{change}", self.lang),
                f"{page}#{_anchor(change)}",
            )
            for change in CHANGES
            if counts.get(change, 0)
        )

    def table(self) -> Html:
        """Each indicator: old target, its outcome, new baseline, new target; a section for each
        change, those that can be judged first.
        """
        if self.frame.empty:
            return Html("")
        ids = self.frame["new_statement_id"].fillna(self.frame["old_statement_id"])
        frame = named(self.ds, self.frame.assign(statement_id=ids), self.lang)
        parts = [self._part(change, frame[frame["change"] == change]).text for change in CHANGES]
        return Html("\n".join(part for part in parts if part))

    def _part(self, change: str, frame: pd.DataFrame) -> Html:
        """The indicators of one change; the section of those that cannot be judged is closed at
        first. Rows of `psanalysis.succession`.
        """
        if frame.empty:
            return Html("")
        # old targets with a verdict first; within these groups by domain, as before
        frame = frame.loc[frame["verdict"].isna().sort_values(kind="stable").index]
        units = frame["unit_id"].map(names(self.ds, "units", "unit_id", self.lang))
        rows = [self._row(row, unit) for row, unit in zip(frame.itertuples(), units, strict=True)]
        every = "old_target ended new_baseline new_target target_change old_step new_step reason"
        filled = {key: any(_told(row[key]) for row in rows) for key in every.split()}
        numeric = "old_target new_baseline new_target target_change old_step new_step"
        columns = self.columns(f"name {every}", numeric, filled=filled)
        columns += self.columns("statements findings", download=True)
        words = say(f"succession.{change}", self.lang)
        caption = self.words("table_caption", count=len(rows), change=words)
        listing = table(
            rows,
            columns,
            caption=caption,
            lang=self.lang,
            name=f"{self.name}-{change.replace('_', '-')}",
        )
        title = self.words("part_title", change=words[:1].upper() + words[1:], count=len(rows))
        return folded(title, _anchor(change), listing, shown=change != "cannot_tell", long=True)

    def _row(self, row: Any, unit: str) -> dict[str, Any]:
        lang = self.lang
        return {
            "name": row.name, "name_href": self.indicator(row.indicator_id),
            "old_target": self._target(row, "old", unit),
            "new_target": self._target(row, "new", unit),
            "new_target_href": row.url,
            "ended": MISSING if pd.isna(row.verdict) else say(f"ends.{row.verdict}", lang),
            "new_baseline": measured(stated(row.new_baseline, float("nan"),
                row.new_baseline_comparator, unit, lang), row.new_baseline, unit, lang),
            "target_change": measured(difference(row.target_change, unit, lang), row.target_change,
                unit, lang),
            "old_step": measured(difference(row.old_required_step, unit, lang, STEP),
                row.old_required_step, unit, lang),
            "new_step": measured(difference(row.new_required_step, unit, lang, STEP),
                row.new_required_step, unit, lang),
            "reason": getattr(row, f"reason_{lang}"),
            **self._named(row),
        }  # fmt: skip

    def _named(self, row: Any) -> dict[str, str]:
        """The statements that a row shows, and the findings about them: for its downloads."""
        own = [one for one in (getattr(row, name) for name in FIGURES) if pd.notna(one)]
        about = " ".join(self._findings.get(one, "") for one in own)
        return {"statements": " ".join(own), "findings": " ".join(dict.fromkeys(about.split()))}

    @cached_property
    def _findings(self) -> dict[str, str]:
        return findings_by_statement(self.ds).to_dict()

    def _target(self, row: Any, which: str, unit: str) -> Cell:
        statement, value, low, high, sign, pledge = (
            getattr(row, f"{which}_{name}")
            for name in (
                "statement_id",
                "target",
                "target_low",
                "target_high",
                "comparator",
                "pledge",
            )
        )
        if pd.isna(statement):
            return cell(MISSING, "")
        if pd.isna(value):
            return cell(pledge_words(self.ds, pledge, statement, self.lang), "")
        return measured(stated(low, high, sign, unit, self.lang), value, unit, self.lang)

    def statements(self) -> list[str]:
        return list(pd.concat([self.frame[name] for name in FIGURES]).dropna().unique())


def _anchor(change: str) -> str:
    return change.replace("_", "-")


def _told(shown: object) -> bool:
    return (shown.text if isinstance(shown, Cell) else shown) not in (MISSING, "")
