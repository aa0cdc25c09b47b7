"""Progress of all targets of a plan over actual values."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.measures.actuals import latest_actuals
from psanalysis.measures.assess import Assessment, assess
from psanalysis.measures.gaps import gaps
from psanalysis.wording import say


def progress(
    ds: Dataset, actuals: str | Path | pd.DataFrame | None = None, as_of: int | None = None, plan: str | None = None
) -> pd.DataFrame:
    """Progress of every target for which there is an actual value.

    Parameters
    ----------
    ds
        The data set.
    actuals
        Path of a CSV file, or a frame, with the columns of actuals.csv; by default the data set's own.
    as_of
        Last year of actual values to look at; by default the latest there is.
    plan
        plan_id; all plans by default.

    Returns
    -------
    DataFrame
        The rows of `psanalysis.gaps`, with current, current_year, source_citation, and the fields of `Assessment`; `status` is the
        progress status, `gap_status` the ex-ante one. A target without an actual value has status not_assessed; so has a total over the
        plan period, unless the current value meets it.

    Raises
    ------
    DataError
        If the file of actual values breaks the schema of actuals.csv.
    """
    frame = gaps(ds, plan).rename(columns={"status": "gap_status", "reason_zh": "gap_reason_zh", "reason_en": "gap_reason_en"})
    frame = frame.drop(columns="undefined").merge(latest_actuals(ds, actuals, as_of), on=["area_id", "indicator_id"], how="left")
    total = frame["statement_id"].map(ds.statements.set_index("statement_id")["flow_start"]).notna()
    rows = [_assess_row(row, period_total) for row, period_total in zip(frame.to_dict("records"), total, strict=True)]
    fields = ["share", "time_share", "pace_ratio", "cagr_ratio", "unsd_share", "expected_now", "status", "reason_zh", "reason_en"]
    for name in fields:
        values = [getattr(row, name) for row in rows]
        frame[name] = pd.Series(values, index=frame.index, dtype="str" if name in fields[-3:] else "float64")
    frame["undefined"] = pd.Series([" ".join(f"{k}={v}" for k, v in row.undefined.items()) for row in rows], index=frame.index, dtype="str")
    return frame


def _assess_row(row: dict[str, object], period_total: bool) -> Assessment:
    """A total over the plan period starts from nothing, not from the total of the period before: it has no baseline to measure from."""
    known = row["gap_status"] != "not_comparable" and not period_total
    nature = row["nature"]
    assessed = assess(
        baseline=row["baseline"] if known else None,  # type: ignore[arg-type]
        current=row["current"],  # type: ignore[arg-type]
        target=row["target"],  # type: ignore[arg-type]
        baseline_year=row["baseline_year"],  # type: ignore[arg-type]
        current_year=row["current_year"],  # type: ignore[arg-type]
        target_year=row["target_year"],  # type: ignore[arg-type]
        direction=str(row["direction"]),
        comparator="eq" if row["comparator"] == "none" else str(row["comparator"]),
        nature=None if pd.isna(nature) else str(nature),
    )
    if not period_total or "no_baseline" not in assessed.undefined.values() or pd.isna(row["current"]):
        return assessed
    undefined = {name: "period_total" if code == "no_baseline" else code for name, code in assessed.undefined.items()}
    if assessed.status != "not_assessed":
        return replace(assessed, undefined=undefined)
    key = "progress_reason.period_total"
    return replace(assessed, undefined=undefined, reason_zh=say(key, "zh"), reason_en=say(key, "en"))
