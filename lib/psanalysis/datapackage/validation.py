"""Validates cells, keys and references against the schema: distinct values are tested first, and
only cells that fail are explained one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pyarrow as arrow
import pyarrow.compute as pc

from psanalysis.datapackage.cell_rules import TEXT_RULES, CellRule, own_rules
from psanalysis.datapackage.rawtable import TEXT, RawTable, arrow_cells
from psanalysis.datapackage.schema import Field
from psanalysis.errors import Fault

# distinct cells of a column up to which a test costs more than what it tests
FEW = 10_000
NOTHING = arrow.array([], TEXT)


def validate_cells(table: RawTable) -> list[Fault]:
    """Check every cell against its field's type and constraints, and the keys: one fault per
    offending cell, for the first rule that it breaks.
    """
    keys = [
        table.resource.primary_key,
        *((field.name,) for field in table.resource.fields if field.constraints.get("unique")),
    ]
    faults = [fault for key in dict.fromkeys(keys) for fault in _repeated(table, key)]
    texts = () if _sound_text(table) else TEXT_RULES
    unsound = [
        field
        for field in table.resource.fields
        if not _sound(table.distinct[field.name], (*texts, *own_rules(field)))
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
    # where a rule does not apply, it is not broken
    return all(pc.all(rule.holds(distinct), min_count=0).as_py() for rule in rules)


def _sound_text(table: RawTable) -> bool:
    """Whether all cells are sound as text; those of columns with few different cells are tested
    together, because each test has a cost of its own.
    """
    columns = list(table.distinct.values())
    few = arrow.concat_arrays([NOTHING, *(cells for cells in columns if len(cells) <= FEW)])
    many = (cells for cells in columns if len(cells) > FEW)
    return all(_sound(cells, TEXT_RULES) for cells in (few, *many))


def _explained(table: RawTable, fields: Sequence[Field]) -> list[Fault]:
    """The cells that break a rule, each with the first one that it breaks."""
    faults = []
    for field in fields:
        cells = arrow_cells(table.frame[field.name])
        explained = np.zeros(len(table.frame), dtype=bool)
        for rule in (*TEXT_RULES, *own_rules(field)):
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
