"""Builds the index for the search of the first page: every indicator of a plan, places, domains,
pages and services, also by year.

The page has the words of each entry as data, which `search.js` searches. Each word begins with a
mark: `=` a name, `+` another name, `-` a name as a plan writes it, `~` the pinyin of a name with
its syllables separated, `:` a name of the period of a plan.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import plan_title
from psanalysis.report.addresses import domain_page, indicator_page, plan_page, statements_page
from psanalysis.report.facets import cities_named
from psanalysis.report.provenance import row_id
from psanalysis.report.service_coverage import ServiceCoverage
from psanalysis.report.service_table import service_row
from psanalysis.site.search_words import everyday, named, of_indicators, of_period
from psanalysis.wording import LANGUAGES, say

KINDS = ("indicator", "place", "domain", "service", "page")


@dataclass(frozen=True)
class Found:
    """An indicator in the index: its name, its words, its page, and the plans that state it.

    Attributes
    ----------
    cities
        Codes of the places, separated by blanks; `*` for more than `MOST_CITIES`.
    used
        Number of places with a plan that states it, even if no page shows the plan, so that the
        order of results does not depend on which pages were built.
    rows
        plan_id -> statements and their years: first the one that the result links to, then one for
        each other year, targets before baselines.
    """

    code: str
    name: str
    words: tuple[str, ...]
    path: str
    domain: str
    cities: str
    used: int
    rows: Mapping[str, tuple[Row, ...]]


# statement_id, and the year that it is for; 0 for one without a year
Row = tuple[str, int]


def indicators(ds: Dataset, lang: str, there: Container[str]) -> list[Found]:
    """All indicators that a plan states, in the order of indicators.csv.

    An indicator links to its own page or, without one, to its row in the statements of a plan; one
    that no page shows is left out.
    """
    pages = _pages(ds, lang, there, plan_page)
    listed = _pages(ds, lang, there, statements_page)
    pages |= listed
    stated = ds.statements[ds.statements["plan_id"].isin(pages)]
    stated = stated.sort_values("role", key=lambda roles: roles != "target", kind="stable")
    rows = _rows(stated)
    place_of = ds.plans.set_index("plan_id")["city_id"].to_dict()
    used = ds.statements["plan_id"].map(place_of).groupby(ds.statements["indicator_id"]).nunique()
    words, found = of_indicators(ds), []
    for about in ds.indicators.to_dict("records"):
        code = about["indicator_id"]
        path, own = indicator_page(code, lang).removeprefix("../"), rows.get(code, {})
        if path not in there and not own:
            continue
        if path not in there:
            plan, ((statement, _), *_) = next(iter(own.items()))
            path = f"{listed[plan]}#{row_id(statement)}" if plan in listed else pages[plan]
        found.append(
            Found(
                code,
                about[f"name_{lang}"],
                words[code],
                path,
                about["domain_id"],
                cities_named(place_of[plan] for plan in own),
                int(used.get(code, 0)),
                own,
            )
        )
    return found


def _rows(stated: pd.DataFrame) -> dict[str, dict[str, tuple[Row, ...]]]:
    """By `indicator_id` and `plan_id` the statements that a search result can link to: the first
    one, then one for each other `year`.
    """
    stated = stated.assign(year=stated["year"].fillna(0).astype(int))
    pair = ["indicator_id", "plan_id"]
    found: dict[str, dict[str, tuple[Row, ...]]] = {}
    for row in stated.drop_duplicates([*pair, "year"]).itertuples():
        own = found.setdefault(row.indicator_id, {})
        own[row.plan_id] = (*own.get(row.plan_id, ()), (row.statement_id, row.year))
    return found


def search_index(
    ds: Dataset,
    lang: str,
    there: Container[str],
    found: Sequence[Found],
    pages: Iterable[tuple[str, str]],
) -> str:
    """The data of the search, as JSON that a page can hold.

    Parameters
    ----------
    ds, lang
        The data, and the language of the page.
    there
        Paths of the pages that the site has.
    found
        As from `indicators`.
    pages
        Title and path of the site's other pages in the language.

    Returns
    -------
    str
        An object with kinds (words for each kind of entry), ignored (words without meaning for the
        search), dated (how a place and a year are shown), places (their number), plans and entries.

        - plans, the latest first: plan_id, place, title, path, words of place and period, path of
          the statements, and the years of baseline,
          beginning, end and horizon.
        - entries: name, kind, domain, path, words; for an indicator also the plans that state it,
          as `number.end of the statement's id` with
          `:year` where it is not for the horizon of the plan, and how many places use it.
    """
    paths = _pages(ds, lang, there, plan_page)
    rows = _pages(ds, lang, there, statements_page)
    areas = ds.areas.set_index("area_id")
    order = ds.plans.sort_values("period_end", ascending=False, kind="stable")
    order = order[order["plan_id"].isin(paths)]
    number = {plan: rank for rank, plan in enumerate(order["plan_id"])}
    plans = [
        [
            own["plan_id"],
            own["city_id"],
            plan_title(ds, own["plan_id"], lang),
            paths[own["plan_id"]],
            [*named(areas.loc[own["city_id"]]), *of_period(own)],
            rows.get(own["plan_id"], ""),
            _years(own),
        ]
        for own in order.to_dict("records")
    ]
    horizon = [plan[6][-1] for plan in plans]
    entries: list[list[Any]] = [
        [
            one.name,
            "indicator",
            one.domain,
            one.path,
            list(one.words),
            _at(one.rows, number, horizon),
            one.used,
        ]
        for one in found
    ]
    entries += [
        [plan[2], "place", "", plan[3], plan[4], f"{rank}."] for rank, plan in enumerate(plans)
    ]
    entries += list(_others(ds, lang, there))
    entries += [[title, "page", "", path, [f"={title}"], ""] for title, path in pages]
    kinds = {kind: say(f"search.{kind}", lang) for kind in KINDS}
    ignored = " ".join(say("search.ignored", one) for one in LANGUAGES)
    dated = say("search.of_year", lang, place="{place}", year="{year}")
    packed = {
        "kinds": kinds,
        "ignored": ignored,
        "dated": dated,
        "places": ds.plans["city_id"].nunique(),
        "plans": plans,
        "entries": entries,
    }
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _pages(
    ds: Dataset, lang: str, there: Container[str], page_of: Callable[[str, str], str]
) -> dict[str, str]:
    """plan_id -> its page of a kind, if the site has it."""
    pages = {plan: page_of(plan, lang).removeprefix("../") for plan in ds.plans["plan_id"]}
    return {plan: path for plan, path in pages.items() if path in there}


def _at(
    rows: Mapping[str, tuple[Row, ...]], number: Mapping[str, int], horizon: Sequence[int]
) -> str:
    # a plan whose page was never built has no number
    ranked = sorted((number[plan], plan) for plan in rows if plan in number)
    return " ".join(
        f"{rank}.{statement.removeprefix(f'{plan}-')}{'' if year == horizon[rank] else f':{year}'}"
        for rank, plan in ranked
        for statement, year in rows[plan]
    )


def _years(plan: Mapping[str, Any]) -> list[int]:
    """Years of baseline, beginning, end and horizon of a plan; 0 for one that it does not have."""
    names = ("baseline_year", "period_start", "period_end", "horizon_year")
    return [0 if pd.isna(plan[name]) else int(plan[name]) for name in names]


def _others(ds: Dataset, lang: str, there: Container[str]) -> Iterator[list[Any]]:
    """Domains with a page, and services of the plans' lists."""
    for row in ds.domains.to_dict("records"):
        path = domain_page(row["domain_id"], lang).removeprefix("../")
        if path in there:
            words = [*named(row), *everyday(row["domain_id"])]
            yield [row[f"name_{lang}"], "domain", row["domain_id"], path, words, ""]
    path = ServiceCoverage.address(lang).removeprefix("../")
    if path in there:
        for row in ds.service_codes.to_dict("records"):
            path_of_row = f"{path}#{service_row(row['service_id'])}"
            yield [row[f"name_{lang}"], "service", row["domain_id"], path_of_row, named(row), ""]
