"""Look-alikes and what is not seen: in a text file they keep their offsets, and the rules read
through them.
"""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import psanalysis as ps
from psanalysis.draft import Document, draft_document
from psanalysis.draft.folding import fold
from psanalysis.draft.wrapping import seen
from psanalysis.formats.characters import RADICALS, one_line, ordinary, visible

PLAIN = (
    "云河市“十四五”公共服务规划\n第二章 "
    "主要目标\n到2025年，学前教育毛入园率力争达到93%以上，人口自然增长率达到-2.1‰，"
    "全市新建、改扩建幼儿园36所，新增学\n位4200个，养老机构护理型床位占比提高到55%。\n"
)


def drafted(text: str) -> list[tuple[str, ...]]:
    result = draft_document(Document("a.txt", "text", "utf_8", text), "yunhe-14fyp", ps.load())
    columns = ["role", "year", "value", "unit_id", "comparator", "indicator_id", "commitment"]
    for row in result.statements.itertuples():
        assert text[row.char_start : row.char_end] == row.value_as_written
        assert row.indicator_as_written == one_line(row.indicator_as_written)
    return [tuple(row) for row in result.statements[columns].itertuples(index=False)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n", "\r\n"),
        ("\n", "\r"),
        ("\n", "\u2028"),
        ("93", "9\u200b3"),
        ("93", "9\u00ad3"),
        ("93", "\U0001d7d7\U0001d7d1"),
        ("教育", "教\ufeff\u2060育"),
        ("-2.1", "\u22122.1"),
        ("-2.1", "\uff0d2.1"),
        ("力争", "\u2f12争"),
        ("人口", "\u2f08\u2f1d"),
        ("到", "\u202a到\u202c"),
        ("达到", "达\x0e到"),
    ],
)
def test_the_rules_read_through_what_a_reader_does_not_see(old: str, new: str) -> None:
    assert old in PLAIN
    assert drafted(PLAIN.replace(old, new)) == drafted(PLAIN)


def test_every_radical_stands_for_one_character_that_is_none() -> None:
    assert all(unicodedata.name(char).startswith("CJK RADICAL") for char in RADICALS)
    assert not any(unicodedata.name(char).startswith("CJK RAD") for char in RADICALS.values())
    named = {ordinary(chr(code)) for code in range(0x2F00, 0x2FD6)}
    assert not any(0x2E80 <= ord(char) < 0x2FE0 for char in named)


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_what_is_visible_stays_visible(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(st.text(alphabet="a\r\n\u200b，1"))
def test_each_character_that_is_left_is_found_again(text: str) -> None:
    whole = seen(text)
    for offset, char in enumerate(whole.text):
        start, end = whole.span(offset, offset + 1)
        assert text[start:end].replace("\r", "\n") == char
