"""Plans and places by their codes: a plan is its plan_id, a place its area_id; names are for
readers only.

A reference is a target of the nation or of a place's own province: a city's target is held
against it, and never ranked with it.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.remembered import remembered
from psanalysis.errors import choose
from psanalysis.wording import say

LEVELS = ("nation", "province", "municipality", "prefecture", "county")
NATION, PROVINCE = "nation", "province"
REFERENCE_LEVELS = (NATION, PROVINCE)


@remembered
def places(ds: Dataset) -> pd.Series:
    """area_id of the place that a plan is for, by plan_id."""
    return ds.plans.set_index("plan_id")["city_id"]


@remembered
def levels(ds: Dataset) -> pd.Series:
    """Administrative level of the place that a plan is for (one of LEVELS), by plan_id."""
    return places(ds).map(ds.areas.set_index("area_id")["level"])


def known_in_part(ds: Dataset) -> set[str]:
    """plan_id of every plan that was read in part (plans.csv, coverage): it may contain figures
    that the data lack.

    Examples
    --------
    >>> import psanalysis as ps
    >>> sorted(known_in_part(ps.load()))[:2]
    ['beijing-15fyp', 'china-14fyp']
    """
    return set(ds.plans.loc[ds.plans["coverage"] != "full", "plan_id"])


def city_plans(ds: Dataset) -> list[str]:
    """plan_id of every plan of a municipality, prefecture or county, in the order of plans.csv.

    Examples
    --------
    >>> import psanalysis as ps
    >>> city_plans(ps.load())[:2]
    ['mianyang-14fyp', 'panjin-14fyp']
    """
    level = levels(ds)
    return list(level.index[~level.isin(REFERENCE_LEVELS)])


def newest_plans(ds: Dataset) -> list[str]:
    """plan_id of the latest plan of each place, in the order of plans.csv.

    Examples
    --------
    >>> import psanalysis as ps
    >>> [plan for plan in newest_plans(ps.load()) if plan.startswith("nanjing")]
    ['nanjing-15fyp']
    """
    plans = ds.plans.sort_values("period_start", ascending=False, kind="stable")
    newest = set(plans.drop_duplicates("city_id")["plan_id"])
    return [plan for plan in ds.plans["plan_id"] if plan in newest]


def reference_plans(ds: Dataset) -> list[str]:
    """plan_id of every plan of the nation or a province, in the order of plans.csv."""
    level = levels(ds)
    return list(level.index[level.isin(REFERENCE_LEVELS)])


def national_plans(ds: Dataset) -> list[str]:
    """plan_id of every plan of the nation, in the order of plans.csv."""
    level = levels(ds)
    return list(level.index[level == NATION])


def nation(ds: Dataset) -> str:
    """area_id of the nation; empty where the data have none.

    Examples
    --------
    >>> import psanalysis as ps
    >>> nation(ps.load())
    'china'
    """
    return next(iter(ds.areas.loc[ds.areas["level"] == NATION, "area_id"]), "")


@remembered
def above(ds: Dataset, level: str) -> pd.Series:
    """area_id of the nation or province that contains an area, by area_id; missing for itself and
    for areas in none.

    Parameters
    ----------
    ds
        The data set.
    level
        nation or province.

    Examples
    --------
    >>> import psanalysis as ps
    >>> found = above(ps.load(), "province")
    >>> found["yuyao"], bool(found.isna()["china"])
    ('zhejiang', True)
    """
    choose("level", level, REFERENCE_LEVELS)
    parent = ds.areas.set_index("area_id")["parent_id"]
    of_level = set(ds.areas.loc[ds.areas["level"] == level, "area_id"])
    found = pd.Series(pd.NA, index=parent.index, dtype="str")
    upper = parent.copy()
    for _ in LEVELS:  # a chain of parents has at most as many links as there are levels
        found = found.mask(found.isna() & upper.isin(of_level), upper)
        upper = upper.map(parent)
    return found


def reference_targets(
    ds: Dataset, rows: pd.DataFrame, targets: pd.DataFrame, level: str
) -> pd.DataFrame:
    """Which target of the nation or the province each target is held against.

    It is the one of the same indicator and the same target year; where there is none, the nearest
    earlier one, with a caveat. A later one is not used, because it asks for something else. Of two
    plans with the same target year the later plan's is used.

    Parameters
    ----------
    ds
        The data set.
    rows
        plan_id, indicator_id, year: targets to find a reference for. A year that is missing is
        taken as the horizon of the plan.
    targets
        statement_id, plan_id, indicator_id, area_id, year: all targets; of one plan and year the
        most informative one first.
    level
        nation or province.

    Returns
    -------
    DataFrame
        With the index of `rows`: statement_id of the reference, its plan_id and year, and caveat
        (earlier_year, year_unknown or empty); all missing where there is no reference.
    """
    plans = ds.plans.set_index("plan_id")
    place = targets["plan_id"].map(plans["city_id"])
    own = targets[
        (levels(ds)[targets["plan_id"]] == level).to_numpy() & (targets["area_id"] == place)
    ]
    candidates = pd.DataFrame(
        {
            "reference_area": own["plan_id"].map(plans["city_id"]),
            "indicator_id": own["indicator_id"],
            "statement_id": own["statement_id"],
            "reference_plan": own["plan_id"],
            "reference_year": own["year"],
            "by": own["year"].fillna(own["plan_id"].map(plans["horizon_year"])),
            "start": own["plan_id"].map(plans["period_start"]),
        }
    )
    asked = pd.DataFrame(
        {
            "row": rows.index,
            "reference_area": rows["plan_id"].map(plans["city_id"]).map(above(ds, level)),
            "indicator_id": rows["indicator_id"],
            "year": rows["year"],
            "until": rows["year"].fillna(rows["plan_id"].map(plans["horizon_year"])),
        }
    )
    pairs = asked.dropna(subset="reference_area").merge(
        candidates, on=["reference_area", "indicator_id"]
    )
    pairs = pairs[pairs["by"] <= pairs["until"]].sort_values(
        ["by", "start"], ascending=False, kind="stable"
    )
    best = pairs.drop_duplicates("row").set_index("row")
    caveat = pd.Series("", index=best.index, dtype="str").mask(
        best["by"] < best["until"], "earlier_year"
    )
    caveat = caveat.mask(best["year"].isna() | best["reference_year"].isna(), "year_unknown")
    found = pd.DataFrame(
        {
            "statement_id": best["statement_id"],
            "plan_id": best["reference_plan"],
            "year": best["reference_year"],
            "caveat": caveat,
        }
    )
    return found.reindex(rows.index)


def shared_indicators(ds: Dataset, plans: Iterable[str] | None = None) -> list[str]:
    """indicator_id of every indicator with targets of two or more places, in the order of
    indicators.csv; `plans` are the plan_id of the plans to look at, all by default.
    """
    targets = ds.statements[ds.statements["role"] == "target"]
    if plans is not None:
        targets = targets[targets["plan_id"].isin(set(plans))]
    count = targets["plan_id"].map(places(ds)).groupby(targets["indicator_id"]).nunique()
    return [one for one in ds.indicators["indicator_id"] if count.get(one, 0) >= 2]


@remembered
def place_names(ds: Dataset, lang: str) -> pd.Series:
    """Name of each place, by area_id."""
    return ds.areas.set_index("area_id")[f"name_{lang}"]


@remembered
def plan_names(ds: Dataset, lang: str) -> pd.Series:
    """The name of each plan on pages, by plan_id: its place, with the period if the place has more
    than one plan.

    Examples
    --------
    >>> import psanalysis as ps
    >>> plan_names(ps.load(), "en")["panjin-14fyp"]
    'Panjin'
    """
    place = places(ds)
    alone = ~place.duplicated(keep=False)
    full = {plan: plan_title(ds, plan, lang) for plan in alone.index[~alone]}
    name = place.map(place_names(ds, lang))
    return name.mask(~alone, name.index.to_series().map(full)).rename(f"name_{lang}")


@remembered
def plan_title(ds: Dataset, plan_id: str, lang: str) -> str:
    """A plan by its place and period: Mianyang 2021–2025.

    Raises
    ------
    ParameterError
        If there is no such plan.
    """
    choose("plan", plan_id, ds.plans["plan_id"])
    plan = ds.plans.set_index("plan_id").loc[plan_id]
    city = place_names(ds, lang)[plan["city_id"]]
    return say("plan.name", lang, city=city, start=plan["period_start"], end=plan["period_end"])
