"""Cities side by side: targets of the same indicator, with a verdict on whether they may be
compared.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import (
    NATION,
    PROVINCE,
    REFERENCE_LEVELS,
    levels,
    places,
    reference_targets,
)
from psanalysis.datapackage.remembered import remembered
from psanalysis.datapackage.selection import Plans, chosen_indicators, chosen_plans
from psanalysis.measures import exante
from psanalysis.measures.common_year import at_common_year
from psanalysis.measures.doubts import doubts, doubts_of
from psanalysis.measures.marks import joined
from psanalysis.measures.pairing import headline_order, obstacles, targets_with_baselines
from psanalysis.measures.ranks import positioned, ranked
from psanalysis.measures.target import bound, sides
from psanalysis.measures.verdicts import grows_with_size, judge
from psanalysis.wording import say

OF_REFERENCE = ("statement_id", "value", "comparator", "year", "marks", "caveat")
PREFIXES = {NATION: "national", PROVINCE: "provincial"}
REFERENCE_COLUMNS = [f"{prefix}_{name}" for prefix in PREFIXES.values() for name in OF_REFERENCE]

COLUMNS = [
    "indicator_id", "name_zh", "name_en", "domain_id", "plan_id", "area_id", "level",
    "statement_id", "baseline_statement_id",
    "value", "value_low", "value_high", "comparator", "pledge", "commitment", "nature", "unit_id",
    "year", "baseline", "baseline_year",
    "relative_change", "position", "common_year", "common_value", "interpolated", "verdict",
    "reasons", "reason_zh", "reason_en",
    "rank", "ranked", "left_out", "is_reference", *REFERENCE_COLUMNS, "implied_value",
    "also_stated", "value_as_written", "direction", "measure", "side", "doubted", "findings",
    "marks", "undefined",
]  # fmt: skip


@remembered
def compare(
    ds: Dataset, indicators: Iterable[str] | str | None = None, plans: Plans = None
) -> pd.DataFrame:
    """Targets of indicators in all plans, aligned, with a verdict of comparability and its reasons.

    Parameters
    ----------
    ds
        The data set.
    indicators
        indicator_id, or a list of them, to compare; by default all that at least two cities have a
        target for.
    plans
        A plan_id, an area or a list of these; by default all.

    Returns
    -------
    DataFrame
        One row per plan and indicator, the plan's headline target: its table before its prose, a
        number before a pledge, firm before strive, the later year, the first in the text.
        `also_stated` counts its other targets of the indicator.

        - value, baseline: in `unit_id`, the indicator's unit; value is what has to be reached, of a
          range one end. value_low and value_high
          are the number as stated: both ends of a range, else value_low alone.
        - relative_change: (T - B) / B (`psanalysis.measures.exante.relative_change`).
        - position: how demanding the target is in percent of the reference, right of 100 always
          more demanding: 100 T / N for a floor, 100 N / T for a cap. N is the national target of
          the same year; where the nation has none for the indicator, or it grows with the size of
          the area, the most demanding comparable target. Missing for what is not comparable.
        - baseline_statement_id: the statement of the baseline. is_reference: True for the nation
          and provinces, which are never ranked.
        - common_year, common_value, interpolated: value at the horizon of the core group; for a
          later horizon it is read off the straight
          line from an earlier baseline to the target and marked, for an earlier horizon or without
          baseline it is missing.
        - verdict (comparable, caveat, not_comparable), reasons (codes, see
          `psanalysis.measures.verdicts`), reason_zh, reason_en.
        - rank: 1 is the most demanding target (`psanalysis.measures.target.more_demanding`), only
          among comparable cities with a number, ties
          share it; ranked and left_out count the plans in and out. A place with several comparable
          plans is ranked once, by the latest.
          Missing where fewer than four cities are comparable or the indicator has no better side.
        - implied_value: the number that a pledge implies for a share of a whole; shown with a mark,
          never ranked.
        - doubted: True where a finding doubts the target: it is shown with a mark and never ranked;
          findings: finding_id of these,
          separated by blanks. A relative change is not given where the baseline is doubted.
        - marks: what the figures rest on besides print: implied_year, inferred_unit,
          implied_pledge, interpolated, and doubted; separated by
          blanks.
        - undefined: why relative_change, common_value or rank is missing, as `measure=code`
          (section `undefined` of wording.toml).
        - national_statement_id, national_value, national_comparator, national_year, national_marks,
          national_caveat: the national target that the row is held against
          (`psanalysis.datapackage.identity.reference_targets`): of the same target year, else the
          nearest earlier one with caveat earlier_year. provincial_*: the same of the plan's own
          province. A reference is a line and never a rank.

        Types: Int64 year, baseline_year, common_year, rank, national_year, provincial_year;
        bool interpolated, is_reference, doubted; float64 value, value_low, value_high,
        baseline, relative_change, position, common_value, national_value, provincial_value,
        implied_value; int64 ranked, left_out, also_stated, side; str the others.

    Raises
    ------
    ParameterError
        If an indicator or plan does not exist.

    Examples
    --------
    >>> import psanalysis as ps
    >>> table = ps.compare(ps.load(), indicators=["nursing_bed_share"],
    ...     plans=["mianyang-14fyp", "panjin-14fyp"])
    >>> table[["plan_id", "value", "verdict", "rank"]].values.tolist()
    [['mianyang-14fyp', 55.0, 'comparable', <NA>], ['panjin-14fyp', 55.0, 'comparable', <NA>]]
    """
    rows = _headlines(ds)
    if plans is not None:
        wanted_plans = chosen_plans(ds, plans)
        rows = rows[rows["plan_id"].isin(wanted_plans) | rows["is_reference"]]
        shown = rows["plan_id"].isin(wanted_plans)
    else:
        shown = pd.Series(True, index=rows.index)
    if indicators is None:
        cities = rows[~rows["is_reference"]].groupby("indicator_id")["place"].nunique()
        shared = set(cities.index[cities >= 2])
        wanted = [indicator for indicator in ds.indicators["indicator_id"] if indicator in shared]
    else:
        wanted = chosen_indicators(ds, indicators)
    position = {indicator: place for place, indicator in enumerate(wanted)}
    rows = rows[rows["indicator_id"].isin(position)].sort_values(
        "indicator_id", key=lambda ids: ids.map(position), kind="stable"
    )
    table = ranked(positioned(_changed(at_common_year(_judged(rows)))))
    return table.loc[shown[table.index], COLUMNS].reset_index(drop=True)


def _headlines(ds: Dataset) -> pd.DataFrame:
    """The headline target of each plan and indicator, with what the verdict looks at: adds to
    `targets_with_baselines` among others `value_low`, `side`, `grows`, `level`, `place`, `started`,
    `period`, `doubted`, `marks`, `is_reference` and `also_stated`.
    """
    rows = targets_with_baselines(ds)
    rows["obstacle"] = obstacles(rows)
    plans = ds.plans.set_index("plan_id")
    about = ds.indicators.set_index("indicator_id")
    rows = rows.rename(columns={"baseline_value": "baseline"})
    for column in ("name_zh", "name_en", "domain_id", "direction", "measure"):
        rows[column] = rows["indicator_id"].map(about[column])
    rows["grows"] = grows_with_size(ds, rows["indicator_id"])
    rows["side"] = sides(rows["comparator"], rows["direction"])
    rows["value_low"] = rows["value"]
    rows["value"] = bound(rows["value"], rows["value_high"], rows["side"])
    rows["findings"] = doubts_of(ds, rows["statement_id"])
    rows["doubted"] = rows["findings"] != ""
    rows["baseline_doubted"] = rows["baseline_statement_id"].isin(doubts(ds).index)
    rows["level"] = rows["plan_id"].map(levels(ds))
    rows["place"] = rows["plan_id"].map(places(ds))
    rows["started"] = rows["plan_id"].map(plans["period_start"])
    rows["whole_area"] = rows["area_id"] == rows["place"]
    rows["script"] = rows["plan_id"].map(plans["script"])
    rows["period"] = (rows["flow_end"] - rows["flow_start"]).astype("float64")
    rows["marks"] = joined(_marks_of_target(rows))
    rows["is_reference"] = rows["level"].isin(REFERENCE_LEVELS)
    rows = _with_references(ds, headline_order(rows))
    count = rows.groupby(["plan_id", "indicator_id"])["statement_id"].transform("size")
    rows["also_stated"] = count - 1
    rows = rows.drop_duplicates(["plan_id", "indicator_id"])
    position = {plan: index for index, plan in enumerate(ds.plans["plan_id"])}
    return rows.sort_values("plan_id", key=lambda ids: ids.map(position), kind="stable")


def _judged(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds the columns of `judge` (`verdict`, `reasons`) and the reasons in words, `reason_zh` and
    `reason_en`.
    """
    rows = rows.assign(**judge(rows))
    for lang in ("zh", "en"):
        words = {reasons: _words(reasons, lang) for reasons in rows["reasons"].unique()}
        rows[f"reason_{lang}"] = rows["reasons"].map(words).astype("str")
    return rows


def _with_references(ds: Dataset, targets: pd.DataFrame) -> pd.DataFrame:
    """Adds the national and the provincial target that each target is compared with: under either
    prefix `statement_id`, `value`, `comparator`, `marks`, `year` and `caveat`.
    """
    by_id = targets.set_index("statement_id")
    for level, prefix in PREFIXES.items():
        found = reference_targets(ds, targets, targets, level)
        targets[f"{prefix}_statement_id"] = found["statement_id"].astype("str")
        for name in ("value", "comparator", "marks"):
            targets[f"{prefix}_{name}"] = (
                found["statement_id"].map(by_id[name]).astype(by_id[name].dtype)
            )
        targets[f"{prefix}_year"] = found["year"].astype("Int64")
        targets[f"{prefix}_caveat"] = found["caveat"].astype("str")
    return targets


def _marks_of_target(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """What each target rests on besides print, by mark; reads `year_basis`, `unit_inferred`,
    `implied_value` and `doubted`.
    """
    return {
        "implied_year": rows["year_basis"] == "implied",
        "inferred_unit": rows["unit_inferred"],
        "implied_pledge": rows["implied_value"].notna(),
        "doubted": rows["doubted"],
    }


def _changed(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds `relative_change` from `baseline` to `value` (a share, not %) and `why_relative_change`,
    why there is none.
    """
    measured = exante.relative_change(
        rows.rename(columns={"value": "target"}).assign(not_comparable=rows["obstacle"].notna())
    )
    doubted = measured.reason.isna() & rows["baseline_doubted"]
    return rows.assign(
        relative_change=measured.value.mask(doubted),
        why_relative_change=measured.reason.mask(doubted, "baseline_doubted"),
    )


def _words(reasons: str, lang: str) -> str:
    return say("punctuation.clause", lang).join(
        say(f"verdict_reason.{code}", lang) for code in reasons.split()
    )
