"""Cells, keys and references against the schema: pandera schemas derived from datapackage.json."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from psanalysis.errors import Fault
from psanalysis.datapackage.reading import RawTable
from psanalysis.datapackage.schema import Field, Resource

NUMBER = r"-?(0|[1-9][0-9]*)(\.[0-9]+)?"
TYPE_PATTERNS = {
    "integer": (r"-?(0|[1-9][0-9]*)", "must be a whole number", "write digits only"),
    "number": (NUMBER, "must be a plain number", "write digits and at most one point, no symbol, blank or thousands comma"),
    "year": (r"[0-9]{4}", "must be a year of four digits", "write it like 2025"),
    "date": (r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", "must be a date", "write it like 2022-02-23"),
}
BOUNDS: dict[str, tuple[Callable[[pd.Series, float], pd.Series], str]] = {
    "minimum": (lambda s, bound: s >= bound, "must be at least {}"),
    "maximum": (lambda s, bound: s <= bound, "must be at most {}"),
    "exclusiveMinimum": (lambda s, bound: s > bound, "must be more than {}"),
}


def validate_cells(table: RawTable) -> list[Fault]:
    """Every cell against its field's type and constraints, and the primary key: one fault per offending cell."""
    try:
        _schema(table.resource).validate(table.frame, lazy=True)
    except SchemaErrors as errors:
        cases = list(errors.failure_cases.itertuples())
    else:
        cases = []
    faults = _key_faults(table)
    for case in cases:
        rule, _, remedy = str(case.check).partition(" -> ")
        column = "" if case.schema_context == "DataFrameSchema" else str(case.column)
        value = "" if column == "" else str(case.failure_case)
        faults.append(Fault(table.file, int(table.line.iloc[int(case.index)]), column, value, rule, remedy))
    return faults


def validate_references(table: RawTable, tables: Mapping[str, RawTable]) -> list[Fault]:
    """Every foreign key against the table that it points to; empty cells refer to nothing."""
    faults = []
    for key in table.resource.foreign_keys:
        if len(key.fields) != 1:
            raise NotImplementedError("foreign keys of one column only")
        column, (target,) = key.fields[0], key.reference
        other = tables[key.resource] if key.resource else table
        values = table.frame[column]
        unknown = (values != "") & ~values.isin(other.frame[target])
        for index in values.index[unknown]:
            rule = f"is not a {target} of {other.resource.path}"
            faults.append(Fault(table.file, int(table.line[index]), column, values[index], rule, "use a code that is there or add it there"))
    return faults


def _key_faults(table: RawTable) -> list[Fault]:
    key = list(table.resource.primary_key)
    if not key or table.frame.empty:
        return []
    duplicated = table.frame.duplicated(key, keep=False)
    if not duplicated.any():
        return []
    first_line = table.line[duplicated].groupby([table.frame.loc[duplicated, column] for column in key]).transform("min")
    faults = []
    for index in table.frame.index[duplicated & (first_line.reindex(table.line.index) != table.line)]:
        value = ", ".join(table.frame.loc[index, key])
        rule = f"repeats the key of line {int(first_line[index])}"
        faults.append(Fault(table.file, int(table.line[index]), "+".join(key), value, rule, "keys must be unique"))
    return faults


def _schema(resource: Resource) -> pa.DataFrameSchema:
    return pa.DataFrameSchema({field.name: pa.Column("str", checks=_checks(field), nullable=False) for field in resource.fields})


def _checks(field: Field) -> list[pa.Check]:
    constraints = field.constraints
    checks = [_check(_tidy, "must have no blanks around it and no line break -> remove them")]
    if field.required:
        checks.append(_check(lambda s: s != "", "must not be empty -> fill it in"))
    if field.type in TYPE_PATTERNS:
        pattern, rule, remedy = TYPE_PATTERNS[field.type]
        checks.append(_check(partial(_matches, pattern=pattern), f"{rule} -> {remedy}"))
    if field.type == "date":
        checks.append(_check(_is_date, "must be a day of the calendar -> write it like 2022-02-23"))
    if "enum" in constraints:
        valid = list(constraints["enum"])
        checks.append(_check(partial(_one_of, valid=valid), f"is not a valid code -> choose one of {', '.join(valid)}"))
    if "pattern" in constraints:
        checks.append(_check(partial(_matches, pattern=constraints["pattern"]), f"must match {constraints['pattern']}"))
    for name, (holds, rule) in BOUNDS.items():
        if name in constraints:
            bound = float(constraints[name])
            checks.append(_check(partial(_within, holds=holds, bound=bound), rule.format(f"{bound:g}")))
    return checks


def _check(holds: Callable[[pd.Series], pd.Series], rule: str) -> pa.Check:
    return pa.Check(holds, error=rule, name=rule, ignore_na=False)


def _tidy(s: pd.Series) -> pd.Series:
    return ~s.str.contains(r"^\s|\s$|[\r\n]", regex=True)


def _matches(s: pd.Series, pattern: str) -> pd.Series:
    return (s == "") | s.str.fullmatch(pattern)


def _one_of(s: pd.Series, valid: list[str]) -> pd.Series:
    return s.isin(["", *valid])


def _within(s: pd.Series, holds: Callable[[pd.Series, float], pd.Series], bound: float) -> pd.Series:
    numbers = pd.to_numeric(s.where(s.str.fullmatch(NUMBER)), errors="coerce")
    return numbers.isna() | holds(numbers, bound)


def _is_date(s: pd.Series) -> pd.Series:
    shaped = s.str.fullmatch(TYPE_PATTERNS["date"][0])
    return ~shaped | pd.to_datetime(s.where(shaped), format="%Y-%m-%d", errors="coerce").notna()
