"""Comparability: which statements of one indicator may stand side by side, and why not."""

from __future__ import annotations

import pandas as pd

NOT_COMPARABLE = ("pledge_against_number", "flow_against_stock", "unlike_periods", "opposite_bounds")
SIZE_DEPENDENT = ("stock", "flow", "count")
CAVEATS = (
    "grows_with_size",
    "other_horizon",
    "other_level",
    "other_base_year",
    "part_of_area",
    "strive",
    "approximate",
    "implied_year",
    "other_script",
)
INFORMATION = ("pledges_only", "reference_line")
REASONS = (*NOT_COMPARABLE, *CAVEATS, *INFORMATION)


def judge(rows: pd.DataFrame) -> pd.DataFrame:
    """Verdict and reasons for the statements of ONE indicator.

    The yardstick is the core: the largest group of cities with the same horizon and administrative level (ties: the earlier horizon, the
    higher level). What differs from it in kind is not comparable; what differs in circumstance is a caveat.

    Parameters
    ----------
    rows
        value, period (years a flow accumulates over; missing for what does not), side, year, level, base_year, whole_area, commitment,
        comparator, year_basis, script, measure, is_reference.

    Returns
    -------
    DataFrame
        verdict (comparable, caveat, not_comparable) and reasons (codes separated by blanks, in the order of REASONS), same index.
    """
    found: dict[str, pd.Series] = {code: pd.Series(False, index=rows.index) for code in REASONS}
    cities = ~rows["is_reference"]
    numeric = rows["value"].notna()
    if not (numeric & cities).any():
        found["pledges_only"] = ~numeric
    else:
        found["pledge_against_number"] = ~numeric
        _unlike_kinds(rows, found, numeric, cities)
        fit = numeric & cities & ~_any(found, NOT_COMPARABLE)
        if fit.any():
            _circumstances(rows, found, rows[fit])
    found["reference_line"] = rows["is_reference"]
    unfit = _any(found, NOT_COMPARABLE)
    verdict = pd.Series("comparable", index=rows.index, dtype="str")
    verdict = verdict.mask(_any(found, CAVEATS), "caveat").mask(unfit, "not_comparable")
    reasons = [" ".join(code for code in REASONS if found[code][row]) for row in rows.index]
    return pd.DataFrame({"verdict": verdict, "reasons": pd.Series(reasons, index=rows.index, dtype="str")})


def _any(found: dict[str, pd.Series], codes: tuple[str, ...]) -> pd.Series:
    return pd.concat([found[code] for code in codes], axis=1).any(axis=1)


def _unlike_kinds(rows: pd.DataFrame, found: dict[str, pd.Series], numeric: pd.Series, cities: pd.Series) -> None:
    own = rows[numeric & cities]
    accumulates = rows["period"].notna()
    usual = own["period"].notna().sum() * 2 > len(own)
    found["flow_against_stock"] = numeric & (accumulates != usual)
    if usual:
        length = own["period"].dropna().mode().min()
        found["unlike_periods"] = numeric & accumulates & (rows["period"] != length)
    bounds = own.loc[own["side"] != 0, "side"]
    if len(bounds):
        found["opposite_bounds"] = numeric & (rows["side"] == -bounds.mode().max())


def _circumstances(rows: pd.DataFrame, found: dict[str, pd.Series], fit: pd.DataFrame) -> None:
    horizon, level = core(fit)
    inner = fit[((fit["year"] == horizon) if horizon is not None else fit["year"].isna()) & (fit["level"] == level)]
    cities = ~rows["is_reference"] & rows["value"].notna()
    found["grows_with_size"] = cities & rows["measure"].isin(SIZE_DEPENDENT)
    found["other_horizon"] = cities & ~rows["year"].eq(horizon).fillna(False).astype(bool) if horizon is not None else cities & False
    found["other_level"] = cities & (rows["level"] != level)
    found["other_base_year"] = cities & ~rows["base_year"].isin(inner["base_year"].mode())
    found["part_of_area"] = cities & ~rows["whole_area"]
    found["strive"] = cities & (rows["commitment"] == "strive")
    found["approximate"] = cities & rows["comparator"].isin(["approx", "between"])
    found["implied_year"] = cities & (rows["year_basis"] == "implied")
    found["other_script"] = cities & ~rows["script"].isin(inner["script"].mode())


LEVELS = ("nation", "province", "prefecture", "county")


def core(fit: pd.DataFrame) -> tuple[int | None, str]:
    """Horizon and administrative level of the largest group of rows; ties go to the earlier horizon, then the higher level.

    The horizon is None where no row of the group states a year.
    """
    sizes = fit.groupby(["year", "level"], observed=True, dropna=False).size().reset_index(name="size")
    sizes["place"] = sizes["level"].map(LEVELS.index)
    first = sizes.sort_values(["size", "year", "place"], ascending=[False, True, True], kind="stable").iloc[0]
    return None if pd.isna(first["year"]) else int(first["year"]), str(first["level"])
