"""Headings of a text: which section each offset lies in, and whether its numbers are baselines or
targets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from psanalysis.draft.five_years import FIVE_YEARS, five_year_period
from psanalysis.draft.headings import CONTENTS, line_at, printed_heading
from psanalysis.draft.lexicon import lexicon, pattern, rule, words
from psanalysis.draft.period import Plan

HEADING = rule("structure", "heading")
PLAIN = re.compile(
    rf"^[ \t]{{0,20}}(?:{lexicon()['chapters']['plain']})(?=[ \t]{{0,20}}$|:)", re.MULTILINE
)
# “十三五”亮点回顾, on a line of its own
PERIOD_LINE = rule("structure", "period_line")
TITLE_WORDS = rule("structure", "title_words")
PLAIN_LEVEL = 2.5
LEAD_LEVEL = 9.0
ITEM_LEVEL, NODE_LEVEL, BRACKET_LEVEL = 2.1, 3.0, 3.1
LEVELS: dict[str, float] = lexicon()["levels"]
TITLE_END = rule("structure", "title_end")
GLOSSARY_LINE = rule("structure", "glossary_line")
YEAR = rule("structure", "year")
LONGEST_TITLE = 30
LONGEST_PLAN_TITLE = 50
DATELINE_WITHIN = 400
LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Section:
    """A section: offset and level of its heading, title, path, the nature of its numbers
    (`baseline`, `target`, `glossary`, or empty where unknown), and the year that it is about
    (2022年重点工作).

    `lead` is true where the first words of a paragraph say so instead of a heading; such a section
    ends at the next heading or lead.
    """

    start: int
    level: float
    title: str
    path: str
    nature: str
    year: int | None = None
    lead: bool = False


def sections(text: str, plan: Plan | None = None, written: str = "") -> list[Section]:
    """The sections of a (folded) text in order; the first is the text before any heading.

    Under a heading that names an earlier five-year period than the plan's, numbers are baselines.

    Parameters
    ----------
    text
        Folded text, titles of documents blanked out.
    plan
        Its plan.
    written
        The same text as it is printed, for the paths; of the same length.

    Examples
    --------
    >>> text = "规划\\n一、发展基础\\n(一)教育。入园率达89%。\\n二、主要目标\\n到2025年…"
    >>> [(s.path, s.nature) for s in sections(text)][2:4]
    [('一、发展基础 / (一)教育', 'baseline'), ('二、主要目标', 'target')]
    """
    found = [Section(0, 0, "", "", "")]
    stack: list[Section] = []
    names: dict[int, str] = {}
    for begin, mark, title, level in _marks(text, plan):
        level = _below(level, stack)
        while stack and stack[-1].level >= level:
            stack.pop()
        inherited = stack[-1].nature if stack else ""
        if level == LEAD_LEVEL:
            above = stack[-1] if stack else found[0]
            nature = mark or above.nature
            soft = bool(mark) and above.nature != mark
            stack.append(replace(above, start=begin, level=level, nature=nature, lead=soft))
            found.append(stack[-1])
            continue
        about = _about(title, plan) or (stack[-1].year if stack else None)
        section = Section(
            begin, level, mark + title, "", _nature(title, level, plan, inherited), about
        )
        names[begin] = printed_heading(text, written or text, begin, mark, title)
        stack.append(section)
        path = " / ".join(
            names[p.start] for p in stack if not p.lead and (p.level < 5 or p is section)
        )
        stack[-1] = replace(section, path=path)
        found.append(stack[-1])
    return found


def _below(level: float, stack: Sequence[Section]) -> float:
    """The level of a heading like 一、 or (一): below 第一节 where the section has one."""
    marks = [s.level for s in stack]
    if level == ITEM_LEVEL and NODE_LEVEL in marks:
        return NODE_LEVEL + 0.2
    if level == BRACKET_LEVEL and (NODE_LEVEL in marks or NODE_LEVEL + 0.2 in marks):
        return NODE_LEVEL + 0.4
    return level


def _marks(text: str, plan: Plan | None) -> list[tuple[int, str, str, float]]:
    """Numbered headings, and lines like 主要目标: without a number; each as offset, number, title
    and level.
    """
    marks: list[tuple[int, str, str, float]] = []
    for match in HEADING.finditer(text):
        rest = text[match.end() : match.end() + LONGEST_TITLE].lstrip()
        title = TITLE_END.split(rest, maxsplit=1)[0].strip()
        if title and not CONTENTS.search(line_at(text, match.start("mark"))):
            marks.append((match.start("mark"), match["mark"], title, _level(match["mark"])))
    numbered = {text.rfind("\n", 0, begin) for begin, *_ in marks}
    plain = (
        (match.end() - len(match[0].lstrip()), match[0].strip()) for match in PLAIN.finditer(text)
    )
    periods = (
        (match.end() - len(match[0].lstrip()), match[0].strip())
        for match in PERIOD_LINE.finditer(text)
    )
    lines = dict(
        [*plain, *((begin, title) for begin, title in periods if not TITLE_WORDS.search(title))]
    )
    marks += [
        (begin, "", title, PLAIN_LEVEL)
        for begin, title in lines.items()
        if text.rfind("\n", 0, begin) not in numbered
    ]
    headed = {begin for begin, *_ in marks}
    marks += [lead for lead in _leads(text, plan) if lead[0] not in headed]
    return sorted(marks)


def section_at(found: list[Section], starts: list[int], offset: int) -> Section:
    """The innermost section that an offset lies in."""
    return found[max(0, bisect_right(starts, offset) - 1)]


def is_glossary(text: str, offset: int) -> bool:
    """True for an offset in a note or a definition."""
    start = text.rfind("\n", 0, offset) + 1
    return bool(GLOSSARY_LINE.match(text[start : start + 40]))


@lru_cache(8)
def lead_end(text: str) -> int:
    """The offset at which the lead of a news page ends and the plan that it reprints begins; 0
    where there is no lead.

    Examples
    --------
    >>> lead_end("【某报消息】其中提到,建5所。\\n某市公共服务三年行动方案\\n一、目标\\n建5所。")
    16
    """
    dateline = pattern("chapters", "dateline").search(text, 0, DATELINE_WITHIN)
    if dateline is None:
        return 0
    title = next(
        (
            line.start()
            for line in LINE.finditer(text, dateline.end())
            if len(line[0]) <= LONGEST_PLAN_TITLE and TITLE_WORDS.search(line[0])
        ),
        0,
    )
    return title if title and HEADING.search(text, title) else 0


def _level(mark: str) -> float:
    if mark[0].isdigit() or (mark[0] == "(" and mark[1].isdigit()):
        return 4 if mark[0] != "(" else 5
    return next(level for sign, level in LEVELS.items() if sign in mark)


def _nature(title: str, level: float, plan: Plan | None, inherited: str) -> str:
    """The nature of the numbers below a heading; inherited from the heading above unless its words
    say another.
    """
    if level >= 4:
        return inherited
    if words("chapters", "glossary").search(title):
        return "glossary"
    earlier, ahead = _periods(title, plan)
    if earlier and ahead:
        return ""
    past = bool(words("chapters", "baseline").search(title)) or earlier
    action = words("chapters", "action").match(title)
    if inherited == "baseline":
        turns = ahead or bool(pattern("chapters", "turn").search(title))
        return "target" if turns and not past else "baseline"
    if past and not action:
        return "baseline"
    if words("chapters", "target").search(title) or action:
        return "target"
    return inherited


def _about(title: str, plan: Plan | None) -> int | None:
    """The year that a heading is about: 2022年重点工作; in an annual report, 今后五年的目标 too."""
    year = YEAR.match(title)
    if year:
        return int(year[1])
    if plan is None or plan.kind != "annual":
        return None
    ends = [five_year_period(figure)[1] for figure in FIVE_YEARS.findall(title)]
    if not ends and pattern("chapters", "five_ahead").search(title):
        ends = [plan.start + 4]
    return max(ends) if len(ends) == 1 and ends[0] >= plan.start else None


def _periods(title: str, plan: Plan | None) -> tuple[bool, bool]:
    """Whether a title names a period or year before the plan's, and whether it names one of the
    plan or later.
    """
    if plan is None or not plan.known:
        return False, False
    ends = [five_year_period(figure)[1] for figure in FIVE_YEARS.findall(title)]
    ends += [int(year) for year in YEAR.findall(title)]
    return any(end < plan.start for end in ends), any(end >= plan.start for end in ends)


def _leads(text: str, plan: Plan | None) -> Iterator[tuple[int, str, str, float]]:
    """The paragraphs whose first words say that their numbers were reached, or are targets."""
    for match in pattern("chapters", "lead").finditer(text):
        figure = match["five"]
        begin = match.end() - len(match[0].lstrip())
        if figure and plan is not None and plan.known:
            over = five_year_period(figure)[1] < plan.start
            yield begin, "baseline" if over else "", "", LEAD_LEVEL
        elif match["past"]:
            yield begin, "baseline", "", LEAD_LEVEL
        elif match["ahead"]:
            yield begin, "", "", LEAD_LEVEL
