"""Targets of an indicator in several plans: the frame of the pages that compare places, and what
stands side by side in it.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from psanalysis.comparators import STRICT
from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import city_plans, places, plan_names
from psanalysis.datapackage.pledges import pledge_words
from psanalysis.formatting import MISSING, stated
from psanalysis.measures.compare import compare
from psanalysis.measures.verdicts import grows_with_size
from psanalysis.report.frames import named, names
from psanalysis.report.page import Page
from psanalysis.tables.marks import signs_of
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
