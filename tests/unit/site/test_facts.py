"""What is read off a page by patterns that were written to be fast reads the same as the plain ones."""

from __future__ import annotations

import re
from itertools import repeat

from hypothesis import given
from hypothesis import strategies as st

from psanalysis.site.facts import FIGURE, FINGERPRINT

HASH = "0123456789abcdef"
PLAIN_FIGURE = re.compile(r"<figure\b([^>]*)>(.*?)</figure>", re.DOTALL | re.IGNORECASE)
PLAIN_FINGERPRINT = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{16})\b")
MARKUP = [
    "<figure>",
    '<figure id="a">',
    "<figures>",
    "</figure>",
    "</FIGURE>",
    "</figure",
    "<",
    ">",
    "a",
    "\n",
    "<b>",
]
HASHES = [HASH, HASH * 3, HASH * 4, HASH[:15], "f", "g", "_", " ", "-", "中"]


@given(st.lists(st.sampled_from(MARKUP), max_size=12).map("".join))
def test_figures_are_found_as_by_the_plain_pattern(html: str) -> None:
    assert FIGURE.findall(html) == PLAIN_FIGURE.findall(html)


@given(st.lists(st.sampled_from(HASHES), max_size=8).map("".join))
def test_fingerprints_are_found_as_by_the_plain_pattern(text: str) -> None:
    assert FINGERPRINT.sub("#", text) == PLAIN_FINGERPRINT.sub("#", text)


def test_a_figure_without_an_end_is_passed_over() -> None:
    assert not FIGURE.findall("<figure>" + "".join(repeat("a<b>", 20_000)))
