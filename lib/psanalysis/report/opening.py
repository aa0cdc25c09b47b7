"""The beginning of a page about one plan: title, period and answer, and on its other pages the link
back to its own.
"""

from __future__ import annotations

from psanalysis.report.addresses import plan_page
from psanalysis.report.blocks import link
from psanalysis.report.html import Html, heading, paragraph
from psanalysis.report.page import Page
from psanalysis.report.periods import period_line


def opening(page: Page, plan_id: str, note: str = "", *, back: bool = True) -> Html:
    """Title, period and answer of a page about a plan.

    Parameters
    ----------
    page
        The page; its words have `title` and, for the way back, `to_plan`.
    plan_id
        The plan.
    note
        What stands in small print below the answer.
    back
        Whether a link leads to the plan's own page.
    """
    begun = (
        heading(1, page.words("title", **page.subject()))
        + paragraph(period_line(page.ds, plan_id, page.lang), "ps-period")
        + paragraph(page.answer(), "ps-answer")
    )
    if note:
        begun += paragraph(note, "ps-note")
    if not back:
        return begun
    return begun + Html(f"<p>{link(page.words('to_plan'), plan_page(plan_id, page.lang))}</p>")
