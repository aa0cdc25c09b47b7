"""The pages of the site for every real parameter value, each drawn once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.datapackage.identity import shared_indicators
from psanalysis.datapackage.remembered import remembering
from psanalysis.report import (
    CityComparison,
    CityGap,
    DataQuality,
    FindingsPage,
    IndicatorProfile,
    Outcomes,
    Overview,
    ServiceCoverage,
)
from psanalysis.report.html import Chart, Html
from psanalysis.report.page import Page
from psanalysis.report.parameters import value_sets
from psanalysis.report.way import way_chart, way_frame
from psanalysis.wording import LANGUAGES

SECTIONS = (
    "title", "plans", "heatmap", "chart", "table", "pace", "ambition", "other_targets", "domains",
    "findings", "missing", "definition",
    "supply", "method", "sources",
)  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """A chart, the HTML that shows it, and the ids of the page around it."""

    chart: Chart
    html: str
    ids: frozenset[str]


@cache
def _dataset() -> ps.Dataset:
    """The pages share what they measure."""
    return remembering(ps.load())


class Way(Outcomes):
    """The chart of the way made, in the first year of each plan: of one that has ended no page
    shows it.
    """

    @cached_property
    def frame(self) -> pd.DataFrame:
        return way_frame(self, self.plan_id, self.as_of)

    def chart(self) -> Chart | Html:
        return way_chart(self, self.plan_id, self.frame)

    def statements(self) -> list[str]:
        return list(self.frame["statement_id"])


def _year(plan: str) -> int:
    return int(_dataset().plans.set_index("plan_id").loc[plan, "baseline_year"]) + 1


@cache
def _cases() -> dict[str, Callable[[], Page]]:
    ds = _dataset()
    found: dict[str, Callable[[], Page]] = {}
    for lang in LANGUAGES:
        for plan in ds.plans["plan_id"]:
            found[f"gap {plan} {lang}"] = lambda plan=plan, lang=lang: CityGap(plan, lang, ds)
            found[f"progress {plan} {lang}"] = lambda plan=plan, lang=lang: Way(
                plan, lang, as_of=_year(plan), ds=ds
            )
        for plan in value_sets(ds)["plans_with_values"]:
            found[f"outcomes {plan} {lang}"] = lambda plan=plan, lang=lang: Outcomes(
                plan, lang, ds=ds
            )
        for domain in ["all", *ds.domains["domain_id"]]:
            found[f"comparison {domain} {lang}"] = lambda domain=domain, lang=lang: CityComparison(
                domain, lang, ds=ds
            )
        for indicator in shared_indicators(ds):
            found[f"profile {indicator} {lang}"] = lambda indicator=indicator, lang=lang: (
                IndicatorProfile(indicator, lang, ds)
            )
        for page in (Overview, ServiceCoverage, DataQuality, FindingsPage):
            found[f"{page.section} {lang}"] = lambda page=page, lang=lang: page(lang, ds)
    return found


@pytest.fixture(params=list(_cases()))
def charts(request: pytest.FixtureRequest) -> tuple[Drawn, ...]:
    """All charts of a page, also those inside of sections."""
    page = _cases()[request.param]()
    made: list[Chart] = []
    draw = page.drawn

    def keep(*arguments: object, **named: object) -> Chart:
        made.append(draw(*arguments, **named))  # type: ignore[arg-type]
        return made[-1]

    page.drawn = keep  # type: ignore[method-assign]
    html = "\n".join(
        getattr(page, name)()._repr_html_()
        for name in (("chart", "sources") if isinstance(page, Way) else SECTIONS)
        if callable(getattr(page, name, None))
    )
    shown = dict(
        re.findall(r'(?s)<figure class="ps-figure" id="figure-([^"]+)">(.*?)</figure>', html)
    )
    assert len(shown) == len(made), "two charts of a page have one name"
    ids = frozenset(re.findall(r'\bid="([^"]+)"', html))
    return tuple(Drawn(chart, shown[chart.name], ids) for chart in made)


@pytest.fixture
def page() -> Callable[[str], Page]:
    """Makes a page by its name."""
    return lambda name: _cases()[name]()
