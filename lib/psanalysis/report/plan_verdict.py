"""The verdict on a plan in two sentences: its outcomes, its baselines against its targets, and its
targets against the nation's.
"""

from __future__ import annotations

import pandas as pd

from psanalysis.report.ends import ends_words, told
from psanalysis.report.frames import headline
from psanalysis.report.held_against import is_national
from psanalysis.report.page import Page
from psanalysis.report.standing import nation_words
from psanalysis.wording import say

# Statuses as the verdict counts them together
SUMS = {
    "to_improve": "improve", "strictly_above": "some", "strictly_below": "some", "hold": "there",
    "already_met": "there", "anew_lower": "anew",
}  # fmt: skip
SENTENCES = 2


def verdict(
    page: Page, plan_id: str, gaps: pd.DataFrame, standing: pd.DataFrame, ends: pd.DataFrame
) -> tuple[str, str]:
    """The plan in two sentences, and in small print what these leave out.

    First come its outcomes, where they are known, then its baselines against its targets, where it
    has baselines, and its targets against the nation's. Figures in doubt are not counted: the small
    print says how many there are. It also has the sentences beyond the first two.

    What came of a plan stands first, where that is known; then from baseline to target, where it
    has baselines, and against the nation. A figure in doubt counts nowhere: how many there are
    stands in the small print, and so does what finds no room above.

    Parameters
    ----------
    page, plan_id
        The page that shows it, and the plan.
    gaps, ends
        Its targets as from `psanalysis.gaps` and `psanalysis.outcomes`.
    standing
        Its targets as from `psanalysis.report.standing.standing_frame`.
    """
    based = gaps["baseline"].notna().any()
    ended = [ends_words(page, ends)] if len(told(ends)) else []
    nation = [] if is_national(page, plan_id) else [nation_words(page, standing)]
    start = [_from_baseline(page, plan_id, gaps)]
    # the outcomes say more than that there are no baselines
    said = ended + nation + start if ended and not based else ended + start + nation
    own = headline(gaps)
    small = said[SENTENCES:] + (
        _left_out(page, left_out=targets_in_doubt(own), no_gap=baselines_in_doubt(own))
        if based
        else _left_out(page, not_compared=targets_in_doubt(gaps))
    )
    between = say("punctuation.sentence", page.lang)
    return between.join(said[:SENTENCES]), between.join(small)


def _left_out(page: Page, **rows: pd.DataFrame) -> list[str]:
    """How many targets are left out, a phrase for each reason that has some."""
    return [
        say(f"brief.{key}", page.lang, count=len(found))
        for key, found in rows.items()
        if len(found)
    ]


def _from_baseline(page: Page, plan_id: str, gaps: pd.DataFrame) -> str:
    """For how many headline targets something is still to be done, and how the baselines of the
    others relate to them; for a plan without baselines, that it has none. Rows of
    `psanalysis.gaps`.
    """
    own = headline(gaps)
    plan = page.ds.plans.set_index("plan_id").loc[plan_id]
    if not gaps["baseline"].notna().any():
        key = "no_baselines" if plan["coverage"] == "full" else "no_baselines_source"
        return say(f"brief.{key}", page.lang, count=int(gaps["target"].notna().sum()))
    sums = own.loc[~own["doubted"], "status"].map(SUMS).fillna("unknown").value_counts()
    parts = [
        say(
            f"brief.{name}",
            page.lang,
            count=sums[name],
            start=plan["baseline_year"],
            end=plan["horizon_year"],
        )
        for name in (*dict.fromkeys(SUMS.values()), "unknown")
        if name in sums
    ]
    untabled = "from_pairs" if plan["coverage"] == "full" else "from_part"
    tabled = "from_table_part" if plan["coverage"] == "partial" else "from_table"
    key = tabled if own["nature"].notna().any() else untabled
    return say(
        f"brief.{key}",
        page.lang,
        count=int(sums.sum()),
        parts=page.listed(parts, "clause"),
        all=len(gaps),
    )


def targets_in_doubt(gaps: pd.DataFrame) -> pd.DataFrame:
    """Targets whose own figure a finding doubts (`target_doubted`): they are not compared with
    anything.
    """
    return gaps[gaps["target_doubted"]]


def baselines_in_doubt(gaps: pd.DataFrame) -> pd.DataFrame:
    """Targets whose baseline alone a finding doubts (`doubted`, but not `target_doubted`): they
    have no gap, but are compared with other targets.
    """
    return gaps[gaps["doubted"] & ~gaps["target_doubted"]]
