"""The page for the review of a draft. The plan is made up."""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape
from html.parser import HTMLParser

import pytest

import psanalysis as ps
from psanalysis.curation.review import review_page
from psanalysis.draft import Document, Draft, draft_document

TEXT = (
    "云河市“十四五”公共服务规划\n第二章 主要目标\n到2025年,学前教育毛入园率达到93%以上,力争<b>达到</b>95%。\n"
    "养老机构护理型床位占比提高到55%。联系电话:0900-8123456。\n"
)


@pytest.fixture(scope="module")
def result() -> Draft:
    return draft_document(Document("plan.txt", "text", "utf_8", TEXT), "yunhe-14fyp", ps.load())


@pytest.fixture(scope="module")
def page(result: Draft) -> str:
    return review_page(result).decode("utf-8")


class Attributes(HTMLParser):
    """Names of all attributes, and the ids and inner links."""

    def __init__(self, page: str):
        super().__init__()
        self.names: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


def text_shown(page: str) -> str:
    inner = re.search(r'<div class="ps-text"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert inner
    return unescape(re.sub(r"<[^>]+>", "", inner[1]))


def test_the_whole_text_is_shown_unchanged(page: str) -> None:
    assert text_shown(page) == TEXT


def test_every_statement_is_marked_and_listed(page: str, result: Draft) -> None:
    marked = re.findall(
        r'<a class="ps-draft ps-(?:high|middle|low) ps-\w+" id="t\d+" href="#r\d+"[^>]*>([^<]*)</a>',
        page,
    )
    assert [unescape(words) for words in marked] == result.statements["value_as_written"].tolist()
    assert page.count("<tr id=") == len(result.statements)


def test_numbers_left_out_stand_with_their_reasons(page: str, result: Draft) -> None:
    assert len(result.left_out) > 0
    for row in result.left_out.itertuples():
        assert f"<td>{row.as_written}</td><td>{row.reason_text}</td>" in page


def test_links_lead_to_places_that_are_there_once(page: str) -> None:
    found = Attributes(page)
    assert len(found.ids) == len(set(found.ids))
    inner = {link.removeprefix("#") for link in found.links if link != "data:,"}
    assert inner <= set(found.ids)


def test_the_page_loads_nothing_and_its_policy_lets_in_its_own_style_alone(page: str) -> None:
    assert not {name for name in Attributes(page).names if name == "style" or name.startswith("on")}
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    style, script = (
        re.search(r"<style>(.*?)</style>", page, re.DOTALL),
        re.search(r"<script>(.*?)</script>", page, re.DOTALL),
    )
    assert policy
    assert style
    assert script
    for part in (style[1], script[1]):
        assert base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() in unescape(
            policy[1]
        )
    assert "unsafe" not in policy[1]


def test_two_statements_of_one_span_are_marked_once_for_both_roles(result: Draft) -> None:
    first = result.statements.iloc[[0]]
    both = Draft(result.document, result.plan, type(first)(first.to_dict("records") + first.assign(role="baseline").to_dict("records")),
                 result.left_out)  # fmt: skip
    page = review_page(both, "en").decode("utf-8")
    assert page.count('class="ps-draft') == 1
    assert "ps-baseline ps-target" in page
    assert text_shown(page) == TEXT
    assert set(re.findall(r'href="#t(\d+)"', page)) == {"1"}


def test_an_empty_draft_still_makes_a_page(result: Draft) -> None:
    page = review_page(
        Draft(result.document, result.plan, result.statements[:0], result.left_out[:0])
    ).decode("utf-8")
    assert text_shown(page) == TEXT


def test_the_same_draft_gives_the_same_bytes(result: Draft) -> None:
    assert review_page(result) == review_page(result)
