"""Validates cells, keys and references against the schema: distinct values are tested first, and
only cells that fail are explained one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
import pyarrow as arrow
import pyarrow.compute as pc

from psanalysis.datapackage.invisible import RULE, visible
from psanalysis.datapackage.rawtable import TEXT, RawTable, arrow_cells
from psanalysis.datapackage.schema import Field
from psanalysis.errors import Fault

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


def validate_cells(table: RawTable) -> list[Fault]:
    """Check every cell against its field's type and constraints, and the keys: one fault per
    offending cell, for the first rule that it breaks.
    """
    keys = [
        table.resource.primary_key,
        *((field.name,) for field in table.resource.fields if field.constraints.get("unique")),
    ]
    faults = [fault for key in dict.fromkeys(keys) for fault in _repeated(table, key)]
    unsound = [
        field
        for field in table.resource.fields
        if not _sound(table.distinct[field.name], _rules(field))
    ]
    return faults + (_explained(table, unsound) if unsound else [])


def validate_references(table: RawTable, complete: Mapping[str, RawTable]) -> list[Fault]:
    """Check every foreign key against the table that it points to; empty cells are no references.

    `complete` has the tables that were read in full: references to others cannot be checked.
    """
    faults = []
    for key in table.resource.foreign_keys:
        (column,), (target,) = key.fields, key.reference
        other = complete.get(key.resource or table.resource.name)
        if other is None:
            continue
        named = table.distinct[column].drop_null()
        unknown = named.filter(pc.invert(pc.is_in(named, other.distinct[target])))
        if len(unknown):
            rule, remedy = (
                f"is no {target} of {other.resource.path}",
                "use a code that is there or add it there",
            )
            faults += [
                table.fault(row, column, rule, remedy)
                for row in _rows(pc.is_in(table.cells.column(column), unknown))
            ]
    return faults


def _rows(chosen: arrow.Array) -> list[int]:
    return pc.indices_nonzero(chosen).to_pylist()  # type: ignore[no-any-return]


def _repeated(table: RawTable, key: tuple[str, ...]) -> list[Fault]:
    """Rows whose key is on an earlier line already; empty cells are not equal to each other."""
    if not key or _all_unlike(table, key):
        return []
    columns = list(key)
    later = table.frame.duplicated(columns) & table.frame[columns].notna().any(axis=1)
    line = pd.Series(table.line)
    first = line.groupby([table.frame[column] for column in columns], dropna=False).transform("min")
    faults = []
    for row in table.frame.index[later]:
        cells = ", ".join(table.frame.loc[row, columns].fillna(""))
        faults.append(
            Fault(
                table.file,
                int(line[row]),
                "+".join(columns),
                cells,
                f"repeats the key of line {first[row]}",
                "keys must be unique",
            )
        )
    return faults


def _all_unlike(table: RawTable, key: tuple[str, ...]) -> bool:
    if len(key) == 1:
        (column,) = key
        return (
            len(table.distinct[column].drop_null())
            == len(table.line) - table.cells.column(column).null_count
        )
    codes = np.zeros(len(table.line), dtype=np.int64)
    for column in key:
        encoded = table.cells.column(column).dictionary_encode()
        codes = codes * (len(encoded.dictionary) + 1) + encoded.indices.fill_null(-1).to_numpy() + 1
    return len(pd.unique(codes)) == len(codes)


def _sound(distinct: arrow.Array, rules: Sequence[CellRule]) -> bool:
    return not any(pc.any(rule.broken(distinct)).as_py() for rule in rules)


def _explained(table: RawTable, fields: Sequence[Field]) -> list[Fault]:
    """The cells that break a rule, each with the first one that it breaks."""
    faults = []
    for field in fields:
        cells = arrow_cells(table.frame[field.name])
        explained = np.zeros(len(table.frame), dtype=bool)
        for rule in _rules(field):
            broken = rule.broken(cells).to_numpy(zero_copy_only=False).astype(bool) & ~explained
            explained |= broken
            faults += [
                table.fault(row, field.name, rule.rule, rule.remedy)
                for row in table.frame.index[broken]
            ]
    if not faults:
        names = ", ".join(field.name for field in fields)
        raise AssertionError(
            f"{table.file}: {names} are not sound, and no cell of theirs breaks a rule"
        )
    return faults


def _rules(field: Field) -> list[CellRule]:
    constraints = field.constraints
    rules = [
        CellRule(_tidy, "must have no blanks around it and no line break", "remove them"),
        CellRule(visible, RULE, "type it again"),
    ]
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


def _tidy(cells: arrow.Array) -> arrow.Array:
    return pc.and_not(
        pc.equal(cells, pc.utf8_trim_whitespace(cells)), pc.match_substring(cells, "\n")
    )


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
    days = pd.to_datetime(
        pc.if_else(shaped, cells, None).to_pandas(), format="%Y-%m-%d", errors="coerce"
    )
    return pc.or_(pc.invert(shaped), arrow.array(days.notna()))
