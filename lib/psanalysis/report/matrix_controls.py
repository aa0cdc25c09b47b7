"""The filters of the matrix; they are hidden until its script has started."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from psanalysis.markup import escaped
from psanalysis.report.frames import names
from psanalysis.report.html import Html
from psanalysis.wording import say

if TYPE_CHECKING:
    from psanalysis.report.matrix import Matrix

NATURES = ("binding", "expected", "unstated")
VERDICTS = ("comparable", "caveat", "not_comparable")
SORTS = ("apart", "places", "domain")
# from so many rows on the table first shows the indicators that three or more places share
FEW_ROWS = 10


def controls(page: Matrix) -> Html:
    """The filters of the table; hidden until the script has started."""
    lang, plans = page.lang, page.ds.plans.set_index("plan_id")
    domains = names(page.ds, "domains", "domain_id", lang)
    there = [one for one in domains.index if one in set(page.frame["domain_id"])]
    periods = sorted({period_words(plans.loc[plan]) for plan in page.columns_shown})
    most = int(places_by_indicator(page).max())
    options = {
        "domain": [("", page.words("any")), *((one, domains[one]) for one in there)],
        "nature": [("", page.words("any")),
            *((one, page.words(f"nature_{one}")) for one in NATURES)],
        "verdict": [("", page.words("any")),
            *((one, say(f"verdict.{one}", lang)) for one in VERDICTS)],
        "period": [("", page.words("any")), *((one, one) for one in periods)],
        "least": [("1", page.words("any")),
            *((str(n), page.words("least_of", count=n)) for n in range(2, min(most, 9) + 1))],
        "sort": [(one, page.words(f"sort_{one}")) for one in SORTS],
        "first": [("", page.words("choose"))],
        "second": [("", page.words("choose"))],
    }  # fmt: skip
    boxes = "".join(
        f'<label>{escaped(page.words(f"by_{name}"))}<select name="{name}">{_options(listed)}'
        "</select></label>"
        for name, listed in options.items()
    )
    reset = (
        f'<button type="button" class="ps-button" data-reset="">{escaped(page.words("reset"))}'
        "</button>"
    )
    return Html(
        f'<details class="ps-controls" data-first="{least_at_first(page)}" open '
        f"hidden><summary>{escaped(page.words('controls'))}</summary>"
        f'<div class="ps-boxes">{boxes}</div>'
        f'<details class="ps-choice"><summary>{escaped(page.words("by_places"))}</summary><div>'
        f"</div></details>{reset}</details>"
        f'<p class="ps-muted" role="status" data-count="{escaped(page.words("count", n="{n}"))}">'
        "</p>"
    )


def least_at_first(page: Matrix) -> int:
    """The least number of places that share an indicator of the table, when the page opens."""
    return next((n for n in (3, 2) if (places_by_indicator(page) >= n).sum() >= FEW_ROWS), 1)


def places_by_indicator(page: Matrix) -> pd.Series:
    """Number of places with a target, the nation among them, by indicator."""
    return page.frame.groupby("indicator_id")["place"].nunique()


def _options(listed: Iterable[tuple[str, str]]) -> str:
    return "".join(
        f'<option value="{escaped(value)}">{escaped(words)}</option>' for value, words in listed
    )


def period_words(plan: pd.Series) -> str:
    return f"{plan['period_start']}–{plan['period_end']}"
