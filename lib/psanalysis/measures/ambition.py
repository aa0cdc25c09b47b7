"""How demanding a target is: against the national target and against the same indicator in other
cities, at like years.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import NATION, shared_indicators
from psanalysis.datapackage.remembered import remembered
from psanalysis.datapackage.selection import Plans, chosen_plans
from psanalysis.measures.compare import PREFIXES, compare
from psanalysis.measures.gaps import gaps
from psanalysis.measures.marks import MARKS, carries, first_reason, joined, undefined, united
from psanalysis.measures.target import equal, more_demanding, sides
from psanalysis.measures.verdicts import grows_with_size

STANDINGS = (
    "above",
    "equal",
    "below",
    "same_number",
    "earlier_year",
    "no_national",
    "not_comparable",
)
LEAST_PEERS = 3
OF_PEERS = ("peers", "peer_plans", "peer_low", "peer_high", "peer_median", "peer_step")
EXPLAINED = ("national_difference", "provincial_difference", "required_step")


@remembered
def ambition(ds: Dataset, plan: Plans = None) -> pd.DataFrame:
    """Targets against the nation's and against the other cities'.

    Parameters
    ----------
    ds
        The data set.
    plan
        A plan_id, an area or a list of these whose targets to show; all plans but the nation's by
        default. The comparison is always over all plans.

    Returns
    -------
    DataFrame
        The columns of `psanalysis.compare`, one row per headline target of an indicator that the
        national plan, the plan of the own province or another city has too.

        - national_difference: d (T - N), in the indicator's unit, positive when the city aims
          higher than the nation; where both are of one kind and the indicator does not grow with
          the size of the area (a city's beds against the nation's). N is the national target of the
          same year or, with national_caveat earlier_year, of the nearest year before.
        - standing: above, equal, below; same_number where one of two equal numbers is strict (95
          and over 95: a difference of 0, and the strict one asks for more); earlier_year where the
          national target is for an earlier year and so decides nothing; no_national (the national
          plan has no number for it); not_comparable.
        - provincial_difference, provincial_standing: the same against the plan of the own province
          (no_provincial where it has none).
        - peers, peer_plans, peer_low, peer_high: how many comparable other cities have a target for
          the same year, their plan_id separated
          by blanks, the least and the greatest value. Doubted figures are no peers.
        - peer_median, peer_difference: their median, from three on, and d (T - median).
        - required_step, peer_step: the change a year that the target asks for (`psanalysis.gaps`),
          and the median of theirs, from three on.
        - marks: what the row's figures rest on besides print, those of the references and of the
          other cities included.
        - undefined: why a measure is missing, as `measure=code` (section `undefined` of
          wording.toml).

        Types: Int64 year, baseline_year, common_year, rank, national_year, provincial_year;
        bool interpolated, is_reference, doubted; float64 value, value_low, value_high,
        baseline, relative_change, position, common_value, national_value, provincial_value,
        implied_value, required_step, national_difference, provincial_difference, peer_low,
        peer_high, peer_median, peer_step, peer_difference; int64 ranked, left_out, also_stated,
        side, peers; str the others.

    Raises
    ------
    ParameterError
        If there is no such plan.

    Notes
    -----
    The distance to a common reference follows the OECD's distance to target; the missing-data rule
    (no median over rows that are not comparable) follows the SDSN SDG Index.

    Examples
    --------
    >>> import psanalysis as ps
    >>> asked = ps.ambition(ps.load(), plan="mianyang").set_index("indicator_id")
    >>> row = asked.loc["childcare_places_per_1000"]
    >>> round(float(row["national_difference"]), 2), row["standing"]
    (0.7, 'above')
    """
    wanted = chosen_plans(ds, plan)
    shared = shared_indicators(ds)
    ds = replace(ds, statements=ds.statements[ds.statements["indicator_id"].isin(shared)])
    table = compare(ds, shared)
    rows = table[table["level"] != NATION]
    rows = rows.assign(
        sign=rows["side"].where(rows["side"] != 0, 1),
        grows=grows_with_size(ds, rows["indicator_id"]),
    )
    cities = _with_steps(ds, rows)
    for level in PREFIXES:
        cities = _against(ds, cities, level)
    cities = cities.join(_peers(ds, cities))
    cities["peer_difference"] = cities["sign"] * (cities["value"] - cities["peer_median"])
    cities["marks"] = united(
        *(cities[f"{of}marks"] for of in ("", "national_", "provincial_", "peer_"))
    )
    reasons = {name: cities[f"why_{name}"] for name in EXPLAINED}
    reasons |= {"peer_difference": _alone(cities), "peer_step": _no_step(cities)}
    cities["undefined"] = undefined(reasons)
    cities = cities.rename(columns={"national_standing": "standing"})
    kept = cities[
        (cities["peers"] > 0)
        | (cities["standing"] != "no_national")
        | (cities["provincial_standing"] != "no_provincial")
    ]
    helpers = ["sign", "grows", "peer_marks", *(f"why_{name}" for name in EXPLAINED)]
    return (
        (kept if plan is None else kept[kept["plan_id"].isin(wanted)])
        .drop(columns=helpers)
        .reset_index(drop=True)
    )


def _with_steps(ds: Dataset, cities: pd.DataFrame) -> pd.DataFrame:
    """The step that each target asks for, and the marks of target and step; the common year of
    `compare` is not used here.
    """
    steps = gaps(ds).set_index("statement_id")
    statement = cities["statement_id"]
    step = statement.map(steps["required_step"]).astype("float64")
    code = statement.map(steps["undefined"]).astype("str").str.extract(r"required_step=(\w+)")[0]
    own = joined(
        {mark: carries(cities["marks"], mark) & (mark != "interpolated") for mark in MARKS}
    )
    return cities.assign(
        required_step=step,
        why_required_step=code,
        marks=united(own, statement.map(steps["marks"]).where(step.notna())),
    )


def _against(ds: Dataset, rows: pd.DataFrame, level: str) -> pd.DataFrame:
    """Compare each target with the national or the provincial one. With their prefix, adds
    `difference`, its reason `why_…_difference`, and `standing`, and keeps `marks` where the
    reference is used. Reads `value`, `comparator`, `year`, `sign` and `grows`.
    """
    prefix = PREFIXES[level]
    value, comparator, year = (rows[f"{prefix}_{name}"] for name in ("value", "comparator", "year"))
    why = first_reason(
        rows.index,
        (f"no_{prefix}", value.isna()),
        ("no_target_value", rows["value"].isna()),
        ("grows_with_size", rows["grows"]),
        ("unlike_reference", _unlike(ds, rows, prefix)),
        ("year_unknown", rows["year"].isna() | year.isna()),
    )
    usable = why.isna()
    order = more_demanding(rows["value"], rows["comparator"], value, comparator, rows["sign"])
    standing = order.map({1: "above", 0: "equal", -1: "below"})
    standing = standing.mask((order != 0) & equal(rows["value"], value), "same_number")
    standing = standing.mask(rows[f"{prefix}_caveat"] == "earlier_year", "earlier_year")
    standing = standing.where(usable, "not_comparable")
    standing = standing.mask(why == f"no_{prefix}", f"no_{prefix}")
    return rows.assign(
        **{
            f"{prefix}_difference": (rows["sign"] * (rows["value"] - value)).where(usable),
            f"why_{prefix}_difference": why,
            f"{prefix}_standing": standing.astype("str"),
            f"{prefix}_marks": rows[f"{prefix}_marks"].where(usable),
        }
    )


def _unlike(ds: Dataset, rows: pd.DataFrame, prefix: str) -> pd.Series:
    """True where a target and its reference (its `statement_id` under the prefix) are of unlike
    kind: one accumulates over years and the other does not, or over other years' length, or one is
    a floor and the other a cap. Reads `statement_id`, `side` and `direction` too.
    """
    statements = ds.statements.set_index("statement_id")
    length = (statements["flow_end"] - statements["flow_start"]).astype("float64")
    own = rows["statement_id"].map(length).fillna(-1.0)
    other = rows[f"{prefix}_statement_id"].map(length).fillna(-1.0)
    side = sides(rows[f"{prefix}_comparator"], rows["direction"])
    return (own != other) | (rows["side"] * side < 0)


def _peers(ds: Dataset, cities: pd.DataFrame) -> pd.DataFrame:
    """The comparable other cities with a target for the same `indicator_id` and `year`, of several
    plans of a place the latest: the columns OF_PEERS, from `peers` (number) to `peer_step`, and
    `peer_marks`, what they rest on.
    """
    usable = ~cities["grows"] & (cities["verdict"] != "not_comparable")
    usable &= cities["value"].notna() & cities["year"].notna() & ~cities["is_reference"]
    names = ["indicator_id", "year", "plan_id", "value", "required_step", "marks", "doubted"]
    plans = ds.plans.set_index("plan_id")
    chosen = cities.loc[usable, names].rename_axis("row").reset_index()
    chosen = chosen.assign(
        place=chosen["plan_id"].map(plans["city_id"]),
        started=chosen["plan_id"].map(plans["period_start"]),
    )
    others = chosen[~chosen["doubted"]].sort_values("started", ascending=False, kind="stable")
    pairs = chosen.merge(others, on=["indicator_id", "year"], suffixes=("", "_other"))
    pairs = pairs[pairs["place"] != pairs["place_other"]].drop_duplicates(["row", "place_other"])
    pairs = pairs.sort_values(["row", "row_other"]).assign(
        **{mark: lambda rows, mark=mark: carries(rows["marks_other"], mark) for mark in MARKS}
    )
    found = pairs.groupby("row").agg(
        peers=("value_other", "size"), peer_plans=("plan_id_other", " ".join),
        peer_low=("value_other", "min"), peer_high=("value_other", "max"),
        peer_median=("value_other", "median"), steps=("required_step_other", "count"),
        peer_step=("required_step_other", "median"),
        **{mark: (mark, "any") for mark in MARKS},
    ).reindex(cities.index)  # fmt: skip
    return found.assign(
        peers=found["peers"].fillna(0).astype("int64"),
        peer_plans=found["peer_plans"].fillna("").astype("str"),
        peer_median=found["peer_median"].where(found["peers"] >= LEAST_PEERS),
        peer_step=found["peer_step"].where(found["steps"] >= LEAST_PEERS),
        peer_marks=joined({mark: found[mark].eq(True) for mark in MARKS}),
    )[[*OF_PEERS, "peer_marks"]]


def _alone(cities: pd.DataFrame) -> pd.Series:
    """Why there is no median of other cities; reads `is_reference`, `value`, `grows`, `verdict`,
    `year` and `peers`.
    """
    return first_reason(
        cities.index,
        ("reference_line", cities["is_reference"]),
        ("no_target_value", cities["value"].isna()),
        ("grows_with_size", cities["grows"]),
        ("unlike_others", cities["verdict"] == "not_comparable"),
        ("year_unknown", cities["year"].isna()),
        ("no_peers", cities["peers"] == 0),
        ("few_peers", cities["peers"] < LEAST_PEERS),
    )


def _no_step(cities: pd.DataFrame) -> pd.Series:
    """Why there is no median step of other cities; reads `peer_step`, see `_alone`."""
    alone = _alone(cities)
    return alone.mask(alone.isna() & cities["peer_step"].isna(), "no_peer_step")
