"""How much of the way has been made, and where each indicator should be by now: for plans under way, and for the explorer."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import plan_title
from psanalysis.errors import ParameterError
from psanalysis.formatting import MISSING, plain, stated
from psanalysis.measures.assess import STATUSES
from psanalysis.measures.gaps import gaps
from psanalysis.measures.progress import progress
from psanalysis.report.frames import document, headline, marks_words, names, with_texts
from psanalysis.report.html import Chart, Html, paragraph, table
from psanalysis.report.page import Page, cell
from psanalysis.report.parameters import ACTUALS, AS_OF, LANG, PLAN
from psanalysis.wording import say

SHOWN = (-30.0, 130.0)


def four_digits(value: float) -> float:
    """A value on a straight line, without digits that would feign precision."""
    return value if pd.isna(value) else float(f"{value:.4g}")


class Progress(Page):
    """The sections of the page for one plan at one year.

    Parameters
    ----------
    plan_id
        The plan.
    lang
        zh or en.
    actuals
        Path of a CSV file with the columns of actuals.csv; empty for the values that come with the data.
    as_of
        The year to look at.
    ds
        The data set; by default the curated one.

    Raises
    ------
    ParameterError
        If the year is not after the plan's baseline year.
    """

    section = "progress_page"
    takes = (PLAN, LANG, ACTUALS, AS_OF)

    def __init__(
        self,
        plan_id: str,
        lang: str,
        actuals: str = "",
        as_of: int = 2023,
        ds: Dataset | None = None,
    ):
        super().__init__(
            lang,
            ds,
            plan_id=plan_id,
            actuals=actuals.replace("\\", "/").rsplit("/", 1)[-1],
            as_of=as_of,
        )
        start = int(self.ds.plans.set_index("plan_id").loc[plan_id, "baseline_year"])
        if as_of <= start:
            raise ParameterError(
                f"as_of={as_of} is not after the baseline year {start} of {plan_id} -> take a later year"
            )
        self.plan_id, self.as_of, self.actuals = plan_id, as_of, actuals or None

    @cached_property
    def targets(self) -> pd.DataFrame:
        """Numeric targets that have a way to go or a value to judge, see `psanalysis.progress`; one row an indicator."""
        frame = progress(self.ds, self.actuals, self.as_of, self.plan_id)
        known = frame[frame["current"].notna()]
        main = headline(gaps(self.ds, self.plan_id))["statement_id"]
        open_ways = frame[
            frame["statement_id"].isin(main)
            & frame["gap_status"].isin(["to_improve", "hold", "already_met", "no_baseline"])
        ]
        chosen = frame[frame.index.isin(known.index.union(open_ways.index))]
        return chosen[chosen["target"].notna()].drop_duplicates(["indicator_id", "area_id"])

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The rows of chart and table, with what should have been reached by the year of the value, or by as_of."""
        judged = self.targets
        texts = with_texts(self.ds, judged.assign(status=judged["gap_status"]), self.lang)
        status = judged.set_index("statement_id")["status"]
        frame = texts.assign(progress=texts["statement_id"].map(status))
        frame["due"], frame["expected"] = (
            100 * frame["time_share"].where(frame["expected_now"].notna()),
            frame["expected_now"],
        )
        frame["made"] = (100 * frame["share"]).clip(*SHOWN)
        unit = frame["unit_id"].map(names(self.ds, "units", "unit_id", self.lang))
        nan = float("nan")
        for key in ("expected", "current"):
            frame[f"{key}_text"] = [
                stated(value, nan, "eq", words, self.lang)
                for value, words in zip(frame[key].map(four_digits), unit, strict=True)
            ]
        frame["mark_text"] = [
            say("mark_words.progress", self.lang, name=row.name, year=self._year(row), baseline=row.baseline_text, expected=row.expected_text,
                current=row.current_text, target=row.target_text, status=say(f"progress.{row.progress}", self.lang))
            for row in frame.itertuples()
        ]  # fmt: skip
        return frame

    def _year(self, row: object) -> int:
        return self.as_of if pd.isna(row.current_year) else int(row.current_year)  # type: ignore[attr-defined]

    def subject(self) -> dict[str, str]:
        return {"plan": plan_title(self.ds, self.plan_id, self.lang), "as_of": str(self.as_of)}

    def answer(self) -> str:
        """The finding, computed from the data."""
        frame = self.frame
        known = frame[frame["current"].notna()]
        open_ways = frame[frame["due"].notna()]
        if len(known):
            counts = known["progress"].value_counts()
            parts = [
                self.words(
                    "part", count=counts[status], status=say(f"progress.{status}", self.lang)
                )
                for status in STATUSES
                if status in counts
            ]
            return self.words(
                "answer_known",
                known=len(known),
                total=len(frame),
                parts=self.listed(parts, "clause"),
            )
        if open_ways.empty:
            return self.words("answer_no_baselines", total=len(frame))
        share = plain(open_ways["due"].median(), 3)
        row = open_ways.loc[(open_ways["position"] - 100).abs().idxmax()]
        return self.words("answer_expected", as_of=self.as_of, total=len(open_ways), share=share, name=row["name"], expected=row["expected_text"],
                          baseline=row["baseline_text"], target=row["target_text"])  # fmt: skip

    def chart(self) -> Chart | Html:
        """The way made and the way that should have been made, an indicator a row."""
        shown = self.frame[self.frame["due"].notna()]
        if shown.empty:
            return paragraph(self.words("no_chart"))
        shown = shown.assign(status=shown["progress"]).reset_index(drop=True)
        return self.drawn(
            "progress",
            shown,
            "progress",
            finding=self.answer(),
            source=document(self.ds, self.plan_id, self.lang),
        )

    def table(self) -> Html:
        """The numbers of the chart."""
        rows = [
            {
                "name": row.name, "name_href": row.url, "domain": row.group,
                "baseline": cell(row.baseline_text, row.baseline), "year": self._year(row),
                "due": cell(row.expected_text, row.expected), "current": cell(row.current_text, row.current),
                "target": cell(row.target_text, row.target), "target_year": row.year_text,
                "share": cell(self._percent(row.share), row.share), "pace_ratio": cell(plain(row.pace_ratio, 3), row.pace_ratio),
                "cagr_ratio": cell(plain(row.cagr_ratio, 3), row.cagr_ratio), "unsd_share": cell(self._percent(row.unsd_share), row.unsd_share),
                "status": say(f"progress.{row.progress}", self.lang), "reason": getattr(row, f"reason_{self.lang}") + marks_words(row.marks, self.lang),
                "citation": MISSING if pd.isna(row.source_citation) else row.source_citation,
            }
            for row in self.frame.itertuples()
        ]  # fmt: skip
        numeric = "baseline due current target share pace_ratio cagr_ratio unsd_share"
        shown = "name domain baseline year due current target target_year share pace_ratio cagr_ratio unsd_share status reason citation"
        return table(
            rows,
            self.columns(shown, numeric),
            caption=self.words("table_caption", count=len(rows)),
            name=self.name,
        )

    def _percent(self, share: float) -> str:
        return MISSING if pd.isna(share) else f"{plain(100 * share, 3)}%"

    def statements(self) -> list[str]:
        return [*self.frame["statement_id"], *self.frame["baseline_statement_id"].dropna()]
