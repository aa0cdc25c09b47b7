"""Page 01: how far a city has to go."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from psanalysis import plot, style
from psanalysis.datapackage.dataset import Dataset, load
from psanalysis.errors import choose
from psanalysis.measures.gaps import STATUSES, gaps
from psanalysis.numbers import difference, plain
from psanalysis.report.frames import headline, names, plan_name, with_texts
from psanalysis.report.html import Chart, Column, Html, bullets, heading, paragraph, table
from psanalysis.report.provenance import colophon, source_table
from psanalysis.wording import say


class CityGap:
    """The sections of the page for one plan.

    Parameters
    ----------
    plan_id
        The plan.
    lang
        zh or en.
    ds
        The data set; by default the curated one.
    """

    def __init__(self, plan_id: str, lang: str, ds: Dataset | None = None):
        style.use(lang)
        self.ds = ds or load()
        choose("plan_id", plan_id, self.ds.plans["plan_id"])
        self.plan_id, self.lang = plan_id, lang

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """Every target of the plan, see `psanalysis.gaps`."""
        return gaps(self.ds, self.plan_id)

    @cached_property
    def headline(self) -> pd.DataFrame:
        """The indicators that the plan is judged by, ready for chart and table."""
        return with_texts(self.ds, headline(self.gaps), self.lang)

    def _say(self, key: str, **values: object) -> str:
        return say(f"city_gap.{key}", self.lang, **values)

    def title(self) -> Html:
        """Title, question, and the answer in a sentence."""
        name = plan_name(self.ds, self.plan_id, self.lang)
        return (
            heading(1, self._say("title", plan=name))
            + paragraph(self._say("question"), "ps-question")
            + paragraph(self.answer(), "ps-answer")
        )

    def answer(self) -> str:
        """The finding, computed from the data."""
        counts = self.headline["status"].value_counts()
        parts = [
            self._say(f"count_{status}", count=counts[status]) for status in STATUSES if counts.get(status, 0)
        ]  # fmt: skip
        basis = "table" if self.headline["nature"].ne("unstated").any() else ("paired" if self.headline["baseline"].notna().any() else "shares")
        return self._say(f"answer_{basis}", total=len(self.headline), all=len(self.gaps), parts=say("punctuation.clause", self.lang).join(parts)) + self._furthest()

    def _furthest(self) -> str:
        """The row whose baseline is the smallest part of its target, or the largest excess over a cap."""
        open_rows = self.headline[(self.headline["status"] == "to_improve") & self.headline["position"].notna()]
        if open_rows.empty:
            return ""
        row = open_rows.loc[(open_rows["position"] - 100).abs().idxmax()]
        return self._say("furthest", name=row["label"], baseline=row["baseline_text"], target=row["target_text"], position=plain(row["position"], 3))

    def chart(self) -> Chart:
        """Baseline and target of every headline indicator on one scale."""
        figure = plot.dumbbell(
            self.headline, title=self._say("chart_title", answer=self.answer()), subtitle=self._say("chart_subtitle"),
            source=self.source(), lang=self.lang,
        )  # fmt: skip
        marks = dict(zip(self.headline["url"], self.headline["mark_text"], strict=True))
        return Chart(figure, alt=self._say("chart_alt", answer=self.answer()), marks=marks, name="gap")

    def source(self) -> str:
        """The source line of the charts."""
        plan = self.ds.plans.set_index("plan_id").loc[self.plan_id]
        return say("chart.source", self.lang, title=plan[f"title_{self.lang}"], number="" if pd.isna(plan.document_no) else plan.document_no)

    def table(self) -> Html:
        """The numbers of the chart."""
        return self._table(self.headline, self._say("table_caption", count=len(self.headline)), "headline")

    def other_targets(self) -> Html:
        """All other targets of the plan: prose, boxes, pledges."""
        rest = self.gaps[~self.gaps["statement_id"].isin(self.headline["statement_id"])]
        if rest.empty:
            return Html("")
        frame = with_texts(self.ds, rest, self.lang)
        return heading(2, self._say("others_title")) + self._table(frame, self._say("others_caption", count=len(frame)), "other-targets")

    def _table(self, frame: pd.DataFrame, caption: str, name: str) -> Html:
        units = names(self.ds, "units", "unit_id", self.lang)
        labels = self.ds.label
        rows = [
            {
                "name": row.label, "name_href": row.url, "domain": row.group,
                "nature": "—" if row.nature == "unstated" else labels("statements", "nature", row.nature, self.lang),
                "baseline": (row.baseline_text, _raw(row.baseline)), "target": (row.target_text, _raw(row.target)),
                "year": (f"{row.baseline_year}–{row.target_year}" if pd.notna(row.baseline_year) else str(row.target_year)),
                "gap": (difference(row.gap, units[row.unit_id], self.lang), _raw(row.gap)),
                "step": (difference(row.annual_step, units[row.unit_id], self.lang), _raw(row.annual_step)),
                "room": (plain(row.room_share * 100, 3) + "%" if pd.notna(row.room_share) else "—", _raw(row.room_share)),
                "status": say(f"status.{row.status}", self.lang), "reason": getattr(row, f"reason_{self.lang}") + self._marks(row.marks),
            }
            for row in frame.itertuples()
        ]  # fmt: skip
        columns = [
            Column(key, say(f"column.{key}", self.lang), key in ("baseline", "target", "gap", "step", "room"))
            for key in ("name", "domain", "nature", "baseline", "target", "year", "gap", "step", "room", "status", "reason")
        ]
        return table(rows, columns, caption=caption, name=f"{self.plan_id}-{name}-{self.lang}")

    def _marks(self, marks: object) -> str:
        if not isinstance(marks, str):
            return ""
        return say("mark.list", self.lang, marks=say("punctuation.item", self.lang).join(say(f"mark.{mark}", self.lang) for mark in marks.split()))

    def findings(self) -> Html:
        """What is odd in the document."""
        own = self.ds.findings[self.ds.findings["plan_id"] == self.plan_id]
        if own.empty:
            return Html("")
        return heading(2, self._say("findings_title", count=len(own))) + bullets(own[f"text_{self.lang}"])

    def method(self) -> Html:
        """How to read the page."""
        return heading(2, self._say("method_title")) + bullets(self._say(f"method_{number}") for number in range(1, 6))

    def sources(self) -> Html:
        """Every statement behind the page, and its fingerprint."""
        used = [*self.gaps["statement_id"], *self.gaps["baseline_statement_id"].dropna()]
        return source_table(self.ds, used, self.lang, self.plan_id) + colophon(self.ds, self.lang, plan_id=self.plan_id, lang=self.lang)


def _raw(value: float) -> object:
    return "" if pd.isna(value) else float(value)

