"""The rows that break a rule which a schema cannot say: `statement_rules`, and `row_rules` of other
tables.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd

from psanalysis.datapackage.printed import unlike_print
from psanalysis.datapackage.row_checks import Check, RowRule, Tables
from psanalysis.datapackage.row_rules import TABLE_RULES
from psanalysis.datapackage.statement_rules import OF_UNIT_SOURCE, PRINTED, STATEMENT_RULES

ROW_RULES = (*STATEMENT_RULES, *TABLE_RULES)


def broken_rules(tables: Tables, whole: Collection[str]) -> Iterator[tuple[RowRule, pd.Index]]:
    """The rules that some rows break, each with the index of those rows.

    Parameters
    ----------
    tables
        Rows without faults of their own; rules of a table that is not among them are not asked.
    whole
        Names of the tables of which no row is missing: a rule that looks up another table is not
        asked.
    """
    faulty: set[object] = set()
    told: dict[Check, pd.Series] = {}
    for rule in ROW_RULES:
        # a file that cannot be read has no rows, and no types either
        if len(tables.get(rule.table, ())) and all(name in whole for name in rule.needs):
            broken = _broken(rule, tables, told)
            if broken.any():
                rows = tables[rule.table].index[broken]
                faulty.update(rows if rule.table == "statements" else ())
                yield rule, rows
    if "statements" in tables and "units" in whole:
        sound = tables["statements"]
        if faulty:
            sound = sound.drop(index=list(faulty))
        columns = unlike_print(sound, tables["units"])
        if columns.notna().any():
            for column, rule in PRINTED.items():
                if (wrong := columns == column).any():
                    yield rule, sound.index[wrong]
            sound = sound[columns.isna()]
        as_printed = {**tables, "statements": sound}
        for rule in OF_UNIT_SOURCE:
            if (wrong := rule.breaks(as_printed)).any():
                yield rule, as_printed["statements"].index[wrong]


def _broken(rule: RowRule, tables: Tables, told: dict[Check, pd.Series]) -> np.ndarray:
    """True for each row that breaks a rule; `told` keeps the wrong columns for the next rule that
    they belong to.
    """
    if not rule.by_column:
        breaks = rule.breaks(tables)
    else:
        if rule.breaks not in told:
            told[rule.breaks] = rule.breaks(tables)
        breaks = told[rule.breaks] == rule.column
    return breaks.to_numpy(dtype=bool, na_value=False)
