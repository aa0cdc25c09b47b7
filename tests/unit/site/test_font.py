"""The font of the site: which characters it is for, and that it comes with the pages that
need it.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from psanalysis.site import font
from psanalysis.site.derived import Derived
from psanalysis.site.font import NAME, characters, font_face, subset, with_font

PAGE = ("a/b.html", "<p>万张，≥ ③</p>".encode())


def test_chinese_text_and_circled_numbers_count_and_western_text_does_not() -> None:
    assert characters("Ａ万张，≥ “x” ③ é".encode()) == set("Ａ万张，③")


def test_the_font_has_the_characters_of_the_pages_and_the_same_bytes_each_time(
    tmp_path: Path,
) -> None:
    made = dict(with_font([PAGE, ("manifest.json", "{'省'}".encode())], Derived(tmp_path)))
    assert list(made) == ["a/b.html", NAME, "manifest.json"]
    read = TTFont(BytesIO(made[NAME]))
    assert read.flavor == "woff2"
    assert {chr(code) for code in read.getBestCmap()} - {"\x00", "\r"} == set("万张，③")
    assert read["name"].getDebugName(1) == "Noto Sans CJK SC"
    assert made[NAME] == subset(set("③，张万"))


def test_a_kept_font_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = dict(with_font([PAGE], Derived(tmp_path)))[NAME]
    monkeypatch.setattr(font, "subset", None)
    assert dict(with_font([PAGE], Derived(tmp_path)))[NAME] == first


def test_fonts_of_the_readers_machine_come_first() -> None:
    rule = font_face("../")
    assert rule.index("local('Microsoft YaHei')") < rule.index("url('../assets/han.woff2')")
