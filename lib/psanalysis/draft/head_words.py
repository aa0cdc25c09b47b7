"""What the words of a cell are: a head (and of which kind of column), a nature, or a blank."""

from __future__ import annotations

import re
from functools import lru_cache

from psanalysis.draft.five_years import FIVE_YEARS
from psanalysis.draft.lexicon import pattern
from psanalysis.draft.quantities import MAGNITUDE, UNIT

KINDS = ("index", "nature", "unit", "other", "category")
VALUE_KINDS = ("growth", "baseline", "target")
YEAR = re.compile(r"(20[0-4]\d)")
BRACKETED_UNIT = re.compile(rf"[(\[]((?:{MAGNITUDE})?(?:{UNIT}))[)\]]")
HEAD_LENGTH = 24
OPENING = re.compile(r"[(\[〔【]")
LONGEST = 100  # a longer text is neither head nor nature


def head_kind(text: str) -> str:
    """The kind of column that a head stands for; empty for a text that is not a head.

    Examples
    --------
    >>> [head_kind(word) for word in ("序号", "主要指标", "2025年目标", "年均增速[累计]", "幼儿园")]
    ['index', 'name', 'target', 'growth', '']
    """
    return _head_kind(text) if len(text) <= LONGEST else ""


@lru_cache(maxsize=1 << 14)
def _head_kind(text: str) -> str:
    text = re.sub(r"\s", "", text)
    if not text or len(text) > HEAD_LENGTH or "|" in text or nature_of(text):
        return ""
    if pattern("table", "section").match(text):
        return ""
    bare = BRACKETED_UNIT.sub("", text) or text
    for kind in KINDS:
        if pattern("table", kind).search(bare):
            return kind
    if YEAR.search(text) or FIVE_YEARS.search(text):
        return next((k for k in VALUE_KINDS if pattern("table", k).search(text)), "year")
    if pattern("table", "name").search(text) and not pattern("table", "value_head").search(text):
        return "name"
    for kind in VALUE_KINDS:
        if pattern("table", kind).search(text):
            return kind
    if pattern("table", "national").search(text) or pattern("table", "provincial").search(text):
        return "year"
    return "name" if pattern("table", "name").search(text) else ""


def is_blank(text: str) -> bool:
    """True for an empty cell and for a dash that means one."""
    return len(text) <= LONGEST and bool(pattern("table", "blank").match(text))


def nature_of(text: str) -> str:
    """`binding` or `expected` for a cell with such words, else empty."""
    return _nature_of(text) if len(text) <= LONGEST else ""


@lru_cache(maxsize=1 << 14)
def _nature_of(text: str) -> str:
    text = re.sub(r"\s", "", text)
    return (
        "binding"
        if pattern("table", "binding").match(text)
        else "expected"
        if pattern("table", "expected").match(text)
        else ""
    )
