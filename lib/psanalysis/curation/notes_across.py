"""Rules that find oddities between plans: natures, periods, national targets, magnitudes."""

from __future__ import annotations

from collections.abc import Iterator

from psanalysis.curation.notes_evidence import Evidence, Note, both, by_plan, note
from psanalysis.datapackage.identity import city_plans, national_plans
from psanalysis.measures.target import more_demanding, sides
from psanalysis.measures.verdicts import grows_with_size
from psanalysis.wording import LANGUAGES

APART = 20.0


def nature_differs(seen: Evidence) -> Iterator[Note]:
    """Indicators that are binding in one plan and expected in another."""
    rows = seen.rows
    tabled = rows[(rows["role"] == "target") & rows["nature"].notna()]
    for _, group in tabled.groupby("indicator_id", sort=False):
        if group["nature"].nunique() > 1:
            labels = {
                lang: [
                    seen.ds.label("statements", "nature", code, lang) for code in group["nature"]
                ]
                for lang in LANGUAGES
            }
            named = group.assign(**{f"nature_{lang}": words for lang, words in labels.items()})
            values = tuple(by_plan(named, lang, "nature") for lang in LANGUAGES)
            yield note("nature_differs", "nature_differs", group, **both(group, values=values))


def flow_against_other(seen: Evidence) -> Iterator[Note]:
    """Indicators for which some values state the years that they accumulate over and others
    do not.
    """
    rows = seen.rows
    for _, group in rows[rows["value"].notna()].groupby("indicator_id", sort=False):
        if group["flow_start"].notna().nunique() > 1:
            values = tuple(by_plan(group, lang) for lang in LANGUAGES)
            yield note(
                "annual_against_cumulative",
                "flow_against_other",
                group,
                **both(group, values=values),
            )


def low_ambition(seen: Evidence) -> Iterator[Note]:
    """Targets less demanding than the national target of the same year; only rates, ratios and
    levels, which do not grow with the size of a place.
    """
    rows = seen.rows
    numeric = rows[
        (rows["role"] == "target")
        & rows["value"].notna()
        & ~grows_with_size(seen.ds, rows["indicator_id"])
        & rows["flow_start"].isna()
    ]
    nation = numeric[numeric["plan_id"].isin(national_plans(seen.ds))].drop_duplicates(
        ["indicator_id", "year"]
    )
    cities = numeric[numeric["plan_id"].isin(city_plans(seen.ds))]
    pairs = cities.assign(row=cities.index).merge(
        nation.assign(national_row=nation.index),
        on=["indicator_id", "year"],
        suffixes=("", "_nation"),
    )
    side = sides(pairs["comparator"], pairs["direction"])
    below = (
        more_demanding(
            pairs["value"],
            pairs["comparator"],
            pairs["value_nation"],
            pairs["comparator_nation"],
            side,
        )
        < 0
    )
    for pair in pairs[below].itertuples():
        both_rows = rows.loc[[pair.row, pair.national_row]]
        target, national = (
            (both_rows["shown_zh"].iloc[n], both_rows["shown_en"].iloc[n]) for n in (0, 1)
        )
        yield note(
            "low_ambition",
            "low_ambition",
            both_rows,
            **both(both_rows, target=target, national=national),
        )


def other_magnitude(seen: Evidence) -> Iterator[Note]:
    """Rates, ratios and levels whose values lie more than twenty times apart between plans: a slip
    of unit or another base.
    """
    rows = seen.rows
    told = rows[(rows["value"] > 0) & ~grows_with_size(seen.ds, rows["indicator_id"])]
    for _, group in told.groupby("indicator_id", sort=False):
        typical = group.groupby("plan_id")["value"].median()
        if len(typical) > 1 and typical.max() > APART * typical.min():
            values = tuple(by_plan(group, lang) for lang in LANGUAGES)
            yield note("unit_differs", "unit_differs", group, **both(group, values=values))


RULES = (nature_differs, flow_against_other, low_ambition, other_magnitude)
