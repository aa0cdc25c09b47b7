"""What the search of the first page finds: every indicator that a plan states something of, places, domains, pages and services, also by year.

The words that lead to an entry go with the page as data; `search.js` looks through them. Each has a mark in front: `=` a name, `+` another name,
`-` a name as a plan writes it, `~` the pinyin of a name, syllables apart, `:` what the period of a plan is called.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import plan_title
from psanalysis.report.addresses import domain_page, indicator_page, plan_page, statements_page
from psanalysis.report.page import EVERY, MOST_CITIES
from psanalysis.report.provenance import row_id
from psanalysis.report.service_coverage import ServiceCoverage, service_row
from psanalysis.wording import LANGUAGES, keys, say

# what nobody types in pinyin
SIGNS = re.compile(r"[^0-9a-z]+")
KINDS = ("indicator", "place", "domain", "service", "page")
# from 1981 on a five-year plan begins every five years; counted back, the first would begin in 1956
FIVE_YEARS, BEFORE_THE_FIRST = 5, 1951


@dataclass(frozen=True)
class Found:
    """An indicator that the search finds: its name, the words that lead to it, where it is, and who states it.

    Attributes
    ----------
    cities
        Codes of the places, separated by blanks; `*` for more than `MOST_CITIES`.
    used
        How many places have it in a plan, whether a page shows the plan or not: the order of what is found does not hang on what was built.
    rows
        plan_id to statements and their years: first the one that a reader is led to, then one for each other year, targets before baselines.
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
    """Every indicator that a plan states something of, in the order of indicators.csv.

    It leads to its own page or, where it has none, to its row among the statements of a plan; one that no page shows is left out.
    """
    pages = _pages(ds, lang, there, plan_page)
    listed = _pages(ds, lang, there, statements_page)
    pages |= listed
    stated = ds.statements[ds.statements["plan_id"].isin(pages)]
    stated = stated.sort_values("role", key=lambda roles: roles != "target", kind="stable")
    rows = _rows(stated)
    place = ds.plans.set_index("plan_id")["city_id"].to_dict()
    used = ds.statements["plan_id"].map(place).groupby(ds.statements["indicator_id"]).nunique()
    words, found = _words(ds), []
    for about in ds.indicators.to_dict("records"):
        code = about["indicator_id"]
        path, own = indicator_page(code, lang).removeprefix("../"), rows.get(code, {})
        if path not in there and not own:
            continue
        if path not in there:
            plan, ((statement, _), *_) = next(iter(own.items()))
            path = f"{listed[plan]}#{row_id(statement)}" if plan in listed else pages[plan]
        named = sorted({place[plan] for plan in own})
        cities = EVERY if len(named) > MOST_CITIES else " ".join(named)
        found.append(Found(code, about[f"name_{lang}"], words[code], path, about["domain_id"], cities, int(used[code]), own))  # fmt: skip
    return found


def _rows(stated: pd.DataFrame) -> dict[str, dict[str, tuple[Row, ...]]]:
    """indicator_id and plan_id to the statement that a reader is led to, then to one for each other year."""
    stated = stated.assign(year=stated["year"].fillna(0).astype(int))
    keys = ["indicator_id", "plan_id"]
    found: dict[str, dict[str, tuple[Row, ...]]] = {}
    for row in stated.drop_duplicates([*keys, "year"]).itertuples():
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
        An object: kinds (words for each kind of entry), ignored (words that say nothing), dated (how a place and a year are shown), places (their number), plans (plan_id, place, title, path, words of the place and the period, path of its statements, and the years
        of baseline, beginning, end and horizon) with the latest first, and entries: name, kind, domain, path, words, and for an indicator the plans that state it as
        `number.end of the statement's id`, with `:year` where it is not for the horizon of the plan, and how many places use it.
    """
    paths = _pages(ds, lang, there, plan_page)
    rows = _pages(ds, lang, there, statements_page)
    areas = ds.areas.set_index("area_id")
    order = ds.plans.sort_values("period_end", ascending=False, kind="stable")
    order = order[order["plan_id"].isin(paths)]
    number = {plan: place for place, plan in enumerate(order["plan_id"])}
    plans = [
        [
            own["plan_id"],
            own["city_id"],
            plan_title(ds, own["plan_id"], lang),
            paths[own["plan_id"]],
            [*_named(areas.loc[own["city_id"]]), *_period(own)],
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
    entries += [[plan[2], "place", "", plan[3], plan[4], f"{place}."] for place, plan in enumerate(plans)]  # fmt: skip
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
    ds: Dataset, lang: str, there: Container[str], place: Callable[[str, str], str]
) -> dict[str, str]:
    """plan_id to the page of a kind that the site has of it."""
    pages = {plan: place(plan, lang).removeprefix("../") for plan in ds.plans["plan_id"]}
    return {plan: path for plan, path in pages.items() if path in there}


def _at(rows: Mapping[str, tuple[Row, ...]], number: Mapping[str, int], horizon: Sequence[int]) -> str:  # fmt: skip
    # a plan whose page was never built has no number
    places = sorted((number[plan], plan) for plan in rows if plan in number)
    return " ".join(
        f"{place}.{statement.removeprefix(f'{plan}-')}{'' if year == horizon[place] else f':{year}'}"
        for place, plan in places
        for statement, year in rows[plan]
    )


def _years(plan: Mapping[str, Any]) -> list[int]:
    """Years of baseline, beginning, end and horizon of a plan; 0 for one that it does not have."""
    names = ("baseline_year", "period_start", "period_end", "horizon_year")
    return [0 if pd.isna(plan[name]) else int(plan[name]) for name in names]


def _period(plan: Mapping[str, Any]) -> list[str]:
    """What people call the period of a five-year plan, in both languages."""
    number, rest = divmod(plan["period_start"] - BEFORE_THE_FIRST, FIVE_YEARS)
    whole = plan["period_end"] - plan["period_start"] + 1 == FIVE_YEARS
    if rest or not whole or str(number) not in keys("five_years"):
        return []
    return [f":{say(f'five_years.{number}', lang)}" for lang in LANGUAGES]


def _others(ds: Dataset, lang: str, there: Container[str]) -> Iterator[list[Any]]:
    """Domains with a page, and services of the plans' lists."""
    for row in ds.domains.to_dict("records"):
        path = domain_page(row["domain_id"], lang).removeprefix("../")
        if path in there:
            words = [*_named(row), *_plain(row["domain_id"])]
            yield [row[f"name_{lang}"], "domain", row["domain_id"], path, words, ""]
    path = ServiceCoverage.address(lang).removeprefix("../")
    if path in there:
        for row in ds.service_codes.to_dict("records"):
            place = f"{path}#{service_row(row['service_id'])}"
            yield [row[f"name_{lang}"], "service", row["domain_id"], place, _named(row), ""]


def _plain(domain: str) -> Iterator[str]:
    """The everyday words for what a domain is about: its name may be a slogan."""
    for lang in LANGUAGES:
        if domain in keys("domain_words"):
            words = say(f"domain_words.{domain}", lang).split(say("punctuation.item", lang))
            yield from (f"+{word}" for word in words)


def _named(row: Mapping[str, Any]) -> list[str]:
    """Words that lead to something with a name in both languages."""
    return [f"={row['name_zh']}", f"={str(row['name_en']).lower()}", f"~{pinyin(row['name_zh'])}"]


def _words(ds: Dataset) -> dict[str, tuple[str, ...]]:
    """What leads to each indicator, marked by its kind."""
    found: dict[str, dict[str, None]] = {code: {} for code in ds.indicators["indicator_id"]}
    for row in ds.indicators.to_dict("records"):
        found[row["indicator_id"]] = dict.fromkeys(_named(row))
    for row in ds.aliases.to_dict("records"):
        mark = "-" if isinstance(row["plan_id"], str) else "+"
        own = found[row["indicator_id"]]
        own[f"{mark}{row['alias'].lower()}"] = None
        if mark == "+" and row["lang"] == "zh":
            own[f"~{pinyin(row['alias'])}"] = None
    for code, written in zip(ds.statements["indicator_id"], ds.statements["indicator_as_written"], strict=True):  # fmt: skip
        if isinstance(written, str):
            found[code][f"-{written.lower()}"] = None
    return {code: tuple(_without_repeats(words)) for code, words in found.items()}


def _without_repeats(words: Iterable[str]) -> Iterator[str]:
    """Words without those that say again, with a lesser mark, what another one says."""
    seen: set[str] = set()
    for word in words:
        if word[1:] not in seen:
            seen.add(word[1:])
            yield word


@cache
def pinyin(words: str) -> str:
    """Chinese words in pinyin without tones, syllables apart; letters and digits stay as they are, signs are left out.

    Examples
    --------
    >>> pinyin("\u533b\u4fdd"), pinyin("3\u5c81")
    ('yi bao', '3 sui')
    """
    from pypinyin import lazy_pinyin

    return SIGNS.sub(" ", " ".join(lazy_pinyin(words)).lower()).strip()


def prepare(ds: Dataset) -> None:
    """Work out the pinyin of all names, while others build."""
    _words(ds)
