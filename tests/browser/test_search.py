"""What people search for, and what they find first."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Page

import psanalysis as ps
from psanalysis.site.search import indicators
from psanalysis.site.slots import index_name
from psanalysis.wording import LANGUAGES

from .conftest import Watched

# searched for, and what has to be the first that is found
ZH = [
    ("医保", "基本医疗保险参保率"),
    ("失业率", "城镇登记失业率"),
    ("养老床位", "养老服务床位总量"),
    ("床位", "养老机构护理型床位占比"),
    ("义务教育", "九年义务教育巩固率"),
    ("住房", "住有所居"),
    ("教育", "学有所教"),
    ("残疾人", "弱有所扶"),
    ("收入", "劳有所得"),
    ("幼儿园 绵阳", "普惠性幼儿园覆盖率 · 绵阳市"),
    ("绵阳幼儿园", "普惠性幼儿园覆盖率 · 绵阳市"),
    ("托位", "每千人口拥有3岁以下婴幼儿托位数"),
    ("托位 余姚", "每千人口拥有3岁以下婴幼儿托位数 · 余姚市"),
    ("护士", "每千人口拥有注册护士数"),
    ("体育场地", "人均体育场地面积"),
    ("低保", "城乡统一最低生活保障标准"),
    ("公租房", "城镇户籍低保、低收入家庭申请公租房的保障率"),
    ("寿命", "人均预期寿命"),
    ("医生", "每千人口拥有执业（助理）医师数"),
    ("学前教育", "学前教育毛入园率"),
    ("高血压", "高血压患者基层规范管理率"),
    ("盘锦", "盘锦市"),
    ("yiliao", "基本医疗保险参保率"),
    ("tuowei", "每千人口拥有3岁以下婴幼儿托位数"),
    ("rjyqsm", "人均预期寿命"),
    ("nurses", "每千人口拥有注册护士数"),
    ("托位 2025", "每千人口拥有3岁以下婴幼儿托位数 · 绵阳市（2021—2025年） · 2025年"),
    ("2025年绵阳托位", "每千人口拥有3岁以下婴幼儿托位数 · 绵阳市（2021—2025年） · 2025年"),
    ("托位 盘锦 2020", "每千人口拥有3岁以下婴幼儿托位数 · 盘锦市（2021—2025年） · 2020年"),
    ("2021-2025 护士", "每千人口拥有注册护士数 · 绵阳市（2021—2025年）"),
    ("2021—25 护士", "每千人口拥有注册护士数 · 绵阳市（2021—2025年）"),
    ("十四五 托位", "每千人口拥有3岁以下婴幼儿托位数 · 绵阳市（2021—2025年）"),
    ("十三五规划", "荆门市（2016—2020年）"),
    ("2020", "荆门市（2016—2020年）"),
]
EN = [
    ("nurses", "Registered nurses per 1,000 population"),
    ("pre-school", "Gross enrolment rate in preschool education"),
    ("life expectancy", "Life expectancy at birth"),
    (
        "kindergarten Mianyang",
        "Public central kindergartens per township · Mianyang",
    ),
    ("doctors", "Licensed (assistant) physicians per 1,000 population"),
    ("beds for older people", "Eldercare beds per 1,000 older people"),
    ("unemployment", "Registered urban unemployment rate"),
    ("health insurance", "Participation rate in basic medical insurance"),
    ("sports area", "Sports area per person"),
    ("childcare panjin", "Childcare places for under-3s per 1,000 population · Panjin"),
    ("pension", "Participation rate in basic pension insurance"),
    ("subsistence allowance", "Subsistence allowance standard, urban and rural alike"),
    ("医保", "Participation rate in basic medical insurance"),
    ("beds", "Share of nursing-care beds in eldercare institutions"),
    ("housing", "Housing"),
    ("disabled", "Support for the vulnerable"),
    ("elderly", "Old-age care"),
    ("nurses by 2025", "Registered nurses per 1,000 population · Mianyang (2021–2025) · 2025"),
    ("2020 nurses Panjin", "Registered nurses per 1,000 population · Panjin (2021–2025) · 2020"),
    ("2021-2025 childcare", "Childcare places for under-3s per 1,000 population · Mianyang"),
    ("13th five-year plan", "Jingmen (2016–2020)"),
]


def asked(watched: Watched, site: Path, words: str, index: str = "index.html") -> Page:
    if not urlsplit(watched.page.url).path.endswith(index):
        watched.page.goto((site / index).as_uri())
    watched.page.locator("input[type=search]").fill(words)
    return watched.page


def first_hit(page: Page) -> str:
    return page.locator(".ps-hits:visible > li > a").first.inner_text()


def test_chinese_searches_find_what_is_meant(site: Path, watched: Watched) -> None:
    found = {words: first_hit(asked(watched, site, words)) for words, _ in ZH}
    wrong = {words: found[words] for words, hit in ZH if not found[words].startswith(hit)}
    assert wrong == {}


def test_english_searches_find_what_is_meant(site: Path, watched: Watched) -> None:
    found = {words: first_hit(asked(watched, site, words, "index.en.html")) for words, _ in EN}
    wrong = {words: found[words] for words, hit in EN if not found[words].startswith(hit)}
    assert wrong == {}


@pytest.mark.parametrize(("words", "city"), [("幼儿园 绵阳", "mianyang"), ("托位 盘锦", "panjin")])
def test_an_indicator_with_a_place_leads_to_its_row_there(
    site: Path, watched: Watched, words: str, city: str
) -> None:
    page = asked(watched, site, words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/14_statements/**")
    target = unquote(urlsplit(page.url).fragment)
    assert target.startswith(f"row-{city}")
    assert page.locator(f'[id="{target}"]').count() == 1


def test_every_word_has_to_fit_and_what_fits_nothing_is_said(site: Path, watched: Watched) -> None:
    page = asked(watched, site, "床位 护理")
    both = page.locator(".ps-hits > li").count()
    asked(watched, site, "床位")
    assert 0 < both < page.locator(".ps-hits > li").count()
    asked(watched, site, "hukou")
    assert page.locator(".ps-hits").is_hidden()
    assert "没有找到" in page.locator("[data-count]").inner_text()


@pytest.mark.parametrize(
    ("words", "index", "hit", "told"),
    [
        ("社保", "index.html", "社会保", "相近的有"),
        ("托位 2031", "index.html", "托位", "其他年份的有"),
        ("nurses 2031", "index.en.html", "Registered nurses", "for other years"),
        ("养老 机器人", "index.html", "老有所养", "一部分"),
        ("air quality", "index.en.html", "quality", "some of them"),
        ("educational", "index.en.html", "ducation", "similar"),
    ],
)
def test_what_nothing_has_leads_to_what_is_similar_and_says_so(
    site: Path, watched: Watched, words: str, index: str, hit: str, told: str
) -> None:
    page = asked(watched, site, words, index)
    assert hit in first_hit(page)
    assert told in page.locator("[data-count]").inner_text()
    asked(watched, site, "xyzxyz", index)
    assert told not in page.locator("[data-count]").inner_text()


def test_few_hits_are_completed_by_similar_ones(site: Path, watched: Watched) -> None:
    page = asked(watched, site, "disabled", "index.en.html")
    hits = page.locator(".ps-hits > li > a").all_inner_texts()
    assert hits[0] == "Support for the vulnerable"
    assert "disabilities" in hits[1]
    assert "similar" in page.locator("[data-count]").inner_text()


def test_a_year_leads_to_the_row_for_that_year(site: Path, watched: Watched) -> None:
    ds = ps.load()
    year = ds.statements.set_index("statement_id")["year"]
    for words, wanted in (("托位 绵阳 2025", 2025), ("托位 绵阳 2020", 2020)):
        page = asked(watched, site, words)
        href = page.locator(".ps-hits > li > a").first.get_attribute("href") or ""
        assert year[href.partition("#row-")[2]] == wanted
    asked(watched, site, "2020")
    shown = page.locator(".ps-hits > li > a").all_inner_texts()
    assert all("2020" in one for one in shown)


def test_a_search_is_in_the_address_goes_to_the_other_language_and_comes_back(
    site: Path, watched: Watched
) -> None:
    page = asked(watched, site, "nurses")
    page.locator("select[name=domain]").select_option("health")
    assert parse_qs(urlsplit(page.url).query) == {"q": ["nurses"], "domain": ["health"]}
    page.locator("a.ps-language").click()
    assert first_hit(page) == "Registered nurses per 1,000 population"
    page.locator(".ps-hits > li > a").first.click()
    page.wait_for_url("**/*_*/**")
    page.go_back()
    assert first_hit(page) == "Registered nurses per 1,000 population"


def test_domain_and_place_narrow_what_is_found(site: Path, watched: Watched) -> None:
    page = asked(watched, site, "覆盖率")
    everything = page.locator("[data-count]").inner_text()
    page.locator("select[name=city]").select_option("panjin")
    assert page.locator("[data-count]").inner_text() != everything
    assert all("盘锦" in hit for hit in page.locator(".ps-hits > li > a").all_inner_texts())


def test_all_places_of_an_indicator_are_one_click_away(site: Path, watched: Watched) -> None:
    page = asked(watched, site, "体育场地")
    links = page.locator(".ps-hits > li").first.locator("span a")
    assert links.count() > 2
    links.last.click()
    page.wait_for_url("**/14_statements/**")
    target = unquote(urlsplit(page.url).fragment)
    assert page.locator(f'[id="{target}"]').count() == 1


# asks for many words in one go, as the field would one after the other, and gives the links that
# each finds
ASK = """words => words.map(word => {
  const field = document.querySelector("input[type=search]");
  field.value = word;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  const list = document.querySelector(".ps-hits");
  return list.hidden ? [] : Array.from(list.querySelectorAll("a"), link => link.getAttribute("href"));
})"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_indicator_is_found_by_everything_that_it_is_called(
    site: Path, watched: Watched, lang: str
) -> None:
    there = {str(path.relative_to(site)) for path in site.glob("*_*/*.html")}
    found = indicators(ps.load(), lang, there)
    assert len(found) > 200
    # pinyin is typed in one go
    asks = [
        (one, word.replace(" ", "") if mark == "~" else word)
        for one in found
        for mark, word in ((w[0], w[1:]) for w in one.words)
    ]
    watched.page.goto((site / index_name(lang)).as_uri())
    hits = watched.page.evaluate(ASK, [word for _, word in asks])
    lost = [
        (one.code, word)
        for (one, word), links in zip(asks, hits, strict=True)
        if one.path not in links
    ]
    assert lost == []
