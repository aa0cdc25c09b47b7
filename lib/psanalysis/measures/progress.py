"""Progress of all targets of a plan over actual values."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from psanalysis.comparators import ITSELF, NUMERIC
from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.remembered import remembered
from psanalysis.datapackage.selection import Plans
from psanalysis.measures.actuals import latest_actuals
from psanalysis.measures.assess import Assessment, assess
from psanalysis.measures.gaps import gaps
from psanalysis.measures.marks import undefined
from psanalysis.measures.way import MEASURES
from psanalysis.wording import say


@remembered
def progress(
    ds: Dataset,
    actuals: str | Path | pd.DataFrame | None = None,
    as_of: int | None = None,
    plan: Plans = None,
) -> pd.DataFrame:
    """Progress of every target for which there is an actual value.

    Parameters
    ----------
    ds
        The data set.
    actuals
        Path of a CSV file, or a frame, with the columns of actuals.csv; by default the data set's
        own.
    as_of
        Last year of actual values to look at; by default the latest there is.
    plan
        A plan_id, an area (all its plans), or a list of these; all plans by default.

    Returns
    -------
    DataFrame
        The rows of `psanalysis.gaps`, with current, current_year, source_citation, and the fields
        of `Assessment`; `status` is the progress status, `gap_status` the ex-ante one with
        gap_reason_zh and gap_reason_en. A target without an actual value has status not_assessed,
        with time_share and expected_now at as_of; so has a total over the plan period, unless the
        current value meets it. Where the plan states no baseline of an indicator, a value from
        before the plan's base year is not held against its target.

        Types: Int64 baseline_year, target_year, char_start, char_end, current_year; bool
        headline, doubted, target_doubted; float64 baseline, target, target_low, target_high,
        gap, required_change, annual_step, required_step, relative_change, required_cagr,
        room_share, headroom, implied_value, current, share, time_share, pace_ratio, cagr_ratio,
        unsd_share, expected_now; str the others.

    Raises
    ------
    DataError
        If the file of actual values breaks the schema of actuals.csv.
    ParameterError
        If there is no such plan.

    Examples
    --------
    >>> import psanalysis as ps
    >>> rows = ps.progress(ps.load(), plan="china-14fyp").set_index("indicator_id")
    >>> row = rows.loc["childcare_places_per_1000"]
    >>> float(row["current"]), int(row["current_year"]), row["status"]
    (4.73, 2025, 'achieved')
    """
    frame = gaps(ds, plan).rename(
        columns={"status": "gap_status", "reason_zh": "gap_reason_zh", "reason_en": "gap_reason_en"}
    )
    frame = frame.drop(columns="undefined").merge(
        latest_actuals(ds, actuals, as_of), on=["area_id", "indicator_id"], how="left"
    )
    about = frame.assign(
        period_total=frame["statement_id"].map(ds.statements.set_index("statement_id")["flow_start"]).notna(),
        start=frame["baseline_year"].where(frame["baseline_statement_id"].notna(),
            frame["plan_id"].map(ds.plans.set_index("plan_id")["baseline_year"])),
        now=frame["current_year"] if as_of is None else frame["current_year"].fillna(as_of),
    )  # fmt: skip
    rows = [_assess_row(row) for row in about.to_dict("records")]
    for name in (*MEASURES, "status", "reason_zh", "reason_en"):
        values = [getattr(row, name) for row in rows]
        frame[name] = pd.Series(
            values, index=frame.index, dtype="float64" if name in MEASURES else "str"
        )
    frame["undefined"] = undefined(
        {
            name: pd.Series(
                [row.undefined.get(name) for row in rows], index=frame.index, dtype="str"
            )
            for name in MEASURES
        }
    )
    return frame


def _assess_row(row: dict[str, Any]) -> Assessment:
    """A total over the plan period starts from nothing, not from the total of the period before: it
    has no baseline to measure from.
    """
    known = row["gap_status"] != "not_comparable" and not row["period_total"]
    assessed = assess(
        baseline=row["baseline"] if known else None,
        current=row["current"],
        target=row["target"],
        baseline_year=row["start"],
        current_year=row["now"],
        target_year=row["target_year"],
        direction=row["direction"],
        comparator=row["comparator"] if row["comparator"] in NUMERIC else ITSELF,
        nature=None if pd.isna(row["nature"]) else row["nature"],
    )
    if known or "no_baseline" not in assessed.undefined.values():
        return assessed
    obstacle = "period_total" if row["period_total"] else "not_comparable"
    codes = {
        name: obstacle if code == "no_baseline" else code
        for name, code in assessed.undefined.items()
    }
    if assessed.status != "not_assessed" or pd.isna(row["current"]):
        return replace(assessed, undefined=codes)
    key = f"progress_reason.{obstacle}"
    return replace(assessed, undefined=codes, reason_zh=say(key, "zh"), reason_en=say(key, "en"))
