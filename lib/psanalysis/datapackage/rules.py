"""Rules of the data that a table schema cannot say: how cells of a row, and rows of two tables, go together."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pandas as pd

from psanalysis.comparators import NUMERIC, RANGES
from psanalysis.datapackage.printed import unlike_print
from psanalysis.datapackage.row_checks import (
    Check,
    Tables,
    after,
    id_of_other_plan,
    not_a_target,
    other_than_stated,
    outside_source,
    span_length,
    together,
    unknown_statement,
    unlike_dimension,
    unlike_named,
    unlike_printed,
    unlike_publication,
)
from psanalysis.datapackage.unit_source import not_shown

FILE_NAME = r"[^./\\~][^/\\]{0,199}"
ANCHORED = {
    "statements": "value_as_written",
    "services": "service_as_written",
    "projects": "project_as_written",
}


@dataclass(frozen=True)
class RowRule:
    """A rule over the rows of one table: `breaks` gives True for each row that breaks it, `needs` names the tables that it looks up."""

    table: str
    column: str
    rule: str
    remedy: str
    breaks: Check
    needs: tuple[str, ...] = ()


ROW_RULES = (
    RowRule("plans", "period_end", "must not be before period_start", "check both years", after("plans", "period_start", "period_end")),
    RowRule("plans", "horizon_year", "must not be before baseline_year", "check both years", after("plans", "baseline_year", "horizon_year")),
    RowRule(
        "plans", "source_file", "source_file, source_sha256 and source_chars go together", "fill in all three or none",
        together("plans", "source_file", "source_sha256", "source_chars"),
    ),
    RowRule(
        "plans", "source_file", "must be the name of a file, without a folder", "write the name alone; verify is told the folder",
        lambda t: t["plans"]["source_file"].notna() & ~t["plans"]["source_file"].str.fullmatch(FILE_NAME).eq(True),
    ),
    RowRule(
        "plans", "coverage_note_zh", "a plan that is not covered in full says what was read, in both languages", "fill in both notes",
        lambda t: (t["plans"]["coverage"] != "full") & t["plans"][["coverage_note_zh", "coverage_note_en"]].isna().any(axis=1),
    ),
    RowRule("indicators", "upper_limit", "must not be below lower_limit", "check both limits", after("indicators", "lower_limit", "upper_limit")),
    RowRule("statements", "statement_id", "must be the plan_id and a number", "write it like mianyang-14fyp-001", id_of_other_plan),
    RowRule("statements", "year_basis", "year and year_basis go together", "fill in both or none", together("statements", "year", "year_basis")),
    RowRule(
        "statements", "comparator", "a value has a comparator, and no value has comparator none", "fill in the value or write none",
        lambda t: t["statements"]["value"].notna() != t["statements"]["comparator"].isin(NUMERIC),
    ),
    RowRule(
        "statements", "value_high", "value_high belongs to comparator between, and to it alone", "check the comparator",
        lambda t: t["statements"]["value_high"].notna() != t["statements"]["comparator"].isin(RANGES),
    ),
    RowRule("statements", "value_high", "must not be below value", "check both ends", after("statements", "value", "value_high")),
    RowRule(
        "statements", "pledge", "a pledge has no value", "keep the number and drop the pledge, or the other way round",
        lambda t: t["statements"]["pledge"].notna() & t["statements"]["value"].notna(),
    ),
    RowRule("statements", "commitment", "targets have a commitment, other roles have none", "write firm or strive for a target", not_a_target),
    RowRule("statements", "flow_end", "flow_start and flow_end go together", "fill in both or none", together("statements", "flow_start", "flow_end")),
    RowRule("statements", "flow_end", "must not be before flow_start", "check both years", after("statements", "flow_start", "flow_end")),
    RowRule("statements", "char_end", "char_start and char_end go together", "fill in both or none", together("statements", "char_start", "char_end")),
    RowRule(
        "actuals", "value_high", "value_high belongs to comparator between, and to it alone", "check the comparator",
        lambda t: t["actuals"]["value_high"].notna() != (t["actuals"]["comparator"] == "between"),
    ),
    RowRule("actuals", "value_high", "must not be below value", "check both ends", after("actuals", "value", "value_high")),
    RowRule("actuals", "value", "is not the number of value_as_stated", "copy it again, in the unit as published", other_than_stated),
    *(
        RowRule("actuals", column, "is not what value_as_stated says", "record what was published, in its unit", unlike_publication(column),
                needs=("units",))
        for column in ("value_high", "unit_id", "comparator")
    ),
    RowRule(
        "units", "factor", "is not what the Chinese name says: its magnitude, times what the word behind it is worth",
        "correct the factor; a measure whose worth is not known by its name has a dimension of its own and factor 1", unlike_named("factor"),
    ),
    RowRule("units", "dimension", "is another than that of the same word without a magnitude", "give both one dimension", unlike_named("dimension")),
    RowRule(
        "actuals", "quality", "an original that was read or is named has publisher and title", "fill in both, or write second_hand",
        lambda t: (t["actuals"]["quality"] != "second_hand") & t["actuals"][["publisher", "title"]].isna().any(axis=1),
    ),
    RowRule(
        "actuals", "note_zh", "a value at second hand says where it comes from, in both languages", "fill in note_zh and note_en",
        lambda t: (t["actuals"]["quality"] == "second_hand") & t["actuals"][["note_zh", "note_en"]].isna().any(axis=1),
    ),
    RowRule(
        "actuals", "published_on", "must not be before the year of the value", "check both years",
        lambda t: pd.to_numeric(t["actuals"]["published_on"].str[:4]) < t["actuals"]["year"].astype("float64"),
    ),
    RowRule(
        "projects", "status_source", "a status is known from a source, and only then", "name the source or write unknown",
        lambda t: t["projects"]["status_source"].isna() != (t["projects"]["status"] == "unknown"),
    ),
    RowRule(
        "findings", "statement_ids", "a doubt names the figures that it doubts", "name them or write note",
        lambda t: (t["findings"]["severity"] != "note") & t["findings"]["statement_ids"].isna(),
    ),
    RowRule(
        "findings", "statement_ids", "names a statement that is not in statements.csv", "check the codes",
        unknown_statement, needs=("statements",),
    ),
    *(
        RowRule(table, "unit_id", "is of another dimension than its indicator's unit", "check the unit, or make it another indicator",
                unlike_dimension(table), needs=("units", "indicators"))
        for table in ("statements", "actuals")
    ),
    *(
        RowRule(table, "char_end", "lies outside the source text", "read the offsets again", outside_source(table), needs=("plans",))
        for table in ANCHORED
    ),
    *(
        RowRule(table, "char_end", f"the span is not as long as {written}", "read the offsets again", span_length(table, written))
        for table, written in ANCHORED.items()
    ),
)  # fmt: skip


# asked all at once in broken_rules, because each of them would read every figure again
PRINTED = {
    column: RowRule(
        "statements", column, "is not what value_as_written prints",
        "record what is printed, or say in both notes why it is recorded otherwise, naming what is recorded",
        unlike_printed(column), needs=("units",),
    )
    for column in ("value", "value_high", "unit_id", "comparator", "year")
}  # fmt: skip

# asked of rows that are sound otherwise: a slip in value or unit would be told twice
OF_UNIT_SOURCE = (
    RowRule(
        "statements", "unit_source", "a row without a value has no unit_source", "leave it empty",
        lambda t: t["statements"]["unit_source"].notna() & t["statements"]["value"].isna(),
    ),
    RowRule(
        "statements", "unit_source", "the unit is not printed there", "write head or inferred, or correct the unit",
        lambda t: not_shown(t["statements"], t["units"]), needs=("units",),
    ),
)  # fmt: skip


def broken_rules(tables: Tables, whole: Collection[str]) -> Iterator[tuple[RowRule, pd.Index]]:
    """The rules that some rows break, each with the index of those rows.

    Parameters
    ----------
    tables
        Rows without faults of their own; rules of a table that is not among them are not asked.
    whole
        Names of the tables of which no row is missing: a rule that looks up another table is not asked.
    """
    faulty: set[object] = set()
    for rule in ROW_RULES:
        # a file that cannot be read has no rows, and no types either
        if len(tables.get(rule.table, ())) and all(name in whole for name in rule.needs):
            broken = rule.breaks(tables).fillna(False).astype(bool)
            if broken.any():
                rows = tables[rule.table].index[broken]
                faulty.update(rows if rule.table == "statements" else ())
                yield rule, rows
    if "statements" in tables and "units" in whole:
        sound = tables["statements"].drop(index=list(faulty))
        columns = unlike_print(sound, tables["units"])
        for column, rule in PRINTED.items():
            if (wrong := columns == column).any():
                yield rule, sound.index[wrong]
        as_printed = {**tables, "statements": sound[columns.isna()]}
        for rule in OF_UNIT_SOURCE:
            if (wrong := rule.breaks(as_printed)).any():
                yield rule, as_printed["statements"].index[wrong]
