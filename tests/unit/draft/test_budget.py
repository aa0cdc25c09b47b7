"""Texts of any kind are read in time that grows with their length, and what is beyond the budget is
said.
"""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from psanalysis.draft.budget import Budget
from psanalysis.draft.extract import extract
from psanalysis.draft.period import Plan

PLAN = Plan("yunxi-14fyp", "yunxi", 2021, 2025, 2020, 2025)
HEAD = "云溪市“十四五”公共服务规划\n"
KINDS = {
    "digits": "1,2,3,45,678,9,", "clause": "到2025年,入园率达到95%,", "percents": "95%", "words": "规划",
    "lines": "规划\n", "empty": "\n",
    "numbers": "95\n", "pipes": "|1|入园率|90|95|\n", "bars": "|", "tabs": "指标\t95\t",
    "tables": "指标\t2020年\t2025年\n入园率\t90\t95\n",
    "heads": "指标\n目标\n序号\n", "rows": "序号 指标 2025年\n规划\n", "blanks": "入园率" + " " * 99 + "95\n",
    "chinese": "三个五所二十万人、", "marks": "(一)",
    "years": "2025年", "from": "由48%提高到55%,", "in turn": "甲、乙、丙分别达到95%、96%、97%,",
    "pledges": "应保尽保、全覆盖,", "open": "(", "quotes": "“",
    "all": "所有村全部达到", "sentence": "到2025年,云溪市入园率达到93%以上,每千人口床位数达到7.5张。\n",
}  # fmt: skip


def work(text: str) -> int:
    """How many calls, of Python's functions and of those in C, it takes to read a text."""
    calls = 0

    def count(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        extract(text, PLAN)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("kind", KINDS)
def test_work_grows_with_the_length_of_the_text(kind: str) -> None:
    own = KINDS[kind]
    extract(HEAD + own, PLAN)
    once, twice = (work(HEAD + own * (size // len(own))) for size in (2_000, 4_000))
    assert twice < 2.4 * once + 2_000


@pytest.mark.parametrize(
    ("budget", "kind", "values"),
    [
        (Budget(numbers=3), "numbers", ["93", "94"]),
        (Budget(statements=2), "statements", ["93", "94"]),
    ],
)
def test_what_is_beyond_the_budget_is_not_read_and_said(
    budget: Budget, kind: str, values: list[str]
) -> None:
    text = f"{HEAD}入园率达到93%。参保率达到94%,到2025年。覆盖率达到95%。普及率达到96%。"
    found = extract(text, PLAN, budget=budget)
    assert [str(p.value) for p in found.statements] == values
    (unread,) = found.unread
    assert unread.kind == f"over_{kind}"
    assert text.split(unread.after)[1].startswith(("2025", "95", "达到95%", "覆盖率达到95%"))


def test_tables_beyond_the_budget_are_said() -> None:
    table = "序号\t指标\t2020年\t2025年\n1\t入园率(%)\t90\t95\n2\t参保率(%)\t91\t96\n第一章 总则\n"
    found = extract(HEAD + table * 20, PLAN, budget=Budget(table_work=200))
    assert 1 <= len(found.tables) < 20
    assert [one.kind for one in found.unread] == ["over_tables"]
    assert extract(HEAD + table * 20, PLAN).unread == ()


def test_an_ordinary_plan_is_far_within_the_budget() -> None:
    page = KINDS["sentence"] * 20
    assert extract(HEAD + page, PLAN, budget=Budget(numbers=200, statements=50)).unread == ()
