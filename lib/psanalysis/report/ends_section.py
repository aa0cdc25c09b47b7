"""The outcomes of a plan's targets on the plan's own page: a sentence, tables, and links to the
pages with the details.
"""

from __future__ import annotations

import pandas as pd

from psanalysis.report.blocks import link
from psanalysis.report.ends import around_table, due_rows, ends_table, ends_words, told
from psanalysis.report.html import Html, paragraph
from psanalysis.report.missing import MissingPage
from psanalysis.report.outcomes_page import Outcomes
from psanalysis.report.page import Page


def ends_section(page: Page, plan_id: str, ends: pd.DataFrame) -> Html:
    """The due targets of a plan; nothing where none is due.

    Parameters
    ----------
    page, plan_id
        The page that shows it, and the plan.
    ends
        Its targets as from `psanalysis.outcomes`.
    """
    due, known = due_rows(ends), told(ends)
    if due.empty:
        return Html("")
    places = [(MissingPage.address(page.lang), page.words("to_missing"))]
    if len(known):
        outcomes = Outcomes.address(page.lang, plan_id=plan_id)
        places.insert(0, (outcomes, page.words("to_outcomes")))
    links = " · ".join(link(words, href) for href, words in places)
    return (
        paragraph(ends_words(page, ends))
        + (ends_table(page, known) if len(known) else Html(""))
        + around_table(page, due)
        + Html(f"<p>{links}</p>")
    )
