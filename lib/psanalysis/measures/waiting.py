"""Targets that wait for an actual value: due and not known, or of a year that somebody wants to
fill in.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.selection import Plans
from psanalysis.measures.actuals import chosen_actuals
from psanalysis.measures.outcomes import OF_TARGET, OF_VALUE, outcomes

# why a due target with some value waits for another one all the same
OPEN = ("too_old", "later_value")
COLUMNS = [
    *OF_TARGET,
    "as_of",
    "verdict",
    "untold",
    *OF_VALUE,
    "wanted_year",
    "value_age",
    "lead_unit",
]


def waiting(
    ds: Dataset,
    plan: Plans = None,
    as_of: int | None = None,
    year: int | None = None,
    actuals: str | Path | pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Targets with a number of which an actual value is wanted; a target that a plan states twice
    is there once.

    Parameters
    ----------
    ds
        The data set.
    plan
        A plan_id, an area or a list of these; all plans by default.
    as_of
        The year from which one looks, as in `psanalysis.outcomes`.
    year
        By default targets that are due wait for a value of their own year. With a year every target
        waits for a value of it, unless there is one: for plans under way.
    actuals
        A file or frame with the columns of actuals.csv; by default the data set's own.

    Returns
    -------
    DataFrame
        The rows of `psanalysis.outcomes` with identity, target and last known value, and

        - wanted_year: the year of which a value is wanted.
        - value_age: how many years before it the last known value is; missing without one, negative
          for one of a later year.
        - lead_unit: who leads the plan's domain, several separated by "; "; empty where the plan
          does not say.

        Types: Int64 target_year, baseline_year, value_year, wanted_year, value_age; bool
        headline; float64 target, target_low, target_high, baseline, value, value_high; int64
        as_of; str the others.

    Raises
    ------
    ParameterError
        If a plan is not known, or as_of is not a year.

    Examples
    --------
    >>> import psanalysis as ps
    >>> ds = ps.load()
    >>> rows = waiting(ds, "china-14fyp", as_of=2025)
    >>> rows.loc[rows["indicator_id"] == "eldercare_beds_total",
    ...     ["wanted_year", "value_age"]].values.tolist()
    [[2025, 1]]
    """
    frame = outcomes(ds, plan, year if year is not None else as_of, actuals)
    frame = frame[frame["target_low"].notna() & frame["repeat_of"].isna()]
    if year is None:
        due = (frame["verdict"] == "no_value") | frame["untold"].isin(OPEN)
        frame = frame[due]
        horizon = frame["plan_id"].map(ds.plans.set_index("plan_id")["horizon_year"])
        wanted = frame["target_year"].fillna(horizon)
    else:
        frame = frame[~_has_value(ds, frame, year, actuals)]
        wanted = pd.Series(year, index=frame.index)
    wanted = wanted.astype("Int64")
    frame = frame.assign(
        wanted_year=wanted,
        value_age=(wanted - frame["value_year"].astype("Int64")).astype("Int64"),
        lead_unit=_lead_units(ds, frame),
    )
    keys = ["plan_id", "area_id", "indicator_id", "wanted_year"]
    return frame.drop_duplicates([*keys, "target", "comparator"]).reset_index(drop=True)[COLUMNS]


def _has_value(
    ds: Dataset, frame: pd.DataFrame, year: int, actuals: str | Path | pd.DataFrame | None
) -> pd.Series:
    """True where an actual value of the year is known for `area_id` and `indicator_id`."""
    rows = chosen_actuals(ds, actuals, None)
    keys = rows.loc[rows["year"] == year, ["area_id", "indicator_id"]].drop_duplicates()
    found = frame[["area_id", "indicator_id"]].merge(keys, how="left", indicator=True)["_merge"]
    return pd.Series((found == "both").to_numpy(), index=frame.index)


def _lead_units(ds: Dataset, frame: pd.DataFrame) -> pd.Series:
    """The units that lead the domain of each row (`plan_id`, `domain_id`), separated by semicolons;
    empty where the plan names none.
    """
    named = ds.plan_domains.dropna(subset="lead_unit")
    units = named.groupby(["plan_id", "domain_id"])["lead_unit"].agg(
        lambda own: "; ".join(dict.fromkeys(own))
    )
    keys = pd.MultiIndex.from_frame(frame[["plan_id", "domain_id"]])
    return pd.Series(units.reindex(keys).fillna("").to_numpy(), index=frame.index, dtype="str")
