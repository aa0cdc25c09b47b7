"""The page of an indicator: its title is the finding, its table says who asks what and how it
ended, names as written lead to their rows.
"""

from __future__ import annotations

import re

import pandas as pd
import pytest
from lxml import html

import psanalysis as ps
from psanalysis.datapackage.identity import places
from psanalysis.report import IndicatorProfile
from psanalysis.report.html import Chart
from psanalysis.report.parameters import value_sets
from psanalysis.report.periods import as_of
from psanalysis.report.spread_section import spread_chart
from psanalysis.wording import say

FULL_STOP = (".", "。")


@pytest.fixture(scope="module")
def profiles(ds) -> list[IndicatorProfile]:
    return [
        IndicatorProfile(indicator, lang, ds)
        for indicator in value_sets(ds)["compared_indicators"]
        for lang in ("zh", "en")
    ]


def tree(page: IndicatorProfile, section: str) -> html.HtmlElement:
    return html.fromstring(f"<div>{getattr(page, section)()._repr_html_()}</div>")


def rows_of(shown: html.HtmlElement) -> list[dict[str, str]]:
    keys = [head.get("data-key") for head in shown.iter("th") if head.get("data-key")]
    return [
        dict(zip(keys, (cell.text_content() for cell in row), strict=True))
        for row in shown.iterfind(".//tbody/tr")
    ]


def test_the_title_is_a_finding_under_the_name(profiles) -> None:
    for page in profiles:
        shown = tree(page, "title")
        title = shown.find(".//h1")
        assert title.get("data-title") == page.subject()["name"]
        assert not page.headline().endswith(FULL_STOP)
        assert title.text_content().startswith(f"{page.subject()['name']} ")
        assert len(title.text_content()) > len(page.subject()["name"]) + 5
        answer = shown.findtext(".//p[@class='ps-answer']") or ""
        assert page.headline() not in answer


def test_headline_and_details_say_all_that_the_answer_says(profiles) -> None:
    for page in profiles:
        said = f"{page.headline()} {page.details()}"
        for target in page.targets.itertuples():
            if not target.is_reference:
                assert target.city in said
                assert target.value_text in said or target.pledge == "other"


def test_the_headline_of_a_year_names_who_asks_for_most_and_for_least(ds) -> None:
    page = IndicatorProfile("physicians_per_1000", "en", ds)
    own = page.targets[(page.targets["year"] == 2025) & ~page.targets["is_reference"]]
    own = own.sort_values("value")
    found = re.findall(r"\((.+?)\)", page.headline())
    assert found == [own["value_text"].iloc[-1], own["value_text"].iloc[0]]
    assert "asked" in page.headline()  # the year has passed


def test_the_table_says_nature_and_outcome(ds, profiles) -> None:
    ends = ps.outcomes(ds, None, as_of(ds).year - 1).set_index("statement_id")
    told = 0
    for page in profiles:
        shown = rows_of(tree(page, "table"))
        assert len(shown) == len(page.targets)
        for row, target in zip(shown, page.targets.itertuples(), strict=True):
            verdict = ends.loc[target.statement_id, "verdict"]
            if verdict != "pledge":
                assert row["outcome"].startswith(say(f"ends.{verdict}", page.lang))
            if isinstance(target.nature, str):
                assert (
                    row["nature"]
                    == ds.label("statements", "nature", target.nature, page.lang).split(":")[0]
                )
            told += verdict in ("met", "missed")
    assert told > 20


def test_every_place_can_be_ticked_and_every_row_has_its_place(ds, profiles) -> None:
    place, with_ticks = places(ds), 0
    for page in profiles:
        shown = tree(page, "table")
        own = [row.get("data-places") for row in shown.iterfind(".//tbody/tr")]
        assert own == [place[plan] for plan in page.targets["plan_id"]]
        ticks = [tick.get("value") for tick in shown.iter("input")]
        assert ticks == (list(dict.fromkeys(own)) if len(set(own)) >= 3 else [])
        assert all(tick.get("checked") is not None for tick in shown.iter("input"))
        with_ticks += bool(ticks)
    assert with_ticks > 20


def test_rows_of_ended_periods_say_so(ds) -> None:
    page = IndicatorProfile("nursing_bed_share", "en", ds)
    tags = {row["city"].strip() for row in rows_of(tree(page, "table"))}
    assert {"Mianyang ended", "Beijing", "Nanjing (2026–2030)"} <= tags
    assert "Periods up to 2025 have ended" in page.chart().subtitle
    assert page.period().startswith("Under way: Yuyao (2023–2027), Beijing (2026–2030)")


def test_names_as_written_are_those_of_every_plan_and_lead_to_their_rows(ds, profiles) -> None:
    for page in profiles:
        shown = tree(page, "names")
        written = {(row["as_written"], row["plan"]) for row in rows_of(shown)}
        own = ds.statements[ds.statements["indicator_id"] == page.indicator_id]
        assert len(written) >= own.groupby("plan_id")["indicator_as_written"].nunique().sum()
        links = {link.get("href") for link in shown.iterfind(".//th/a")}
        assert all(re.fullmatch(r"\.\./14_statements/.+#row-.+", one) for one in links)
        assert len(links) == len(
            own.dropna(subset="indicator_as_written").drop_duplicates(
                ["plan_id", "indicator_as_written"]
            )
        )


def test_the_definition_says_unit_direction_limits_and_domain(ds) -> None:
    words = tree(IndicatorProfile("nursing_bed_share", "en", ds), "definition").text_content()
    for part in (
        "Unit: %",
        "Direction: higher is better",
        "between 0 and 100",
        "Domain: Old-age care",
    ):
        assert part in words


def test_what_the_nation_had_is_not_drawn_as_its_target(ds: ps.Dataset) -> None:
    """The national plan of 2026 to 2030 states 68 % of 2025 as its baseline."""
    page = IndicatorProfile("nursing_bed_share", "en", ds)
    nation = page.points[page.points["national"]]
    assert set(nation["role"]) == {"baseline", "target"}
    drawn = page.chart().frame
    assert set(drawn.loc[drawn["national"], "role"]) == {"target"}
    svg = page.chart().content("svg").decode()
    assert "national target 55%" in svg
    assert "(2025), 73%" in svg


def test_of_two_places_one_asks_for_more(ds: ps.Dataset) -> None:
    """Most and least are words for three or more."""
    two = IndicatorProfile("nurses_per_1000", "en", ds).chart().title
    assert two == "For 2025, Mianyang asked for more (3.8) than Panjin (3.7)"
    three = IndicatorProfile("childcare_places_per_1000", "en", ds).chart().title
    least = "Xinyang, Nanjing for least (4.5 and ≈4.5)"
    assert three == f"For 2025, Mianyang asked for most (5.2) and {least}", "all that ask for least"


def test_the_chart_marks_every_figure_that_a_finding_doubts(ds: ps.Dataset) -> None:
    severe = ds.findings[ds.findings["severity"].isin(["contradiction", "unlike_basis"])]
    doubted = set(" ".join(severe["statement_ids"]).split())
    page = IndicatorProfile("nursing_bed_share", "en", ds)
    points = page.points.set_index("statement_id")["doubted"]
    assert points["panjin-14fyp-055"]
    assert points.to_dict() == {code: code in doubted for code in points.index}
    html = page.chart()._repr_html_()
    assert "35.1% ※" in html
    assert say("chart.key_doubted", "en", sign="※") in html


def test_limits_are_not_said_to_hold_where_a_figure_is_beyond_them(ds: ps.Dataset) -> None:
    """Retention in compulsory education is printed as 100.72 and 114.4 %: the page may not say that
    values lie between 0 and 100.
    """
    page = IndicatorProfile("compulsory_education_retention", "en", ds)
    beyond = tree(page, "definition").text_content().replace("\xa0", " ")
    assert "figures beyond 100 are queried (here 2)" in beyond
    assert "Values lie between" not in beyond
    within = tree(IndicatorProfile("nursing_bed_share", "en", ds), "definition")
    within = within.text_content().replace("\xa0", " ")
    assert "Values lie between 0 and 100." in within


def test_four_places_of_one_year_are_drawn_as_a_spread(ds: ps.Dataset) -> None:
    page = IndicatorProfile("life_expectancy", "en", ds)
    assert page.spread()._repr_html_() == "", "three can be read one by one"
    own = page.targets[(page.targets["plan_id"] == "mianyang-14fyp")]
    further = own.assign(
        plan_id="a-plan",
        place="a-place",
        city="Elsewhere",
        value=82.0,
        value_text="82 years",
        comparator="eq",
    )
    targets = pd.concat([page.targets, further], ignore_index=True)
    chart = spread_chart(page, targets, page.unit)
    assert isinstance(chart, Chart)
    assert (
        chart.title
        == "For 2025, the targets of 4 places lie between 80.3 years and 83.5 years, with a "
        "median of 81.3 years"
    )
    drawn = chart.frame
    assert sorted(drawn.loc[~drawn["national"], "label"]) == [
        "Elsewhere",
        "Mianyang",
        "Nanjing (2021–2025)",
        "Panjin",
    ]
    assert list(drawn.loc[drawn["national"], "value"]) == [78.3]
    assert "Elsewhere" in chart.content("svg").decode()
    same = targets.assign(value=80.0)
    assert spread_chart(page, same, page.unit)._repr_html_() == "", "all ask for the same"


def test_unlike_horizons_stay_at_their_own_year(ds):
    points = IndicatorProfile("nursing_bed_share", "en", ds).points
    targets = points[(points["role"] == "target") & points["path"]].set_index("plan_id")["year"]
    assert (targets["mianyang-14fyp"], targets["yuyao-2023-2027"]) == (2025, 2027)


def test_equal_numbers_under_unlike_signs_are_not_called_the_same():
    answer = IndicatorProfile("medical_insurance_participation", "en").answer()
    assert "Mianyang: 95% by 2025; Panjin: >95% by 2025, like the nation." in answer
