"""Which baseline belongs to a target: statements of one plan, one indicator and one area brought
side by side.
"""

from __future__ import annotations

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.remembered import remembered
from psanalysis.datapackage.selection import Plans, chosen_plans
from psanalysis.datapackage.unit_source import INFERRED, unit_sources
from psanalysis.measures.marks import first_reason
from psanalysis.measures.units import convert_column

KEY = ["plan_id", "indicator_id", "area_id"]
FROM_STATEMENT = [
    "statement_id", "year", "year_basis", "value", "value_high", "unit_id", "comparator",
    "flow_start", "flow_end", "value_as_written", "section", "char_start", "char_end", "nature",
    "unit_inferred",
]  # fmt: skip


@remembered
def in_indicator_unit(ds: Dataset, statements: pd.DataFrame) -> pd.DataFrame:
    """Statements with `value` and `value_high` converted to the unit of their indicator (`unit_id`
    becomes it).

    The unit as written stays in `unit_as_written`. `unit_inferred` is True where a number's unit is
    printed nowhere (unit_source), and `implied_value` is the number that a pledge implies for a
    share of a whole.
    """
    unit = statements["indicator_id"].map(ds.indicators.set_index("indicator_id")["unit_id"])
    return statements.assign(
        value=convert_column(statements["value"], statements["unit_id"], unit, ds.units),
        value_high=convert_column(statements["value_high"], statements["unit_id"], unit, ds.units),
        unit_as_written=statements["unit_id"],
        unit_id=unit,
        unit_inferred=unit_sources(statements, ds.units) == INFERRED,
        implied_value=statements["pledge"]
        .map(ds.pledges.set_index("pledge_id")["implied_value"])
        .astype("float64")
        .where(unit == "percent"),
    )


def select(ds: Dataset, plan: Plans = None) -> pd.DataFrame:
    """Statements of the plans that are meant (`plan_id`), see `chosen_plans`.

    Raises
    ------
    ParameterError
        If there is no such plan; the message says which may be meant.
    """
    plans = chosen_plans(ds, plan)
    return ds.statements if plan is None else ds.statements[ds.statements["plan_id"].isin(plans)]


@remembered
def targets_with_baselines(ds: Dataset, plan: Plans = None) -> pd.DataFrame:
    """One row per target, in the order of the plan, with the baseline that it starts from.

    A target may have several candidate baselines: the table's and the prose's, or the two values of
    a from-to pair. Candidates with a value come first, then the one from the same section, then the
    latest year, then the first in the text. Where candidates of the same year differ in value,
    `several_baselines` is True.

    Returns
    -------
    DataFrame
        Columns of statements.csv for the target, and `baseline_*` columns for its baseline (missing
        where there is none); values in the unit of the indicator.
    """
    statements = in_indicator_unit(ds, select(ds, plan))
    targets = statements[statements["role"] == "target"].reset_index(drop=True)
    targets["order"] = range(len(targets))
    baselines = statements.loc[statements["role"] == "baseline", [*KEY, *FROM_STATEMENT]]
    candidates = targets[["order", *KEY, "section", "nature"]].merge(
        baselines.rename(columns={name: f"baseline_{name}" for name in FROM_STATEMENT}), on=KEY
    )
    same_place = (candidates["section"] == candidates["baseline_section"]) & (
        candidates["nature"].isna() == candidates["baseline_nature"].isna()
    )
    candidates = candidates.assign(
        without_value=candidates["baseline_value"].isna() & ~same_place,
        elsewhere=~same_place,
        age=-candidates["baseline_year"],
    ).sort_values(
        ["order", "without_value", "elsewhere", "age", "baseline_char_start"], kind="stable"
    )
    chosen = candidates.drop_duplicates("order")
    years = candidates.merge(chosen[["order", "baseline_year"]], on=["order", "baseline_year"])
    several = years.groupby("order")["baseline_value"].nunique() > 1
    wanted = [column for column in chosen.columns if column.startswith("baseline_")]
    paired = targets.merge(
        chosen[["order", *wanted]], on="order", how="left", validate="one_to_one"
    )
    return paired.assign(several_baselines=paired["order"].map(several).eq(True)).drop(
        columns="order"
    )


def obstacles(paired: pd.DataFrame) -> pd.Series:
    """Why baseline and target of a row cannot be subtracted: code of the reason, missing where they
    can or one has no number.

    Parameters
    ----------
    paired
        Result of `targets_with_baselines`.
    """
    length = (paired["flow_end"] - paired["flow_start"]).astype("float64")
    base_length = (paired["baseline_flow_end"] - paired["baseline_flow_start"]).astype("float64")
    numbers = paired["value"].notna() & paired["baseline_value"].notna()
    return first_reason(
        paired.index,
        ("flow_against_stock", numbers & (length.isna() != base_length.isna())),
        ("unlike_periods", numbers & length.notna() & (length != base_length)),
        (
            "years_not_ahead",
            numbers & (paired["baseline_year"] >= paired["year"]).fillna(False).astype(bool),
        ),
    )


def headline_order(targets: pd.DataFrame) -> pd.DataFrame:
    """Targets with the one first that stands for a plan: of its whole area before a part, its table
    before its prose, a number before a pledge, firm before strive, the later year, the first in the
    text.

    Parameters
    ----------
    targets
        Columns of statements.csv, and whole_area (False where a target is for a part of the plan's
        city).
    """
    order = pd.DataFrame(
        {
            "partial": ~targets["whole_area"],
            "prose": targets["nature"].isna(),
            "empty": targets["value"].isna(),
            "strive": targets["commitment"] == "strive",
            "early": -targets["year"],
            "place": targets["char_start"],
        }
    )
    return targets.loc[order.sort_values(list(order.columns), kind="stable").index]
