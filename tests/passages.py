"""Made-up passages of plans, as the rules of drafting read them. No such city exists."""

from __future__ import annotations

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.draft.drafting import draft_document
from psanalysis.draft.extract import extract
from psanalysis.draft.numerals import plain
from psanalysis.draft.period import Plan
from psanalysis.draft.proposal import Proposal
from psanalysis.formats.document import Document

PLAN = Plan("yunzhou-14fyp", "yunzhou", 2021, 2025, 2020, 2025, issued=2022)
BEFORE = "第一章 发展基础\n"
AHEAD = "第二章 主要任务\n"
TEXT = (
    "云州市“十四五”公共服务规划\n第一章 "
    "发展基础\n学前教育毛入园率达到93.5%,低于全国97.9%的平均水平。\n第二章 "
    "主要目标\n"
    "到2025年,养老机构护理型床位占比达到55%以上,打造云州特有的木偶戏传习所3个。\n"
)


def found(text: str) -> list[Proposal]:
    """The proposed statements of a text."""
    return list(extract(text, PLAN).statements)


def names(text: str) -> list[str]:
    """The words that name each statement."""
    return ["".join(text[a:b] for a, b in p.name_spans) for p in found(text)]


def named(text: str) -> list[tuple[str, str, str]]:
    """Role, value and name of each statement."""
    return [
        (p.role, "" if p.value is None else plain(p.value), name)
        for p, name in zip(found(text), names(text), strict=True)
    ]


def shown(text: str) -> list[tuple[str, str, str]]:
    """Value or pledge, unit and comparator of each statement."""
    return [
        (plain(p.value) if p.value is not None else p.pledge, p.unit, p.comparator)
        for p in found(text)
    ]


def written(text: str) -> list[tuple[str, str, str, str]]:
    """What is printed of each statement, then value, unit and comparator."""
    return [
        (text[p.start : p.end], plain(p.value) if p.value is not None else "", p.unit, p.comparator)
        for p in found(text)
    ]


def roles(text: str) -> list[tuple[str, str, int | None, str]]:
    """What is printed of each statement, then role, year and basis of the year."""
    return [(text[p.start : p.end], p.role, p.year, p.year_basis) for p in found(text)]


def drafted(
    ds: Dataset, text: str, plan_id: str = "yunzhou-14fyp", lang: str = "zh"
) -> pd.DataFrame:
    """The draft of a text: columns of statements.csv, confidence, reasons."""
    return draft_document(Document("plan.txt", "text", "utf_8", text), plan_id, ds, lang).statements
