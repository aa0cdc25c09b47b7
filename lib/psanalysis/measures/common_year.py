"""Targets of unlike horizons at the common year of those that may be compared."""

from __future__ import annotations

import pandas as pd

from psanalysis.measures.marks import first_reason, joined, united


def at_common_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Values at the horizon of the core (`core_year`): a row's own `value`, or on the straight line
    from `baseline` to it; missing beyond that line. Adds `common_year`, `common_value`,
    `why_common_value` and `interpolated`; `marks` are those of the line too.
    """
    common, start, end = (
        rows[name].astype("float64") for name in ("core_year", "baseline_year", "year")
    )
    later = end > common
    why = first_reason(
        rows.index,
        ("no_target_value", rows["value"].isna()),
        ("no_common_year", common.isna()),
        ("year_unknown", end.isna()),
        ("before_common_year", end < common),
        ("period_total", later & rows["period"].notna()),
        ("no_baseline", later & rows["baseline"].isna()),
        ("not_comparable", later & rows["obstacle"].notna()),
        ("year_unknown", later & start.isna()),
        ("after_common_year", later & (start >= common)),
    )
    line = rows["baseline"] + (rows["value"] - rows["baseline"]) * (common - start) / (end - start)
    rows = rows.assign(
        common_year=rows["core_year"],
        common_value=rows["value"].mask(later, line).where(why.isna()),
        why_common_value=why,
    )
    rows["interpolated"] = later & why.isna()
    line = {
        "implied_year": rows["baseline_year_basis"] == "implied",
        "inferred_unit": rows["baseline_unit_inferred"].eq(True),
        "interpolated": rows["interpolated"],
        "doubted": rows["baseline_doubted"],
    }
    of_line = joined({mark: flag & rows["interpolated"] for mark, flag in line.items()})
    return rows.assign(marks=united(rows["marks"], of_line))
