"""The page for the review of a draft. The plan is made up."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html import unescape
from html.parser import HTMLParser

import pytest

import psanalysis as ps
from psanalysis.curation.review import NO_QUANTITY, review_page
from psanalysis.draft import Document, Draft, draft_document
from psanalysis.formats.document import Unread

TEXT = (
    "云河市“十四五”公共服务规划\n第二章 主要目标\n到2025年,学前教育毛入园率达到93%以上,力争<b>达到"
    "</b>95%。\n"
    "养老机构护理型床位占比提高到55%。联系电话:0900-8123456。\n"
)


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
        r'<a class="ps-draft ps-(?:high|middle|low) ps-\w+" id="t\d+" '
        r'href="#r\d+"[^>]*>([^<]*)</a>',
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
    both = Draft(
        result.document,
        result.plan,
        type(first)(first.to_dict("records") + first.assign(role="baseline").to_dict("records")),
        result.left_out,
    )
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


def test_the_script_has_every_row_as_the_table_has_it(page: str, result: Draft) -> None:
    found = re.search(
        r'<script type="application/json" id="ps-rows">(.*?)</script>', page, re.DOTALL
    )
    assert found
    data = json.loads(found[1])
    assert "<" not in found[1]
    column = {name: number for number, name in enumerate(data["columns"])}
    assert [row[column["value_as_written"]] for row in data["rows"]] == list(
        result.statements["value_as_written"]
    )
    assert {row[column["source_sha256"]] for row in data["rows"]} == {result.document.sha256}
    assert page.count('data-cell="accepted"') == len(data["rows"])


def test_tables_are_shown_with_the_rows_that_are_missing_and_what_was_not_read_is_said() -> None:
    table = (
        "序号 | 指标 | 2020年 | 2025年 |\n1 | 学前教育毛入园率(%) | 90 | 95 |\n3 | 床位(张) | 5 | "
        "6 |\n"
    )
    document = Document(
        "plan.pdf",
        "pdf",
        "",
        TEXT + table,
        (),
        (Unread("scan", 7), Unread("picture", 0, "主要指标")),
    )
    page = review_page(draft_document(document, "yunhe-14fyp", ps.load()), "en").decode("utf-8")
    assert "2 of 3 rows read" in page
    assert "Serial numbers without a row: 2." in page
    assert "a scanned page without text, not read (page 7)" in page
    assert "not read (after “主要指标”)" in page


def test_numbers_that_are_no_quantity_are_folded_away(page: str, result: Draft) -> None:
    folded = re.findall(r"<details><summary>[^<]*</summary>(.*?)</details>", page, re.DOTALL)
    reasons = result.left_out.set_index("reason_text")["reason"]
    shown = {reason for text, reason in reasons.items() if folded and text in folded[-1]}
    assert shown == set(reasons) & NO_QUANTITY


@pytest.mark.parametrize(
    ("lang", "read", "conflict"),
    [
        ("zh", "按规划读，2021-2025年（依据：标题）", "规划代码所示为2026-2030年"),
        ("en", "read as: plan 2021-2025 (from the title)", "conflict: the code says 2026-2030"),
    ],
)
def test_the_page_says_of_which_years_the_plan_is_and_what_denies_it(
    lang: str, read: str, conflict: str
) -> None:
    drafted = draft_document(Document("a.txt", "text", "utf_8", TEXT), "yunhe-15fyp", ps.load())
    shown = unescape(review_page(drafted, lang).decode("utf-8"))
    assert read in shown
    assert conflict in shown


def test_a_statement_that_stands_in_several_places_is_one_row_with_all_of_them() -> None:
    text = TEXT + "第三章 任务\n到2025年,养老机构护理型床位占比提高到55%以上。\n"
    drafted = draft_document(Document("a.txt", "text", "utf_8", text), "yunhe-14fyp", ps.load())
    names = drafted.statements["indicator_as_written"].tolist()
    first, second = (i for i, name in enumerate(names, 1) if name == "养老机构护理型床位占比")
    shown = review_page(drafted, "en").decode("utf-8")
    lines = re.findall(r'<tr id="r(\d+)".*?</tr>', shown, re.DOTALL)
    assert lines == [str(n) for n in range(1, len(names) + 1) if n != second]
    (line,) = re.findall(rf'<tr id="r{first}".*?</tr>', shown, re.DOTALL)
    assert "the same at 1 more" in line
    assert f'<li id="r{second}">' in line
    assert f'href="#t{second}"' in line
    assert "第三章 任务" in line
    assert f'id="t{second}" href="#r{second}"' in shown
    assert f"Statements proposed: {len(names) - 1}, at {len(names)} places" in shown


def test_the_script_knows_what_every_cell_can_say(page: str) -> None:
    (written,) = re.findall(r'id="ps-rows">(.*?)</script>', page, re.DOTALL)
    data = json.loads(written)
    codes = {column: [code for code, _ in pairs] for column, pairs in data["options"].items()}
    assert codes["role"] == ["baseline", "target", "reference"]
    assert {"ge", "between"} <= set(codes["comparator"])
    assert "full_coverage" in codes["pledge"]
    assert {"nature", "commitment", "section", "note_zh"} <= set(data["further"])
    assert not {"char_start", "char_end"} & {*data["further"], *data["titles"]}
    assert '<option value="nursing_bed_share">' in page
    assert '<option value="percent">' in page
