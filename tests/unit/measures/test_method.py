"""METHOD.md: its vectors hold, and it names every code that the measures give."""

from __future__ import annotations

from pathlib import Path

import pytest

import psanalysis as ps
from psanalysis.comparators import CODES, COMPARATORS
from psanalysis.measures import ambition, exante, gaps, magnitudes, outcome_rules, succession
from psanalysis.measures.attainment import asked, attained, known

TEXT = (Path(__file__).parents[3] / "METHOD.md").read_text(encoding="utf-8")


def rows(head: str) -> list[list[str]]:
    """The rows of the table with this head."""
    lines = TEXT.split(head)[1].splitlines()[2:]
    table = lines[: next((n for n, line in enumerate(lines) if not line.startswith("|")), None)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


ASSESS = rows("| case | B | C | T | R | share / time share | UNSD share | status |")
OUTCOMES = rows("| target | side | value | verdict |")


def test_the_tables_are_found() -> None:
    assert (len(ASSESS), len(OUTCOMES)) == (6, 8)


@pytest.mark.parametrize("row", ASSESS, ids=lambda row: row[0])
def test_vectors_of_progress(row: list[str]) -> None:
    _, base, now, goal, *expected = row
    falling = float(goal) < float(base)
    found = ps.assess(
        baseline=float(base), current=float(now), target=float(goal), baseline_year=2020,
        current_year=2023, target_year=2025,
        direction="decrease" if falling else "increase",
    )  # fmt: skip
    numbers = [found.cagr_ratio, found.pace_ratio, found.unsd_share]
    assert ["-" if one is None else f"{one:.4f}" for one in numbers] + [found.status] == expected


@pytest.mark.parametrize("row", OUTCOMES, ids=" ".join)
def test_vectors_of_outcomes(row: list[str]) -> None:
    (aim, goal), side, (sign, value), verdict = row[0].split(), int(row[1]), row[2].split(), row[3]
    met = attained(
        known(float(value), None, sign),
        asked(float(goal), None, aim, side),
        COMPARATORS[sign].exact,
    )
    assert {True: "met", False: "missed", None: "cannot_tell"}[met] == verdict


def test_every_code_is_described() -> None:
    codes = {
        *gaps.STATUSES,
        *outcome_rules.VERDICTS,
        *outcome_rules.EVIDENCE,
        *outcome_rules.UNTOLD,
        *magnitudes.DOUBTS,
        *CODES,
    }
    assert [code for code in sorted(codes) if f"`{code}`" not in TEXT] == []
    named = {*ambition.STANDINGS, *succession.CHANGES} - {"no_national"}
    assert [code for code in sorted(named) if code not in TEXT] == []
    assert len(rows("| measure | formula | valid when |")) == len(exante.MEASURES)
