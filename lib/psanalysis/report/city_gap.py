"""Page 01: how far a city has to go."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import plan_title
from psanalysis.datapackage.slices import Masks, Slicer
from psanalysis.formatting import MISSING, difference, plain
from psanalysis.measures.gaps import STATUSES, gaps
from psanalysis.measures.pace import pace
from psanalysis.report.frames import document, headline, marks_words, names, with_texts
from psanalysis.report.html import Chart, Html, bullets, heading, table
from psanalysis.report.page import Page, cell
from psanalysis.report.parameters import LANG, PLAN
from psanalysis.report.reading import rows_of_plan, with_findings
from psanalysis.report.standing import ambition_section
from psanalysis.report.steps import pace_section
from psanalysis.wording import say


class CityGap(Page):
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

    section = "city_gap"
    notebook = "01_city_gap"
    takes = (PLAN, LANG)

    def __init__(self, plan_id: str, lang: str, ds: Dataset | None = None):
        super().__init__(lang, ds, plan_id=plan_id)
        self.plan_id = plan_id

    @classmethod
    def reads(cls, slicer: Slicer, subject: Mapping[str, Any]) -> Masks:
        """The plan, and what other plans state of the indicators that it sets targets for."""
        own = rows_of_plan(slicer, subject["plan_id"])
        targets = slicer.where("statements", "plan_id", subject["plan_id"]) & slicer.where(
            "statements", "role", "target"
        )
        indicators = slicer.names("statements", "indicator_id", targets)
        peers = slicer.where("statements", "indicator_id", indicators)
        return with_findings(slicer, own | {"statements": own["statements"] | peers})

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """Every target of the plan, see `psanalysis.gaps`."""
        return gaps(self.ds, self.plan_id)

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """What the plan states of two points in the past, see `psanalysis.pace`."""
        return pace(self.ds, self.plan_id)

    @cached_property
    def headline(self) -> pd.DataFrame:
        """The indicators that the plan is judged by, ready for chart and table."""
        return with_texts(self.ds, headline(self.gaps), self.lang)

    def subject(self) -> dict[str, str]:
        return {"plan": plan_title(self.ds, self.plan_id, self.lang)}

    def answer(self) -> str:
        """The finding, computed from the data."""
        counts = self.headline["status"].value_counts()
        parts = [
            self.words(f"count_{status}", count=counts[status])
            for status in STATUSES
            if counts.get(status, 0)
        ]
        basis = (
            "table"
            if self.headline["nature"].ne("unstated").any()
            else ("paired" if self.headline["baseline"].notna().any() else "shares")
        )
        words = self.words(
            f"answer_{basis}",
            total=len(self.headline),
            all=len(self.gaps),
            parts=self.listed(parts, "clause"),
        )
        return words + self._furthest() + self._full()

    def _widest(self) -> pd.Series | None:
        """The row whose baseline is the smallest part of its target, or the largest excess over a cap."""
        open_rows = self.headline[
            (self.headline["status"] == "to_improve") & self.headline["position"].notna()
        ]
        return (
            None if open_rows.empty else open_rows.loc[(open_rows["position"] - 100).abs().idxmax()]
        )

    def _furthest(self) -> str:
        row = self._widest()
        if row is None:
            return ""
        return self.words(
            "furthest",
            name=row["name"],
            baseline=row["baseline_text"],
            target=row["target_text"],
            position=plain(row["position"], 3),
        )

    def _full(self) -> str:
        """How many of the shares aim at the whole, where the plan states no baselines."""
        if self.headline["baseline"].notna().any() or self.headline["nature"].ne("unstated").any():
            return ""
        count = int((self.headline["target"] == 100).sum())
        return self.words("full", count=count) if count else ""

    def chart(self) -> Chart:
        """Baseline and target of every headline indicator on one scale; the targets alone where the plan states no baselines."""
        paired = (
            self.headline["position"].notna().any() or self.headline["nature"].ne("unstated").any()
        )
        draw, name = ("dumbbell", "gap") if paired else ("levels", "levels")
        return self.drawn(
            draw,
            self.headline,
            name,
            finding=self._finding(paired),
            source=document(self.ds, self.plan_id, self.lang),
        )

    def _finding(self, paired: bool) -> str:
        """The finding of the chart, shorter than the answer of the page."""
        row, full = self._widest(), int((self.headline["target"] == 100).sum())
        if paired and row is not None:
            count = int((self.headline["status"] == "to_improve").sum())
            return self.words(
                "gap_finding",
                total=len(self.headline),
                count=count,
                name=row["name"],
                position=plain(row["position"], 3),
            )
        return (
            self.words("levels_finding", count=len(self.headline), full=full)
            if not paired and full
            else self.answer()
        )

    def table(self) -> Html:
        """The numbers of the chart."""
        return self._table(
            self.headline, self.words("table_caption", count=len(self.headline)), "headline"
        )

    def pace(self) -> Html:
        """Past pace against required pace."""
        return pace_section(self, self.plan_id, self.pairs)

    def ambition(self) -> Html:
        """The targets against the nation's and the other cities'."""
        return ambition_section(self, self.plan_id)

    def other_targets(self) -> Html:
        """All other targets of the plan: prose, boxes, pledges."""
        rest = self.gaps[~self.gaps["statement_id"].isin(self.headline["statement_id"])]
        if rest.empty:
            return Html("")
        frame = with_texts(self.ds, rest, self.lang)
        return heading(2, self.words("others_title")) + self._table(
            frame, self.words("others_caption", count=len(frame)), "other-targets"
        )

    def _table(self, frame: pd.DataFrame, caption: str, name: str) -> Html:
        units = names(self.ds, "units", "unit_id", self.lang)
        rows = [
            {
                "name": row.name, "name_href": row.url, "domain": row.group,
                "nature": MISSING if row.nature == "unstated" else self.ds.label("statements", "nature", row.nature, self.lang),
                "baseline": cell(row.baseline_text, row.baseline), "target": cell(row.target_text, row.target),
                "year": f"{row.baseline_year}–{row.target_year}" if pd.notna(row.baseline_year) else str(row.target_year),
                "gap": cell(difference(row.gap, units[row.unit_id], self.lang), row.gap),
                "step": cell(difference(row.required_step, units[row.unit_id], self.lang), row.required_step),
                "room": cell(plain(row.room_share * 100, 3) + "%" if pd.notna(row.room_share) else MISSING, row.room_share),
                "status": say(f"status.{row.status}", self.lang), "reason": getattr(row, f"reason_{self.lang}") + marks_words(row.marks, self.lang),
            }
            for row in frame.itertuples()
        ]  # fmt: skip
        columns = self.columns(
            "name domain nature baseline target year gap step room status reason",
            "baseline target gap step room",
        )
        return table(rows, columns, caption=caption, name=f"{self.name}-{name}")

    def findings(self) -> Html:
        """What is odd in the document."""
        own = self.ds.findings[self.ds.findings["plan_id"] == self.plan_id]
        if own.empty:
            return Html("")
        return heading(2, self.words("findings_title", count=len(own))) + bullets(
            own[f"text_{self.lang}"]
        )

    def statements(self) -> list[str]:
        return [
            *self.gaps["statement_id"], *self.gaps["baseline_statement_id"].dropna(),
            *self.pairs["from_statement_id"], *self.pairs["to_statement_id"],
        ]  # fmt: skip
