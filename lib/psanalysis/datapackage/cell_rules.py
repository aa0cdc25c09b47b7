"""The rules for single cells: those of every text, and those that the schema gives a field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

import pyarrow as arrow
import pyarrow.compute as pc

from psanalysis.datapackage.invisible import RULE, visible
from psanalysis.datapackage.rawtable import TEXT
from psanalysis.datapackage.schema import Field

NUMBER = r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?"
WHOLE = r"-?(0|[1-9][0-9]{0,14})"
TYPE_PATTERNS = {
    "integer": (WHOLE, "must be a whole number", "write at most 15 digits and nothing else"),
    "number": (
        NUMBER,
        "must be a plain number",
        "write digits (at most 15) and at most one point, no symbol, blank or thousands comma",
    ),
    # dates of other years are outside the range of pandas
    "year": (
        r"(1[0-9]|2[01])[0-9]{2}",
        "must be a year of four digits",
        "write it like 2025, from 1000 to 2199",
    ),
    "date": (
        r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
        "must be a date",
        "write it like 2022-02-23",
    ),
}
BOUNDS: dict[str, tuple[Callable[[arrow.Array, float], arrow.Array], str]] = {
    "minimum": (pc.greater_equal, "must be at least {}"),
    "maximum": (pc.less_equal, "must be at most {}"),
    "exclusiveMinimum": (pc.greater, "must be more than {}"),
}


@dataclass(frozen=True)
class CellRule:
    """A rule for cells: `holds` returns for each cell true or false, or null where the rule does
    not apply.
    """

    holds: Callable[[arrow.Array], arrow.Array]
    rule: str
    remedy: str = ""

    def broken(self, cells: arrow.Array) -> arrow.Array:
        """True for each cell that breaks it."""
        return pc.invert(self.holds(cells)).fill_null(False)


def _tidy(cells: arrow.Array) -> arrow.Array:
    return pc.and_not(
        pc.equal(cells, pc.utf8_trim_whitespace(cells)), pc.match_substring(cells, "\n")
    )


TEXT_RULES = (
    CellRule(_tidy, "must have no blanks around it and no line break", "remove them"),
    CellRule(visible, RULE, "type it again"),
)


def own_rules(field: Field) -> list[CellRule]:
    """The rules of a field besides those of all cells."""
    constraints, rules = field.constraints, []
    if field.required:
        rules.append(CellRule(pc.is_valid, "must not be empty", "fill it in"))
    if field.type in TYPE_PATTERNS:
        pattern, rule, remedy = TYPE_PATTERNS[field.type]
        rules.append(CellRule(partial(_matches, pattern=pattern), rule, remedy))
    if field.type == "date":
        rules.append(
            CellRule(_is_date, "must be a day of the calendar", "write it like 2022-02-23")
        )
    if "enum" in constraints:
        valid = list(constraints["enum"])
        rules.append(
            CellRule(
                partial(_one_of, valid=valid),
                "is not a valid code",
                f"choose one of {', '.join(valid)}",
            )
        )
    if "pattern" in constraints:
        rules.append(
            CellRule(
                partial(_matches, pattern=constraints["pattern"]),
                f"must match {constraints['pattern']}",
                "write it in this form",
            )
        )
    for name, (holds, rule) in BOUNDS.items():
        if name in constraints:
            limit = float(constraints[name])
            rules.append(
                CellRule(
                    partial(_within, holds=holds, limit=limit),
                    rule.format(f"{limit:g}"),
                    "check the number",
                )
            )
    return rules


def _matches(cells: arrow.Array, pattern: str) -> arrow.Array:
    return pc.match_substring_regex(cells, f"^(?:{pattern})$")


def _one_of(cells: arrow.Array, valid: list[str]) -> arrow.Array:
    return pc.or_(pc.is_null(cells), pc.is_in(cells, arrow.array(valid, TEXT)))


def _within(
    cells: arrow.Array, holds: Callable[[arrow.Array, float], arrow.Array], limit: float
) -> arrow.Array:
    numbers = pc.if_else(pc.match_substring_regex(cells, f"^{NUMBER}$"), cells, None).cast(
        arrow.float64()
    )
    return holds(numbers, limit)


def _is_date(cells: arrow.Array) -> arrow.Array:
    shaped = pc.match_substring_regex(cells, f"^{TYPE_PATTERNS['date'][0]}$")
    days = [None if cell is None else _is_day(cell) for cell in cells.to_pylist()]
    # null, as for a missing cell, where it has not the form of a date
    return pc.if_else(shaped, arrow.array(days, arrow.bool_()), None)


def _is_day(cell: str) -> bool:
    # Python has no year 0; it has the days of the year 2000
    year, rest = cell[:4], cell[4:]
    try:
        date.fromisoformat((year if int(year) else "2000") + rest)
    except ValueError:
        return False
    return True
