"""The plan that a draft is for: its kind, period, baseline and target year, and what says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from psanalysis.draft.lexicon import lexicon, pattern, rule
from psanalysis.draft.numerals import chinese_number

SPAN = rule("period", "span")
FIVE_YEARS = rule("period", "five_years")
UNTIL = rule("period", "until")
YEAR = rule("period", "year")
NUMBER = rule("period", "number")
DATE = rule("period", "date")
CODE_FIVE, CODE_SPAN = re.compile(r"-1([1-9])fyp$"), re.compile(r"-(20\d\d)(?:-(20\d\d))?$")
HEAD = 4000
HEAD_DATE = 1200
TITLE_LINES, TITLE_LENGTH = 60, 60
FIRST_PLAN = 1953
ALWAYS = 9999


@dataclass(frozen=True)
class Evidence:
    """What names a period: `option`, `table` (plans.csv), `title`, `code` or `text`, and the period
    that it names.
    """

    source: str
    start: int
    end: int


@dataclass(frozen=True)
class Plan:
    """What a draft needs to know of its plan.

    Attributes
    ----------
    plan_id, city_id
        Codes; the city's is the beginning of the plan's where the plan is not in plans.csv yet.
    start, end
        First and last year of the plan period.
    baseline, horizon
        Years of baselines and targets where the text does not say otherwise.
    province_id
        Area that 全省 means; empty where it is not known.
    issued
        Year of issue, after the first year of the period where the text says so: what an earlier
        year had is no target.
    kind
        `plan`, `annual` (a report that reviews a year and promises for the next) or `bulletin`
        (outcomes).
    known
        False where nothing names a period: implied years stay empty then.
    evidence
        What names a period, the strongest first; the first one is used.
    """

    plan_id: str
    city_id: str
    start: int
    end: int
    baseline: int
    horizon: int
    province_id: str = ""
    issued: int = 0
    kind: str = "plan"
    known: bool = True
    evidence: tuple[Evidence, ...] = ()

    @property
    def conflicts(self) -> tuple[Evidence, ...]:
        """What names another period than the one that is used, but for what the text says at
        large.
        """
        if not self.evidence:
            return ()
        used = self.evidence[0]
        return tuple(
            other
            for other in self.evidence[1:]
            if other.source != "text" and (other.start, other.end) != (used.start, used.end)
        )


def five_year_period(figure: str) -> tuple[int, int]:
    """First and last year of the five-year plan of a figure: 十四五 is 四.

    Examples
    --------
    >>> five_year_period("四")
    (2021, 2025)
    """
    number = 10 + int(chinese_number(figure) or 0)
    start = FIRST_PLAN + 5 * (number - 1) + (3 if number > 3 else 0)
    return start, start + 4


def find_plan(
    plan_id: str,
    text: str,
    plans: pd.DataFrame,
    areas: pd.DataFrame,
    period: tuple[int, int] | None = None,
) -> Plan:
    """The plan of a document: what was asked for, its row in plans.csv, or what title, code and
    text say.

    Parameters
    ----------
    plan_id
        Code of the plan; it need not exist yet.
    text
        Folded text of the document.
    plans, areas
        Tables of the data package.
    period
        First and last year, where the person who drafts names them; one year twice for an annual
        report.

    Returns
    -------
    Plan
        Where nothing names a period, `known` is false.
    """
    parents = dict(zip(areas["area_id"], areas["parent_id"], strict=True))
    known = plans[plans["plan_id"] == plan_id]
    if len(known) and period is None:
        row = known.iloc[0]
        start, end = int(row["period_start"]), int(row["period_end"])
        issued = 0 if pd.isna(row["issued_on"]) else int(str(row["issued_on"])[:4])
        city = str(row["city_id"])
        years = start, end, int(row["baseline_year"]), int(row["horizon_year"])
        return Plan(plan_id, city, *years, _province(city, parents), issued,
                    evidence=(Evidence("table", start, end),))  # fmt: skip
    city = _city(plan_id, parents)
    kind, evidence = "plan", []
    if period:
        kind = "annual" if period[0] == period[1] else "plan"
        evidence.append(Evidence("option", *period))
    title = _title(text)
    if title:
        kind = title[0] if not period or title[0] == "bulletin" else kind
        evidence.append(Evidence("title", *title[1:]))
    if named := _named(plan_id):
        evidence.append(Evidence("code", *named))
    if not evidence and (said := _said(text)):
        evidence.append(Evidence("text", *said))
    issued = _issued(text)
    province = _province(city, parents)
    if not evidence:
        start = issued or 0
        return Plan(plan_id, city, start, ALWAYS, start - 1, ALWAYS, province, issued, kind, False)
    start, end = evidence[0].start, evidence[0].end
    if start == end and kind == "plan":
        kind = "annual"
    base = start if kind == "bulletin" else start - 1
    return Plan(plan_id, city, start, end, base, end, province, issued, kind, True, tuple(evidence))


def _city(plan_id: str, parents: dict[str, str]) -> str:
    city = plan_id.rsplit("-", 1)[0] if plan_id.count("-") else plan_id
    known = (area for area in parents if plan_id == area or plan_id.startswith(f"{area}-"))
    return next(known, city.split("-")[0])


def _titles(text: str) -> Iterator[tuple[str, str]]:
    """Lines at the head that may be the title, each also with the one or two lines below it, and
    what follows them.
    """
    lines = [line.strip() for line in text[:HEAD].split("\n")]
    lines = [line for line in lines if line][:TITLE_LINES]
    for index, line in enumerate(lines):
        if len(line) > TITLE_LENGTH or re.search(r"[。;!?]", line):
            continue
        for several in (1, 2, 3):
            joined = lines[index : index + several]
            if all(len(part) <= TITLE_LENGTH and not re.search(r"[。;]", part) for part in joined):
                yield "".join(joined), "\n".join(lines[index : index + 12])


def _title(text: str) -> tuple[str, int, int] | None:
    """Kind and period that the title names."""
    for title, following in _titles(text):
        for kind in ("bulletin", "annual"):
            if pattern("kinds", kind).search(title):
                years = [int(year) for year in YEAR.findall(title)]
                held = pattern("kinds", "delivered").search(following)
                if years and not SPAN.search(title):
                    return kind, max(years), max(years)
                if held and kind == "annual":
                    return kind, int(held[1]), int(held[1])
        if not pattern("kinds", "plan").search(title):
            continue
        if span := SPAN.search(title):
            return "plan", int(span[1]), int(span[2])
        if fives := FIVE_YEARS.findall(title):
            return "plan", *max(map(five_year_period, fives))
    return None


def _said(text: str) -> tuple[int, int] | None:
    """The period that the text names most often, in its head or at large."""
    head = text[:HEAD]
    for line in head.split("\n")[:40]:
        if re.fullmatch(rf"\W*{SPAN.pattern}\W*", line) and (alone := SPAN.search(line)):
            return int(alone[1]), int(alone[2])
    for place in (head, text):
        spans = Counter(
            (int(a), int(b)) for a, b in SPAN.findall(place) if 2 <= int(b) - int(a) <= 20
        )
        fives = Counter(FIVE_YEARS.findall(place))
        if spans and not fives:
            return spans.most_common(1)[0][0]
        if fives:
            return five_year_period(max(fives, key=lambda figure: (fives[figure], figure)))
    ends = Counter(int(year) for year in UNTIL.findall(text))
    if ends:
        end = ends.most_common(1)[0][0]
        return end - 4, end
    return None


def _named(plan_id: str) -> tuple[int, int] | None:
    """The period that the code of the plan names: yunhe-14fyp, yunhe-2023-2025, yunhe-2026."""
    if five := CODE_FIVE.search(plan_id):
        return five_year_period(str(lexicon()["kinds"]["figures"])[int(five[1]) - 1])
    span = CODE_SPAN.search(plan_id)
    if span and int(span[1]) <= int(span[2] or span[1]):
        return int(span[1]), int(span[2] or span[1])
    return None


def _issued(text: str) -> int:
    """The year of the document number, or of the date in its head or at its end; 0 where there is
    none.
    """
    number = NUMBER.search(text[:HEAD])
    dates = DATE.findall(text[:HEAD_DATE]) + DATE.findall(text[-HEAD_DATE:])
    return int(number[1]) if number else max(map(int, dates), default=0)


def _province(city: str, parents: dict[str, str]) -> str:
    seen: list[str] = [city]
    while isinstance(parents.get(seen[-1]), str) and parents[seen[-1]] and len(seen) < 5:
        seen.append(parents[seen[-1]])
    return seen[-2] if len(seen) >= 3 else ""
