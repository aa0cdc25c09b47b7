"""Cells, keys and references against the schema: pandera schemas derived from datapackage.json."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
import pandera.pandas as pa
import pyarrow as arrow
import pyarrow.compute as pc
from pandera.errors import SchemaError

from psanalysis.datapackage.reading import TEXT, RawTable, arrow_cells
from psanalysis.datapackage.schema import Field, Resource
from psanalysis.errors import Fault

NUMBER = r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?"
WHOLE = r"-?(0|[1-9][0-9]{0,14})"
TYPE_PATTERNS = {
    "integer": (WHOLE, "must be a whole number", "write at most 15 digits and nothing else"),
    "number": (NUMBER, "must be a plain number", "write digits (at most 15) and at most one point, no symbol, blank or thousands comma"),
    "year": (r"[0-9]{4}", "must be a year of four digits", "write it like 2025"),
    "date": (r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", "must be a date", "write it like 2022-02-23"),
}
BOUNDS: dict[str, tuple[Callable[[arrow.Array, float], arrow.Array], str]] = {
    "minimum": (pc.greater_equal, "must be at least {}"),
    "maximum": (pc.less_equal, "must be at most {}"),
    "exclusiveMinimum": (pc.greater, "must be more than {}"),
}


@dataclass(frozen=True)
class CellRule:
    """What a cell has to satisfy: `holds` gives true for each of some distinct cells that does."""

    holds: Callable[[arrow.Array], arrow.Array]
    rule: str
    remedy: str = ""


def validate_cells(table: RawTable) -> list[Fault]:
    """Every cell against its field's type and constraints, and the keys: one fault per offending cell, the first rule that it breaks."""
    if table.frame.empty:
        return []
    faults = _repeated(table, table.resource.primary_key)
    for field in table.resource.fields:
        if field.constraints.get("unique") and (field.name,) != table.resource.primary_key:
            faults += _repeated(table, (field.name,))
    try:
        _schema(table.resource).validate(table.frame, inplace=True)
    except SchemaError:
        faults += [fault for field in table.resource.fields for fault in _explained(table, field)]
    return faults


def validate_references(table: RawTable, complete: Mapping[str, RawTable]) -> list[Fault]:
    """Every foreign key against the table that it points to; empty cells refer to nothing.

    `complete` holds the tables that could be read in full: a reference to another one cannot be judged.
    """
    faults = []
    for key in table.resource.foreign_keys:
        (column,), (target,) = key.fields, key.reference
        other = complete.get(key.resource or table.resource.name)
        if other is None:
            continue
        values = table.frame[column]
        known = pc.is_in(arrow_cells(values), arrow_cells(other.frame[target]).unique())
        unknown = (values != "") & ~known.to_numpy(zero_copy_only=False)
        for index in values.index[unknown]:
            rule = f"is no {target} of {other.resource.path}"
            faults.append(
                Fault(table.file, int(table.line[index]), column, values[index], rule, "use a code that is there or add it there")
            )
    return faults


def _repeated(table: RawTable, key: tuple[str, ...]) -> list[Fault]:
    """Rows whose key stands on an earlier line already; cells that state nothing do not repeat each other."""
    if not key:
        return []
    columns = list(key)
    stated = (table.frame[columns] != "").any(axis=1)
    later = table.frame.duplicated(columns) & stated
    if not later.any():
        return []
    first = table.line.groupby([table.frame[column] for column in columns]).transform("min")
    return [
        Fault(table.file, int(table.line[index]), "+".join(columns), ", ".join(table.frame.loc[index, columns]),
              f"repeats the key of line {int(first[index])}", "keys must be unique")
        for index in table.frame.index[later]
    ]  # fmt: skip


def _explained(table: RawTable, field: Field) -> list[Fault]:
    """The cells of a column that break a rule, each with the first one that it breaks."""
    cells = table.frame[field.name]
    broken: dict[str, CellRule] = {}
    for rule in reversed(_rules(field)):
        distinct = arrow_cells(cells).unique()
        broken |= dict.fromkeys(distinct.filter(pc.invert(rule.holds(distinct))).to_pylist(), rule)
    return [
        Fault(table.file, int(line), field.name, cell, broken[cell].rule, broken[cell].remedy)
        for cell, line in zip(cells, table.line, strict=True)
        if cell in broken
    ]


def _schema(resource: Resource) -> pa.DataFrameSchema:
    """One check of all columns, over their distinct cells: a check for each rule would take longer than reading the data."""
    rules = {field.name: _rules(field) for field in resource.fields}
    return pa.DataFrameSchema(checks=pa.Check(partial(_sound_rows, rules=rules)))


def _sound_rows(frame: pd.DataFrame, rules: dict[str, list[CellRule]]) -> pd.Series:
    sound = np.ones(len(frame), dtype=bool)
    for column, asked in rules.items():
        encoded = arrow_cells(frame[column]).dictionary_encode()
        holds = np.logical_and.reduce([rule.holds(encoded.dictionary).to_numpy(zero_copy_only=False) for rule in asked])
        sound &= holds[encoded.indices.to_numpy()]
    return pd.Series(sound, index=frame.index)


def _rules(field: Field) -> list[CellRule]:
    constraints = field.constraints
    rules = [CellRule(_tidy, "must have no blanks around it and no line break", "remove them")]
    if field.required:
        rules.append(CellRule(lambda cells: pc.not_equal(cells, ""), "must not be empty", "fill it in"))
    if field.type in TYPE_PATTERNS:
        pattern, rule, remedy = TYPE_PATTERNS[field.type]
        rules.append(CellRule(partial(_matches, pattern=pattern), rule, remedy))
    if field.type == "date":
        rules.append(CellRule(_is_date, "must be a day of the calendar", "write it like 2022-02-23"))
    if "enum" in constraints:
        valid = list(constraints["enum"])
        rules.append(CellRule(partial(_one_of, valid=valid), "is not a valid code", f"choose one of {', '.join(valid)}"))
    if "pattern" in constraints:
        rules.append(
            CellRule(partial(_matches, pattern=constraints["pattern"]), f"must match {constraints['pattern']}", "write it in this form")
        )
    for name, (holds, rule) in BOUNDS.items():
        if name in constraints:
            bound = float(constraints[name])
            rules.append(CellRule(partial(_within, holds=holds, bound=bound), rule.format(f"{bound:g}"), "check the number"))
    return rules


def _tidy(cells: arrow.Array) -> arrow.Array:
    return pc.and_not(pc.equal(cells, pc.utf8_trim_whitespace(cells)), pc.match_substring(cells, "\n"))


def _matches(cells: arrow.Array, pattern: str) -> arrow.Array:
    return pc.match_substring_regex(cells, f"^(?:{pattern})?$")


def _one_of(cells: arrow.Array, valid: list[str]) -> arrow.Array:
    return pc.is_in(cells, arrow.array(["", *valid], TEXT))


def _within(cells: arrow.Array, holds: Callable[[arrow.Array, float], arrow.Array], bound: float) -> arrow.Array:
    numbers = pc.if_else(pc.match_substring_regex(cells, f"^{NUMBER}$"), cells, None).cast(arrow.float64())
    return pc.fill_null(holds(numbers, bound), True)


def _is_date(cells: arrow.Array) -> arrow.Array:
    shaped = pc.match_substring_regex(cells, f"^{TYPE_PATTERNS['date'][0]}$")
    days = pd.to_datetime(pc.if_else(shaped, cells, None).to_pandas(), format="%Y-%m-%d", errors="coerce")
    return pc.or_(pc.invert(shaped), arrow.array(days.notna()))
