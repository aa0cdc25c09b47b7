"""Words on pages: characters that nobody can see stop the build, lines break where they may."""

from __future__ import annotations

import re

import pytest

from psanalysis.errors import GlyphError
from psanalysis.markup import unbroken
from psanalysis.report.html import bullets, heading, paragraph
from psanalysis.report.table import cell, table
from psanalysis.tables.model import Head

UNSEEN = ["\x07", "\x7f", "\ufffd", "\ue000", "\uffff", "\ud800"]


@pytest.mark.parametrize("sign", UNSEEN)
@pytest.mark.parametrize("make", [
    lambda words: table([{"a": words}], [Head("a", "甲")], caption="表", lang="zh",
        name="t").to_html(),
    lambda words: table([{"a": cell("1", words)}], [Head("a", "甲")], caption="表", lang="zh",
        name="t").to_html(),
    lambda words: table([{"a": 1}], [Head("a", words)], caption="表", lang="zh", name="t").to_html(),
    lambda words: table([], [Head("a", "甲")], caption=words, lang="zh", name="t").to_html(),
    lambda words: heading(2, words), paragraph, lambda words: bullets([words]),
])  # fmt: skip
def test_a_character_that_nobody_can_see_stops_the_build(make, sign):
    with pytest.raises(GlyphError, match=f"U\\+{ord(sign):04X}"):
        make(f"九年义务教育{sign}巩固率")


def test_rare_signs_and_lines_within_a_cell_are_no_fault():
    assert "𠮷\n⊘ † ✓" in paragraph("𠮷\n⊘ † ✓").text


def test_numbers_keep_their_units_and_words_their_hyphens():
    words = "规划共24项，目标2.6平方米；1,000 places for under-3s, of 13 targets, 2021–2025"
    assert re.findall(r'<span class="ps-hold">(.*?)</span>', unbroken(words)) == [
        "24项",
        "2.6平方米",
        "1,000 places",
        "under-3s",
        "13 targets",
        "2021–2025",
    ]
    assert re.sub(r"<[^>]*>", "", unbroken(words)) == words


def test_a_comma_ends_a_number():
    assert unbroken("baseline 2, target 4") == "baseline 2, target 4"


def test_years_in_the_name_of_a_row_stay_together():
    shown = table(
        [{"a": "Panjin (2021–2025)", "b": "2021–2025"}],
        [Head("a", "a"), Head("b", "b")],
        caption="c",
        lang="en",
        name="t",
    ).to_html()
    assert re.findall("<span.*?</span>", shown) == ['<span class="ps-hold">2021–2025</span>']


def test_held_words_are_escaped_once():
    assert unbroken("3 < 5 & 2 m²") == '3 &lt; 5 &amp; <span class="ps-hold">2 m²</span>'
