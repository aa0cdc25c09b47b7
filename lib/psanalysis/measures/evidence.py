"""What is known of how a target ended: published values of its place, and the baselines of later
plans, in one table.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.remembered import remembered
from psanalysis.measures.actuals import chosen_actuals, citation
from psanalysis.measures.magnitudes import doubted_values
from psanalysis.measures.pairing import in_indicator_unit
from psanalysis.measures.units import convert_column

COLUMNS = [
    "area_id", "indicator_id", "value_year", "value", "value_high", "value_comparator",
    "value_status", "value_quality",
    "value_statement_id", "value_plan_id", "value_period", "value_doubts", "value_grave",
    "source_citation", "value_note_zh", "value_note_en", "published_on", "order",
]  # fmt: skip


@remembered
def evidence(
    ds: Dataset, actuals: str | Path | pd.DataFrame | None, as_of: int | None
) -> pd.DataFrame:
    """Every dated value that can show how a target ended, in the unit of its indicator.

    Parameters
    ----------
    ds
        The data set.
    actuals
        A file or frame of actual values; by default the data set's own.
    as_of
        Last year to look at; None for all.

    Returns
    -------
    DataFrame
        area_id, indicator_id, value_year, value, value_high, value_comparator, value_status (final,
        preliminary, revised; empty for a baseline), value_quality, value_statement_id and
        value_plan_id (of a baseline), value_period (years that it accumulates over), value_doubts
        (codes of `psanalysis.measures.magnitudes`, empty without) and value_grave (they keep it
        from deciding), source_citation, value_note_zh and value_note_en (what the curator says of a
        published value), published_on, and order (of one year the least holds: actual values before
        baselines, the last published first).
    """
    table = pd.concat([_published(ds, actuals, as_of), _baselines(ds)], ignore_index=True)
    if as_of is not None:
        table = table[table["value_year"] <= as_of]
    return table[COLUMNS]


def _published(
    ds: Dataset, actuals: str | Path | pd.DataFrame | None, as_of: int | None
) -> pd.DataFrame:
    """Actual values as evidence, in the unit of the indicator: `area_id`, `indicator_id`, `value`,
    `value_year`, and the other columns that `_baselines` has too.
    """
    rows = chosen_actuals(ds, actuals, as_of)
    doubted = doubted_values(ds, rows)
    unit = rows["indicator_id"].map(ds.indicators.set_index("indicator_id")["unit_id"])
    rows = rows.sort_values("published_on", ascending=False, kind="stable", na_position="last")
    return pd.DataFrame(
        {
            "area_id": rows["area_id"],
            "indicator_id": rows["indicator_id"],
            "value_year": rows["year"],
            "value": convert_column(rows["value"], rows["unit_id"], unit[rows.index], ds.units),
            "value_high": convert_column(
                rows["value_high"], rows["unit_id"], unit[rows.index], ds.units
            ),
            "value_comparator": rows["comparator"],
            "value_status": rows["status"],
            "value_quality": rows["quality"],
            "value_statement_id": pd.Series(pd.NA, index=rows.index, dtype="str"),
            "value_plan_id": pd.Series(pd.NA, index=rows.index, dtype="str"),
            "value_period": pd.Series(float("nan"), index=rows.index),
            "value_doubts": doubted["doubts"].reindex(rows.index).fillna("").astype("str"),
            "value_grave": doubted["grave"].reindex(rows.index, fill_value=False).astype(bool),
            "source_citation": pd.Series(
                [citation(row) for row in rows.to_dict("records")], index=rows.index, dtype="str"
            ),
            "value_note_zh": rows["note_zh"],
            "value_note_en": rows["note_en"],
            "published_on": rows["published_on"],
            "order": range(len(rows)),
        }
    )


def _baselines(ds: Dataset) -> pd.DataFrame:
    """What each plan states of the past, as evidence for the targets of an earlier one: `area_id`,
    `indicator_id`, `value` in the indicator's unit, `value_year`, the other `value_` columns,
    `source_citation`, `published_on`, and `order` (the lowest first).
    """
    past = ds.statements[(ds.statements["role"] == "baseline") & ds.statements["value"].notna()]
    rows = in_indicator_unit(ds, past[past["year"].notna()])
    plans = ds.plans.set_index("plan_id")
    return pd.DataFrame(
        {
            "area_id": rows["area_id"],
            "indicator_id": rows["indicator_id"],
            "value_year": rows["year"],
            "value": rows["value"],
            "value_high": rows["value_high"],
            "value_comparator": rows["comparator"],
            "value_status": pd.Series(pd.NA, index=rows.index, dtype="str"),
            "value_quality": pd.Series(pd.NA, index=rows.index, dtype="str"),
            "value_statement_id": rows["statement_id"],
            "value_plan_id": rows["plan_id"],
            "value_period": (rows["flow_end"] - rows["flow_start"]).astype("float64"),
            "value_doubts": pd.Series("", index=rows.index, dtype="str"),
            "value_grave": pd.Series(False, index=rows.index),
            "source_citation": rows["plan_id"].map(plans["citation"]).astype("str"),
            "value_note_zh": pd.Series(pd.NA, index=rows.index, dtype="str"),
            "value_note_en": pd.Series(pd.NA, index=rows.index, dtype="str"),
            "published_on": pd.Series(pd.NA, index=rows.index, dtype="str"),
            "order": rows["nature"].isna().astype("int64") + 1_000_000,
        }
    )
