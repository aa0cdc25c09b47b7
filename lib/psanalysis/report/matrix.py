"""Page 13: the indicators that places share, places side by side."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import (
    city_plans,
    known_in_part,
    places,
    reference_plans,
    shared_indicators,
)
from psanalysis.measures.ambition import ambition
from psanalysis.measures.ranks import demand
from psanalysis.measures.verdicts import REASONS
from psanalysis.report.comparisons import (
    beside_each_other,
    comparison_frame,
    ends_apart,
    stated_at,
)
from psanalysis.report.frames import narrowed
from psanalysis.report.html import Html
from psanalysis.report.matrix_controls import controls
from psanalysis.report.matrix_table import legend, matrix_table
from psanalysis.report.page import Page
from psanalysis.report.parameters import LANG
from psanalysis.report.provenance import colophon
from psanalysis.report.standing import SIDES

# most cells of the table: the page stays below its size limit with any number of places
MOST_CELLS = 12_000
# up to so many targets the page lists their statements itself; with more it would be too long
MOST_SOURCED = 500
# reasons without a letter: the column of the number or a sign of its own shows them
UNSAID = ("reference_line", "pledges_only", "doubted")


class Matrix(Page):
    """All indicators that places share, a row each, with the target of every place.

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
    >>> type(Matrix("en").answer()).__name__
    'str'
    """

    section = "matrix"
    notebook = "13_matrix"
    takes = (LANG,)

    def __init__(self, lang: str, ds: Dataset | None = None):
        super().__init__(lang, ds)

    @cached_property
    def shared(self) -> list[str]:
        """Indicators that two or more places have a target for, the nation among them."""
        return shared_indicators(self.ds)

    @cached_property
    def shown(self) -> list[str]:
        """The shared indicators that the table has room for: those that most places have."""
        targets = self.ds.statements[self.ds.statements["role"] == "target"]
        own = targets[targets["indicator_id"].isin(self.shared)]
        counts = own.groupby("indicator_id")["plan_id"].nunique()
        room = max(1, MOST_CELLS // max(1, own["plan_id"].nunique()))
        most = counts.reindex(self.shared).sort_values(ascending=False, kind="stable").index[:room]
        return [one for one in self.shared if one in set(most)]

    @cached_property
    def frame(self) -> pd.DataFrame:
        """A row for each target of the table, as from `psanalysis.compare`, with what its cell
        shows.

        - place: area_id of the place that the plan is for.
        - compared: it may stand beside others (`beside_each_other`).
        - demand: `psanalysis.measures.ranks.demand` among the compared ones; missing for the
          others.
        - standing: against the national target (`psanalysis.ambition`), where the verdict lets the
          two stand side by side.
        - kind: what the cell is: reference, doubted, apart (may not be compared), the standing, or
          plain.
        - own_reasons: codes of the reasons that the rows of the indicator do not all have.
        """
        own = narrowed(self.ds, self.shown)
        frame = comparison_frame(own, self.shown, self.ds.plans["plan_id"], self.lang)
        if frame.empty:
            return frame
        beside = beside_each_other(frame)
        compared = pd.Series(frame.index.isin(beside.index), index=frame.index)
        standings = ambition(own).set_index("statement_id")["standing"]
        frame = frame.assign(
            place=frame["plan_id"].map(places(self.ds)),
            compared=compared,
            demand=demand(frame, compared).where(compared),
            standing=frame["statement_id"].map(standings).fillna("no_national"),
        )
        return frame.assign(kind=_kinds(frame), own_reasons=self._own_reasons(frame))

    @cached_property
    def common_reasons(self) -> dict[str, list[str]]:
        """Codes of the reasons that all numbers of the cities have, by indicator_id."""
        return {str(one): _common(rows) for one, rows in self.frame.groupby("indicator_id")}

    def _own_reasons(self, frame: pd.DataFrame) -> list[list[str]]:
        """For each row the codes of `reasons` that the rows of its `indicator_id` do
        not all have.
        """
        common = {str(one): set(_common(rows)) for one, rows in frame.groupby("indicator_id")}
        return [
            [
                code
                for code in row.reasons.split()
                if code not in {*UNSAID, *common[row.indicator_id]}
            ]
            for row in frame.itertuples()
        ]

    @cached_property
    def letters(self) -> dict[str, str]:
        """Letter of each reason that the table gives, in the order of `REASONS`."""
        named = {code for codes in self.frame["own_reasons"] for code in codes}
        named |= {code for codes in self.common_reasons.values() for code in codes}
        known = [code for code in REASONS if code in named]
        return {code: chr(ord("a") + place) for place, code in enumerate(known)}

    @cached_property
    def apart(self) -> pd.DataFrame:
        """Where the places lie furthest apart; see `ends_apart`."""
        return (
            ends_apart(self.frame[self.frame["compared"]])
            if len(self.frame)
            else pd.DataFrame(columns=["share"])
        )

    @cached_property
    def in_part(self) -> set[str]:
        """plan_id of the plans that are known in part: an empty cell there does not mean that there
        is no target.
        """
        return known_in_part(self.ds)

    @cached_property
    def columns_shown(self) -> list[str]:
        """plan_id of the columns: the nation and provinces first, then the places with the most of
        these targets.
        """
        count = self.frame["plan_id"].value_counts()
        cities = [plan for plan in city_plans(self.ds) if plan in count.index]
        first = [plan for plan in reference_plans(self.ds) if plan in count.index]
        return first + sorted(cities, key=lambda plan: -count[plan])

    def answer(self) -> str:
        """The finding, computed from the data."""
        if self.frame.empty:
            return self.words("answer_none")
        cities = self.frame[~self.frame["is_reference"]]
        compared = cities.loc[cities["compared"], "indicator_id"].nunique()
        words = self.words(
            "answer", shared=len(self.shared), places=cities["place"].nunique(), compared=compared
        )
        if len(self.shown) < len(self.shared):
            words += self.words("limited", shown=len(self.shown))
        if self.apart.empty:
            return words
        ends = self.apart.loc[self.apart["share"].idxmax()]
        beside = self.frame[self.frame["compared"]]
        low, high = beside.loc[ends["low"]], beside.loc[ends["high"]]
        least, most = (stated_at(self, beside, one) for one in (low, high))
        return words + self.words(
            "most_apart", name=low["name"], year=low["year"], high=most, low=least
        )

    def table(self) -> Html:
        """What a reader may choose by, the table, and what its signs mean."""
        if self.frame.empty:
            return Html("")
        return controls(self) + matrix_table(self) + legend(self)

    @property
    def sourced(self) -> bool:
        """Whether the statements are listed on the page, so that a number links to its source
        there. With many places they are on the pages of the plans alone.
        """
        return len(self.frame) <= MOST_SOURCED

    def statements(self) -> list[str]:
        return list(self.frame["statement_id"]) if self.sourced and len(self.frame) else []

    def sources(self) -> Html:
        """Where the figures come from. With many places only the fingerprint of data and library:
        every number links to its row on another page.
        """
        if self.sourced:
            return super().sources()
        return colophon(self.ds, self.lang, **self.parameters)


def _common(rows: pd.DataFrame) -> list[str]:
    """Codes of `reasons` that all numbers of cities have, if there are two or more; reads
    `is_reference` and `value`.
    """
    own = rows[~rows["is_reference"] & rows["value"].notna()]
    if len(own) < 2:
        return []
    sets = [set(reasons.split()) for reasons in own["reasons"]]
    return [code for code in REASONS if code not in UNSAID and all(code in one for one in sets)]


def _kinds(frame: pd.DataFrame) -> list[str]:
    """What the cell of each row is, see `Matrix.frame`; reads `value`, `doubted`, `is_reference`,
    `verdict`, `grows` and `standing`.
    """
    return [_kind(row) for row in frame.itertuples()]


def _kind(row: object) -> str:
    numeric = pd.notna(row.value)  # type: ignore[attr-defined]
    if row.doubted:  # type: ignore[attr-defined]
        return "doubted"
    if row.is_reference:  # type: ignore[attr-defined]
        return "reference"
    unlike = row.verdict == "not_comparable" or row.grows  # type: ignore[attr-defined]
    if unlike and (numeric or row.verdict == "not_comparable"):  # type: ignore[attr-defined]
        return "apart"
    return row.standing if numeric and row.standing in SIDES else "plain"  # type: ignore[attr-defined]
