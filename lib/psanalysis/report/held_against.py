"""On the page of a national plan: how many targets of each place ask for more, the same and less
than the national ones.
"""

from __future__ import annotations

import pandas as pd

from psanalysis.datapackage.identity import national_plans, shared_indicators
from psanalysis.measures.ambition import ambition
from psanalysis.measures.verdicts import grows_with_size
from psanalysis.report.addresses import plan_page
from psanalysis.report.frames import narrowed
from psanalysis.report.html import Html, paragraph
from psanalysis.report.page import Page
from psanalysis.report.periods import ended_word
from psanalysis.report.standing import SIDES
from psanalysis.report.table import table
from psanalysis.tables.model import Head
from psanalysis.wording import say


def is_national(page: Page, plan_id: str) -> bool:
    """True for a national plan: one that others are compared with, and that has no plan
    above it.
    """
    return plan_id in national_plans(page.ds)


def held_against(page: Page, plan_id: str) -> pd.DataFrame:
    """Targets of places with a national target of this plan to compare with, see
    `psanalysis.ambition`; without those that a finding doubts, and without totals that grow with
    the size of a place.
    """
    frame = ambition(narrowed(page.ds, shared_indicators(page.ds)))
    plan = page.ds.statements.set_index("statement_id")["plan_id"]
    return frame[
        (frame["national_statement_id"].map(plan) == plan_id)
        & frame["standing"].isin(SIDES)
        & frame["value"].notna()
        & (frame["verdict"] != "not_comparable")
        & ~frame["doubted"]
        & ~grows_with_size(page.ds, frame["indicator_id"])
    ]


def held_section(page: Page, frame: pd.DataFrame) -> Html:
    """A sentence and a table with a row for each plan (`plan_id`), by `standing`: those with most
    targets above first. Rows of `held_against`.
    """
    if frame.empty:
        return paragraph(say("held.none", page.lang))
    counts = frame["standing"].value_counts()
    shown = [side for side in SIDES if side in counts]
    parts = [
        say(f"ambition.nation_{side}", page.lang, count=counts[side], names="") for side in shown
    ]
    words = say(
        "held.answer",
        page.lang,
        count=len(frame),
        plans=frame["plan_id"].nunique(),
        parts=page.listed(parts),
    )
    wide = frame.groupby(["plan_id", "standing"]).size().unstack(fill_value=0)
    rows = [
        {
            "plan": page.called[plan],
            "plan_href": plan_page(plan, page.lang),
            "plan_tag": ended_word(page.ds, plan, page.lang),
            **{side: int(own[side]) for side in shown},
        }
        for plan, own in wide.sort_values(shown, ascending=False, kind="stable").iterrows()
    ]
    columns = [Head("plan", say("column.plan", page.lang))]
    columns += [Head(side, say(f"held.{side}", page.lang), True) for side in shown]
    listing = table(
        rows,
        columns,
        caption=say("held.caption", page.lang),
        lang=page.lang,
        name=f"{page.name}-held-against",
    )
    return paragraph(words) + listing
