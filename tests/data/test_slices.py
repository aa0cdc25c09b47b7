"""Every page of the catalogue says on the rows that it is given, and as a kernel holds them, what
it says on all rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tests.census.pages import cells_shown

import psanalysis as ps
from psanalysis.datapackage.dataset import TABLES
from psanalysis.datapackage.remembered import remembering
from psanalysis.kernels.preload import SHORT_TEXTS
from psanalysis.report.html import Html
from psanalysis.report.kinds import Slices
from psanalysis.report.page import Page
from psanalysis.site.catalog import Catalog, read_catalog
from psanalysis.site.contract import require
from psanalysis.site.facts import Contents
from psanalysis.site.model import Report
from psanalysis.untrusted import for_page

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def ds() -> ps.Dataset:
    return ps.load()


@pytest.fixture(scope="module")
def catalog(ds: ps.Dataset) -> Catalog:
    return read_catalog(ROOT / "reports" / "catalog.yml", ROOT / "notebooks", ds)


def one_language_each(reports: Sequence[Report]) -> Iterator[Report]:
    """A page of each report, in Chinese and in English by turns: both languages read the same
    rows.
    """
    families: dict[object, list[Report]] = {}
    for report in reports:
        families.setdefault(report.family, []).append(report)
    for place, family in enumerate(families.values()):
        yield family[place % len(family)]


def drawn(
    self: Page, chart: str, frame: Any, name: str, *, finding: str, source: str, **values: object
) -> Html:
    """What a chart is made of, in place of the chart: it is a function of these alone."""
    words = self.words(f"{name}_subtitle", **values)
    return Html(f"<pre>{chart} {finding} {words} {source} {frame.to_csv()}</pre>")


def shown(source: str, parameters: dict[str, Any], ds: ps.Dataset, monkeypatch) -> str:  # type: ignore[no-untyped-def]
    """Hash of what the cells of a notebook show, without fingerprints of data."""
    contents = Contents()
    for _, words in cells_shown(source, parameters, ds, monkeypatch):
        contents.take(require(words, "cell", for_page))
    return str(contents.facts()["shown"])


def test_every_page_shows_the_same_on_its_rows_as_on_all(ds, catalog, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(Page, "drawn", drawn)
    ds = remembering(ds)  # of the whole alone
    slices = Slices(ds)
    with pd.option_context(*SHORT_TEXTS):
        held = ps.load()  # as a kernel holds it
    smaller, unlike = 0, []
    for report in one_language_each(catalog.reports):
        rows = slices.rows(report.notebook, report.parameters)
        tables = {
            name: getattr(held, name).iloc[rows[name]].reset_index(drop=True) for name in TABLES
        }
        smaller += len(rows["statements"]) < len(ds.statements)
        source = catalog.notebooks[report.notebook].source
        parameters = dict(report.parameters)
        whole = shown(source, parameters, ds, monkeypatch)
        with pd.option_context(*SHORT_TEXTS):
            part = shown(source, parameters, replace(held, **tables), monkeypatch)
        unlike += [report.id] if whole != part else []
    assert unlike == [], "their kinds do not name all rows that they read"
    assert smaller > 20
