"""Rules over rows that a schema cannot say, of all tables but statements.csv alone: cells and rows
that go together.
"""

from __future__ import annotations

import pandas as pd

from psanalysis.comparators import RANGE
from psanalysis.datapackage.row_checks import (
    RowRule,
    after,
    lacks,
    of_another,
    other_than_stated,
    outside_source,
    span_length,
    together,
    unknown_statement,
    unlike_dimension,
    unlike_named,
    unlike_publication,
)
from psanalysis.wording import LANGUAGES

FILE_NAME, FILE_NAME_CHARS = r"[^./\\~][^/\\]*", 200
ANCHORED = {
    "statements": "value_as_written",
    "services": "service_as_written",
    "projects": "project_as_written",
}

TABLE_RULES = (
    *(
        RowRule(
            table,
            f"name_{lang}",
            f"is the name of another of the {table}, from which no reader could tell it",
            remedy,
            of_another(table, f"name_{lang}"),
        )
        for table, remedy in (
            ("areas", "name the city or province that it lies in as well"),
            ("indicators", "say in the name how they differ"),
            ("domains", "say in the name how they differ"),
        )
        for lang in LANGUAGES
    ),
    RowRule(
        "plans",
        "period_end",
        "must not be before period_start",
        "check both years",
        after("plans", "period_start", "period_end"),
    ),
    RowRule(
        "plans",
        "horizon_year",
        "must not be before baseline_year",
        "check both years",
        after("plans", "baseline_year", "horizon_year"),
    ),
    RowRule(
        "plans",
        "source_file",
        "source_file, source_sha256 and source_chars go together",
        "fill in all three or none",
        together("plans", "source_file", "source_sha256", "source_chars"),
    ),
    RowRule(
        "plans",
        "source_file",
        "must be the name of a file, without a folder",
        "write the name alone; verify is told the folder",
        lambda t: (
            t["plans"]["source_file"].notna()
            & ~(
                t["plans"]["source_file"].str.fullmatch(FILE_NAME).eq(True)
                & (t["plans"]["source_file"].str.len() <= FILE_NAME_CHARS)
            )
        ),
    ),
    RowRule(
        "plans",
        "coverage_note_zh",
        "a plan that is not covered in full says what was read, in both languages",
        "fill in both notes",
        lambda t: (
            (t["plans"]["coverage"] != "full")
            & lacks(t["plans"], "coverage_note_zh", "coverage_note_en")
        ),
    ),
    RowRule(
        "indicators",
        "upper_limit",
        "must not be below lower_limit",
        "check both limits",
        after("indicators", "lower_limit", "upper_limit"),
    ),
    RowRule(
        "actuals",
        "value_high",
        "value_high belongs to comparator between, and to it alone",
        "check the comparator",
        lambda t: t["actuals"]["value_high"].notna() != (t["actuals"]["comparator"] == RANGE),
    ),
    RowRule(
        "actuals",
        "value_high",
        "must not be below value",
        "check both ends",
        after("actuals", "value", "value_high"),
    ),
    RowRule(
        "actuals",
        "value",
        "is not the number of value_as_stated",
        "copy it again, in the unit as published",
        other_than_stated,
    ),
    *(
        RowRule(
            "actuals",
            column,
            "is not what value_as_stated says",
            "record what was published, in its unit",
            unlike_publication,
            needs=("units",),
            by_column=True,
        )
        for column in ("value_high", "unit_id", "comparator")
    ),
    RowRule(
        "units",
        "factor",
        "is not what the Chinese name says: its magnitude, times what the word behind it is worth",
        "correct the factor; a measure whose worth is not known by its name has a dimension of "
        "its own and factor 1",
        unlike_named,
        by_column=True,
    ),
    RowRule(
        "units",
        "dimension",
        "is another than that of the same word without a magnitude",
        "give both one dimension",
        unlike_named,
        by_column=True,
    ),
    RowRule(
        "actuals",
        "quality",
        "an original that was read or is named has publisher and title",
        "fill in both, or write second_hand",
        lambda t: (
            (t["actuals"]["quality"] != "second_hand") & lacks(t["actuals"], "publisher", "title")
        ),
    ),
    RowRule(
        "actuals",
        "note_zh",
        "a value at second hand says where it comes from, in both languages",
        "fill in note_zh and note_en",
        lambda t: (
            (t["actuals"]["quality"] == "second_hand") & lacks(t["actuals"], "note_zh", "note_en")
        ),
    ),
    RowRule(
        "actuals",
        "published_on",
        "must not be before the year of the value",
        "check both years",
        lambda t: (
            pd.to_numeric(t["actuals"]["published_on"].str[:4])
            < t["actuals"]["year"].astype("float64")
        ),
    ),
    RowRule(
        "projects",
        "status_source",
        "a status is known from a source, and only then",
        "name the source or write unknown",
        lambda t: t["projects"]["status_source"].isna() != (t["projects"]["status"] == "unknown"),
    ),
    RowRule(
        "findings",
        "statement_ids",
        "a doubt names the figures that it doubts",
        "name them or write note",
        lambda t: (t["findings"]["severity"] != "note") & t["findings"]["statement_ids"].isna(),
    ),
    RowRule(
        "findings",
        "statement_ids",
        "names a statement that is not in statements.csv",
        "check the codes",
        unknown_statement,
        needs=("statements",),
    ),
    *(
        RowRule(
            table,
            "unit_id",
            "is of another dimension than its indicator's unit",
            "check the unit, or make it another indicator",
            unlike_dimension(table),
            needs=("units", "indicators"),
        )
        for table in ("statements", "actuals")
    ),
    *(
        RowRule(
            table,
            "char_end",
            "lies outside the source text",
            "read the offsets again",
            outside_source(table),
            needs=("plans",),
        )
        for table in ANCHORED
    ),
    *(
        RowRule(
            table,
            "char_end",
            f"the span is not as long as {written}",
            "read the offsets again",
            span_length(table, written),
        )
        for table, written in ANCHORED.items()
    ),
)
