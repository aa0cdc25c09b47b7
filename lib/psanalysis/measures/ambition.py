"""How demanding a target is: against the national target and against the same indicator in other cities, at like years."""

from __future__ import annotations

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.measures.compare import compare
from psanalysis.measures.pairing import select
from psanalysis.measures.target import equal
from psanalysis.measures.verdicts import SIZE_DEPENDENT

STANDINGS = ("above", "equal", "below", "no_national", "not_comparable")


def ambition(ds: Dataset, plan: str | None = None) -> pd.DataFrame:
    """Targets against the nation's and against the other cities'.

    Parameters
    ----------
    ds
        The data set.
    plan
        plan_id whose targets to show; all city plans by default. The comparison is always over all plans.

    Returns
    -------
    DataFrame
        One row per city target of an indicator that the national plan or another city has too.

        - national_difference: d (T - N), in the indicator's unit, positive when the city aims higher than the nation; only at the same
          year, where both are of one kind, and where the indicator does not grow with the size of the area (a city's beds against the
          nation's).
        - standing: above, equal, below, no_national (the national plan has no number for it), not_comparable.
        - peers, peer_median, peer_difference: number of comparable other cities, their median target, and d (T - median).
        - annual_step, peer_step: the required change a year, and the median of the comparable others.

    Raises
    ------
    ParameterError
        If there is no such plan.

    Notes
    -----
    The distance to a common reference follows the OECD's distance to target; the missing-data rule (no median over rows that are not
    comparable) follows the SDSN SDG Index.
    """
    select(ds, plan)
    targets = ds.statements[ds.statements["role"] == "target"].groupby("indicator_id")["plan_id"].nunique()
    table = compare(ds, indicators=[i for i in ds.indicators["indicator_id"] if targets.get(i, 0) > 1])
    cities = table[~table["is_reference"]].copy()
    years = (cities["year"] - cities["baseline_year"]).astype("float64")
    cities["annual_step"] = (cities["value"] - cities["baseline"]) / years.where(years > 0)
    sign = cities["side"].where(cities["side"] != 0, 1)
    like_year = (cities["year"] == cities["national_year"].astype("Int64")).fillna(False).astype(bool)
    usable = like_year & cities["value"].notna() & cities["national_value"].notna() & (cities["verdict"] != "not_comparable")
    reference = table[table["is_reference"]].set_index("indicator_id")["verdict"]
    usable &= ~cities["measure"].isin(SIZE_DEPENDENT)
    usable &= cities["indicator_id"].map(reference).isin(["comparable", "caveat"])
    cities["national_difference"] = (sign * (cities["value"] - cities["national_value"])).where(usable)
    cities["standing"] = _standing(cities, usable)
    cities = cities.join(_peers(cities))
    kept = cities[(cities["peers"] > 0) | (cities["standing"] != "no_national")]
    return (kept if plan is None else kept[kept["plan_id"] == plan]).reset_index(drop=True)


def _standing(cities: pd.DataFrame, usable: pd.Series) -> pd.Series:
    standing = pd.Series("not_comparable", index=cities.index, dtype="str")
    standing = standing.mask(cities["national_value"].isna(), "no_national")
    standing = standing.mask(usable & (cities["national_difference"] > 0), "above").mask(
        usable & (cities["national_difference"] < 0), "below"
    )
    return standing.mask(usable & equal(cities["value"], cities["national_value"]), "equal")


def _peers(cities: pd.DataFrame) -> pd.DataFrame:
    """Number of comparable other cities with a target for the same year, their median target, the difference to it, their median step."""
    usable = ~cities["measure"].isin(SIZE_DEPENDENT) & (cities["verdict"] != "not_comparable")
    usable &= cities["value"].notna() & cities["year"].notna()
    chosen = cities.loc[usable, ["indicator_id", "year", "plan_id", "value", "annual_step"]].rename_axis("row").reset_index()
    pairs = chosen.merge(chosen, on=["indicator_id", "year"], suffixes=("", "_other"))
    others = pairs[pairs["plan_id"] != pairs["plan_id_other"]].groupby("row")
    found = others.agg(peers=("value_other", "size"), peer_median=("value_other", "median"), peer_step=("annual_step_other", "median"))
    found = found.reindex(cities.index)
    sign = cities["side"].where(cities["side"] != 0, 1)
    return found.assign(peers=found["peers"].fillna(0).astype("int64"), peer_difference=sign * (cities["value"] - found["peer_median"]))
