"""Reads the kind and the period of a document from its title, the code of its plan, or its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from psanalysis.draft.five_years import FIVE_YEARS, five_year_period
from psanalysis.draft.lexicon import lexicon, pattern, rule

SPAN = rule("period_evidence", "span")
UNTIL = rule("period_evidence", "until")
YEAR = rule("period_evidence", "year")
CODE_FIVE, CODE_SPAN = re.compile(r"-1([1-9])fyp$"), re.compile(r"-(20\d\d)(?:-(20\d\d))?$")
# characters at the start of a text that state its kind and period
BEGINNING = 4000
TITLE_LINES, TITLE_LENGTH = 60, 60


@dataclass(frozen=True)
class Evidence:
    """The source of a period (`option`, `table` for plans.csv, `title`, `code` or `text`) and the
    period that it names.
    """

    source: str
    start: int
    end: int


def _titles(text: str) -> Iterator[tuple[str, str]]:
    """Candidates for the title: a line at the start of the text, alone and with one or two lines
    below it, each with the lines from there on.
    """
    lines = [line.strip() for line in text[:BEGINNING].split("\n")]
    lines = [line for line in lines if line][:TITLE_LINES]
    for index, line in enumerate(lines):
        if len(line) > TITLE_LENGTH or re.search(r"[。;!?]", line):
            continue
        for several in (1, 2, 3):
            joined = lines[index : index + several]
            if all(len(part) <= TITLE_LENGTH and not re.search(r"[。;]", part) for part in joined):
                yield "".join(joined), "\n".join(lines[index : index + 12])


def named_by_title(text: str) -> tuple[str, int, int] | None:
    """Kind (plan, annual or bulletin) and period that the title names."""
    for title, following in _titles(text):
        for kind in ("bulletin", "annual"):
            if pattern("kinds", kind).search(title):
                years = [int(year) for year in YEAR.findall(title)]
                delivered = pattern("kinds", "delivered").search(following)
                if years and not SPAN.search(title):
                    return kind, max(years), max(years)
                if delivered and kind == "annual":
                    return kind, int(delivered[1]), int(delivered[1])
        if not pattern("kinds", "plan").search(title):
            continue
        if span := SPAN.search(title):
            return "plan", int(span[1]), int(span[2])
        if fives := FIVE_YEARS.findall(title):
            return "plan", *max(map(five_year_period, fives))
    return None


def named_by_text(text: str) -> tuple[int, int] | None:
    """The period that the text names most often: at its start, else in all of it."""
    head = text[:BEGINNING]
    for line in head.split("\n")[:40]:
        if re.fullmatch(rf"\W*{SPAN.pattern}\W*", line) and (alone := SPAN.search(line)):
            return int(alone[1]), int(alone[2])
    for part in (head, text):
        spans = Counter(
            (int(a), int(b)) for a, b in SPAN.findall(part) if 2 <= int(b) - int(a) <= 20
        )
        fives = Counter(FIVE_YEARS.findall(part))
        if spans and not fives:
            return spans.most_common(1)[0][0]
        if fives:
            return five_year_period(max(fives, key=lambda figure: (fives[figure], figure)))
    ends = Counter(int(year) for year in UNTIL.findall(text))
    if ends:
        end = ends.most_common(1)[0][0]
        return end - 4, end
    return None


def named_by_code(plan_id: str) -> tuple[int, int] | None:
    """The period that the code of the plan names: yunhe-14fyp, yunhe-2023-2025, yunhe-2026."""
    if five := CODE_FIVE.search(plan_id):
        return five_year_period(str(lexicon()["kinds"]["figures"])[int(five[1]) - 1])
    span = CODE_SPAN.search(plan_id)
    if span and int(span[1]) <= int(span[2] or span[1]):
        return int(span[1]), int(span[2] or span[1])
    return None
