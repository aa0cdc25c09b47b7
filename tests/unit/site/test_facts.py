"""What is read off a page, so that two versions of it can be compared."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from psanalysis.site.contract import parse
from psanalysis.site.facts import FINGERPRINT, Contents

HASH = "0123456789abcdef"
PLAIN_FINGERPRINT = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{16})\b")
HASHES = [HASH, HASH * 3, HASH * 4, HASH[:15], "f", "g", "_", " ", "-", "中"]


def taken(*outputs: str) -> tuple[Contents, str]:
    contents = Contents()
    return contents, "".join(contents.take(parse(html, "cell 1")) for html in outputs)


@given(st.lists(st.sampled_from(HASHES), max_size=8).map("".join))
def test_fingerprints_are_found_as_by_the_plain_pattern(text: str) -> None:
    assert FINGERPRINT.sub("#", text) == PLAIN_FINGERPRINT.sub("#", text)


def test_contents_of_a_page() -> None:
    contents, html = taken(
        "<h1>Title <b>x</b></h1><h2>A &amp; B</h2><h2 id='own'>C</h2>",
        "<h1>Other</h1><figure class='ps-figure' id='f'><div><svg "
        "aria-label='said'/></div></figure><h2>D</h2>",
    )
    assert contents.title == "Title x"
    assert contents.toc == [("section-1", "A & B"), ("own", "C"), ("section-3", "D")]
    assert '<h2 id="section-1">A &amp; B</h2>' in html
    assert [(figure["name"], figure["label"]) for figure in contents.figures] == [("f", "said")]


def test_tables_are_read_cell_by_cell() -> None:
    contents, _ = taken(
        "<table data-csv-name='t'><caption>C</caption><thead><tr><th>a<th>b</thead>"
        "<tbody><tr><th>x</th><td>1 <b>2</b></td></tbody></table>"
    )
    assert contents.tables == [{"name": "t", "caption": "C", "rows": [["a", "b"], ["x", "1 2"]]}]


def test_a_fingerprint_that_changed_shows_nothing_new() -> None:
    one, _ = taken(f"<p>data {HASH}</p>")
    other, _ = taken(f"<p>data {HASH[::-1]}</p>")
    third, _ = taken(f"<p>date {HASH}</p>")
    assert one.facts()["shown"] == other.facts()["shown"] != third.facts()["shown"]


def test_no_two_tables_of_a_page_have_one_name():
    rows = "<tr><td>1</td></tr>"
    named = f'<table data-csv-name="a">{rows}</table>'
    contents, shown = taken(named, named + f"<table>{rows}</table><table>{rows}</table>", named)
    assert [one["name"] for one in contents.tables] == ["a", "a-2", "", "", "a-3"]
    assert re.findall('data-csv-name="(.*?)"', shown) == ["a", "a-2", "a-3"]
