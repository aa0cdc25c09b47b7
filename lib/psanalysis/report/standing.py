"""How demanding targets are, compared with the nation's and the other cities'."""

from __future__ import annotations

from typing import Any

import pandas as pd

from psanalysis.comparators import RANGE
from psanalysis.datapackage.identity import (
    newest_plans,
    place_names,
    places,
    shared_indicators,
)
from psanalysis.formatting import MISSING, difference, quantity, stated
from psanalysis.markup import unbroken
from psanalysis.measures.ambition import ambition
from psanalysis.measures.verdicts import grows_with_size
from psanalysis.report.addresses import plan_page
from psanalysis.report.blocks import link
from psanalysis.report.frames import document, marks_words, named, names, narrowed
from psanalysis.report.html import Chart, Html, paragraph
from psanalysis.report.page import Page
from psanalysis.report.table import measured, table
from psanalysis.wording import say

# Standing of a target against the nation's, the more demanding first: the order in sentences
SIDES = ("above", "equal", "same_number", "below")


def standing_frame(page: Page, plan_id: str) -> pd.DataFrame:
    """`psanalysis.ambition` of a plan: the rows that can be judged, named, with the texts of
    `_texts`.

    `nation` and `peers` are the distances in % of what is compared with (positive where the target
    asks for more), `peer_count` the number of other cities, `nation_apart` the difference to the
    national target in the unit.
    """
    frame = ambition(narrowed(page.ds, shared_indicators(page.ds)), plan_id)
    frame = frame[
        ~grows_with_size(page.ds, frame["indicator_id"])
        & frame["value"].notna()
        & (frame["verdict"] != "not_comparable")
    ]
    nation = _percent(frame["national_difference"], frame["national_value"])
    nation = nation.where(frame["standing"].isin(SIDES))
    peers = _percent(frame["peer_difference"], frame["peer_median"])
    frame = frame.assign(nation=nation, peer_count=frame["peers"], peers=peers)
    frame["nation_apart"] = (frame["value"] - frame["national_value"]).where(nation.notna())
    frame = named(page.ds, frame[frame["nation"].notna() | (frame["peer_count"] > 0)], page.lang)
    return frame.assign(**_texts(page, frame))


def _percent(distance: pd.Series, base: pd.Series) -> pd.Series:
    return 100 * distance / base.abs().where(base != 0)


def _texts(page: Page, frame: pd.DataFrame) -> dict[str, Any]:
    """The texts of each row: `unit`, `target_text`, `nation_text`, `peers_text`, `peers_named`,
    `mark_text` and the two `difference_text`. Reads the columns of `psanalysis.ambition`, `name`,
    `nation` and `peer_count`.
    """
    # a place is named with the period where the plan is not its newest
    lang, place = page.lang, places(page.ds)
    older = ~place.index.isin(newest_plans(page.ds))
    short = place.map(place_names(page.ds, lang))
    cities = short.mask(older, page.called)
    units = frame["unit_id"].map(names(page.ds, "units", "unit_id", lang))
    rows = list(frame.assign(unit=units).itertuples())
    nan = float("nan")
    own = [stated(row.value_low, row.value_high, row.comparator, row.unit, lang) for row in rows]
    nation = [
        stated(row.national_value, nan, row.national_comparator, row.unit, lang)
        if pd.notna(row.nation)
        else MISSING
        for row in rows
    ]
    peers = [_peers(row, cities, lang) for row in rows]
    words = [
        say(
            "mark_words.ambition", lang, name=row.name, target=target, nation=national, peers=others
        )
        for row, target, national, others in zip(rows, own, nation, peers, strict=True)
    ]
    apart = {
        f"{name}_difference_text": [
            difference(value, row.unit, lang) for value, row in zip(frame[key], rows, strict=True)
        ]
        for name, key in (("nation", "national_difference"), ("peers", "peer_difference"))
    }
    # without periods: there is little room beside the marks
    beside = [_peers(row, short, lang) for row in rows]
    return apart | {
        "unit": units,
        "target_text": own,
        "nation_text": nation,
        "peers_text": beside,
        "peers_named": peers,
        "mark_text": words,
    }


def _peers(row: Any, cities: pd.Series, lang: str) -> str:
    """The targets of comparable other cities in words: name and number of one, both ends of two,
    the median from three on.
    """
    nan = float("nan")
    if not row.peer_count:
        return MISSING
    if pd.notna(row.peer_median):
        median = quantity(row.peer_median, row.unit, lang)
        return say("ambition.peers_median", lang, count=row.peer_count, value=median)
    there = dict.fromkeys(cities[one] for one in row.peer_plans.split())
    named_cities = say("punctuation.item", lang).join(there)
    high = nan if row.peer_low == row.peer_high else row.peer_high
    value = stated(row.peer_low, high, RANGE, row.unit, lang)
    return say("ambition.peers_few", lang, cities=named_cities, value=value)


def _linked_peers(page: Page, row: Any) -> Html | str:
    """The words on other cities; the few that are named link to their plans."""
    if not row.peer_count or pd.notna(row.peer_median):
        return str(row.peers_named)
    words = unbroken(row.peers_named)
    cities = places(page.ds).map(place_names(page.ds, page.lang))
    for plan in row.peer_plans.split():
        name = unbroken(cities[plan])
        words = words.replace(name, link(cities[plan], plan_page(plan, page.lang)), 1)
    return Html(words)


def judged(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of `standing_frame` with a national target to compare with and no finding that doubts
    them.
    """
    return frame[frame["nation"].notna() & ~frame["doubted"]]


def nation_words(page: Page, frame: pd.DataFrame) -> str:
    """How many targets ask for more, the same and less than the nation, in a sentence; those that
    ask for less by name if they are few. Rows of `standing_frame`.
    """
    rows = judged(frame)
    if rows.empty:
        return say("ambition.no_nation", page.lang)
    counts = rows["standing"].value_counts()
    parts = [
        say(f"ambition.nation_{side}", page.lang, count=counts[side], names=_few(page, rows, side))
        for side in SIDES
        if side in counts
    ]
    key = "nation" if len(rows) > 1 else "nation_one"
    return say(f"ambition.{key}", page.lang, count=len(rows), parts=page.listed(parts))


def _few(page: Page, rows: pd.DataFrame, side: str) -> str:
    """The `name` of each target of a side (`standing`) in brackets: of one or two that ask for
    less, else empty.
    """
    own = rows.loc[rows["standing"] == side, "name"]
    if side != "below" or len(own) > 2:
        return ""
    return say("ambition.named", page.lang, names=page.listed(own))


def ambition_chart(page: Page, plan_id: str, frame: pd.DataFrame) -> Chart | None:
    """The distances of targets to the nation's and the other cities' (`nation` and `peers`, %),
    without those in doubt (`doubted`); None for fewer than two that differ. Rows of
    `standing_frame`.
    """
    charted = frame[(frame["nation"].notna() | frame["peers"].notna()) & ~frame["doubted"]]
    apart = charted[charted["nation"].fillna(0).ne(0) | charted["peers"].fillna(0).ne(0)]
    if len(apart) < 2:
        return None
    return page.drawn(
        "ambition",
        apart.reset_index(drop=True),
        "ambition",
        finding=nation_words(page, frame),
        source=document(page.ds, plan_id, page.lang),
    )


def ambition_section(page: Page, plan_id: str, frame: pd.DataFrame) -> Html:
    """Finding, chart and table of a plan's targets against the nation's and the other cities'; rows
    of `standing_frame`.
    """
    if frame.empty:
        return paragraph(say("ambition.none", page.lang))
    chart: Any = ambition_chart(page, plan_id, frame) or Html("")
    rows = [
        {
            "of": row.statement_id, "name": row.name, "name_href": page.indicator(row.indicator_id),
            "target": measured(row.target_text, row.value, row.unit, page.lang),
            "target_href": row.url,
            "nation": measured(row.nation_text,
                row.national_value if pd.notna(row.nation) else None, row.unit, page.lang),
            # T - N, as on the pages that compare places; `standing` says which of the two asks
            # for more
            "against_nation": measured(difference(row.nation_apart, row.unit, page.lang),
                row.nation_apart, row.unit, page.lang),
            "peers": _linked_peers(page, row),
            "standing": say(f"standing.{row.standing}", page.lang) + marks_words(row.marks,
                page.lang),
        }
        for row in frame.itertuples()
    ]  # fmt: skip
    columns = page.columns(
        "name target nation against_nation peers standing", "target nation against_nation"
    )
    shown = table(
        rows,
        columns,
        caption=say("ambition.caption", page.lang),
        lang=page.lang,
        name=f"{page.name}-ambition",
    )
    return Html("") + chart + shown
