"""Targets of an indicator in several plans: frame and table of the pages that compare places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from psanalysis.comparators import STRICT
from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import city_plans, places, plan_names
from psanalysis.datapackage.pledges import pledge_words
from psanalysis.formatting import MISSING, difference, plain, quantity, stated
from psanalysis.measures.compare import compare
from psanalysis.measures.verdicts import grows_with_size
from psanalysis.report.blocks import ways_to
from psanalysis.report.frames import marks_words, named, names
from psanalysis.report.page import Page
from psanalysis.report.table import cell, measured, table
from psanalysis.tables.marks import signs_of
from psanalysis.tables.model import Cell, Table
from psanalysis.wording import say

FEWEST = 2


def comparison_frame(
    ds: Dataset, indicators: Iterable[str], plans: Iterable[str], lang: str
) -> pd.DataFrame:
    """Rows of `psanalysis.compare` with labels, texts and links: adds the columns of `named`,
    `city`, `place` (area_id), `value_text`, `signed_text`, `reason` and `series` (number of the
    city, below 0 for the nation).

    `superseded` is True where a later plan of the place has a target for the same year, which then
    stands for the place; `grows` where the indicator grows with the size of a place.
    """
    frame = compare(ds, indicators, plans)
    if frame.empty:
        return frame
    units = names(ds, "units", "unit_id", lang)
    frame = named(ds, frame, lang)
    frame["city"] = frame["plan_id"].map(plan_names(ds, lang))
    frame["place"] = frame["plan_id"].map(
        places(ds)
    )  # one place, also of a city with two plans or a plan for a part of it
    frame["superseded"] = _superseded(ds, frame)
    frame["grows"] = grows_with_size(ds, frame["indicator_id"])
    frame["value_text"] = [
        stated(row.value_low, row.value_high, row.comparator, units[row.unit_id], lang)
        if pd.notna(row.value)
        else pledge_words(ds, row.pledge, row.statement_id, lang)
        for row in frame.itertuples()
    ]
    # rows of several plans share a label, so the signs of their marks stand at the values
    frame["label"] = frame["name"]
    frame["signed_text"] = [
        f"{row.value_text} {signs_of(row.marks)}".rstrip() for row in frame.itertuples()
    ]
    frame["reason"] = frame[f"reason_{lang}"]
    series = {plan: number for number, plan in enumerate(city_plans(ds))}
    frame["series"] = frame["plan_id"].map(series).fillna(-1).astype("int64")
    frame["mark_text"] = [
        say("mark_words.compare", lang, name=row.name, city=row.city, value=row.value_text,
            year=row.year,
            verdict=say(f"verdict.{row.verdict}", lang), reason=row.reason or MISSING)
        for row in frame.itertuples()
    ]  # fmt: skip
    return frame


def _superseded(ds: Dataset, frame: pd.DataFrame) -> pd.Series:
    """True where a later plan of the `place` has the `indicator_id` for the same `year`."""
    start = frame["plan_id"].map(ds.plans.set_index("plan_id")["period_start"])
    latest = start.groupby([frame["indicator_id"], frame["place"], frame["year"]]).transform("max")
    return (start < latest).fillna(False).astype(bool)


def beside_each_other(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of `comparison_frame` that can stand side by side on one scale, of indicators for which
    two or more places have such a number.

    Left out are rows without a `position`, those that are not comparable (`verdict`) or in doubt
    (`doubted`), those that grow with the size of a city (`grows`), and those that a later plan of
    the place replaces (`superseded`). The national target stays: the others are compared with it.
    """
    if frame.empty:
        return frame
    usable = frame["position"].notna() & (frame["verdict"] != "not_comparable") & ~frame["doubted"]
    usable &= ~frame["grows"] & ~frame["superseded"]
    cities = frame[usable & ~frame["is_reference"]].groupby("indicator_id")["place"].nunique()
    return frame[usable & frame["indicator_id"].isin(cities.index[cities >= FEWEST])]


def ends_apart(beside: pd.DataFrame) -> pd.DataFrame:
    """The places whose targets for one year lie furthest apart, by indicator, relative to the
    larger number.

    Parameters
    ----------
    beside
        As from `beside_each_other`.

    Returns
    -------
    DataFrame
        By indicator_id, in the order of `beside`: year, share (the distance as a share of the
        larger number), low and high (labels of the least and the most demanding row of `beside`).
        Indicators whose numbers are all the same are left out.
    """
    cities = beside[~beside["is_reference"].astype(bool) & (beside["value"] > 0)]
    keys = ["indicator_id", "year"]
    spread = cities.groupby(keys, sort=False)["value"].agg(["min", "max"])
    spread = spread[spread["max"] > spread["min"]]
    strict = cities["comparator"].isin(STRICT)
    ordered = cities.assign(strict=strict).sort_values(["position", "strict"], kind="stable")
    ordered = ordered.rename_axis("row").reset_index()
    ends = ordered.groupby(keys)["row"].agg(low="first", high="last")
    found = spread.assign(share=(spread["max"] - spread["min"]) / spread["max"]).join(ends)
    found = found.reset_index().sort_values("share", ascending=False, kind="stable")
    found = found.drop_duplicates("indicator_id").set_index("indicator_id")
    order = [one for one in cities["indicator_id"].unique() if one in found.index]
    return found.loc[order, ["year", "share", "low", "high"]]


def named_at(
    page: Page, beside: pd.DataFrame, row: pd.Series, cities: pd.Series | None = None
) -> tuple[str, str]:
    """The places that ask for as much as a row for the same year, and their numbers, each once.

    Parameters
    ----------
    page, beside, row
        The page, rows as from `beside_each_other`, and one of them.
    cities
        Names by place; by default those of the plans.
    """
    alike = _alike(beside, row)
    called = alike["city"] if cities is None else alike["place"].map(cities)
    return page.listed(called.unique()), page.listed(alike["value_text"].unique(), "both")


def stated_at(page: Page, beside: pd.DataFrame, row: pd.Series) -> str:
    """`named_at` as one phrase: each number with the places that print it so."""
    alike = _alike(beside, row)
    return page.listed(
        say(
            "city_comparison.stated_at",
            page.lang,
            value=value,
            cities=page.listed(own["city"].unique()),
        )
        for value, own in alike.groupby("value_text", sort=False)
    )


def _alike(beside: pd.DataFrame, row: pd.Series) -> pd.DataFrame:
    """Rows of places that ask for as much as `row` for the same `year`; those of the nation
    (`is_reference`) are left out.
    """
    return beside[
        (beside["indicator_id"] == row["indicator_id"]) & (beside["year"] == row["year"])
        & (beside["position"] == row["position"]) & ~beside["is_reference"].astype(bool)
        & (beside["comparator"].isin(STRICT) == (row["comparator"] in STRICT))
    ]  # fmt: skip


def comparison_table(
    page: Page,
    frame: pd.DataFrame,
    caption: str,
    name: bool = True,
    further: Mapping[str, Mapping[str, Any]] | None = None,
) -> Table:
    """The targets with verdicts and ranks; columns that would be empty are left out.

    Parameters
    ----------
    page, frame, caption
        The page, rows of `comparison_frame`, and what the table holds.
    name
        Whether the rows are of several indicators, whose names they then have.
    further
        Of a table of one indicator: nature, outcome and data of its rows, by plan_id.
    """
    lang, units = page.lang, names(page.ds, "units", "unit_id", page.lang)
    rows = [
        {
            "of": row.statement_id,
            "name": row.name,
            "name_href": page.indicator(row.indicator_id),
            "city": row.city,
            **ways_to(page, row.plan_id),
            "target": measured(row.value_text, row.value, units[row.unit_id], lang),
            "target_href": row.url,
            "year": str(row.year),
            "common": measured(
                _common(row, units[row.unit_id], lang), row.common_value, units[row.unit_id], lang
            ),
            "national": _national(row, units[row.unit_id], lang),
            "verdict": say(f"verdict.{row.verdict}", lang),
            "reason": (row.reason or MISSING) + marks_words(row.marks, lang),
            "rank": _rank(row, lang),
            **(further or {}).get(row.plan_id, {}),
        }
        for row in frame.itertuples()
    ]
    filled = {
        "name": name,
        "common": bool(frame["interpolated"].any()),
        "national": any(row["national"].text != MISSING for row in rows),
        "rank": bool(frame["rank"].notna().any()),
    }
    for key in ("nature", "outcome"):
        filled[key] = any(one[key] != MISSING for one in (further or {}).values())
    columns = page.columns(
        "name city target year nature outcome common national verdict reason rank",
        "target common national",
        filled=filled,
    )
    return table(rows, columns, caption=caption, lang=page.lang, name=page.name)


def _common(row: Any, unit: str, lang: str) -> str:
    if pd.isna(row.common_value):
        return MISSING
    value = quantity(row.common_value, unit, lang)
    key = "common_interpolated" if row.interpolated else "common_value"
    return say(f"cell.{key}", lang, value=value, year=row.common_year)


def _national(row: Any, unit: str, lang: str) -> Cell:
    apart = row.value - row.national_value
    unlike = row.verdict == "not_comparable" or row.grows
    earlier = row.national_caveat == "earlier_year"
    if row.is_reference or pd.isna(apart) or unlike or earlier:
        return cell(MISSING, "")
    return measured(difference(apart, unit, lang), apart, unit, lang)


def _rank(row: Any, lang: str) -> str:
    if pd.isna(row.rank):
        return MISSING
    if not row.left_out:
        return say("column.rank_of_all", lang, rank=plain(row.rank), ranked=row.ranked)
    return say(
        "column.rank_of", lang, rank=plain(row.rank), ranked=row.ranked, left_out=row.left_out
    )
