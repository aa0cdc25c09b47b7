"""Headings tell what the numbers below them are, and of which year."""

from __future__ import annotations

from passages import found, roles


def test_chapters_without_numbers_tell_the_role() -> None:
    text = "“十三五”时期教育发展主要成就:\n——全县共有幼儿园95所。\n主要目标:到2025年,幼儿园达到100所。\n"
    assert [p.role for p in found(text)] == ["baseline", "target"]


def test_headings_tell_the_period_and_the_year() -> None:
    text = "一、“十三五”时期工作\n建成学校9所。\n二、2023年重点工作\n建成学校3所。\n三、远景\n建成学校5所。\n"
    assert roles(text) == [
        ("9所", "baseline", 2020, "implied"),
        ("3所", "target", 2023, "implied"),
        ("5所", "target", 2025, "implied"),
    ]
