"""Finds pledges without a number: 应保尽保, 全覆盖, 动态清零, 全部."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from psanalysis.draft.lexicon import lexicon, rule

FIRST = str(lexicon()["word"]["all_eligible_first"])
KINDS = tuple(lexicon()["pledges"])
PLEDGE = re.compile(
    "|".join(
        f"(?P<{kind}>{_})"
        for kind, _ in (
            (k, re.sub(r"\\1", f"(?P=x{k})", v).replace(FIRST, FIRST.replace("(", f"(?P<x{k}>")))
            for k, v in lexicon()["pledges"].items()
        )
    )
)
# 全覆盖 as part of a name or of a purpose is not a pledge
VAGUE = rule("pledges", "vague")


@dataclass(frozen=True)
class Pledge:
    """The words of a pledge and its code."""

    start: int
    end: int
    kind: str


def pledges(text: str) -> Iterator[Pledge]:
    """Every pledge of a folded text, in order.

    Examples
    --------
    >>> [(p.kind, p.start) for p in pledges("困难家庭应保尽保,社区全覆盖")]
    [('all_eligible', 4), ('full_coverage', 11)]
    """
    end = -1
    for match in PLEDGE.finditer(text):
        # 全部达到国家标准 is one pledge
        adjoins, end = match.start() == end, match.end()
        if not adjoins and not VAGUE.search(text[max(0, match.start() - 8) : match.start()]):
            yield Pledge(match.start(), match.end(), next(kind for kind in KINDS if match[kind]))
