"""Comparability: which statements of one indicator may stand side by side, and why not."""

from __future__ import annotations

import pandas as pd

from psanalysis.comparators import INEXACT
from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import LEVELS
from psanalysis.measures.marks import joined

NOT_COMPARABLE = (
    "pledge_against_number",
    "flow_against_stock",
    "unlike_periods",
    "opposite_bounds",
)
# Quantities that grow with the size of a city, unless they are shares: a fall by a fifth over five
# years is one for a city and the nation
SIZE_DEPENDENT = ("stock", "flow", "count")
SHARES = ("proportion", "percentage_point")
CAVEATS = (
    "grows_with_size",
    "other_horizon",
    "other_level",
    "part_of_area",
    "strive",
    "approximate",
    "implied_year",
    "other_script",
    "doubted",
)
INFORMATION = ("pledges_only", "reference_line")
REASONS = (*NOT_COMPARABLE, *CAVEATS, *INFORMATION)


def size_dependent(ds: Dataset) -> pd.Series:
    """Whether an indicator grows with the size of a place, by indicator_id; what does not stands on
    one scale for city and nation.

    Examples
    --------
    >>> import psanalysis as ps
    >>> grows = size_dependent(ps.load())
    >>> grows["eldercare_beds_total"], grows["nursing_bed_share"], grows["work_safety_deaths_fall"]
    (np.True_, np.False_, np.False_)
    """
    share = ds.units.loc[ds.units["dimension"].isin(SHARES), "unit_id"]
    own = ds.indicators.set_index("indicator_id")
    return own["measure"].isin(SIZE_DEPENDENT) & ~own["unit_id"].isin(share)


def grows_with_size(ds: Dataset, indicators: pd.Series) -> pd.Series:
    """`size_dependent` of the indicator of each row; `indicators` are indicator_ids."""
    return indicators.map(size_dependent(ds)).astype("bool")


def judge(rows: pd.DataFrame) -> pd.DataFrame:
    """Verdict and reasons for statements, those of each indicator among themselves.

    A place counts once, however many plans it has. The yardstick is the core: the horizon that most
    cities have (ties: the earlier, which the later ones pass on their way), at it the level that
    most have (ties: the higher), and of these the most frequent script (ties: the simplified one).
    Base years are not compared: a level at a horizon is the same whatever it started from, and
    totals are told apart by the length of their period. What differs from it in kind is not
    comparable; what differs in circumstance is a caveat.

    Parameters
    ----------
    rows
        indicator_id, place, value, period (years between start and end of what accumulates; missing
        for what does not), side, year, level, whole_area, commitment, comparator, year_basis,
        script, grows (with the size of the place), doubted (a finding doubts the figure),
        is_reference.

    Returns
    -------
    DataFrame
        verdict (comparable, caveat, not_comparable) and reasons (codes separated by blanks, in the
        order of REASONS), same index, and core_year, the horizon of the indicator's core (missing
        where no city has a number to compare, or none a year).
    """
    rows = rows.assign(numeric=rows["value"].notna(), accumulates=rows["period"].notna())
    rows["own"] = rows["numeric"] & ~rows["is_reference"]
    found = _unlike_kinds(rows)
    unfit = _any(found, NOT_COMPARABLE)
    fit = rows["own"] & ~unfit
    cores = core(rows[fit])
    found |= _circumstances(rows, fit, cores) | {"reference_line": rows["is_reference"]}
    verdict = pd.Series("comparable", index=rows.index, dtype="str")
    verdict = verdict.mask(_any(found, CAVEATS), "caveat").mask(unfit, "not_comparable")
    reasons = joined({code: found[code] for code in REASONS})
    return pd.DataFrame(
        {
            "verdict": verdict,
            "reasons": reasons,
            "core_year": rows["indicator_id"].map(cores["year"]).astype("Int64"),
        }
    )


def _any(found: dict[str, pd.Series], codes: tuple[str, ...]) -> pd.Series:
    return pd.concat([found[code] for code in codes], axis=1).any(axis=1)


def _unlike_kinds(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """What differs in kind from most numbers of the cities: a pledge, a total against a level, a
    floor against a cap. Reads `indicator_id`, `numeric`, `accumulates`, `own`, `period` and `side`.
    """
    group, numeric, accumulates = rows["indicator_id"], rows["numeric"], rows["accumulates"]
    some = rows["own"].groupby(group).transform("any")
    usual = (rows["own"] & accumulates).groupby(group).transform("sum") * 2 > rows["own"].groupby(
        group
    ).transform("sum")
    length = _commonest(rows[rows["own"] & accumulates], ["period"])["period"]
    bounds = _commonest(rows[rows["own"] & (rows["side"] != 0)].assign(cap=-rows["side"]), ["cap"])[
        "cap"
    ]
    return {
        "pledges_only": ~numeric & ~some,
        "pledge_against_number": ~numeric & some,
        "flow_against_stock": numeric & some & (accumulates != usual),
        "unlike_periods": numeric & usual & accumulates & (rows["period"] != group.map(length)),
        "opposite_bounds": numeric & (rows["side"] == group.map(bounds)),
    }


def _circumstances(rows: pd.DataFrame, fit: pd.Series, cores: pd.DataFrame) -> dict[str, pd.Series]:
    """In what a city's number differs from the core (`year` and `level` by indicator), by code.
    Reads `own`, `grows`, `whole_area`, `commitment`, `comparator`, `year_basis`, `script` and
    `doubted` too.
    """
    group = rows["indicator_id"]
    cities = rows["own"] & group.isin(cores.index)
    horizon, level = group.map(cores["year"]), group.map(cores["level"])
    elsewhen = _differs(rows["year"], horizon) & horizon.notna()
    inner = rows[fit & (rows["level"] == level) & ~elsewhen]
    script = group.map(_commonest(inner, ["script"])["script"])
    found = {
        "grows_with_size": rows["grows"],
        "other_horizon": elsewhen,
        "other_level": rows["level"] != level,
        "part_of_area": ~rows["whole_area"],
        "strive": rows["commitment"] == "strive",
        "approximate": rows["comparator"].isin(INEXACT),
        "implied_year": rows["year_basis"] == "implied",
        "other_script": _differs(rows["script"], script),
        "doubted": rows["doubted"],
    }
    return {code: cities & flag for code, flag in found.items()}


def core(fit: pd.DataFrame) -> pd.DataFrame:
    """The horizon that most places have, and the administrative level that most of these have:
    columns `year` and `level`, by indicator_id.

    The horizon comes first, so that two places of one horizon and unlike levels outnumber one of
    another horizon. Ties go to the earlier horizon, and to the higher level. The year is missing
    where no row states one.
    """
    horizons = _commonest(fit, ["year"])
    year = fit["indicator_id"].map(horizons["year"])
    at = fit[(fit["year"] == year).fillna(False).astype(bool) | (fit["year"].isna() & year.isna())]
    at = at.assign(level=pd.Categorical(at["level"], LEVELS))
    return horizons.join(_commonest(at, ["level"]))


def _commonest(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The combination of `columns` that most places (`place`) have, by `indicator_id`; of several
    the first in ascending order, missing values last.
    """
    by = rows.groupby(["indicator_id", *columns], dropna=False)["place"]
    sizes = by.nunique().reset_index(name="size")
    order = sizes.sort_values(
        ["size", *columns], ascending=[False, *(True for _ in columns)], kind="stable"
    )
    return order.drop_duplicates("indicator_id").set_index("indicator_id")[columns]


def _differs(own: pd.Series, common: pd.Series) -> pd.Series:
    return (own != common).fillna(True).astype(bool)
