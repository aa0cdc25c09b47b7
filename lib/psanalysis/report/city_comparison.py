"""Page 02: how cities compare in one domain."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import pandas as pd

from psanalysis import plot, style
from psanalysis.datapackage.dataset import Dataset, load
from psanalysis.errors import choose
from psanalysis.measures.compare import compare
from psanalysis.numbers import difference, plain, stated
from psanalysis.report.frames import names, plan_name
from psanalysis.report.html import Chart, Column, Html, bullets, heading, paragraph, table
from psanalysis.report.provenance import colophon, row_id, source_table
from psanalysis.wording import say


class CityComparison:
    """The sections of the page for one domain.

    Parameters
    ----------
    domain_id
        The harmonised domain, or "all".
    lang
        zh or en.
    plans
        plan_id of the plans to compare; all by default.
    ds
        The data set; by default the curated one.
    """

    def __init__(self, domain_id: str, lang: str, plans: Sequence[str] | None = None, ds: Dataset | None = None):
        style.use(lang)
        self.ds = ds or load()
        choose("domain_id", domain_id, ["all", *self.ds.domains["domain_id"]])
        for plan in plans or []:
            choose("plans", plan, self.ds.plans["plan_id"])
        self.domain_id, self.lang = domain_id, lang
        self.plans = list(plans) if plans else list(self.ds.plans["plan_id"])

    @cached_property
    def table_frame(self) -> pd.DataFrame:
        """Targets of the domain that two or more cities, or a city and the nation, have; see `psanalysis.compare`."""
        domain = self.ds.indicators["domain_id"].eq(self.domain_id) | (self.domain_id == "all")
        statements = self.ds.statements[(self.ds.statements["role"] == "target") & self.ds.statements["plan_id"].isin(self.plans)]
        wanted = statements.groupby("indicator_id")["plan_id"].nunique()
        shared = [i for i in self.ds.indicators.loc[domain, "indicator_id"] if wanted.get(i, 0) >= 2]
        frame = compare(self.ds, shared, self.plans)
        return self._with_texts(frame)

    def _with_texts(self, frame: pd.DataFrame) -> pd.DataFrame:
        units = names(self.ds, "units", "unit_id", self.lang)
        pledges = names(self.ds, "pledges", "pledge_id", self.lang)
        areas = names(self.ds, "areas", "area_id", self.lang)
        cities = self.ds.plans.set_index("plan_id")["city_id"].map(areas)
        frame = frame.assign(label=frame[f"name_{self.lang}"], city=frame["plan_id"].map(cities), url="#" + frame["statement_id"].map(row_id))
        frame["value_text"] = [
            stated(row.value, row.value_high, row.comparator, units[row.unit_id], self.lang) if pd.notna(row.value)
            else pledges.get(row.pledge, "—") for row in frame.itertuples()
        ]  # fmt: skip
        frame["reason"] = frame[f"reason_{self.lang}"]
        series = {plan: number for number, plan in enumerate(self.ds.plans.loc[self.ds.plans["city_id"] != "china", "plan_id"])}
        frame["series"] = frame["plan_id"].map(series).fillna(-1).astype("int64")
        frame["position"] = _position(frame)
        frame["mark_text"] = [
            say("mark_words.compare", self.lang, name=row.label, city=row.city, value=row.value_text, year=row.year,
                verdict=say(f"verdict.{row.verdict}", self.lang), reason=row.reason or "—")
            for row in frame.itertuples()
        ]  # fmt: skip
        return frame

    def _say(self, key: str, **values: object) -> str:
        return say(f"city_comparison.{key}", self.lang, **values)

    @property
    def domain(self) -> str:
        """Name of the domain."""
        return self._say("all_domains") if self.domain_id == "all" else names(self.ds, "domains", "domain_id", self.lang)[self.domain_id]

    def title(self) -> Html:
        """Title, question, and the answer in a sentence."""
        return (
            heading(1, self._say("title", domain=self.domain))
            + paragraph(self._say("question", domain=self.domain), "ps-question")
            + paragraph(self.answer(), "ps-answer")
        )

    def answer(self) -> str:
        """The finding, computed from the data."""
        frame = self.table_frame
        if frame.empty:
            return self._say("answer_none", domain=self.domain)
        cities = frame[~frame["is_reference"]]
        ranked = cities[cities["rank"].notna()]
        words = self._say(
            "answer", indicators=frame["indicator_id"].nunique(), cities=cities["plan_id"].nunique(),
            ranked=ranked["indicator_id"].nunique(),
        )  # fmt: skip
        return words + self._most_apart(ranked)

    def _most_apart(self, ranked: pd.DataFrame) -> str:
        """The indicator whose comparable targets lie furthest apart, relative to the larger one."""
        spread = ranked[ranked["value"] > 0].groupby("indicator_id", sort=False)["value"].agg(["min", "max"])
        spread = spread[spread["max"] > spread["min"]]
        if spread.empty:
            return ""
        indicator = ((spread["max"] - spread["min"]) / spread["max"]).idxmax()
        rows = ranked[ranked["indicator_id"] == indicator].sort_values("value")
        low, high = rows.iloc[0], rows.iloc[-1]
        return self._say("most_apart", name=low["label"], high_city=high["city"], high=high["value_text"], low_city=low["city"], low=low["value_text"])

    def chart(self) -> Chart | Html:
        """One strip an indicator: the cities' targets relative to the national target or the highest one."""
        frame = self.table_frame
        numeric = frame[frame["value"].notna()]
        if numeric.empty:
            return paragraph(self._say("no_numbers"))
        shown = frame[frame["indicator_id"].isin(numeric["indicator_id"])]
        figure = plot.comparison(
            shown, title=self.answer(), subtitle=self._say("chart_subtitle"), source=self.source(), lang=self.lang
        )
        return Chart(figure, alt=self.answer(), marks=dict(zip(shown["url"], shown["mark_text"], strict=True)), name="comparison")

    def source(self) -> str:
        """The source line of the chart."""
        used = [plan for plan in self.plans if plan in set(self.table_frame["plan_id"])]
        return say("chart.sources", self.lang, plans=say("punctuation.clause", self.lang).join(plan_name(self.ds, plan, self.lang) for plan in used))

    def table(self) -> Html:
        """The numbers of the chart, with verdicts and ranks."""
        units = names(self.ds, "units", "unit_id", self.lang)
        rows = [
            {
                "name": row.label, "city": row.city, "target": (row.value_text, _raw(row.value)), "target_href": row.url, "year": str(row.year),
                "common": (self._common(row, units[row.unit_id]), _raw(row.common_value)),
                "national": (self._national(row, units[row.unit_id]), _raw(row.national_value)),
                "verdict": say(f"verdict.{row.verdict}", self.lang), "reason": row.reason or "—",
                "rank": self._rank(row),
            }
            for row in self.table_frame.itertuples()
        ]  # fmt: skip
        keys = ("name", "city", "target", "year", "common", "national", "verdict", "reason", "rank")
        columns = [Column(key, say(f"column.{key}", self.lang), key in ("target", "common", "national")) for key in keys]
        return table(rows, columns, caption=self._say("table_caption", count=len(rows)), name=f"comparison-{self.domain_id}-{self.lang}")

    def _common(self, row: object, unit: str) -> str:
        if pd.isna(row.common_value):  # type: ignore[attr-defined]
            return "—"
        text = stated(row.common_value, float("nan"), "eq", unit, self.lang)  # type: ignore[attr-defined]
        suffix = say("column.interpolated", self.lang) if row.interpolated else ""  # type: ignore[attr-defined]
        return f"{text} ({row.common_year}{suffix})"  # type: ignore[attr-defined]

    def _national(self, row: object, unit: str) -> str:
        if row.is_reference or pd.isna(row.national_value) or pd.isna(row.value) or row.verdict == "not_comparable":  # type: ignore[attr-defined]
            return "—"
        return difference(row.value - row.national_value, unit, self.lang)  # type: ignore[attr-defined]

    def _rank(self, row: object) -> str:
        if pd.isna(row.rank):  # type: ignore[attr-defined]
            return "—"
        return say("column.rank_of", self.lang, rank=plain(row.rank), ranked=row.ranked, left_out=row.left_out)  # type: ignore[attr-defined]

    def method(self) -> Html:
        """How to read the page."""
        return heading(2, self._say("method_title")) + bullets(self._say(f"method_{number}") for number in range(1, 5))

    def sources(self) -> Html:
        """Every statement behind the page, and its fingerprint."""
        used = [*self.table_frame["statement_id"], *self.table_frame["baseline_statement_id"].dropna()]
        return source_table(self.ds, used, self.lang, f"comparison-{self.domain_id}") + colophon(
            self.ds, self.lang, domain_id=self.domain_id, plans=" ".join(self.plans), lang=self.lang
        )


def _position(frame: pd.DataFrame) -> pd.Series:
    """Target as a percentage of the national target, or of the highest comparable one; missing for what is not comparable."""
    usable = frame["value"].where(frame["verdict"] != "not_comparable")
    nation = usable.where(frame["is_reference"]).groupby(frame["indicator_id"]).transform("max")
    reference = nation.fillna(usable.groupby(frame["indicator_id"]).transform("max"))
    return 100 * usable / reference.where(reference > 0)


def _raw(value: float) -> object:
    return "" if pd.isna(value) else float(value)
