"""The page of a domain: what may stand side by side is drawn, and the answer denies no table."""

from __future__ import annotations

import re

import pytest

from psanalysis.report import (
    CityComparison,
)
from psanalysis.report.html import Chart


def test_heatmap_tells_no_target_from_not_comparable(ds):
    cells = CityComparison("eldercare", "zh", ds=ds).cells
    standing = cells.set_index(["label", "plan_id"])["standing"]
    assert "jingmen-13fyp" not in set(cells["plan_id"]), "a column of nothing"
    assert standing["养老服务床位总量", "china-15fyp"] == "not_known", "known in part"
    assert standing["养老服务床位总量", "yuyao-2023-2027"] == "no_target"
    assert standing["养老机构护理型床位占比", "yuyao-2023-2027"] == "earlier_year"
    assert standing["养老机构护理型床位占比", "mianyang-14fyp"] == "equal"
    assert standing["养老服务床位总量", "mianyang-14fyp"] not in ("above", "equal", "below")


def test_what_is_said_of_a_domain_is_not_denied_by_its_table(ds):
    housing = CityComparison("housing", "zh", ds=ds)
    assert "数值都不能并列比较" in housing.answer()
    assert "3项各地都只写承诺" in housing.answer()
    assert "没有收录到这些指标的全国目标" not in housing.heatmap().title
    assert "10分钟，绵阳市、信阳市15分钟" in CityComparison("culture_sport", "zh", ds=ds).answer()
    assert "目标年各不相同" in CityComparison("employment", "zh", ds=ds).chart()._repr_html_()


def test_a_domain_without_shared_targets_says_so_once(ds):
    page = CityComparison("safety", "en", ds=ds)
    assert page.frame.empty
    assert page.chart()._repr_html_() == ""
    assert "more than one place" in page.title()._repr_html_()


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
