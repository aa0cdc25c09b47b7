"""Rules over the rows of statements.csv that a schema cannot express: cells that must agree with
each other and with the print.
"""

from __future__ import annotations

from psanalysis.comparators import NUMERIC, RANGES
from psanalysis.datapackage.row_checks import (
    RowRule,
    after,
    id_of_other_plan,
    not_a_target,
    together,
    unlike_printed,
)
from psanalysis.datapackage.unit_source import not_shown

STATEMENT_RULES = (
    RowRule(
        "statements",
        "statement_id",
        "must be the plan_id and a number",
        "write it like mianyang-14fyp-001",
        id_of_other_plan,
    ),
    RowRule(
        "statements",
        "year_basis",
        "year and year_basis go together",
        "fill in both or none",
        together("statements", "year", "year_basis"),
    ),
    RowRule(
        "statements",
        "comparator",
        "a value has a comparator, and no value has comparator none",
        "fill in the value or write none",
        lambda t: t["statements"]["value"].notna() != t["statements"]["comparator"].isin(NUMERIC),
    ),
    RowRule(
        "statements",
        "value_high",
        "value_high belongs to comparator between, and to it alone",
        "check the comparator",
        lambda t: (
            t["statements"]["value_high"].notna() != t["statements"]["comparator"].isin(RANGES)
        ),
    ),
    RowRule(
        "statements",
        "value_high",
        "must not be below value",
        "check both ends",
        after("statements", "value", "value_high"),
    ),
    RowRule(
        "statements",
        "pledge",
        "a pledge has no value",
        "keep the number and drop the pledge, or the other way round",
        lambda t: t["statements"]["pledge"].notna() & t["statements"]["value"].notna(),
    ),
    RowRule(
        "statements",
        "commitment",
        "targets have a commitment, other roles have none",
        "write firm or strive for a target",
        not_a_target,
    ),
    RowRule(
        "statements",
        "flow_end",
        "flow_start and flow_end go together",
        "fill in both or none",
        together("statements", "flow_start", "flow_end"),
    ),
    RowRule(
        "statements",
        "flow_end",
        "must not be before flow_start",
        "check both years",
        after("statements", "flow_start", "flow_end"),
    ),
    RowRule(
        "statements",
        "char_end",
        "char_start and char_end go together",
        "fill in both or none",
        together("statements", "char_start", "char_end"),
    ),
)

# asked after the others in broken_rules, of the rows that break none of those
PRINTED = {
    column: RowRule(
        "statements",
        column,
        "is not what value_as_written prints",
        "record what is printed, or say in both notes why it is recorded otherwise, naming what "
        "is recorded",
        unlike_printed,
        needs=("units",),
        by_column=True,
    )
    for column in ("value", "value_high", "unit_id", "comparator", "year")
}

# checked only on rows without other faults: an error in value or unit would be reported twice
OF_UNIT_SOURCE = (
    RowRule(
        "statements",
        "unit_source",
        "a row without a value has no unit_source",
        "leave it empty",
        lambda t: t["statements"]["unit_source"].notna() & t["statements"]["value"].isna(),
    ),
    RowRule(
        "statements",
        "unit_source",
        "the unit is not printed there",
        "write head or inferred, or correct the unit",
        lambda t: not_shown(t["statements"], t["units"]),
        needs=("units",),
    ),
)
