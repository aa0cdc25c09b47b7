"""The finding of an indicator's page: who aims at what by when, in a headline and in sentences, and
how it ended.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import pandas as pd

from psanalysis.comparators import STRICT
from psanalysis.datapackage.identity import place_names
from psanalysis.datapackage.pledges import OTHER
from psanalysis.measures.verdicts import REASONS
from psanalysis.report.comparisons import beside_each_other, ends_apart, named_at
from psanalysis.report.ends import DUE
from psanalysis.report.page import Page
from psanalysis.report.periods import passed
from psanalysis.wording import say

# at most so many groups of places with the same target are named, in a headline and in a
# sentence; of more only the two ends
IN_HEADLINE, IN_SENTENCE = 2, 5


class Asked:
    """What places ask for on one indicator, in words.

    Parameters
    ----------
    page
        The page; its section of wording.toml has the sentences.
    targets
        The headline target of each plan, as from `psanalysis.report.comparisons.comparison_frame`.
    """

    def __init__(self, page: Page, targets: pd.DataFrame):
        """`targets` as for the class: rows of `psanalysis.report.comparisons.comparison_frame`."""
        self.page, self.words, self.listed = page, page.words, page.listed
        rows = targets[~targets["is_reference"]]
        self.targets = targets
        self.doubted, self.sound = rows[rows["doubted"]], rows[~rows["doubted"]]
        self.nation = targets[targets["is_reference"]]
        self.numeric = self.sound[self.sound["value"].notna()]

    @cached_property
    def headline(self) -> str:
        """The finding in a line, without a full stop."""
        groups = self._groups
        if len(groups) > IN_HEADLINE:
            return self._ends() or self._range("headline_range")
        if groups:
            return self.words("headline_groups", parts=self._named(groups))
        if len(self.sound):
            if self.sound["pledge"].eq(OTHER).any():  # too long for a headline
                return self.words("headline_words", cities=self.listed(self.sound["city"]))
            return self._pledges()[0].rstrip(".\u3002")
        if len(self.nation):
            first = self.nation.sort_values("value", kind="stable").iloc[0]
            if pd.isna(first["value"]):
                return self.words("headline_words", cities=self.listed(self.nation["city"]))
            return self.words(
                "headline_nation", city=first["city"], value=first["value_text"], year=first["year"]
            )
        return self.words("headline_doubted")

    def _ends(self) -> str:
        """The places that ask for most and for least in one year, of those that can stand side by
        side; empty where all ask for the same.
        """
        beside = beside_each_other(self.targets)
        apart = ends_apart(beside)
        if apart.empty:
            return ""
        ends = apart.iloc[0]
        low, high = beside.loc[ends["low"]], beside.loc[ends["high"]]
        # "most" and "least" fit three places or more; of two, one asks for "more"
        of_year = beside.loc[(beside["year"] == low["year"]) & ~beside["is_reference"], "place"]
        kind = "pair" if of_year.nunique() == 2 else "ends"
        key = f"headline_{kind}_over" if passed(self.page.ds, low["year"]) else f"headline_{kind}"
        # without periods: the year tells which plan of a place is meant
        cities = place_names(self.page.ds, self.page.lang)
        (low_city, least), (high_city, most) = (
            named_at(self.page, beside, one, cities) for one in (low, high)
        )
        return self.words(
            key, year=low["year"], high_city=high_city, high=most, low_city=low_city, low=least
        )

    def sentences(self) -> list[str]:
        """Who aims at what by when, who promises, what the nation asks for, what is in doubt."""
        found = self._numbers() + self._pledges()
        pledged = self.nation["value"].isna().all() and self.sound["value"].isna().any()
        if len(self.nation) and not pledged:
            found += self._nation()
        if len(self.doubted):
            named = [
                self.words("answer_stated", city=row.city, target=row.value_text)
                for row in self.doubted.itertuples()
            ]
            found.append(self.words("answer_doubted", stated=self.listed(named)))
        return found

    def details(self) -> list[str]:
        """`sentences` without the one that the headline says, and whether the numbers can be
        compared.
        """
        found = [one for one in self.sentences() if one.rstrip(".\u3002") != self.headline]
        return found + self._comparable()

    def _comparable(self) -> list[str]:
        """Whether the places' numbers can stand side by side, and which reservations there are."""
        own = self.numeric
        if len(own) < 2:
            return []
        groups = dict(iter(own.groupby("verdict")))
        if "caveat" not in groups and "not_comparable" not in groups:
            return [self.words("compared_comparable", count=len(own))]
        found = []
        if "caveat" in groups:
            found.append(self.words("compared_caveat", reasons=self._reasons(groups["caveat"])))
        if "not_comparable" in groups:
            apart = groups["not_comparable"]
            found.append(
                self.words(
                    "compared_not_comparable",
                    cities=self.listed(apart["city"]),
                    reasons=self._reasons(apart),
                )
            )
        return found

    def _reasons(self, rows: pd.DataFrame) -> str:
        """All codes in `reasons` as words, in the order of REASONS."""
        there = {code for codes in rows["reasons"] for code in codes.split()}
        return self.listed(
            (say(f"verdict_reason.{code}", self.page.lang) for code in REASONS if code in there),
            "clause",
        )

    def _nation(self) -> list[str]:
        """What the nation and provinces ask for, unless a city asks for the same."""
        known = self.nation[self.nation["value"].notna()]
        said = set(_key(self.numeric))
        alone = known[[one not in said for one in _key(known)]]
        return [
            self.words("answer_nation", city=row.city, value=row.value_text, year=row.year)
            for row in alone.itertuples()
        ]

    @cached_property
    def _groups(self) -> list[pd.DataFrame]:
        """Places with the same `value_text` and `year`: by year, and within it the most demanding
        first.
        """
        if self.numeric.empty:
            return []
        ordered = self._ordered.sort_values(
            ["year", "demand"], ascending=[True, False], kind="stable"
        )
        return [group for _, group in ordered.groupby(["year", "value_text"], sort=False)]

    @cached_property
    def _ordered(self) -> pd.DataFrame:
        """The places with a number and their `demand`, the least demanding first: it is `value`,
        negative where less is better (`side`).
        """
        side = self.numeric["side"].where(self.numeric["side"] != 0, 1)
        demand = side * self.numeric["value"]
        return self.numeric.assign(demand=demand).sort_values("demand", kind="stable")

    def _numbers(self) -> list[str]:
        """Who aims at what by when; of many groups the two ends."""
        groups = self._groups
        if len(groups) > IN_SENTENCE:
            return [self._range("answer_range")]
        return [self.words("answer_numbers", parts=self._named(groups))] if groups else []

    def _named(self, groups: Iterable[pd.DataFrame]) -> str:
        """Groups in words, see `_group`; all have the columns of `comparison_frame`."""
        said = set(_key(self.nation))
        return self.listed([self._group(group, said) for group in groups], "clause")

    def _range(self, key: str) -> str:
        ordered = self._ordered
        low, high = ordered.iloc[0], ordered.iloc[-1]
        return self.words(
            key, numbers=len(ordered), city=low["city"], low=low["value_text"], year=low["year"],
            high_city=high["city"], high=high["value_text"], high_year=high["year"],
        )  # fmt: skip

    def _group(self, group: pd.DataFrame, said: set[tuple[object, ...]]) -> str:
        """A group in words: its places (`city`), `value_text` and `year`, and that the nation asks
        for the same where it does (`said`).
        """
        first = group.iloc[0]
        key = "like_nation" if _key(group)[0] in said else "group"
        return self.words(
            f"answer_{key}",
            cities=self.listed(group["city"]),
            value=first["value_text"],
            year=first["year"],
        )

    def _pledges(self) -> list[str]:
        """Who promises without a number."""
        own = self.sound[self.sound["value"].isna()]
        if own.empty:
            return []
        too = len(self.nation) and self.nation["value"].isna().all()
        key = "answer_pledges_too" if too else "answer_pledges"
        pledge = self.listed(own["value_text"].unique())
        return [self.words(key, cities=self.listed(own["city"]), pledge=pledge)]

    def came(self, verdicts: pd.Series) -> str:
        """How the targets ended that are due; `verdicts` are those of `psanalysis.outcomes` by
        statement_id.
        """
        verdict = self.targets["statement_id"].map(verdicts)
        parts = [
            self.words(f"came_{one}", cities=self.listed(self.targets.loc[verdict == one, "city"]))
            for one in DUE
            if (verdict == one).any()
        ]
        return self.words("came", parts=self.listed(parts, "clause")) if parts else ""


def _key(rows: pd.DataFrame) -> list[tuple[object, ...]]:
    """What makes two targets the same: `value`, whether more than it is asked for (`comparator`),
    and `year`. A bare number means to reach it or go beyond, as at least does.
    """
    targets = zip(rows["value"], rows["comparator"], rows["year"], strict=True)
    return [(value, comparator in STRICT, year) for value, comparator, year in targets]
