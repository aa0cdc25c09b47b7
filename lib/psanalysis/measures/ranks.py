"""Which target asks for more: its position against the nation's and its rank among cities."""

from __future__ import annotations

import pandas as pd

from psanalysis.comparators import STRICT
from psanalysis.datapackage.identity import NATION
from psanalysis.measures.marks import first_reason, undefined
from psanalysis.measures.units import tidy

LEAST_RANKED = 4


def positioned(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds `position`: how demanding each target is, in % of the national one or of the most
    demanding comparable one. Reads `value`, `side`, `verdict`, `national_value`, `level`, `grows`,
    `is_reference` and `doubted`.
    """
    group, side = rows["indicator_id"], rows["side"].where(rows["side"] != 0, 1)
    usable = rows["value"].where((rows["verdict"] != "not_comparable") & (rows["value"] > 0))
    nation = rows["national_value"].where(rows["national_caveat"] == "")
    nation = nation.mask(rows["level"] == NATION, rows["value"])
    nation = nation.where(~rows["grows"] & (nation > 0))
    own = usable.where(~rows["is_reference"] & ~rows["doubted"])
    best = side * (side * own).groupby(group).transform("max")
    yardstick = nation.where(nation.notna().groupby(group).transform("any"), best)
    share = (usable / yardstick).where(side > 0, yardstick / usable)
    return rows.assign(position=100 * share.where(~rows["is_reference"] | nation.notna()))


def ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """Ranks of the comparable cities of each indicator, the most demanding target first: adds
    `rank`, `ranked` and `left_out` (how many are in and out), and `undefined`.
    """
    group, cities = rows["indicator_id"], ~rows["is_reference"]
    why = first_reason(
        rows.index,
        ("reference_line", rows["is_reference"]),
        ("no_target_value", rows["value"].isna()),
        ("unlike_others", rows["verdict"] == "not_comparable"),
        ("doubted", rows["doubted"]),
        ("caveat", rows["verdict"] == "caveat"),
        ("no_better_side", rows["direction"] == "none"),
    )
    latest = (
        rows["started"]
        .where(why.isna())
        .groupby([group, rows["place"]])
        .rank("first", ascending=False)
    )
    why = why.mask(why.isna() & (latest > 1), "later_plan")
    count = why.isna().groupby(group).transform("sum").astype("int64")
    why = why.mask(why.isna() & (count < LEAST_RANKED), "few_cities")
    asked = demand(rows, why.isna())
    rank = asked.groupby(group).rank(method="min", ascending=False).astype("Int64")
    left_out = cities.groupby(group).transform("sum").astype("int64") - count
    return rows.assign(
        rank=rank,
        ranked=count,
        left_out=left_out,
        undefined=undefined(
            {
                "relative_change": rows["why_relative_change"],
                "common_value": rows["why_common_value"],
                "rank": why,
            }
        ),
    )


def demand(rows: pd.DataFrame, usable: pd.Series) -> pd.Series:
    """How much each usable target asks for among those of its indicator: the greater, the more;
    equal for equal targets.

    Of equal numbers the strict one (more than 95) asks for more than the other (95). Missing for
    what is not usable.

    Parameters
    ----------
    rows
        indicator_id, side, value, comparator, as from `psanalysis.compare`.
    usable
        Which rows may be held against each other.
    """
    signed = (rows["side"] * rows["value"].map(tidy)).where(usable)
    order = signed.groupby(rows["indicator_id"]).rank(method="dense")
    return order + rows["comparator"].isin(STRICT) * 0.5
