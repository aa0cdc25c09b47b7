"""The cells of the chart of indicators by plans: each target with its standing against the
nation's, or why there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from psanalysis.datapackage.identity import known_in_part, plan_title
from psanalysis.measures.ambition import ambition
from psanalysis.report.frames import narrowed
from psanalysis.report.page import Page
from psanalysis.tables.marks import SIGNS
from psanalysis.wording import say

DOUBT = f" {SIGNS['doubted']}"


def standing_cells(page: Page, frame: pd.DataFrame, plans: Sequence[str]) -> pd.DataFrame:
    """A cell for every indicator of a comparison and every plan that has one of them.

    Parameters
    ----------
    page
        The page that shows them.
    frame
        Rows of `comparison_frame`.
    plans
        plan_id of the plans, in the order of the columns.

    Returns
    -------
    pandas.DataFrame
        A row a cell: label (name of the indicator), group (domain), column (plan), plan_id,
        standing (a code of `psanalysis.ambition`, or nation, pledge, no_national, not_known,
        no_target), text, url, mark_text, doubted.
    """
    if frame.empty:
        return pd.DataFrame(columns=["standing", "doubted"])
    of_indicators = ambition(narrowed(page.ds, frame["indicator_id"]))
    standing = of_indicators.set_index("statement_id")["standing"]
    # with the period, so that heads show which plans have ended
    cities = {plan: plan_title(page.ds, plan, page.lang) for plan in plans}
    # a plan without any of these targets would be an empty column
    there = set(frame["plan_id"])
    in_part = known_in_part(page.ds)
    rows = []
    for _indicator, group in frame.groupby("indicator_id", sort=False):
        own = group.set_index("plan_id")
        for plan in (plan for plan in plans if plan in there):
            cell = (
                _target(page, own.loc[plan], standing)
                if plan in own.index
                else _missing(page, "not_known" if plan in in_part else "no_target")
            )
            rows.append(
                {
                    "label": group["name"].iloc[0],
                    "group": group["group"].iloc[0],
                    "column": cities[plan],
                    "plan_id": plan,
                    **cell,
                }
            )
    return pd.DataFrame(rows)


def _missing(page: Page, kind: str) -> dict[str, Any]:
    text = page.words(f"cell_{kind}")
    return {"standing": kind, "text": text, "url": "", "mark_text": "", "doubted": False}


def _target(page: Page, row: pd.Series, standing: pd.Series) -> dict[str, Any]:
    if row["is_reference"]:
        kind = "nation"
    elif pd.isna(row["value"]):
        kind = "pledge"
    else:
        kind = str(standing.get(row["statement_id"], "no_national"))
    # the year is shown only where it is why a target is not compared with the nation's
    other_year = (
        kind in ("not_comparable", "earlier_year")
        and pd.notna(row["national_year"])
        and row["year"] != row["national_year"]
    )
    sign = say(f"standing_sign.{kind}", page.lang)
    text = page.words("cell", sign=sign, value=row["value_text"])
    text += DOUBT if row["doubted"] else ""
    return {
        "standing": kind,
        "text": f"{text.strip()}\n{row['year'] if other_year else ''}".strip(),
        "url": row["url"],
        "mark_text": row["mark_text"],
        "doubted": bool(row["doubted"]),
    }
