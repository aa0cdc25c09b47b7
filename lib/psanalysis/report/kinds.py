"""The kinds of pages that the site knows, by their notebooks, and the rows that each page is
given.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.slices import Masks, Rows, Slicer
from psanalysis.report.city_comparison import CityComparison
from psanalysis.report.city_gap import CityGap
from psanalysis.report.data_quality import DataQuality
from psanalysis.report.findings_page import FindingsPage
from psanalysis.report.indicator_profile import IndicatorProfile
from psanalysis.report.matrix import Matrix
from psanalysis.report.missing import MissingPage
from psanalysis.report.outcomes_page import Outcomes
from psanalysis.report.overview import Overview
from psanalysis.report.page import Page
from psanalysis.report.service_coverage import ServiceCoverage
from psanalysis.report.statements_page import Statements
from psanalysis.report.succession_page import Succession

PAGES: tuple[type[Page], ...] = (
    Overview,
    CityGap,
    CityComparison,
    IndicatorProfile,
    Outcomes,
    ServiceCoverage,
    DataQuality,
    FindingsPage,
    Succession,
    MissingPage,
    Statements,
    Matrix,
)
KINDS: Mapping[str, type[Page]] = {page.notebook: page for page in PAGES}
# slices kept: the pages of a subject in both languages follow each other and share one
KEPT = 8


def kind_of(notebook: str) -> type[Page]:
    """The kind of a notebook's pages; `Page` itself for a user's own notebook."""
    return KINDS.get(notebook, Page)


def subject_of(notebook: str, parameters: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """The parameters that decide what rows a page reads."""
    takes = kind_of(notebook).takes
    return tuple((one.name, parameters[one.name]) for one in takes if one.subject)


class Slices:
    """`data_slice` for many pages of one data set, and the plans that each page reads."""

    def __init__(self, ds: Dataset):
        self.slicer = Slicer(ds)
        self._kept = lru_cache(KEPT)(self._rows)
        self._plans: dict[tuple[str, tuple[tuple[str, Any], ...]], frozenset[str]] = {}

    def rows(self, notebook: str, parameters: Mapping[str, Any]) -> Rows:
        """See `data_slice`."""
        return self._kept(notebook, subject_of(notebook, parameters))

    def _rows(self, notebook: str, subject: tuple[tuple[str, Any], ...]) -> Rows:
        masks = kind_of(notebook).reads(self.slicer, dict(subject))
        rows = self.slicer.with_keys(masks | {"plans": self._named_apart(masks)})
        stated = self.slicer.names("statements", "plan_id", rows["statements"])
        self._plans[notebook, subject] = frozenset(stated)
        return rows

    def plans(self, notebook: str, parameters: Mapping[str, Any]) -> frozenset[str]:
        """Plans whose statements a page can read; known as soon as its rows were asked for once."""
        page = notebook, subject_of(notebook, parameters)
        if page not in self._plans:
            self.rows(notebook, parameters)
        return self._plans[page]

    def _named_apart(self, masks: Masks) -> np.ndarray:
        """Plans with the others of the same places: what a plan is called depends on them."""
        none = np.zeros(len(self.slicer.tables["plans"]), dtype=bool)
        own = masks.get("plans", none)
        stated = masks.get("statements")
        if stated is not None:
            own = own | self.slicer.where(
                "plans", "plan_id", self.slicer.names("statements", "plan_id", stated)
            )
        return self.slicer.where("plans", "city_id", self.slicer.names("plans", "city_id", own))


def data_slice(ds: Dataset, notebook: str, parameters: Mapping[str, Any]) -> Rows:
    """Rows of each table that a page can read.

    Parameters
    ----------
    ds
        The data set.
    notebook, parameters
        The page.

    Returns
    -------
    dict
        Table name to the places of its rows, in the order of the file.

    Examples
    --------
    >>> import psanalysis as ps
    >>> ds = ps.load()
    >>> rows = data_slice(ds, "03_indicator_profile", {"indicator_id": "nursing_bed_share"})
    >>> "nursing_bed_share" in set(ds.statements["indicator_id"].iloc[rows["statements"]])
    True
    """
    return Slices(ds).rows(notebook, parameters)
