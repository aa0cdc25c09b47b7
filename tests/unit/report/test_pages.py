"""Pages: answers computed from the data, the same numbers in chart and table, parameters
checked.
"""

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
    Explorer,
    FindingsPage,
    IndicatorProfile,
    MissingPage,
    Outcomes,
    Overview,
    ServiceCoverage,
    Statements,
    Succession,
)
from psanalysis.report.ends import due_rows, told
from psanalysis.report.findings import SEVERITIES
from psanalysis.report.form_files import form_files
from psanalysis.report.frames import narrowed, signs_note
from psanalysis.report.html import Chart
from psanalysis.report.parameters import value_sets
from psanalysis.report.standing import judged, nation_words
from psanalysis.report.way import way_frame, way_section
from psanalysis.tables.marks import SIGNS
from psanalysis.wording import keys, say

NAN = float("nan")


def cells(html: str) -> list[list[str]]:
    rows = re.findall(r"(?s)<tr[^>]*>(.*?)</tr>", re.sub(r"</?span[^>]*>", "", html))
    return [re.findall(r"(?s)<t[dh][^>]*>(?:<a[^>]*>)?(.*?)(?:</a>)?</t[dh]>", row) for row in rows]


def test_the_verdict_of_a_plan_counts_what_the_table_shows_and_nobody_doubts(ds):
    page = CityGap("mianyang-14fyp", "en", ds)
    rows = [
        row[8]
        for row, doubted in zip(
            cells(page.table()._repr_html_())[1:], page.headline["doubted"], strict=True
        )
        if not doubted
    ]
    assert f"{len(rows)} main indicators" in page.answer()
    assert f"{sum(row.startswith('to improve') for row in rows)} to improve" in page.answer()
    assert "in doubt" in page.left_out()


def test_what_is_in_doubt_says_which_figure_it_is(ds):
    """An indicator may ask for more than the nation while an old figure of it is in doubt: the page
    says which one it is.
    """
    page = CityGap("panjin-14fyp", "en", ds)
    brief = re.sub(r"<[^>]*>", " ", page.brief().text.replace("\xa0", " "))
    assert re.search(
        r"Life expectancy at birth \(in the text “城乡居民人均期望健康寿命”\)\s+79.45 "
        r"years\s+\(2020\)\s*: table against prose",
        brief,
    ), "the table has the same number, which nobody doubts"
    assert re.search(
        r"Retention rate in nine-year compulsory education\s+≥98.5%\s+baseline in doubt", brief
    )
    # 19 main indicators and these make up the 24 of the table
    assert page.answer().startswith("19 main indicators")
    left = re.findall(r"because the (?:target itself|baseline) is in doubt: (\d+)", page.left_out())
    assert 19 + sum(map(int, left)) == 24
    jingmen = CityGap("jingmen-13fyp", "en", ds)
    assert jingmen.left_out().startswith("In doubt and compared with nothing: ")
    assert f'ps-note">{jingmen.left_out()}' in jingmen.title()._repr_html_()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_verdict_has_two_sentences_at_most_and_begins_with_what_came_of_the_plan(ds, lang):
    for plan in ds.plans["plan_id"]:
        page = CityGap(plan, lang, ds)
        assert len(re.findall(r"[.\u3002](?: |$|(?<=\u3002))", page.answer())) <= 2, plan
    ended = CityGap("nanjing-14fyp", "en", ds)
    assert ended.answer().startswith("28 targets are due, 23 of them with a published value")
    assert "no baselines" in ended.left_out()


def test_a_baseline_keeps_its_sign_and_under_that_of_its_target_it_holds(ds):
    page = CityGap("beijing-15fyp", "en", ds)
    shown = " ".join(" ".join(row) for row in cells(page.gap()._repr_html_()))
    assert re.search(r"&gt;465,000 yuan ≈580,000 yuan", shown.replace("\xa0", " "))
    land = ps.gaps(ds, "beijing-15fyp").set_index("indicator_id").loc["construction_land"]
    assert (land["baseline_comparator"], land["comparator"], land["status"]) == ("lt", "lt", "hold")


def test_a_plan_without_baselines_says_so_and_draws_no_gap(ds):
    page = CityGap("xinyang-2023-2025", "en", ds)
    assert "None of its 70 numeric targets" in page.answer()
    assert page.gap()._repr_html_() == ""
    assert "<details" in page.ambition()._repr_html_()


def test_no_sentence_about_a_group_of_one(ds):
    frame = CityGap("mianyang-14fyp", "en", ds).standing
    few = frame[frame["peer_count"].between(1, 2)]
    assert len(few) > 5
    assert not few["peers_text"].str.contains("median").any()
    assert few["peers"].isna().all()


def test_the_source_row_of_a_target_says_sign_unit_pledge_and_findings(ds):
    page = CityGap("mianyang-14fyp", "en", ds)
    sources, listing = page.sources()._repr_html_(), page.table()._repr_html_()
    targets = page.headline.set_index("indicator_id")["statement_id"]
    assert set(re.findall(r'data-of="([^"]+)"', listing)) == set(targets)

    def row(statement):
        return re.search(f'<tr id="row-{statement}".*?</tr>', sources)[0]

    life = row(targets["life_expectancy"])
    assert 'data-comparator="&gt;" data-unit="years"' in life
    assert 'data-value="80.3"' in life
    beds = row(targets["eldercare_beds_total"])
    assert 'data-value="38700"' in beds
    assert 'data-unit="beds"' in beds
    pledged = page.headline.loc[page.headline["pledge"].eq("all_eligible"), "statement_id"].iloc[0]
    assert 'data-pledge="everyone eligible"' in row(pledged)
    schooling = row(targets["mean_years_schooling_working_age"])
    assert 'href="#finding-mianyang-14fyp-f20"' in schooling


def test_every_row_that_stands_for_a_statement_has_it_among_its_sources(ds):
    pages = [
        CityGap("panjin-14fyp", "zh", ds),
        CityGap("china-14fyp", "en", ds),
        CityComparison("health", "zh", ds=ds),
        IndicatorProfile("nursing_bed_share", "en", ds),
        Outcomes("china-14fyp", "zh", ds=ds),
        MissingPage("en", ds),
        Succession("mianyang", "en", ds),
    ]
    for page in pages:
        parts = [
            getattr(page, name)()._repr_html_()
            for name in ("brief", "gap", "ambition", "pace", "outcomes", "table", "missing",
                "sources")
            if hasattr(page, name)
        ]  # fmt: skip
        html = "".join(parts)
        rows = set(re.findall(r'<tr id="row-([^"]+)"', html))
        named = set(re.findall(r'data-of="([^"]+)"', html)) | set(
            re.findall(r'href="#row-([^"]+)"', html)
        )
        assert named <= rows, (page.name, named - rows)


def test_the_annex_lists_every_statement_with_what_it_can_be_chosen_by(ds):
    page = Statements("mianyang-14fyp", "en", ds)
    html = page.table()._repr_html_()
    own = ds.statements[ds.statements["plan_id"] == "mianyang-14fyp"]
    assert sorted(re.findall(r'<tr id="row-([^"]+)"', html)) == sorted(own["statement_id"])
    for name in ("domain", "role", "nature", "doubt"):
        offered = re.findall(
            r'value="([^"]+)"', re.search(f'<select name="{name}">.*?</select>', html)[0]
        )
        there = set(re.findall(f'<tr [^>]*data-{name}="([^"]+)"', html))
        assert set(offered) == there
    targets = int((own["role"] == "target").sum())
    assert html.count('data-role="target"') == targets
    assert f"{targets} targets" in page.answer()


def test_the_service_list_stands_against_the_other_lists(ds):
    parts = CityGap("panjin-14fyp", "en", ds).parts()._repr_html_()
    table = ps.coverage(ds)
    alone = int((table["only_in"] == "panjin-14fyp").sum())
    assert f"of these {alone} stand in none of the other" in parts
    rows = cells(parts[: parts.index("</table>")])[1:]
    assert sum(row[3] == "—" for row in rows) >= alone > 0


def test_a_page_is_cited_with_version_hash_and_day_and_no_clock(ds):
    page = IndicatorProfile("nursing_bed_share", "en", ds)
    box = page.sources()._repr_html_()
    box = re.sub(r"<[^>]+>", "", box[box.index('id="cite"') :])
    for part in (
        ds.package.descriptor["version"],
        ds.content_hash[:16],
        ds.package.descriptor["created"][:10],
        "03_indicator_profile/nursing_bed_share.en.html",
        "@misc{psanalysis-03-indicator-profile-nursing-bed-share-en",
    ):
        assert part in box


def hidden(html):
    """Rows of the first table, those cells included that the CSV alone has, without remarks that it
    leaves out.
    """
    html = re.sub(r' <span class="ps-tag">[^<]*</span>', "", html)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", html[html.index("<tbody") :], re.DOTALL)
    return [
        [re.sub(r"<[^>]*>", "", one) for one in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in rows
    ]


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
    cells = CityComparison("eldercare", "zh", ds=ds).cells
    standing = cells.set_index(["label", "plan_id"])["standing"]
    assert "jingmen-13fyp" not in set(cells["plan_id"]), "a column of nothing"
    assert standing["养老服务床位总量", "china-15fyp"] == "not_known", "known in part"
    assert standing["养老服务床位总量", "yuyao-2023-2027"] == "no_target"
    assert standing["养老机构护理型床位占比", "yuyao-2023-2027"] == "earlier_year"
    assert standing["养老机构护理型床位占比", "mianyang-14fyp"] == "equal"
    assert standing["养老服务床位总量", "mianyang-14fyp"] not in ("above", "equal", "below")


def test_unlike_horizons_stay_at_their_own_year(ds):
    points = IndicatorProfile("nursing_bed_share", "en", ds).points
    targets = points[(points["role"] == "target") & points["path"]].set_index("plan_id")["year"]
    assert (targets["mianyang-14fyp"], targets["yuyao-2023-2027"]) == (2025, 2027)


def test_the_way_is_held_against_where_it_should_be(ds):
    page = Outcomes("mianyang-14fyp", "en", as_of=2023, ds=ds)
    row = way_frame(page, "mianyang-14fyp", 2023).set_index("indicator_id").loc["nursing_bed_share"]
    assert row["expected_now"] == pytest.approx(37.64 + (55 - 37.64) * 3 / 5)
    assert row["due"] == pytest.approx(60)
    assert pd.isna(row["made"])


def made_up(ds, tmp_path, *rows):
    """A file of actual values: area, indicator, year, value of each row."""
    path = tmp_path / "mine.csv"
    lines = [
        f"{area},{indicator},{year},{value},,{sign},percent,,a bureau,a "
        f"yearbook,{year + 1},,,final,original,,"
        for area, indicator, year, value, sign in rows
    ]
    path.write_text("\n".join([",".join(ds.actuals.columns), *lines, ""]), encoding="utf-8")
    return path


def test_actual_values_of_a_file_are_judged(ds, tmp_path):
    path = made_up(ds, tmp_path, ("mianyang", "nursing_bed_share", 2023, 50, "eq"))
    page = Outcomes("mianyang-14fyp", "en", str(path), 2024, ds)
    frame = way_frame(page, "mianyang-14fyp", 2024, str(path))
    row = frame.set_index("indicator_id").loc["nursing_bed_share"]
    assert row["made"] == pytest.approx(100 * (50 - 37.64) / (55 - 37.64))
    assert row["due"] == pytest.approx(60), "the year of the value counts, not the year looked at"
    assert (
        page.answer()
        == "No numeric target is due yet. Of 1 a value is published, the last of 2023."
    )
    assert "a yearbook" in page.table()._repr_html_()
    section = way_section(page, "mianyang-14fyp", frame)._repr_html_()
    assert "Under way: 1 of 16 targets have a published value" in section
    assert str(tmp_path) not in page.sources()._repr_html_()


def test_a_plan_under_way_shows_the_way_it_has_made(ds, tmp_path):
    plan = "yuyao-2023-2027"
    own = ps.gaps(ds, plan)
    code = own.loc[own["target"].notna() & (own["unit_id"] == "percent"), "indicator_id"].iloc[0]
    path = made_up(ds, tmp_path, ("yuyao", code, 2024, 90, "eq"))
    page = Outcomes(plan, "en", str(path), 2025, ds)
    assert "achieved" in page.pace()._repr_html_()
    ended = Outcomes("china-14fyp", "en", ds=ds)
    assert ended.pace()._repr_html_() == ""


def test_the_chart_has_target_comparator_value_year_and_the_province(ds, tmp_path):
    path = made_up(
        ds,
        tmp_path,
        ("mianyang", "nursing_bed_share", 2025, 52, "gt"),
        ("sichuan", "nursing_bed_share", 2024, 58, "eq"),
        ("sichuan", "nursing_bed_share", 2026, 61, "eq"),
        ("liaoning", "nursing_bed_share", 2024, 1, "eq"),
    )
    page = Outcomes("mianyang-14fyp", "en", str(path), 2026, ds)
    (row,) = page.shown.to_dict("records")
    assert (row["target_text"], row["value_text"]) == ("55% (2025)", ">52% (2025)")
    assert (row["context"], row["verdict_text"]) == (58, "cannot be judged")
    assert row["mark_text"].endswith("; province 58% (2024)")
    (cells_of,) = hidden(page.table()._repr_html_())
    assert "58% (2024)" in cells_of
    svg = page.chart()._repr_html_()
    assert ">52% (2025)" in svg.replace("&gt;", ">")
    nation = Outcomes("china-14fyp", "en", ds=ds)
    assert nation.shown["context"].isna().all()
    assert len(nation.shown) == len(told(nation.ends))


def test_a_city_without_values_is_shown_what_its_province_published(ds):
    section = CityGap("mianyang-14fyp", "en", ds).outcomes()._repr_html_()
    rows = [row for row in hidden(section) if row]
    own = ds.actuals[ds.actuals["area_id"] == "sichuan"]
    goals = ps.outcomes(ds, "mianyang-14fyp", 2025)
    goals = goals[goals["target"].notna() & goals["repeat_of"].isna()]
    assert {row[0] for row in rows} == set(
        goals.loc[goals["indicator_id"].isin(own["indicator_id"]), "name_en"]
    )
    assert all(row[3] for row in rows), "each with its source"
    alone = replace(ds, actuals=ds.actuals[ds.actuals["area_id"] != "sichuan"])
    assert "province" not in CityGap("mianyang-14fyp", "en", alone).outcomes()._repr_html_()


def test_the_missing_page_leads_to_its_forms(ds):
    page = MissingPage("en", ds)
    form = page.form()._repr_html_()
    assert "All plans:" in form
    for plan in set(page.waiting["plan_id"]):
        assert f'href="actuals-{plan}.xlsx"' in form
    files = dict(form_files(ds, ["09_missing/en.html"]))
    linked = re.findall(r'download="" href="([^"]+)"', form)
    assert sorted(files) == sorted(f"09_missing/{name}" for name in linked)
    assert dict(form_files(ds, ["09_missing/en.html"])) == files, "the same bytes each time"
    assert list(form_files(ds, ["00_overview/en.html"])) == []


def test_the_missing_page_says_how_old_the_last_value_is(ds):
    page = MissingPage("en", ds)
    html = page.table()._repr_html_()
    beds = next(
        row for row in hidden(html) if row[:2] == ["Eldercare beds, total", "China (2021–2025)"]
    )
    assert "7,993,000 beds (2024)" in beds
    assert "1 earlier" in beds
    # one of what has a value of another year, and one a plan of what has none
    silent = page.waiting.loc[page.waiting["value"].isna(), "plan_id"]
    assert html.count("<table") == 1 + silent.nunique() == 1 + html.count("<details")
    for plan in silent.unique():
        assert f'id="plan-{plan}"' in html


def test_the_overview_counts_ends_by_place_and_by_domain(ds):
    page = Overview("en", ds)
    html = page.outcomes()._repr_html_()
    due = due_rows(ps.outcomes(ds, None, 2025))
    known = due[due["verdict"] != "no_value"]
    by_plan, by_domain = html.split("<table")[1:]
    counted = [[int(cell) for cell in row[1:]] for row in cells(by_plan)[1:]]
    assert len(counted) == known["plan_id"].nunique()
    told_of = due[due["plan_id"].isin(known["plan_id"])]
    assert sum(row[0] for row in counted) == len(told_of)
    assert sum(row[1] for row in counted) == (told_of["verdict"] == "met").sum()
    assert len(cells(by_domain)) - 1 == known["domain_id"].nunique()
    for plan in set(due["plan_id"]) - set(known["plan_id"]):
        assert f"({(due['plan_id'] == plan).sum()} due)" in re.sub(r"<[^>]*>", "", html)


def test_the_status_of_projects_is_shown_where_it_is_known(ds):
    plain = CityGap("mianyang-14fyp", "en", ds).parts()._repr_html_()
    assert "source of the progress" not in plain
    first = ds.projects.index[ds.projects["plan_id"] == "mianyang-14fyp"][0]
    projects = ds.projects.copy()
    projects.loc[first, ["status", "status_source"]] = ["under_way", "a report of 2024"]
    told_of = CityGap("mianyang-14fyp", "en", replace(ds, projects=projects)).parts()._repr_html_()
    assert "under way" in told_of
    assert "a report of 2024" in told_of
    assert "not known" in told_of


def test_the_outcome_page_counts_what_it_lists(ds):
    page = Outcomes("china-14fyp", "en", ds=ds)
    known = told(page.ends)
    assert f"{len(known)} of them with a published value" in page.answer()
    assert f"{(known['verdict'] == 'met').sum()} met" in page.answer()
    assert len(hidden(page.table()._repr_html_())) == len(known)
    assert (
        len(due_rows(page.ends))
        == len(known) + (due_rows(page.ends)["verdict"] == "no_value").sum()
    )


def test_nothing_is_waiting_twice_and_nothing_that_has_a_value(ds):
    waiting = MissingPage("en", ds).waiting
    assert waiting["statement_id"].is_unique
    assert set(waiting["verdict"]) == {"no_value", "cannot_tell"}
    assert not set(waiting["plan_id"]) & {"yuyao-2023-2027"}, "its period runs on"


@pytest.mark.parametrize("make", [
    lambda ds: CityGap("atlantis", "zh", ds), lambda ds: CityComparison("magic", "zh", ds=ds),
    lambda ds: IndicatorProfile("luck", "en", ds),
    lambda ds: Overview("fr", ds), lambda ds: CityComparison("health", "zh", ["atlantis"], ds),
])  # fmt: skip
def test_a_wrong_parameter_is_named(ds, make):
    with pytest.raises(ParameterError, match="->"):
        make(ds)


def test_counts_of_the_overview_add_up(ds):
    page = Overview("en", ds)
    assert page.counts["count"].sum() == (ds.statements["role"] == "target").sum()
    table = cells(page.plans()._repr_html_())
    assert [row[0] for row in table[1:]] == list(ds.plans["title_en"])
    at = table[0].index("with baseline")
    baselines = {row[0]: row[at] for row in table[1:]}
    titles = ds.plans.set_index("plan_id")["title_en"]
    own = ps.gaps(ds).groupby("plan_id")["baseline"].count()
    for plan, coverage in ds.plans.set_index("plan_id")["coverage"].items():
        known = own[plan] or coverage == "full"
        assert baselines[titles[plan]] == (str(own[plan]) if known else "— (not known)")


def test_a_dash_for_a_baseline_is_no_pledge(ds):
    shown = FindingsPage("zh", ds).table()._repr_html_()
    assert "承诺（无数值）（2020年）" not in shown
    kinds = ds.findings.loc[ds.findings["severity"] != "note", "kind"].value_counts()
    most = kinds.index[kinds == kinds.max()]
    said = FindingsPage("zh", ds).answer().rpartition("其中最多的是")[2]
    assert len(said.partition("（")[0].split("、")) == len(most), "all that are as frequent"


def test_what_is_said_of_a_domain_is_not_denied_by_its_table(ds):
    housing = CityComparison("housing", "zh", ds=ds)
    assert "数值都不能并列比较" in housing.answer()
    assert "3项各地都只写承诺" in housing.answer()
    assert "没有收录到这些指标的全国目标" not in housing.heatmap().title
    assert "10分钟，绵阳市、信阳市15分钟" in CityComparison("culture_sport", "zh", ds=ds).answer()
    assert "目标年各不相同" in CityComparison("employment", "zh", ds=ds).chart()._repr_html_()


def test_services_in_one_list_only_are_named(ds):
    page = ServiceCoverage("zh", ds)
    assert "荆门市（2016—2020年）的清单属于较早的规划期" in page.answer()
    notes = page.cells.drop_duplicates("label").set_index("label")["note"]
    assert notes["保障性租赁住房建设"] == "只见于盘锦市"
    assert notes["城镇棚户区改造"] == ""


def test_every_finding_is_on_its_page_the_gravest_first(ds):
    page = FindingsPage("zh", ds)
    shown, sources = page.table()._repr_html_(), page.sources()._repr_html_()
    listed = re.findall(r'id="finding-([^"]+)"', shown)
    assert sorted(listed) == sorted(ds.findings["finding_id"])
    severity = ds.findings.set_index("finding_id").loc[listed, "severity"]
    assert list(severity) == sorted(severity, key=SEVERITIES.index)
    for finding in ds.findings.dropna(subset="statement_ids").itertuples():
        for statement in finding.statement_ids.split():
            assert (f'id="row-{statement}"' in sources) or finding.severity == "note"
        first = f"#row-{finding.statement_ids.split()[0]}"
        assert (f'href="{first}"' in shown) or (
            f"14_statements/{finding.plan_id}.zh.html{first}" in shown
        )


def test_explorer_shows_every_view(ds):
    explorer = Explorer("zh", ds)
    for view in ("gap", "heatmap", "comparison", "profile"):
        shown = explorer.show(view=view, domain_id="education", indicator_id="nursing_bed_share")
        assert isinstance(shown, Chart)
        # no page's answer stands above it
        assert shown.title
        assert "<figcaption><b>" in shown._repr_html_()
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


def test_explorer_saves_for_a_column_and_keeps_its_choice_where_one_is_refused(ds, tmp_path):
    explorer = Explorer("en", ds)
    page = PdfDocument(explorer.save(tmp_path / "a.pdf", width_cm=8.5))[0]
    assert page.get_width() / 72 * 2.54 == pytest.approx(8.5, abs=0.01)
    with pytest.raises(ParameterError, match="width_cm: is for a chart"):
        explorer.save(tmp_path / "a.xlsx", width_cm=8.5)
    before = dict(explorer.choice), explorer.shown
    with pytest.raises(ParameterError, match="atlantis"):
        explorer.show(plan_id="atlantis")
    assert (explorer.choice, explorer.shown) == before


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
    assert "more than one place" in page.title()._repr_html_()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_how_demanding_a_plan_is_adds_up_without_noughts(ds, lang):
    page = CityGap("panjin-14fyp", lang, ds)
    words = nation_words(page, page.standing)
    total, *parts = [
        int(number) for number in re.findall(r"\d+", words.split("（")[0].split(" (")[0])
    ]
    assert 0 not in parts
    assert total == sum(parts) == len(judged(page.standing))
    assert not judged(page.standing)["doubted"].any()


def test_no_rank_of_fewer_than_four(ds):
    frame = CityComparison("all", "en", ds=ds).frame
    assert (frame.loc[frame["rank"].notna(), "ranked"] >= 4).all()


@pytest.mark.parametrize(
    "domain", ["housing", "health", "eldercare", "employment", "culture_sport"]
)
def test_only_what_may_stand_side_by_side_is_drawn(ds, domain):
    page = CityComparison(domain, "en", ds=ds)
    drawn = page.beside[~page.beside["is_reference"]]
    assert (drawn["verdict"] != "not_comparable").all()
    assert not drawn["doubted"].any()
    assert not drawn["grows"].any()
    assert (drawn.groupby("indicator_id")["area_id"].nunique() >= 2).all()
    assert isinstance(page.chart(), Chart) == bool(page.most_apart())
    count = drawn["indicator_id"].nunique()
    words = f"the numbers of {count} can stand" if count else "side by side"
    assert words in page.answer()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_numbers_that_are_printed_otherwise_stand_each_with_its_places(ds, lang):
    """4.5 in one plan and about 4.5 in another are as demanding as each other, and are two
    figures.
    """
    page = CityComparison("childcare", lang, ds=ds)
    low = page.widest[0]
    alike = page.beside[
        (page.beside["indicator_id"] == low["indicator_id"]) & (page.beside["year"] == low["year"])
    ]
    assert {"4.5", "\u22484.5"} <= {re.sub("\u4e2a$", "", text) for text in alike["value_text"]}
    said = {
        "zh": "\u4fe1\u9633\u5e024.5\u4e2a\u3001\u5357\u4eac\u5e02\uff082021\u20142025\u5e74"
        "\uff09\u22484.5\u4e2a",
        "en": "4.5 in Xinyang, \u22484.5 in Nanjing (2021\u20132025)",
    }[lang]
    assert said in page.answer()


@pytest.mark.parametrize("plan", ["mianyang-14fyp", "panjin-14fyp", "nanjing-15fyp"])
def test_every_number_of_a_brief_leads_to_its_statement(ds, plan):
    page = CityGap(plan, "en", ds)
    brief, sources = page.brief().text, page.sources()._repr_html_()
    for block in re.findall(r'<section class="ps-block">.*?</section>', brief):
        doubts = "In doubt" in block
        for line in re.findall(r"<li>(.*?)</li>", block):
            rows = re.findall(r'href="#row-([^"]+)"', line)
            assert rows or (
                doubts
                and not re.search(
                    r"\d", re.sub(r"<[^>]*>|\(\d+ in all\)|\u201c.*?\u201d", "", line)
                )
            ), line
            assert all(f'id="row-{row}"' in sources for row in rows)


def test_the_page_of_a_national_plan_says_how_places_stand_to_it(ds):
    page = CityGap("china-14fyp", "en", ds)
    rows = cells(page.ambition()._repr_html_())[1:]
    own = {plan: judged(CityGap(plan, "en", ds).standing) for plan in ds.plans["plan_id"]}
    nation = set(ds.statements.loc[ds.statements["plan_id"] == "china-14fyp", "statement_id"])
    held = {plan: frame["national_statement_id"].isin(nation).sum() for plan, frame in own.items()}
    assert sum(int(number) for row in rows for number in row[1:]) == sum(held.values()) > 20
    assert len(rows) == sum(count > 0 for count in held.values())
    above = sum(
        (frame["national_statement_id"].isin(nation) & (frame["standing"] == "above")).sum()
        for frame in own.values()
    )
    assert f"<b>{above}/{sum(held.values())}</b>" in page.brief().text
    assert "No target can be held" not in page.ambition()._repr_html_()


def test_a_parameter_without_a_value_is_not_printed(ds):
    words = CityComparison("safety", "zh", ds=ds).sources()._repr_html_()
    assert "domain_id = safety, lang = zh" in words


def test_a_title_is_in_the_script_of_the_page(ds):
    """The text of Jingmen's plan was transcribed in traditional script; only what is quoted from it
    and its entry among the sources keep that.
    """
    page = CityGap("jingmen-13fyp", "zh", ds)
    assert (
        "\u8346\u95e8\u5e02\u201c\u5341\u4e09\u4e94\u201d\u63a8\u8fdb\u57fa\u672c\u516c\u5171"
        "\u670d\u52a1" in page.pace()._repr_html_()
    )
    assert "\u8346\u9580" not in page.pace()._repr_html_()
    overview = Overview("zh", ds).plans()._repr_html_()
    assert "\u8346\u9580" not in overview
    assert "\u8346\u95e8\u5e02\u201c" in overview


def test_a_page_of_outcomes_has_something_to_show(ds):
    plans = value_sets(ds)["plans_with_values"]
    assert "yuyao-2023-2027" not in plans, (
        "its one indicator with a value has a pledge for a target"
    )
    for plan in plans:
        page = Outcomes(plan, "en", ds=ds)
        assert len(page.shown) or len(due_rows(page.ends)), plan


def test_equal_numbers_under_unlike_signs_are_not_called_the_same():
    answer = IndicatorProfile("medical_insurance_participation", "en").answer()
    assert "Mianyang: 95% by 2025; Panjin: >95% by 2025, like the nation." in answer
