"""The plan that a draft is for: its period, baseline and target year, from the data package or from the document itself."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import pandas as pd

from psanalysis.draft.numerals import chinese_number
from psanalysis.formats.document import DocumentError

SPAN = re.compile(r"(20\d\d)\s?年?\s?[-—–~至到]{1,2}\s?(20\d\d)\s?年")
FIVE_YEARS = re.compile(r"十([一二三四五六七八])五")
THREE_YEARS = re.compile(r"([三五])年(?:行动|规划|计划|实施)")
YEAR = re.compile(r"到\s?(20\d\d)\s?年")
NUMBER = re.compile(r"(?<=[\u3400-\u9fff])[〔\[(【](20\d\d)[〕\])】]\s?\d+\s?号")
DATE = re.compile(r"(20\d\d)(?:年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2})")
HEAD = 4000
HEAD_DATE = 1200
FIRST_PLAN = 1953


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
        Year of issue, after the first year of the period where the text says so: what an earlier year had is no target.
    """

    plan_id: str
    city_id: str
    start: int
    end: int
    baseline: int
    horizon: int
    province_id: str = ""
    issued: int = 0


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


def find_plan(plan_id: str, text: str, name: str, plans: pd.DataFrame, areas: pd.DataFrame) -> Plan:
    """The plan of a document: its row in plans.csv, or what the head of the (folded) text says.

    Parameters
    ----------
    plan_id
        Code of the plan; it need not exist yet.
    text
        Folded text of the document.
    name
        File name for messages.
    plans, areas
        Tables of the data package.

    Raises
    ------
    DocumentError
        If the plan is new and neither the text nor its code names a period.
    """
    parents = dict(zip(areas["area_id"], areas["parent_id"], strict=True))
    known = plans[plans["plan_id"] == plan_id]
    if len(known):
        row = known.iloc[0]
        years = (
            int(row["period_start"]),
            int(row["period_end"]),
            int(row["baseline_year"]),
            int(row["horizon_year"]),
        )
        issued = 0 if pd.isna(row["issued_on"]) else int(str(row["issued_on"])[:4])
        return Plan(
            plan_id, str(row["city_id"]), *years, _province(str(row["city_id"]), parents), issued
        )
    start, end = _period(text) or _named(plan_id, name)
    city = plan_id.rsplit("-", 1)[0] if plan_id.count("-") else plan_id
    city = next(
        (area for area in parents if plan_id == area or plan_id.startswith(f"{area}-")),
        city.split("-")[0],
    )
    return Plan(plan_id, city, start, end, start - 1, end, _province(city, parents), _issued(text))


def _period(text: str) -> tuple[int, int] | None:
    head = text[:HEAD]
    alone = next(
        (
            SPAN.search(line)
            for line in head.split("\n")[:40]
            if re.fullmatch(rf"\W*{SPAN.pattern}\W*", line)
        ),
        None,
    )
    if alone:
        return int(alone[1]), int(alone[2])
    title = next(
        (
            line
            for line in head.split("\n")
            if re.search("规划|方案|计划|意见", line)
            and (SPAN.search(line) or FIVE_YEARS.search(line))
        ),
        "",
    )
    for place in (title, head, text):
        spans = Counter(
            (int(a), int(b)) for a, b in SPAN.findall(place) if 2 <= int(b) - int(a) <= 20
        )
        fives = Counter(FIVE_YEARS.findall(place))
        if spans and (place is title or not fives):
            return spans.most_common(1)[0][0]
        if fives:
            return five_year_period(max(fives, key=lambda figure: (fives[figure], figure)))
    ends = Counter(int(year) for year in YEAR.findall(text))
    if ends:
        end = ends.most_common(1)[0][0]
        return end - 4, end
    return None


def _named(plan_id: str, name: str) -> tuple[int, int]:
    """The period that the code of the plan names: yunhe-14fyp, yunhe-2023-2025."""
    five, span = re.search(r"-1([1-9])fyp$", plan_id), re.search(r"-(20\d\d)-(20\d\d)$", plan_id)
    if five:
        return five_year_period("一二三四五六七八九"[int(five[1]) - 1])
    if span and span[1] <= span[2]:
        return int(span[1]), int(span[2])
    raise DocumentError(
        name,
        "it names no plan period (“十四五” or 2023—2025年)",
        "end the code of the plan in 14fyp or 2023-2025, or add it to plans.csv first",
    )


def _issued(text: str) -> int:
    """The year of the document number, or of the date in its head or at its end; 0 where there is none."""
    number = NUMBER.search(text[:HEAD])
    dates = DATE.findall(text[:HEAD_DATE]) + DATE.findall(text[-HEAD_DATE:])
    return int(number[1]) if number else max(map(int, dates), default=0)


def _province(city: str, parents: dict[str, str]) -> str:
    seen: list[str] = [city]
    while isinstance(parents.get(seen[-1]), str) and parents[seen[-1]] and len(seen) < 5:
        seen.append(parents[seen[-1]])
    return seen[-2] if len(seen) >= 3 else ""
