"""Finds the plan of a draft: its kind, period, baseline and target year, with the evidence."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from psanalysis.draft.lexicon import rule
from psanalysis.draft.period_evidence import (
    BEGINNING,
    Evidence,
    named_by_code,
    named_by_text,
    named_by_title,
)

NUMBER = rule("period", "number")
DATE = rule("period", "date")
# a date in so many characters at the start or the end of a text is its date of issue
DATED_WITHIN = 1200
# stands for the last year of a plan without a known period
ALWAYS = 9999


@dataclass(frozen=True)
class Plan:
    """The plan of a draft.

    Attributes
    ----------
    plan_id, city_id
        Codes; where the plan is not in plans.csv yet, the city's is the start of the plan's.
    start, end
        First and last year of the plan period.
    baseline, horizon
        Years of baselines and targets unless the text states others.
    province_id
        Area that 全省 means; empty where it is not known.
    issued
        Year of issue, 0 where unknown; values of earlier years within the period are not targets.
    kind
        `plan`, `annual` (a report that reviews a year and promises for the next) or `bulletin`
        (outcomes).
    known
        False where nothing names a period; implied years are then left empty.
    evidence
        What names a period, strongest first; the first one is used.
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
        """Evidence for another period than the one that is used, except from the text at large."""
        if not self.evidence:
            return ()
        used = self.evidence[0]
        return tuple(
            other
            for other in self.evidence[1:]
            if other.source != "text" and (other.start, other.end) != (used.start, used.end)
        )


def find_plan(
    plan_id: str,
    text: str,
    plans: pd.DataFrame,
    areas: pd.DataFrame,
    period: tuple[int, int] | None = None,
) -> Plan:
    """The plan of a document: from `period`, its row in plans.csv, or title, code and text.

    Parameters
    ----------
    plan_id
        Code of the plan; it need not exist yet.
    text
        Folded text of the document.
    plans, areas
        Tables of the data package.
    period
        First and last year given by the user; the same year twice for an annual report.

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
    title = named_by_title(text)
    if title:
        kind = title[0] if not period or title[0] == "bulletin" else kind
        evidence.append(Evidence("title", *title[1:]))
    if named := named_by_code(plan_id):
        evidence.append(Evidence("code", *named))
    if not evidence and (said := named_by_text(text)):
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
    """The area whose code begins the code of a plan; without a known area the part before the first
    hyphen.
    """
    known = (area for area in parents if plan_id == area or plan_id.startswith(f"{area}-"))
    return next(known, plan_id.split("-")[0])


def _issued(text: str) -> int:
    """The year of the document number, or of a date at the start or end of the text; 0 where there
    is none.
    """
    number = NUMBER.search(text[:BEGINNING])
    dates = DATE.findall(text[:DATED_WITHIN]) + DATE.findall(text[-DATED_WITHIN:])
    return int(number[1]) if number else max(map(int, dates), default=0)


def _province(city: str, parents: dict[str, str]) -> str:
    """The area below the nation that a city belongs to; empty for the nation, a province itself and
    an area that is not known.
    """
    seen: list[str] = [city]
    while isinstance(parents.get(seen[-1]), str) and parents[seen[-1]] and len(seen) < 5:
        seen.append(parents[seen[-1]])
    return seen[-2] if len(seen) >= 3 else ""
