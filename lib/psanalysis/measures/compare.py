"""Cities side by side: targets of the same indicator, with a verdict on whether they may be compared."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.errors import choose
from psanalysis.measures.pairing import targets_with_baselines
from psanalysis.measures.target import bound, sides
from psanalysis.measures.verdicts import REASONS, core, judge
from psanalysis.wording import say

COLUMNS = [
    "indicator_id", "name_zh", "name_en", "domain_id", "plan_id", "area_id", "level", "statement_id", "baseline_statement_id",
    "value", "value_high", "comparator", "pledge", "commitment", "nature", "unit_id", "year", "baseline", "baseline_year",
    "common_year", "common_value", "interpolated", "verdict", "reasons", "reason_zh", "reason_en",
    "rank", "ranked", "left_out", "is_reference", "national_value", "national_comparator", "national_year",
    "implied_value", "also_stated", "value_as_written", "direction", "measure", "side", "marks",
]  # fmt: skip


def compare(ds: Dataset, indicators: Iterable[str] | None = None, plans: Iterable[str] | None = None) -> pd.DataFrame:
    """Targets of indicators in all plans, aligned, with a verdict of comparability and its reasons.

    Parameters
    ----------
    ds
        The data set.
    indicators
        indicator_id to compare; by default all that at least two plans have a target for.
    plans
        plan_id to compare; by default all.

    Returns
    -------
    DataFrame
        One row per plan and indicator, the plan's headline target: its table before its prose, a number before a pledge, firm before
        strive, the later year, the first in the text. `also_stated` counts its other targets of the indicator.

        - value, value_high, baseline: in `unit_id`, the indicator's unit.
        - common_year, common_value, interpolated: value at the horizon of the core group; for a later horizon it is read off the straight
          line from baseline to target and marked, for an earlier horizon or without baseline it is missing.
        - verdict (comparable, caveat, not_comparable), reasons (codes, see `psanalysis.measures.verdicts`), reason_zh, reason_en.
        - rank: 1 is best, only among comparable cities with a number, ties share it; ranked and left_out count the cities in and out.
          Missing where fewer than two cities are comparable or the indicator has no better side.
        - implied_value: the number that a pledge implies for a share of a whole; shown with a mark, never ranked.
        - national_value, national_comparator, national_year: the national plan's target, a reference line and never a rank.

    Raises
    ------
    ParameterError
        If an indicator or plan does not exist.

    Examples
    --------
    >>> import psanalysis as ps
    >>> table = ps.compare(ps.load(), indicators=["nursing_bed_share"], plans=["mianyang-14fyp", "panjin-14fyp"])
    >>> table[["plan_id", "value", "verdict", "rank"]].values.tolist()
    [['mianyang-14fyp', 55.0, 'comparable', 1], ['panjin-14fyp', 55.0, 'comparable', 1]]
    """
    rows = _headlines(ds)
    if plans is not None:
        wanted_plans = _named("plan", plans, ds.plans["plan_id"])
        rows = rows[rows["plan_id"].isin(wanted_plans) | rows["is_reference"]]
        shown = rows["plan_id"].isin(wanted_plans)
    else:
        shown = pd.Series(True, index=rows.index)
    if indicators is None:
        cities = rows[~rows["is_reference"]].groupby("indicator_id")["plan_id"].nunique()
        wanted = [indicator for indicator in ds.indicators["indicator_id"] if cities.get(indicator, 0) >= 2]
    else:
        wanted = _named("indicator", indicators, ds.indicators["indicator_id"])
    groups = [_one(rows[rows["indicator_id"] == indicator]) for indicator in wanted]
    table = pd.concat(groups or [_one(rows.iloc[:0])])  # an empty table has the types of a full one
    return table.loc[shown.reindex(table.index, fill_value=True), COLUMNS].reset_index(drop=True)


def _named(name: str, given: Iterable[str], valid: Iterable[str]) -> list[str]:
    """The given codes, each once; a single one may stand alone."""
    codes = [given] if isinstance(given, str) else list(dict.fromkeys(given))
    for code in codes:
        choose(name, code, valid)
    return codes


def _headlines(ds: Dataset) -> pd.DataFrame:
    """The headline target of each plan and indicator, with what the verdict looks at."""
    rows = targets_with_baselines(ds)
    plans = ds.plans.set_index("plan_id")
    about = ds.indicators.set_index("indicator_id")
    rows = rows.rename(columns={"baseline_value": "baseline"})
    for column in ("name_zh", "name_en", "domain_id", "direction", "measure"):
        rows[column] = rows["indicator_id"].map(about[column])
    rows["side"] = sides(rows["comparator"], rows["direction"])
    rows["value"] = bound(rows["value"], rows["value_high"], rows["side"])
    rows["level"] = rows["plan_id"].map(plans["city_id"]).map(ds.areas.set_index("area_id")["level"])
    rows["whole_area"] = rows["area_id"] == rows["plan_id"].map(plans["city_id"])
    rows["base_year"] = rows["plan_id"].map(plans["baseline_year"])
    rows["script"] = rows["plan_id"].map(plans["script"])
    rows["period"] = (rows["flow_end"] - rows["flow_start"] + 1).astype("float64")
    rows["is_reference"] = rows["level"].isin(["nation", "province"])
    order = pd.DataFrame(
        {
            "partial": ~rows["whole_area"],
            "prose": rows["nature"].isna() & ~rows["is_reference"],
            "empty": rows["value"].isna(),
            "strive": rows["commitment"] == "strive",
            "early": -rows["year"].fillna(0).astype("int64"),
            "place": rows["char_start"].fillna(0).astype("int64"),
        }
    )
    rows = rows.loc[order.sort_values(list(order.columns), kind="stable").index]
    count = rows.groupby(["plan_id", "indicator_id"])["statement_id"].transform("size")
    rows["also_stated"] = count - 1
    rows = rows.drop_duplicates(["plan_id", "indicator_id"])
    position = {plan: index for index, plan in enumerate(ds.plans["plan_id"])}
    return rows.sort_values("plan_id", key=lambda ids: ids.map(position), kind="stable").reset_index(drop=True)


def _one(rows: pd.DataFrame) -> pd.DataFrame:
    """Verdicts, common year and ranks for one indicator."""
    rows = rows.assign(**judge(rows))
    for lang in ("zh", "en"):
        rows[f"reason_{lang}"] = [_words(reasons, lang) for reasons in rows["reasons"]]
    fit = ~rows["is_reference"] & rows["value"].notna() & (rows["verdict"] != "not_comparable")
    year = core(rows[fit])[0] if fit.any() else None
    rows = rows.assign(**_at(rows, year))
    ranked = fit & (rows["verdict"] == "comparable") & (rows["direction"] != "none")
    ascending = bool((rows["direction"] == "decrease").any())
    rank = rows["value"].where(ranked & (ranked.sum() > 1)).round(9).rank(method="min", ascending=ascending)
    rows["rank"] = rank.astype("Int64")
    rows["ranked"] = int(ranked.sum())
    rows["left_out"] = int((~rows["is_reference"]).sum() - ranked.sum())
    nation = rows[rows["is_reference"] & (rows["level"] == "nation")]
    for column, source in (("national_value", "value"), ("national_comparator", "comparator"), ("national_year", "year")):
        rows[column] = nation[source].iloc[0] if len(nation) else None
    rows["national_value"] = rows["national_value"].astype("float64")
    marks = {"implied_year": rows["year_basis"] == "implied", "inferred_unit": rows["unit_inferred"],
             "implied_pledge": rows["implied_value"].notna(), "interpolated": rows["interpolated"]}  # fmt: skip
    rows["marks"] = [" ".join(name for name, flag in marks.items() if flag[row]) for row in rows.index]
    return rows


def _at(rows: pd.DataFrame, year: int | None) -> dict[str, object]:
    """Values at a common year: its own, or on the straight line from baseline to target; missing beyond that line."""
    if year is None:
        return {"common_year": pd.NA, "common_value": float("nan"), "interpolated": False}
    start, end = rows["baseline_year"].astype("float64"), rows["year"].astype("float64")
    inside = rows["baseline"].notna() & (start <= year) & (end > year) & rows["period"].isna()
    line = rows["baseline"] + (rows["value"] - rows["baseline"]) * (year - start) / (end - start).where(end > start)
    value = rows["value"].where(end == year, line.where(inside))
    return {"common_year": year, "common_value": value, "interpolated": inside & value.notna()}


def _words(reasons: str, lang: str) -> str:
    known = [code for code in REASONS if code in reasons.split()]
    return say("punctuation.clause", lang).join(say(f"verdict_reason.{code}", lang) for code in known)
