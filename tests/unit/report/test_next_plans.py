"""Every kind of page with a second plan of each place, a province, a plan of another length, and
one without any number.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from lxml import html
from matplotlib.figure import Figure

import psanalysis as ps
from psanalysis.datapackage.identity import plan_names
from psanalysis.datapackage.remembered import remembering
from psanalysis.report import (
    CityComparison,
    CityGap,
    DataQuality,
    Explorer,
    FindingsPage,
    IndicatorProfile,
    Matrix,
    MissingPage,
    Outcomes,
    Overview,
    ServiceCoverage,
    Statements,
    Succession,
)
from psanalysis.report.explore import VIEWS
from psanalysis.report.html import Chart, Html
from psanalysis.report.kinds import PAGES
from psanalysis.report.page import Page
from psanalysis.report.parameters import value_sets
from psanalysis.report.periods import period_line, periods_line
from psanalysis.report.way import way_chart, way_frame
from psanalysis.site.assets import FURTHER, PAGE_KB

# the page whose script allows it to be longer
LARGE = Matrix
ROOT = Path(__file__).parents[3]
# a rate of every place, a total of a period, pledges alone, one that the nation alone has twice
PROFILES = (
    "nursing_bed_share",
    "urban_new_jobs",
    "public_rental_housing_guarantee",
    "physicians_per_1000",
    "life_expectancy",
)


@pytest.fixture(scope="module")
def ds(tmp_path_factory: pytest.TempPathFactory) -> ps.Dataset:
    place = Path(__file__).parents[2] / "next_plans.py"
    spec = importlib.util.spec_from_file_location("next_plans", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return remembering(ps.load(module.write(tmp_path_factory.mktemp("next") / "data")))


@cache
def sections(kind: type[Page]) -> tuple[str, ...]:
    """What the notebook of a kind of page shows, cell by cell."""
    cells = json.loads((ROOT / "notebooks" / f"{kind.notebook}.ipynb").read_bytes())["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return tuple(re.findall(r"^page\.(\w+)\(\)$", code, re.MULTILINE))


def pages(ds: ps.Dataset, lang: str) -> Iterator[Page]:
    sets = value_sets(ds)
    for kind in (Overview, DataQuality, ServiceCoverage, FindingsPage, MissingPage, Matrix):
        yield kind(lang, ds)
    for plan in ds.plans["plan_id"]:
        yield CityGap(plan, lang, ds)
    for plan in ("mianyang-15fyp", "panjin-15fyp", "ningbo-2026-2030"):
        yield Statements(plan, lang, ds)
    for plan in sets["plans_with_values"][:3]:
        yield Outcomes(plan, lang, ds=ds)
    for place in sets["succeeded_places"]:
        yield Succession(place, lang, ds)
    for domain in sets["compared_domains"]:
        yield CityComparison(domain, lang, ds=ds)
    for indicator in PROFILES:
        yield IndicatorProfile(indicator, lang, ds)


def drawn(self, chart, frame, name, *, finding, source, **values):  # type: ignore[no-untyped-def]
    """The words of a chart, in place of the chart: charts have a test of their own."""
    DRAWN.setdefault(chart, []).append((frame, finding))
    return Html(f"<p>{finding} {self.words(f'{name}_subtitle', **values)} {source}</p>")


# what the pages draw: frame and finding by the name of the chart
DRAWN: dict[str, list[tuple[pd.DataFrame, str]]] = {}


@pytest.fixture(scope="module")
def shown(ds) -> list[tuple[Page, str]]:  # type: ignore[no-untyped-def]
    """Every page with what all cells of its notebook show."""
    DRAWN.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Page, "drawn", drawn)
        return [
            (page, "".join(getattr(page, name)()._repr_html_() for name in sections(type(page))))
            for page in pages(ds, "en")
        ]


def test_every_kind_of_page_is_there(shown) -> None:  # type: ignore[no-untyped-def]
    assert {type(page) for page, _ in shown} == set(PAGES)
    assert all(len(sections(kind)) >= 3 for kind in PAGES)


def test_every_page_is_made_and_says_which_plan_it_means(ds, shown) -> None:  # type: ignore[no-untyped-def]
    names = plan_names(ds, "en")
    assert names.is_unique
    for page, text in shown:
        assert "<h1" in text
        assert "Data as of" in text, "every page says as of when it speaks"
        assert not re.search(r"\b(?:nan|NaN|NaT|<NA>)\b", text)
        # a tenth is left to the frame of a page
        limit = max([PAGE_KB, *FURTHER.values()] if isinstance(page, LARGE) else [PAGE_KB])
        assert len(text.encode()) < 0.9 * 1024 * limit, type(page)
        if isinstance(page, CityComparison) and not page.frame.empty:
            columns = page.cells.groupby("label")["column"]
            assert (columns.nunique() == columns.size()).all(), "a column a plan"


def test_of_many_plans_the_overview_draws_those_with_most_targets(ds, shown) -> None:  # type: ignore[no-untyped-def]
    page, text = next((page, text) for page, text in shown if isinstance(page, Overview))
    assert "Drawn are the 12 plans with most targets of 17; the table below has all." in text
    every = ds.statements.loc[ds.statements["role"] == "target", "plan_id"].value_counts()
    drawn = set(page.chart().frame["plan_id"])
    assert len(drawn) == 12
    assert every[sorted(drawn)].min() >= every[sorted(set(every.index) - drawn)].max()


def of_measures(ds: ps.Dataset) -> Iterator[tuple[str, pd.DataFrame]]:
    """Frames of the charts that no page of these data shows, by name, made of the measures."""
    names, about = plan_names(ds, "en"), ds.indicators.set_index("indicator_id")
    rows = ps.compare(ds)
    rows = rows[rows["value"].notna()]
    rows = rows.assign(target=rows["value"], target_text=rows["value"].map("{:g}".format))
    own = rows[(rows["plan_id"] == "mianyang-15fyp") & rows["national_value"].notna()]
    peers = rows[~rows["is_reference"]].groupby("indicator_id")["value"]
    yield "against", own.assign(
        label=own["indicator_id"].map(about["name_en"]), nation=own["national_value"],
        nation_text=own["national_value"].map("{:g}".format),
        peers_low=own["indicator_id"].map(peers.min()),
        peers_high=own["indicator_id"].map(peers.max()), peers_text="",
    )  # fmt: skip
    one = rows[rows["indicator_id"] == "nursing_bed_share"]
    yield "spread", one.assign(
        label=one["plan_id"].map(names), text=one["target_text"], national=one["is_reference"],
    )  # fmt: skip
    gaps = ps.gaps(ds, "yuyao-2028-2030")
    shares = gaps[gaps["headline"] & gaps["target"].notna() & (gaps["unit_id"] == "percent")]
    yield "levels", shares.assign(
        label=shares["name_en"], nature=shares["nature"].fillna("unstated"),
        target_text=shares["target"].map("{:g}%".format),
        year_text=shares["target_year"].astype("str"),
    )  # fmt: skip
    page = Outcomes("panjin-14fyp", "en", as_of=2021, ds=ds)
    chart = way_chart(page, "panjin-14fyp", way_frame(page, "panjin-14fyp", 2021))
    assert isinstance(chart, Chart)
    yield chart.kind, chart.frame


def test_every_chart_draws_them(ds, shown) -> None:  # type: ignore[no-untyped-def]
    """The longest and the shortest frame of each chart of the pages and of the explorer, and one of
    each other chart.
    """
    explorer = Explorer("en", ds)
    for view in VIEWS:
        explorer.show(view=view, plan_id="mianyang-14fyp")
        assert isinstance(explorer.shown, Chart), view
        DRAWN.setdefault(explorer.shown.kind, []).append((explorer.shown.frame, "Finding"))
    for name, frame in of_measures(ds):
        DRAWN.setdefault(name, []).append((frame, "Finding"))
    assert set(DRAWN) == set(ps.plot.__all__) - {"save"}
    for name, frames in DRAWN.items():
        by_length = sorted(frames, key=lambda item: len(item[0]))
        for frame, finding in (by_length[0], by_length[-1]):
            figure = getattr(ps.plot, name)(frame, title=finding, lang="en")
            assert isinstance(figure, Figure), name


def test_a_chart_of_them_is_saved(ds, tmp_path) -> None:  # type: ignore[no-untyped-def]
    explorer = Explorer("en", ds)
    explorer.show(view="gap", plan_id="mianyang-15fyp")
    for kind in ("pdf", "svg", "png"):
        assert ps.plot.save(explorer.shown.draw(), tmp_path / f"gap.{kind}").stat().st_size > 1000


def test_a_place_with_two_plans_leads_from_one_to_the_other(ds) -> None:  # type: ignore[no-untyped-def]
    assert set(value_sets(ds)["succeeded_places"]) >= {"mianyang", "panjin", "china"}
    page = CityGap("mianyang-15fyp", "en", ds)
    assert "08_succession/mianyang.en.html" in page.succession()._repr_html_()
    counts = Succession("mianyang", "en", ds).frame["change"].value_counts()
    assert f"{counts['raised']} raised" in Succession("mianyang", "en", ds).answer()
    assert CityGap("sichuan-14fyp", "en", ds).succession()._repr_html_() == ""


def test_what_is_not_in_a_plan_known_in_part_is_not_called_dropped(ds) -> None:  # type: ignore[no-untyped-def]
    page = Succession("china", "en", ds)
    assert "known in part" in page.answer()
    assert "dropped" not in page.answer()


def test_a_plan_known_in_part_says_what_was_read(ds, shown) -> None:  # type: ignore[no-untyped-def]
    pages = {page.plan_id: page for page, _ in shown if isinstance(page, CityGap)}
    for plan in ds.plans.itertuples():
        title = pages[plan.plan_id].title()._repr_html_()
        assert ("Known in part: " in title) == (plan.coverage != "full"), plan.plan_id
        assert plan.coverage == "full" or "has no table of indicators" not in title


def test_what_can_be_told_stands_before_what_cannot() -> None:
    """A row of one plan alone says the least: it comes after each row whose targets can be
    compared.
    """
    curated = ps.load()
    for place in value_sets(curated)["succeeded_places"]:
        page = Succession(place, "en", curated)
        untold = page.frame.groupby("indicator_id")["change"].agg(
            lambda changes: (changes == "cannot_tell").all()
        )
        rows = re.findall(
            r'<th scope="row"><a href="[^"]*?(\w+)\.en\.html', page.table()._repr_html_()
        )
        shown = [bool(untold[indicator]) for indicator in rows]
        assert len(shown) == len(page.frame), place
        assert len(set(shown)) == 2, place
        assert shown == sorted(shown), place


def test_a_period_that_has_not_begun_is_not_under_way(ds) -> None:  # type: ignore[no-untyped-def]
    """Yuyao's next plan is of 2028 to 2030, and the data are of 2026."""
    told = "The plan is to run from 2028 to 2030; its period has not begun."
    assert period_line(ds, "yuyao-2028-2030", "en").startswith(told)
    assert "2028—2030年，尚未开始。" in period_line(ds, "yuyao-2028-2030", "zh")
    assert "its period has not begun" in CityGap("yuyao-2028-2030", "en", ds).title().text
    running = period_line(ds, "mianyang-15fyp", "en")
    assert running.startswith("The plan runs from 2026 to 2030. Data as of")
    both = ["yuyao-2023-2027", "yuyao-2028-2030"]
    told = "Not begun yet: Yuyao (2028–2030)."
    assert periods_line(ds, both, "en").startswith(f"{told} Data as of")
    others = periods_line(ds, [*both, "panjin-14fyp"], "en")
    assert f"{told} Under way: Yuyao (2023–2027); the other periods have ended." in others
    one = periods_line(ds, ["yuyao-2028-2030", "panjin-14fyp"], "en")
    assert f"{told} The other periods have ended. Data as of" in one
    cards = Overview("en", ds).front().text
    assert cards.count("not begun") == 1


@pytest.mark.parametrize(("lang", "word"), [("zh", "已结束"), ("en", "ended")])
def test_every_list_of_plans_marks_the_periods_that_have_ended(ds, lang: str, word: str) -> None:  # type: ignore[no-untyped-def]
    """The rows of tables that name plans, and the line of plans that follow each other."""
    over = {plan.plan_id for plan in ds.plans.itertuples() if plan.period_end < 2026}
    for page in (DataQuality(lang, ds), Overview(lang, ds)):
        tree = html.fromstring(page.table()._repr_html_())
        for link in tree.iterfind(".//a"):
            plan = re.search(r"01_city_gap/([\w-]+)\.\w\w\.html", link.get("href") or "")
            if plan:
                cell = link.getparent()
                assert (word in cell.text_content()) == (plan[1] in over), (page, plan[1])
    line = html.fromstring(Succession("jingmen", lang, ds).title().text).find(
        ".//*[@class='ps-period']"
    )
    assert line.text_content().count(word) == 2
    assert Succession("yuyao", lang, ds).title().text.count(word) == 0
