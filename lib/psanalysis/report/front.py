"""The findings and the cards of plans on the first page of the site.

The overview page makes both, once.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from psanalysis.datapackage.identity import known_in_part, levels, plan_title, reference_plans
from psanalysis.markup import escaped, tag, unbroken
from psanalysis.measures.ambition import ambition
from psanalysis.measures.outcomes import outcomes
from psanalysis.report.addresses import plan_page
from psanalysis.report.blocks import link
from psanalysis.report.city_comparison import CityComparison
from psanalysis.report.ends import due_rows, ends_words, told
from psanalysis.report.findings_page import FindingsPage
from psanalysis.report.html import Html
from psanalysis.report.matrix import Matrix
from psanalysis.report.missing import MissingPage
from psanalysis.report.outcomes_page import Outcomes
from psanalysis.report.page import Page
from psanalysis.report.parameters import ALL_DOMAINS
from psanalysis.report.periods import as_of_line, last_year, state
from psanalysis.report.standing import SIDES
from psanalysis.wording import say


def front(page: Page, targets: pd.DataFrame) -> Html:
    """Findings with their links, and a card for each plan; `targets` as from `psanalysis.gaps`."""
    ends = outcomes(page.ds, None, last_year(page.ds))
    shown = "".join(
        f"<li>{unbroken(words)} {link(say('front.more', page.lang), href)}</li>"
        for words, href in _findings(page, ends)
    )
    cards = "".join(
        _card(page, plan, targets, ends, standing) for plan, standing in _standings(page)
    )
    return Html(
        f'<div class="ps-front"><p class="ps-period">{unbroken(say("front.about", page.lang))}'
        f'{escaped(as_of_line(page.ds, page.lang))}</p>'
        f'<h2 id="findings">{unbroken(say("front.findings", page.lang))}</h2><ul '
        f'class="ps-findings">{shown}</ul>'
        '<p class="ps-more-link">'
        f'{link(say("front.matrix", page.lang), Matrix.address(page.lang))}</p>'
        f'<h2 id="plans">{unbroken(say("front.plans", page.lang))}</h2><ul '
        f'class="ps-plans">{cards}</ul></div>'
    )  # fmt: skip


def _findings(page: Page, ends: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Sentences about the data, each with the address of the page that says more; `ends` are rows
    of `psanalysis.outcomes`.
    """
    lang, ds = page.lang, page.ds
    apart = CityComparison(ALL_DOMAINS, lang, ds=ds)
    if apart.widest is not None:
        yield apart.most_apart().strip(), page.indicator(apart.widest[0]["indicator_id"])
    for plan in reference_plans(ds):
        own = ends[ends["plan_id"] == plan]
        if len(told(own)):
            title = plan_title(ds, plan, lang)
            words = say("front.of_plan", lang, plan=title, words=ends_words(page, own))
            yield words, Outcomes.address(lang, plan_id=plan)
    yield FindingsPage(lang, ds).answer(), FindingsPage.address(lang)
    yield MissingPage(lang, ds).answer(), MissingPage.address(lang)
    yield page.answer(), type(page).address(lang)


def _standings(page: Page) -> Iterator[tuple[str, pd.Series]]:
    """Each plan with its targets above, at and below the nation's that no finding doubts, those of
    the latest plans first.
    """
    frame = ambition(page.ds)
    sound = frame[~frame["doubted"] & frame["value"].notna()]
    plans = page.ds.plans.assign(level=page.ds.plans["plan_id"].map(levels(page.ds)))
    for plan in plans.sort_values("period_end", ascending=False, kind="stable")["plan_id"]:
        yield plan, sound.loc[sound["plan_id"] == plan, "standing"].value_counts()


def _card(
    page: Page, plan: str, targets: pd.DataFrame, ends: pd.DataFrame, standing: pd.Series
) -> str:
    """A plan: its period, targets, standing against the nation, outcomes and doubts. `targets` and
    `ends` are rows of `psanalysis.gaps` and `psanalysis.outcomes`; `standing` has numbers of
    targets by code.
    """
    lang, own = page.lang, targets[targets["plan_id"] == plan]
    lines = [say("front.targets", lang, count=len(own), numeric=int(own["target"].notna().sum()))]
    if own["nature"].notna().any():
        lines.append(say("front.binding", lang, count=int((own["nature"] == "binding").sum())))
    sides = [
        say(f"ambition.nation_{side}", lang, count=standing[side], names="")
        for side in SIDES
        if standing.get(side, 0)
    ]
    if sides:
        lines.append(say("front.nation", lang, parts=page.listed(sides)))
    mine = ends[ends["plan_id"] == plan]
    due, known = due_rows(mine), told(mine)
    if len(due):
        lines.append(
            ends_words(page, mine) if len(known) else say("front.due", lang, count=len(due))
        )
    if own["target_doubted"].any():
        lines.append(say("front.doubted", lang, count=int(own["target_doubted"].sum())))
    over = tag(say(f"overview.{state(page.ds, plan)}", page.lang))
    if plan in known_in_part(page.ds):
        over += tag(say("front.in_part", lang))
    title = link(plan_title(page.ds, plan, lang), plan_page(plan, lang))
    return f"<li><h3>{title}{over}</h3>{''.join(f'<p>{unbroken(line)}</p>' for line in lines)}</li>"
