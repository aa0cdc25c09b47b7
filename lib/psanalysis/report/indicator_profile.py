"""Page 03: one indicator in every plan."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from psanalysis.comparators import STRICT
from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import plan_title, reference_plans
from psanalysis.datapackage.slices import Masks, Slicer
from psanalysis.formatting import MISSING, PROPORTIONS, in_plain_units, plain, stated, with_unit
from psanalysis.measures.gaps import gaps
from psanalysis.measures.marks import joined
from psanalysis.measures.pace import pace
from psanalysis.measures.pairing import in_indicator_unit
from psanalysis.measures.verdicts import SCALE_FREE
from psanalysis.report.comparisons import comparison_frame, comparison_table
from psanalysis.report.frames import documents, names, narrowed, pledge_text
from psanalysis.report.html import Chart, Html, bullets, heading, paragraph
from psanalysis.report.page import Page
from psanalysis.report.parameters import INDICATOR, LANG
from psanalysis.report.provenance import row_id
from psanalysis.report.reading import rows_across_plans
from psanalysis.tables.marks import signs_of
from psanalysis.wording import say

MOST_GROUPS = 5


class IndicatorProfile(Page):
    """The sections of the page for one indicator.

    Parameters
    ----------
    indicator_id
        The indicator.
    lang
        zh or en.
    ds
        The data set; by default the curated one.
    """

    section = "indicator_profile"
    notebook = "03_indicator_profile"
    takes = (INDICATOR, LANG)

    def __init__(self, indicator_id: str, lang: str, ds: Dataset | None = None):
        super().__init__(lang, ds, indicator_id=indicator_id)
        self.indicator_id = indicator_id
        self.own = narrowed(self.ds, [indicator_id])
        self.about = self.ds.indicators.set_index("indicator_id").loc[indicator_id]
        self.unit = names(self.ds, "units", "unit_id", lang)[self.about["unit_id"]]

    @classmethod
    def reads(cls, slicer: Slicer, subject: Mapping[str, Any]) -> Masks:
        """What all plans state of the indicator, and its actual values."""
        own = slicer.where("indicators", "indicator_id", subject["indicator_id"])
        actuals = slicer.where("actuals", "indicator_id", subject["indicator_id"])
        return rows_across_plans(slicer, own) | {"actuals": actuals}

    @cached_property
    def targets(self) -> pd.DataFrame:
        """The headline target of each plan, see `psanalysis.compare`."""
        return comparison_frame(self.own, [self.indicator_id], self.ds.plans["plan_id"], self.lang)

    @cached_property
    def points(self) -> pd.DataFrame:
        """Every value that a plan states of the indicator in its own area, with its place on the plan's line."""
        rows = in_indicator_unit(self.own, self.own.statements)
        city = rows["plan_id"].map(self.ds.plans.set_index("plan_id")["city_id"])
        # a plan may set its headline target for a part of the city only
        headline = rows["statement_id"].isin(
            [*self.targets["statement_id"], *self.targets["baseline_statement_id"]]
            if len(self.targets)
            else []
        )
        rows = rows[
            ((rows["area_id"] == city) | headline)
            & (rows["value"].notna() | (rows["role"] == "target"))
        ]
        pairs = pace(self.own)
        assumed = rows["statement_id"].map(pairs.set_index("from_statement_id")["from_year"])
        marks = joined(
            {
                "implied_year": rows["year_basis"].eq("implied") | rows["year"].isna(),
                "inferred_unit": rows["unit_inferred"],
            }
        )
        rows = rows.assign(year=rows["year"].fillna(assumed), marks=marks)
        rows = rows.assign(path=rows["statement_id"].isin(self._on_path(rows)), national=rows["plan_id"].isin(reference_plans(self.ds)),
                           panel=rows["plan_id"].map(lambda plan: plan_title(self.ds, plan, self.lang)))  # fmt: skip
        texts = [
            pledge_text(self.ds, row.pledge, self.lang) if pd.isna(row.value)
            else stated(row.value, row.value_high, row.comparator, self.unit, self.lang) + signs_of(row.marks)
            for row in rows.itertuples()
        ]  # fmt: skip
        plainly = [in_plain_units(value, self.unit, self.lang)[0] for value in rows["value"]]
        rows = rows.assign(text=texts, value=pd.Series(plainly, index=rows.index, dtype="float64"), tick_unit=PROPORTIONS.get(self.unit, ""),
                           url="#" + rows["statement_id"].map(row_id))  # fmt: skip
        spoken = [
            say(
                "mark_words.point",
                self.lang,
                plan=row.panel,
                role=say(f"role.{row.role}", self.lang),
                year=MISSING if pd.isna(row.year) else row.year,
                value=row.text,
            )
            for row in rows.itertuples()
        ]
        rows = rows.assign(mark_text=spoken)
        # what repeats a point of the line has its row in the source table, a mark below another would not be seen
        repeated = (
            ~rows["path"]
            & rows.duplicated(["plan_id", "year", "value"], keep=False)
            & rows["value"].notna()
        )
        return rows[~repeated]

    def _on_path(self, rows: pd.DataFrame) -> list[str]:
        """One value a year and plan: its headline target, the baseline that belongs to it, and what it states of the years before."""
        targets = (
            self.targets.loc[self.targets["value"].notna()]
            if len(self.targets)
            else pd.DataFrame(columns=["statement_id"])
        )
        paired = gaps(self.own).set_index("statement_id")
        chosen = paired[paired.index.isin(targets["statement_id"])]
        fit = chosen[chosen["status"] != "not_comparable"]
        apart = set(chosen.loc[chosen["status"] == "not_comparable", "plan_id"])
        first = rows["statement_id"].isin(fit["baseline_statement_id"])
        past = rows[
            (rows["role"] == "baseline") & rows["year"].notna() & ~rows["plan_id"].isin(apart)
        ]
        past = (
            past.assign(later=~first)
            .sort_values("later", kind="stable")
            .drop_duplicates(["plan_id", "year"])
        )
        return [*chosen.index, *past["statement_id"]]

    def subject(self) -> dict[str, str]:
        return {"name": self.about[f"name_{self.lang}"]}

    def answer(self) -> str:
        """The finding, computed from the data."""
        if self.targets.empty:
            return self.words("answer_no_target", statements=len(self.points))
        rows = self.targets[~self.targets["is_reference"]]
        doubted, sound = rows[rows["doubted"]], rows[~rows["doubted"]]
        nation = self.targets[self.targets["is_reference"]]
        numeric = sound[sound["value"].notna()]
        sentences = self._numbers(numeric, nation) + self._pledges(sound, nation)
        if len(nation) and not (nation["value"].isna().all() and sound["value"].isna().any()):
            known = nation[nation["value"].notna()]
            alone = known[~self._said(known, numeric)]
            sentences += [
                self.words("answer_nation", city=row.city, value=row.value_text, year=row.year)
                for row in alone.itertuples()
            ]
        if len(doubted):
            named = [
                self.words("answer_stated", city=row.city, target=row.value_text)
                for row in doubted.itertuples()
            ]
            sentences.append(self.words("answer_doubted", stated=self.listed(named)))
        return say("punctuation.sentence", self.lang).join(sentences)

    def _said(self, references: pd.DataFrame, numeric: pd.DataFrame) -> pd.Series:
        """Whether what a reference asks for is also what a city asks for by the same year."""
        own = set(self._asked(numeric))
        return pd.Series(
            [one in own for one in self._asked(references)], index=references.index, dtype=bool
        )

    def _asked(self, rows: pd.DataFrame) -> list[tuple[object, ...]]:
        """Number, whether more than it is asked for, and year: a bare number means to reach it or go beyond, like at least."""
        return [(row.value, row.comparator in STRICT, row.year) for row in rows.itertuples()]

    def _numbers(self, numeric: pd.DataFrame, nation: pd.DataFrame) -> list[str]:
        """Who aims at what by when, the most demanding first; of many the two ends."""
        if numeric.empty:
            return []
        said = set(self._asked(nation))
        side = numeric["side"].where(numeric["side"] != 0, 1)
        ordered = numeric.assign(demand=side * numeric["value"]).sort_values(
            ["year", "demand"], ascending=[True, False], kind="stable"
        )
        groups = [group for _, group in ordered.groupby(["year", "value_text"], sort=False)]
        if len(groups) > MOST_GROUPS:
            ends = numeric.assign(demand=side * numeric["value"]).sort_values(
                "demand", kind="stable"
            )
            low, high = ends.iloc[0], ends.iloc[-1]
            return [self.words(
                "answer_range", numbers=len(numeric), city=low["city"], low=low["value_text"], year=low["year"],
                high_city=high["city"], high=high["value_text"], high_year=high["year"],
            )]  # fmt: skip
        parts = [self._group(group, said) for group in groups]
        return [self.words("answer_numbers", parts=self.listed(parts, "clause"))]

    def _group(self, group: pd.DataFrame, said: set[tuple[object, ...]]) -> str:
        first = group.iloc[0]
        key = "like_nation" if self._asked(group)[0] in said else "group"
        return self.words(
            f"answer_{key}",
            cities=self.listed(group["city"]),
            value=first["value_text"],
            year=first["year"],
        )

    def _pledges(self, sound: pd.DataFrame, nation: pd.DataFrame) -> list[str]:
        """Who promises without a number."""
        own = sound[sound["value"].isna()]
        if own.empty:
            return []
        too = len(nation) and nation["value"].isna().all()
        key = "answer_pledges_too" if too else "answer_pledges"
        if set(own["pledge"]) == {"other"}:  # a pledge of no set kind, which has no word of its own
            key = "answer_words_too" if too else "answer_words"
        return [
            self.words(
                key, cities=self.listed(own["city"]), pledge=self.listed(own["value_text"].unique())
            )
        ]

    def chart(self) -> Chart | Html:
        """Every plan from what it states of the past to its horizon."""
        if not (
            self.points["path"] & self.points["value"].notna() & self.points["year"].notna()
        ).any():
            return paragraph(self.words("no_chart"))
        shown = (
            self.points
            if self.about["measure"] in SCALE_FREE
            else self.points[~self.points["national"]]
        )
        shown = (shown if len(shown) else self.points).reset_index(drop=True)
        unit = in_plain_units(1.0, self.unit, self.lang)[1]
        unit = (
            self.words("in_unit", unit=unit)
            if with_unit("1", unit, self.lang) not in ("1", f"1{PROPORTIONS.get(unit)}")
            else ""
        )
        source = documents(self.ds, set(shown["plan_id"]), self.lang)
        return self.drawn(
            "trajectories",
            shown,
            "trajectories",
            finding=self.answer(),
            source=source,
            unit=unit,
        )

    def table(self) -> Html:
        """Targets with verdicts and ranks."""
        if self.targets.empty:
            return Html("")
        return comparison_table(
            self, self.targets, self.words("table_caption", count=len(self.targets)), name=False
        )

    def definition(self) -> Html:
        """What the indicator measures."""
        low, high = self.about["lower_limit"], self.about["upper_limit"]
        known = (pd.notna(low), pd.notna(high))
        bounds = {
            (True, True): "limits_low_high",
            (True, False): "limits_low",
            (False, True): "limits_high",
        }.get(known)
        kind, _, meaning = self.ds.label(
            "indicators", "measure", self.about["measure"], self.lang
        ).partition(": ")
        facts = [
            self.about[f"definition_{self.lang}"],
            self.words("unit", unit=self.unit, measure=f"{kind} ({meaning})" if meaning else kind),
            self.words(
                "direction",
                direction=self.ds.label(
                    "indicators", "direction", self.about["direction"], self.lang
                ),
            ),
            *([self.words(bounds, low=plain(low), high=plain(high))] if bounds else []),
        ]
        return heading(2, self.words("definition_title")) + bullets(facts)

    def statements(self) -> list[str]:
        return list(self.own.statements["statement_id"])
