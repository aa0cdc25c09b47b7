"""What the strict policy of the pages lets through."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psanalysis.site import contract
from psanalysis.site.contract import require
from psanalysis.site.errors import ContractError


@pytest.mark.parametrize(
    "html",
    [
        "<p class='ps-answer'>58 % &lt;p style='x'&gt;</p>",
        "<a href='https://example.org/plan'>plan</a> <a href='#row-1'>row</a>",
        "<svg viewBox='0 0 1 1'><use xlink:href='#m1'/><path fill='var(--ps-ink, #111)' clip-path='url(#c)'/></svg>",
        "<img alt='' src='data:image/png;base64,AA=='>",
        "<p title='a > b'>1 < 2</p>",
    ],
)
def test_harmless(html: str) -> None:
    require(html, "cell 1")


@pytest.mark.parametrize(
    ("html", "word"),
    [
        ("<p style='color:red'>", "style attribute"),
        ("<td STYLE = x>", "style attribute"),
        ("<style>p{}</style>", "element style"),
        ("<script>1</script>", "element script"),
        ("<SCRIPT src=x>", "element script"),
        ("<link rel=stylesheet href=x>", "element link"),
        ("<iframe src='x'>", "element iframe"),
        ("<p onclick='go()'>", "event handler"),
        ("<img src='https://example.org/a.png'>", "outside the page"),
        ("<img src='a.png'>", "outside the page"),
        ("<use href='other.svg#m'/>", "outside the page"),
        ("<path fill='url(other.svg#g)'/>", "outside the page"),
        ("<a href='javascript:go()'>", "runs a script"),
        ("</main>", "element main"),
        ("<textarea>", "element textarea"),
        ("<!--ps:notice--><!--/ps:notice-->", "its own links"),
    ],
)
def test_forbidden(html: str, word: str) -> None:
    with pytest.raises(ContractError, match=word):
        require(f"<p>before</p>{html}", "cell 7")
    with pytest.raises(ContractError, match="cell 7"):
        require(html, "cell 7")


PARTS = st.sampled_from(
    ["<p", "<use", "<image", "<a", "<svg", "</main", "<style", "<scripts", " href=", " xlink:href=", " src=", " style", "=", "'", '"', "#a", "x.svg",
     "url(", "data:", "javascript:", " onclick=", ">", " ", "é"]
)  # fmt: skip


@given(html=st.lists(PARTS, max_size=14).map("".join))
@settings(max_examples=2000)
def test_the_look_at_the_whole_passes_nothing_that_a_look_at_each_tag_stops(html: str) -> None:
    def verdict() -> str:
        try:
            require(html, "cell 1")
        except ContractError as error:
            return str(error)
        return ""

    at_once = verdict()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(contract, "SUSPECTS", (re.compile(""),))
        assert at_once == verdict()
