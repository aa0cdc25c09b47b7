"""Finds the year expressions of a sentence, and which one governs a number."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from psanalysis.draft.five_years import five_year_period
from psanalysis.draft.lexicon import change, rule, word
from psanalysis.draft.period import ALWAYS, Plan

EXPRESSION = rule("years", "expression")
# a year of a comparison (比2019年), or one that identifies a thing (built in that year), governs
# no number
COMPARED = rule("years", "compared")
DEFINING = rule("years", "defining")
FROM_MARK = rule("years", "from_mark")
CHANGED = re.compile(rf"[^。;!?\n|]{{0,80}}?{change()}")
# 覆盖率2027年达到100%;…: a year after a name governs no number after the semicolon
WITHIN_CLAUSE = rule("years", "within_clause")
CLAUSES_END = re.compile(r"[;。!?\n]")
# (2020年为78.9岁): a year in brackets governs no number outside them
OPEN_BRACKET = re.compile(r"\([^()]*$")
IN_BRACKETS = rule("years", "in_brackets")
TRAILING = rule("years", "trailing")
BEHIND = rule("years", "behind")


@dataclass(frozen=True, slots=True)
class YearWords:
    """Words that name a year or period: their span, the year that values get, the first and last
    year, and the kind of expression.

    The earlier year of a pair (由2015年的…提高到…) governs no number after `until`.
    """

    start: int
    end: int
    year: int
    first: int
    last: int
    kind: str
    until: int = 1 << 60


def year_words(text: str, plan: Plan) -> list[YearWords]:
    """All year expressions of a (folded) text that can govern numbers.

    Examples
    --------
    >>> plan = Plan("x-14fyp", "x", 2021, 2025, 2020, 2025)
    >>> [(w.year, w.kind) for w in year_words("到2025年,…“十三五”期间…比2019年增加", plan)]
    [(2025, 'point'), (2020, 'period')]
    """
    found = []
    for match in EXPRESSION.finditer(text):
        if COMPARED.search(text[max(0, match.start() - 6) : match.start()]) or DEFINING.match(
            text[match.end() : match.end() + 6]
        ):
            continue
        words = _words(match, plan)
        if words.year <= 0 or words.year >= ALWAYS:
            continue
        if FROM_MARK.search(text[max(0, match.start() - 2) : match.start()]):
            changed = CHANGED.match(text, match.end())
            words = replace(words, until=changed.end() if changed else match.end() + 12)
        if words.kind == "point" and WITHIN_CLAUSE.search(
            text, max(0, match.start() - 2), match.start()
        ):
            ends = CLAUSES_END.search(text, match.end())
            words = replace(words, until=min(words.until, ends.start() if ends else len(text)))
        aside = (
            IN_BRACKETS.match(text, match.end())
            if words.kind == "point"
            and OPEN_BRACKET.search(text, max(0, match.start() - 12), match.start())
            else None
        )
        found.append(replace(words, until=min(words.until, aside.end())) if aside else words)
    return found


def _words(match: re.Match[str], plan: Plan) -> YearWords:
    start, end = match.span()
    if match["year"]:
        year = int(match["year"])
        return YearWords(start, end, year, year, year, "point")
    if match["from"]:
        first, last = int(match["from"]), int(match["to"])
        return YearWords(start, end, last, first, last, "period")
    if match["now"] or match["last"] or match["next"]:
        now = plan.horizon if plan.kind == "annual" else plan.issued
        year = now + bool(match["next"]) - bool(match["last"]) if now else now
        return YearWords(start, end, year, year, year, "relative")
    figure = match["five"] or match["nth"]
    if figure:
        first, last = five_year_period(figure)
        part = match["part"] or match["nth_part"] or ""
        if part == word("beginning"):
            return YearWords(start, end, first, first, first, "point")
        kind = "since" if part == word("since") else "point" if word("end") in part else "period"
        return YearWords(start, end, last, first, last, kind)
    last = plan.start + 4 if plan.kind == "annual" else plan.end
    return YearWords(start, end, last, plan.start, last, "own")


def governing(
    words: list[YearWords], starts: list[int], sentence: int, offset: int
) -> YearWords | None:
    """The last year expression of the sentence before an offset; `starts` are the offsets of
    `words`.
    """
    index = bisect_left(starts, offset) - 1
    while index >= 0 and words[index].start >= sentence:
        if words[index].end <= offset < words[index].until:
            return words[index]
        index -= 1
    return None


def year_behind(text: str, end: int) -> int | None:
    """The year in brackets directly after a number.

    Examples
    --------
    >>> year_behind("比率85.3%(2024年),", 7)
    2024
    """
    found = BEHIND.match(text, end)
    return int(found[1]) if found else None


def trailing_year(text: str, end: int) -> int | None:
    """The year that follows a number in its clause: …70座,争取在2024年底建设完成.

    Examples
    --------
    >>> trailing_year("22604名残疾人2019年全部脱贫。", 6)
    2019
    """
    found = TRAILING.match(text[end : end + 60])
    return int(found[1]) if found else None
