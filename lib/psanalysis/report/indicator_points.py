"""The points of an indicator's chart: every value that the plans state, and which of them form the
line to each target.
"""

from __future__ import annotations

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import plan_title, reference_plans
from psanalysis.datapackage.pledges import pledge_words
from psanalysis.formatting import MISSING, PROPORTIONS, in_plain_units, stated
from psanalysis.measures.doubts import doubts
from psanalysis.measures.marks import joined
from psanalysis.measures.pace import pairs
from psanalysis.measures.pairing import in_indicator_unit, obstacles, targets_with_baselines
from psanalysis.report.provenance import row_id
from psanalysis.tables.marks import signs_of
from psanalysis.wording import say


def indicator_points(own: Dataset, targets: pd.DataFrame, unit: str, lang: str) -> pd.DataFrame:
    """Every value that a plan states of the indicator in its own area, and whether it lies on the
    plan's line.

    Parameters
    ----------
    own
        The data set with the statements of the indicator alone, see
        `psanalysis.report.frames.narrowed`.
    targets
        The headline target of each plan, rows of `comparison_frame`.
    unit
        Name of the indicator's unit in the language.
    lang
        zh or en.

    Returns
    -------
    pandas.DataFrame
        Rows of statements.csv in the indicator's unit, with year (assumed where the plan names
        none), marks, doubted, path (whether the point is on the line of its plan), national, panel
        (the plan), text, value (in plain units), tick_unit, url, mark_text.
    """
    rows = _stated(own, targets)
    assumed = rows["statement_id"].map(pairs(own).set_index("from_statement_id")["from_year"])
    implied = rows["year_basis"].eq("implied") | rows["year"].isna()
    titles = {plan: plan_title(own, plan, lang) for plan in rows["plan_id"].unique()}
    rows = rows.assign(
        year=rows["year"].fillna(assumed),
        marks=joined({"implied_year": implied, "inferred_unit": rows["unit_inferred"]}),
        doubted=rows["statement_id"].isin(doubts(own).index),
        national=rows["plan_id"].isin(reference_plans(own)),
        panel=rows["plan_id"].map(titles),
    )
    rows = rows.assign(path=rows["statement_id"].isin(_on_path(own, targets, rows)))
    texts = [
        pledge_words(own, row.pledge, row.statement_id, lang) if pd.isna(row.value)
        else stated(row.value, row.value_high, row.comparator, unit, lang) + signs_of(row.marks)
        for row in rows.itertuples()
    ]  # fmt: skip
    plainly = [in_plain_units(value, unit, lang)[0] for value in rows["value"]]
    rows = rows.assign(
        text=texts,
        value=pd.Series(plainly, index=rows.index, dtype="float64"),
        tick_unit=PROPORTIONS.get(unit, ""),
        url="#" + rows["statement_id"].map(row_id),
    )
    spoken = [
        say(
            "mark_words.point",
            lang,
            plan=row.panel,
            role=say(f"role.{row.role}", lang),
            year=MISSING if pd.isna(row.year) else row.year,
            value=row.text,
        )
        for row in rows.itertuples()
    ]
    rows = rows.assign(mark_text=spoken)
    # without marks that a point of the line would cover; the source table lists these too
    again = rows.duplicated(["plan_id", "year", "value"], keep=False) & rows["value"].notna()
    return rows[~(again & ~rows["path"])]


def _stated(own: Dataset, targets: pd.DataFrame) -> pd.DataFrame:
    """Statements about the plan's own area (`area_id`), and its headline target where that is set
    for a part of the area. Both frames have the columns of statements.csv, `targets` also
    `baseline_statement_id`.
    """
    rows = in_indicator_unit(own, own.statements)
    area = rows["plan_id"].map(own.plans.set_index("plan_id")["city_id"])
    headline = rows["statement_id"].isin(
        [*targets["statement_id"], *targets["baseline_statement_id"]] if len(targets) else []
    )
    said = rows["value"].notna() | (rows["role"] == "target")
    return rows[((rows["area_id"] == area) | headline) & said]


def _on_path(own: Dataset, targets: pd.DataFrame, rows: pd.DataFrame) -> list[str]:
    """`statement_id` of the points on the lines, one for each plan and year: the headline target,
    its baseline, and the other baselines. Reads `value` of `targets`; `role`, `year` and `plan_id`
    of `rows`.
    """
    with_number = targets.loc[targets["value"].notna(), "statement_id"] if len(targets) else []
    paired = targets_with_baselines(own).set_index("statement_id")
    unlike = obstacles(paired).notna()
    chosen = paired.index.isin(with_number)
    fit = paired[chosen & ~unlike]
    apart = set(paired.loc[chosen & unlike, "plan_id"])
    first = rows["statement_id"].isin(fit["baseline_statement_id"])
    past = rows[(rows["role"] == "baseline") & rows["year"].notna() & ~rows["plan_id"].isin(apart)]
    past = (
        past.assign(later=~first)
        .sort_values("later", kind="stable")
        .drop_duplicates(["plan_id", "year"])
    )
    return [*paired.index[chosen], *past["statement_id"]]
