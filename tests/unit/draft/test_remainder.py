"""Every number of a document is drafted, or listed with the reason why it was not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from psanalysis.draft.budget import Budget
from psanalysis.draft.extract import Extract, extract
from psanalysis.draft.folding import fold
from psanalysis.draft.marked import read_marked
from psanalysis.draft.period import Plan
from psanalysis.wording import say

PLAN = Plan("yunxi-15fyp", "yunxi", 2026, 2030, 2025, 2030)
TEXTS = sorted(p for p in (Path(__file__).parent / "marked").rglob("*") if p.is_file())
FIGURES = re.compile(r"\d+(?:[.,]\d+)*")


def untold(text: str, found: Extract) -> list[str]:
    told = bytearray(len(text))
    for one in (*found.statements, *found.left_out):
        told[one.start : one.end] = b"1" * (one.end - one.start)
    return [m[0] for m in FIGURES.finditer(fold(text)) if not any(told[m.start() : m.end()])]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_number_is_drafted_or_listed_with_its_reason(path: Path) -> None:
    document, _ = read_marked(path)
    found = extract(document.text, PLAN, document.grids)
    assert untold(document.text, found) == []
    for reason in {q.reason for q in found.left_out}:
        assert say(f"draft_left_out.{reason}", "en")
    starts = [q.start for q in found.left_out]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("text", "number", "reason"),
    [
        ("全市统筹推进各项工作,加强组织领导和督促\n— 12 —\n检查,落实各项任务。\n", "12", "page"),
        ("第一章 发展基础…………… 7\n", "7", "page"),
        ("落实《三年行动计划（2020—2022）》。\n", "2020", "title"),
    ],
)
def test_numbers_of_pages_and_titles_are_named_as_such(text: str, number: str, reason: str) -> None:
    found = {text[q.start : q.end].strip(): q.reason for q in extract(text, PLAN).left_out}
    assert found[number] == reason


def test_what_is_beyond_the_budget_is_no_number_left_out() -> None:
    text = "新建学校5所。\n" * 50
    found = extract(text, PLAN, (), Budget(statements=10))
    assert found.unread
    assert max(q.start for q in found.statements) < text.index("5") + 10 * 8
    assert all(q.start < 10 * 8 for q in found.left_out)
