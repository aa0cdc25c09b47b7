"""Pages: answers computed from the data, the same numbers in chart and table, parameters checked."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest
from pypdfium2 import PdfDocument

import psanalysis as ps
from psanalysis.datapackage.identity import shared_indicators
from psanalysis.errors import ParameterError
from psanalysis.formatting import in_plain_units, stated
from psanalysis.measures.ambition import ambition
from psanalysis.report import (
    CityComparison,
    CityGap,
    DataQuality,
    Explorer,
    IndicatorProfile,
    Overview,
    Progress,
    ServiceCoverage,
)
from psanalysis.report.frames import SIGNS, narrowed, signs_note
from psanalysis.report.html import Chart
from psanalysis.wording import keys, say

NAN = float("nan")


@pytest.fixture(scope="module")
def ds() -> ps.Dataset:
    return ps.load()


def cells(html: str) -> list[list[str]]:
    rows = re.findall(r"(?s)<tr[^>]*>(.*?)</tr>", re.sub(r"</?span[^>]*>", "", html))
    return [re.findall(r"(?s)<t[dh][^>]*>(?:<a[^>]*>)?(.*?)(?:</a>)?</t[dh]>", row) for row in rows]


def test_the_answer_of_a_gap_counts_what_the_table_shows(ds):
    page = CityGap("mianyang-14fyp", "en", ds)
    statuses = [row[-2] for row in cells(page.table()._repr_html_())[1:]]
    assert len(statuses) == len(page.headline)
    assert f"{statuses.count('to improve')} to improve" in page.answer()
    in_doubt = statuses.count("baseline in doubt")
    assert in_doubt
    assert f"{in_doubt} with a baseline in doubt" in page.answer()


def test_chart_and_table_of_a_gap_hold_the_same_values(ds):
    page = CityGap("panjin-14fyp", "zh", ds)
    drawn = {text.get_text() for axes in page.chart().figure.axes for text in axes.texts}
    for row, shown in zip(
        page.headline.itertuples(), cells(page.table()._repr_html_())[1:], strict=True
    ):
        assert row.target_text in drawn
        assert row.target_text.replace(">", "&gt;").replace("<", "&lt;") == shown[4]


def test_a_changed_number_changes_the_answer(ds):
    rows = ds.statements.copy()
    own = (
        rows["plan_id"].eq("mianyang-14fyp")
        & rows["role"].eq("target")
        & rows["indicator_id"].eq("sports_area_per_capita")
    )
    rows.loc[own, "value"] = 13.3
    assert (
        CityGap("mianyang-14fyp", "zh", replace(ds, statements=rows)).answer()
        != CityGap("mianyang-14fyp", "zh", ds).answer()
    )


def test_narrowing_the_data_changes_no_verdict(ds):
    few = shared_indicators(ds)[:6]
    whole = ambition(narrowed(ds, shared_indicators(ds)))
    part = ambition(narrowed(ds, few))
    pd.testing.assert_frame_equal(
        whole[whole["indicator_id"].isin(few)].reset_index(drop=True), part, check_dtype=False
    )


def test_heatmap_tells_no_target_from_not_comparable(ds):
    standing = CityComparison("eldercare", "zh", ds=ds).cells.set_index(["label", "plan_id"])[
        "standing"
    ]
    assert standing["养老机构护理型床位占比", "jingmen-13fyp"] == "no_target"
    assert standing["养老机构护理型床位占比", "yuyao-2023-2027"] == "earlier_year"
    assert standing["养老机构护理型床位占比", "mianyang-14fyp"] == "equal"
    assert standing["养老服务床位总量", "mianyang-14fyp"] not in ("above", "equal", "below")


def test_unlike_horizons_stay_at_their_own_year(ds):
    points = IndicatorProfile("nursing_bed_share", "en", ds).points
    targets = points[(points["role"] == "target") & points["path"]].set_index("plan_id")["year"]
    assert (targets["mianyang-14fyp"], targets["yuyao-2023-2027"]) == (2025, 2027)


def test_without_actual_values_progress_says_where_things_should_be(ds):
    page = Progress("mianyang-14fyp", "en", "", 2023, ds)
    row = page.frame.set_index("indicator_id").loc["nursing_bed_share"]
    assert row["expected"] == pytest.approx(37.64 + (55 - 37.64) * 3 / 5)
    assert row["due"] == pytest.approx(60)
    assert pd.isna(row["made"])
    assert "no actual values" in page.answer()


def test_actual_values_of_a_file_are_judged(ds, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(
        ",".join(ds.actuals.columns)
        + "\nmianyang,nursing_bed_share,2023,50,,eq,percent,,a bureau,a yearbook,2024,,,final,original,,\n",
        encoding="utf-8",
    )
    page = Progress("mianyang-14fyp", "en", str(path), 2024, ds)
    row = page.frame.set_index("indicator_id").loc["nursing_bed_share"]
    assert row["made"] == pytest.approx(100 * (50 - 37.64) / (55 - 37.64))
    assert row["due"] == pytest.approx(60), "the year of the value counts, not the year looked at"
    assert "1 have an actual value" in page.answer()
    assert "a yearbook" in page.table()._repr_html_()
    assert str(tmp_path) not in page.sources()._repr_html_()


def test_the_form_for_actual_values_can_be_filled_in_and_read_back(ds, tmp_path):
    page = Progress("panjin-14fyp", "zh", "", 2023, ds)
    rows = cells(page.supply()._repr_html_())
    filled = {
        "value": "90",
        "publisher": "统计局",
        "title": "统计年鉴",
        "status": "final",
        "quality": "original",
    }
    rows[1] = [filled.get(name, cell) for name, cell in zip(rows[0], rows[1], strict=True)]
    path = tmp_path / "form.csv"
    path.write_text("\n".join(",".join(row) for row in rows[:2]), encoding="utf-8")
    assert Progress("panjin-14fyp", "zh", str(path), 2023, ds).frame["current"].notna().sum() == 1


@pytest.mark.parametrize("make", [
    lambda ds: CityGap("atlantis", "zh", ds), lambda ds: CityComparison("magic", "zh", ds=ds), lambda ds: IndicatorProfile("luck", "en", ds),
    lambda ds: Progress("mianyang-14fyp", "zh", "", 2019, ds), lambda ds: Overview("fr", ds), lambda ds: CityComparison("health", "zh", ["atlantis"], ds),
])  # fmt: skip
def test_a_wrong_parameter_is_named(ds, make):
    with pytest.raises(ParameterError, match="->"):
        make(ds)


def test_counts_of_the_overview_add_up(ds):
    page = Overview("en", ds)
    assert page.counts["count"].sum() == (ds.statements["role"] == "target").sum()
    assert [row[0] for row in cells(page.plans()._repr_html_())[1:]] == list(ds.plans["title_en"])


def test_services_in_one_list_only_are_named(ds):
    page = ServiceCoverage("zh", ds)
    notes = page.cells.drop_duplicates("label").set_index("label")["note"]
    assert notes["保障性租赁住房建设"] == "只见于盘锦市"
    assert notes["城镇棚户区改造"] == ""


def test_every_finding_is_on_the_page_and_its_statements_among_the_sources(ds):
    page = DataQuality("zh", ds)
    shown, sources = page.findings()._repr_html_(), page.sources()._repr_html_()
    for finding in ds.findings["finding_id"]:
        assert f'id="row-finding-{finding}"' in shown
    for statement in ds.findings["statement_ids"].dropna().str.split().explode():
        assert f'id="row-{statement}"' in sources


def test_explorer_shows_every_view(ds):
    explorer = Explorer("zh", ds)
    for view in ("gap", "progress", "heatmap", "comparison", "profile"):
        assert isinstance(
            explorer.show(view=view, domain_id="eldercare", indicator_id="nursing_bed_share"), Chart
        )
        assert explorer.figure is not None


@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_a_figure_is_saved_in_a_line_with_the_same_bytes(ds, tmp_path, ending):
    charts = [IndicatorProfile("nursing_bed_share", "zh", ds).chart() for _ in range(2)]
    first, second = (
        chart.save(tmp_path / f"{name}.{ending}") for name, chart in zip("ab", charts, strict=True)
    )
    assert first.read_bytes() == second.read_bytes()
    if ending == "pdf":
        words = PdfDocument(first)[0].get_textpage().get_text_range()
        assert "绵阳市" in words
        assert "全国目标" in words
    with pytest.raises(ParameterError, match="gif"):
        charts[0].save(tmp_path / "a.gif")


def test_explorer_controls_follow_language_and_domain(ds):
    explorer = Explorer("zh", ds)
    controls = {control.description: control for control in explorer.widget().children[0].children}
    controls["领域"].value = "eldercare"
    assert (
        ds.indicators.set_index("indicator_id").loc[explorer.choice["indicator_id"], "domain_id"]
        == "eldercare"
    )
    controls["语言"].value = "en"
    assert controls["语言"].description == "language"
    assert explorer.choice["lang"] == "en"
    assert dict(controls["领域"].options)["Old-age care"] == "eldercare"


def test_explorer_shows_only_controls_that_change_something(ds):
    explorer = Explorer("en", ds)
    controls = {control.description: control for control in explorer.widget().children[0].children}
    for view, expected in (
        ("gap", {"chart", "plan", "language"}),
        ("heatmap", {"chart", "domain", "language"}),
        ("profile", {"chart", "domain", "indicator", "language"}),
    ):
        controls["chart"].value = view
        shown = {name for name, one in controls.items() if one.layout.display != "none"}
        assert shown == expected
        for name in expected - {"language"}:
            for _, value in controls[name].options[-2:]:
                controls[name].value = value
                assert explorer.choice[name_of(name)] == value
                assert isinstance(explorer.shown, Chart), (view, value)


def name_of(description):
    return {"chart": "view", "language": "lang"}.get(description, f"{description}_id")


def test_explorer_saves_what_is_shown(ds, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    explorer = Explorer("en", ds)
    *_, buttons, told = explorer.widget().children
    for button in buttons.children:
        button.click()
        file = tmp_path / f"gap-mianyang-14fyp-en.{button.description.rpartition('.')[2]}"
        assert file.stat().st_size > 500
        assert file.name in re.sub("<[^>]*>", "", told.value)
    saved = pd.read_csv(file, encoding="utf-8-sig", dtype="str", keep_default_na=False)
    assert saved.to_numpy().tolist() == explorer.table().to_frame().to_numpy().tolist()


def test_explorer_says_what_it_cannot_save(ds, tmp_path):
    explorer = Explorer("en", ds)
    explorer.show(view="progress", plan_id="yuyao-2023-2027")
    assert explorer.figure is None
    assert "no baselines" in explorer.shown._repr_html_()
    with pytest.raises(ParameterError, match="has no chart"):
        explorer.save(tmp_path / "a.pdf")
    with pytest.raises(ParameterError, match="ending='gif'"):
        explorer.save(tmp_path / "a.gif")
    with pytest.raises(ParameterError, match="'plan'"):
        explorer.show(plan="yuyao-2023-2027")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_sign_in_a_chart_is_explained_below_it(lang):
    note = signs_note(pd.DataFrame({"marks": [" ".join(SIGNS)]}), lang)
    assert all(f"{sign} {say(f'mark.{mark}', lang)}" in note for mark, sign in SIGNS.items())
    assert set(SIGNS) == set(keys("mark")) - {"list"}
    assert signs_note(pd.DataFrame({"marks": [None, ""]}), lang) == ""


def test_english_counts_in_plain_units():
    assert stated(3.87, NAN, "ge", "10,000 beds", "en") == "≥38,700 beds"
    assert stated(3.87, NAN, "ge", "万张", "zh") == "≥3.87万张"
    assert in_plain_units(2.0, "100 million yuan", "en") == (200_000_000.0, "yuan")
    assert stated(2.0, 3.0, "between", "10,000", "en") == "20,000–30,000"


def test_a_domain_without_shared_targets_says_so_once(ds):
    page = CityComparison("safety", "en", ds=ds)
    assert page.frame.empty
    assert page.chart()._repr_html_() == ""
    assert "No two plans" in page.title()._repr_html_()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_how_demanding_a_plan_is_adds_up_without_noughts(ds, lang):
    shown = CityGap("xinyang-2023-2025", lang, ds).ambition()._repr_html_()
    finding = re.sub(r"<[^>]*>", "", re.search(r"<b>(.*?)</b>", shown)[1])
    counts = [int(number) for number in re.findall(r"\d+", finding)]
    rows = [row for row in cells(shown)[1:] if row]
    assert 0 not in counts
    assert counts[0] == sum(counts[1:])
    assert counts[0] <= len(rows)


def test_a_finding_names_few_of_many_statements_and_its_csv_all(ds):
    many = ds.findings["statement_ids"].fillna("").str.split()
    longest = many[many.str.len().idxmax()]
    shown = DataQuality("en", ds).findings()._repr_html_()
    cell = re.search(rf'data-value="{" ".join(longest)}">(.*?)</td>', shown)[1]
    assert cell.startswith(" ".join(longest[:6]))
    assert cell.endswith(f"({len(longest)} in all)")
    assert longest[6] not in cell


def test_a_rank_names_those_left_out_only_if_there_are_any(ds):
    ranks = {
        row[-1] for row in cells(CityComparison("health", "en", ds=ds).table()._repr_html_())[1:]
    }
    assert ranks == {"—"}, "nowhere are four cities comparable"


@pytest.mark.parametrize(
    ("domain", "words"), [("housing", "on none of these"), ("health", "on none of these")]
)
def test_the_answer_of_a_comparison_says_on_how_many_indicators_cities_are_ranked(
    ds, domain, words
):
    page = CityComparison(domain, "en", ds=ds)
    assert words in page.answer()
    ranked = page.frame.loc[
        page.frame["rank"].notna() & ~page.frame["is_reference"], "indicator_id"
    ].nunique()
    assert f"on {ranked or 'none'} of these" in page.answer()


def test_equal_numbers_under_unlike_signs_are_not_called_the_same():
    answer = IndicatorProfile("medical_insurance_participation", "en").answer()
    assert "95% in Mianyang, >95% in Panjin" in answer
    assert "set the same target" not in answer
