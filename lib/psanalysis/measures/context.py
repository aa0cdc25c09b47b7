"""What is known of the province that a place lies in: context for the place's own values, never
evidence of them.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import above
from psanalysis.measures.evidence import evidence
from psanalysis.measures.verdicts import grows_with_size

COLUMNS = [
    "province_id",
    "province_value",
    "province_high",
    "province_comparator",
    "province_year",
    "province_citation",
]


def of_province(
    ds: Dataset,
    frame: pd.DataFrame,
    actuals: str | Path | pd.DataFrame | None = None,
    as_of: int | None = None,
) -> pd.DataFrame:
    """The last published value of the province of each row's place, up to the year of its target.

    Parameters
    ----------
    ds
        The data set.
    frame
        Rows of `psanalysis.outcomes`.
    actuals
        A file or frame of actual values; by default the data set's own.
    as_of
        Last year to look at; None for all.

    Returns
    -------
    DataFrame
        Same index: province_id, province_value, province_high, province_comparator, province_year,
        province_citation, in the row's unit; all missing where the place is no part of a province,
        the indicator grows with the size of a place, or nothing is published.

    Examples
    --------
    >>> import psanalysis as ps
    >>> ds = ps.load()
    >>> rows = ps.outcomes(ds, "yuyao", as_of=2025)
    >>> of_province(ds, rows, as_of=2025)["province_id"].dropna().unique().tolist()
    ['zhejiang']
    """
    known = evidence(ds, actuals, as_of)
    known = known[known["value_plan_id"].isna()].rename(
        columns={"area_id": "province_id", "value": "province_value", "value_high": "province_high",
                 "value_comparator": "province_comparator", "value_year": "province_year",
                 "source_citation": "province_citation"}
    )  # fmt: skip
    asked = pd.DataFrame(
        {
            "row": frame.index,
            "province_id": frame["area_id"].map(above(ds, "province")).to_numpy(),
            "indicator_id": frame["indicator_id"].to_numpy(),
            "due": frame["target_year"].to_numpy(),
        }
    )
    pairs = asked[~grows_with_size(ds, asked["indicator_id"])].merge(
        known, on=["province_id", "indicator_id"]
    )
    pairs = pairs[~(pairs["province_year"] > pairs["due"]).fillna(False)]
    last = pairs.sort_values(["province_year", "order"], ascending=[False, True])
    return last.drop_duplicates("row").set_index("row")[COLUMNS].reindex(frame.index)
