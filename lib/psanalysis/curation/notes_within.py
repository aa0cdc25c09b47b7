"""Rules that find oddities within a plan: targets against baselines, limits, repeated and
conflicting values, deadlines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from psanalysis.comparators import SIDES, STRICT
from psanalysis.curation.notes_evidence import Evidence, Note, both, listed, note
from psanalysis.datapackage.identity import city_plans, known_in_part
from psanalysis.formatting import difference, plain, with_unit
from psanalysis.wording import LANGUAGES, say

SAME_STATEMENT = ["plan_id", "indicator_id", "area_id", "role", "year", "flow_start", "flow_end"]
UNUSUAL_DIGITS = 3
MOST_OF_PERIOD = 0.5
# kind of note and sentence for a target whose baseline is at it or beyond it, by status
OF_BASELINE = {
    "already_met": ("target_below_baseline", "target_below_baseline"),
    "anew_lower": ("target_below_baseline", "total_below_last_period"),
    "hold": ("target_equals_baseline", "target_equals_baseline"),
    "strictly_above": ("target_equals_baseline", "strictly_above"),
    "strictly_below": ("target_equals_baseline", "strictly_above"),
}
# strict comparators by their side: with the limit itself as their number they ask for what lies
# beyond it
BEYOND = {side: [code for code in STRICT if SIDES[code] == side] for side in (1, -1)}


def against_baseline(seen: Evidence) -> Iterator[Note]:
    """Targets that their baseline meets already, and targets equal to their baseline.

    A total over years starts from zero in each period, so a total below that of the previous period
    has a note of its own.
    """
    by_id = seen.rows.set_index("statement_id", drop=False)
    records: list[Any] = seen.gaps.to_dict("records")
    for row in records:
        if row["status"] not in OF_BASELINE:
            continue
        pair = by_id.loc[[row["baseline_statement_id"], row["statement_id"]]]
        kind, sentence = OF_BASELINE[str(row["status"])]
        unit = seen.ds.units.set_index("unit_id").loc[row["unit_id"]]
        yield note(
            kind,
            sentence,
            pair,
            **both(
                pair,
                baseline=tuple(pair[f"shown_{lang}"].iloc[0] for lang in LANGUAGES),
                target=tuple(pair[f"shown_{lang}"].iloc[1] for lang in LANGUAGES),
                headroom=tuple(
                    difference(abs(row["gap"]), unit[f"name_{lang}"], lang, signed=False)
                    for lang in LANGUAGES
                ),
            ),
        )


def beyond_limit(seen: Evidence) -> Iterator[Note]:
    """Values beyond the natural limit of their indicator, and targets that ask for more than the
    limit.
    """
    rows = seen.rows
    top = rows[["value", "value_high"]].max(axis=1)
    over = (top > rows["upper_limit"]) | (
        (top == rows["upper_limit"]) & rows["comparator"].isin(BEYOND[1])
    )
    under = (rows["value"] < rows["lower_limit"]) | (
        (rows["value"] == rows["lower_limit"]) & rows["comparator"].isin(BEYOND[-1])
    )
    for limit, found in (("upper_limit", rows[over]), ("lower_limit", rows[under])):
        for _, group in found.groupby(["plan_id", "indicator_id"], sort=False):
            unit = seen.ds.units.set_index("unit_id").loc[group["unit_id"].iloc[0]]
            shown = tuple(
                with_unit(plain(group[limit].iloc[0]), unit[f"name_{lang}"], lang)
                for lang in LANGUAGES
            )
            values = tuple(listed(group, "shown", lang) for lang in LANGUAGES)
            yield note(
                "beyond_limit", "beyond_limit", group, **both(group, values=values, limit=shown)
            )


def stated_twice(seen: Evidence) -> Iterator[Note]:
    """One indicator and year stated more than once: with one value (repeated), with several (table
    against prose, or conflicting).

    A goal to strive for beside a firm one is not a conflict. Targets are compared by number only,
    whether they say 达到 or 不低于.
    """
    rows = seen.rows
    told = rows[
        (rows["role"] != "reference")
        & rows["year"].notna()
        & (rows["value"].notna() | rows["pledge"].notna())
    ]
    told = told[told.duplicated(SAME_STATEMENT, keep=False)]
    for (_, _, _, role, *_), group in told.groupby(SAME_STATEMENT, sort=False, dropna=False):
        firm = group[group["commitment"] != "strive"]
        words = (
            firm[["value", "value_high", "pledge"]]
            if role == "target"
            else firm[["value", "value_high", "pledge", "comparator"]]
        )
        if len(words.drop_duplicates()) > 1:
            tabled = firm["nature"].notna()
            kind = (
                "table_against_prose"
                if tabled.any() and not tabled.all()
                else "conflicting_figures"
            )
            yield note(
                kind,
                kind,
                group,
                **both(group, values=tuple(listed(group, "shown", lang) for lang in LANGUAGES)),
            )
        elif len(firm) > 1 and firm["value"].notna().all():
            shown = tuple(firm[f"shown_{lang}"].iloc[0] for lang in LANGUAGES)
            yield note(
                "repeated_figure",
                "repeated_figure",
                firm,
                **both(firm, value=shown, count=len(firm)),
            )


def copied_figure(seen: Evidence) -> Iterator[Note]:
    """A number of three or more significant digits that two indicators of a plan share, at two
    spans of the text.
    """
    told = seen.ds.statements[
        seen.ds.statements["value"].notna() & (seen.ds.statements["role"] != "reference")
    ]
    unusual = told[told["value"].map(significant_digits) >= UNUSUAL_DIGITS]
    for _, group in unusual.groupby(["plan_id", "role", "value"], sort=False):
        apart = group.drop_duplicates("char_start")
        if len(apart) > 1 and apart["indicator_id"].nunique() == len(apart):
            shown = seen.rows[seen.rows.index.isin(apart.index)]
            names = tuple(listed(shown, "name", lang) for lang in LANGUAGES)
            yield note(
                "copied_figure",
                "copied_figure",
                shown,
                **both(shown, figure=plain(apart["value"].iloc[0]), names=names),
            )


def significant_digits(value: float) -> int:
    """Digits of a number without leading and trailing zeros.

    Examples
    --------
    >>> significant_digits(35.1), significant_digits(100.0), significant_digits(0.25)
    (3, 1, 2)
    """
    return len(f"{value:.12g}".replace(".", "").replace("-", "").strip("0"))


def deadline_past(seen: Evidence) -> Iterator[Note]:
    """Targets whose year had ended before the plan was issued."""
    rows = seen.rows
    year_end = pd.to_datetime(rows["year"].astype("str") + "-12-31", errors="coerce")
    past = rows[(rows["role"] == "target") & (year_end < rows["issued_on"])]
    for (_, year), group in past.groupby(["plan_id", "year"], sort=False):
        names = tuple(listed(group, "name", lang) for lang in LANGUAGES)
        values = {
            "year": year,
            "count": len(group),
            "issued": f"{group['issued_on'].iloc[0]:%Y-%m-%d}",
        }
        yield note("deadline_past", "deadline_past", group, **both(group, names=names, **values))


def late_publication(seen: Evidence) -> Iterator[Note]:
    """Plans issued when more than half of their period had gone."""
    plans = seen.ds.plans
    start = pd.to_datetime(plans["period_start"].astype("str") + "-01-01")
    end = pd.to_datetime(plans["period_end"].astype("str") + "-12-31")
    gone = (plans["issued_on"] - start) / (end - start)
    for row, share in gone[gone > MOST_OF_PERIOD].items():
        plan = plans.loc[row]  # type: ignore[call-overload]
        values = {
            "issued": f"{plan['issued_on']:%Y-%m-%d}",
            "start": plan["period_start"],
            "end": plan["period_end"],
            "share": f"{share:.0%}",
        }
        zh, en = (say("note.late_publication", lang, **values) for lang in LANGUAGES)
        yield Note("late_publication", plan["plan_id"], (), zh, en)


def missing_baseline(seen: Evidence) -> Iterator[Note]:
    """Rows of a plan's indicator table without a baseline value, and plans none of whose numeric
    targets has one.
    """
    rows = seen.rows
    paired = seen.gaps.set_index("statement_id")
    # a plan that is known in part may contain figures that the data lack
    whole = ~rows["plan_id"].isin(known_in_part(seen.ds))
    targets = rows[rows["statement_id"].isin(paired.index) & whole]
    without = targets["statement_id"].map(paired["baseline"]).isna()
    empty = rows[
        (rows["role"] == "baseline")
        & rows["nature"].notna()
        & rows["value"].isna()
        & rows["pledge"].isna()
    ]
    unpaired = targets[
        targets["nature"].notna()
        & targets["statement_id"].map(paired["baseline_statement_id"]).isna()
    ]
    for _, group in rows[rows.index.isin([*empty.index, *unpaired.index])].groupby(
        "plan_id", sort=False
    ):
        names = tuple(listed(group, "name", lang) for lang in LANGUAGES)
        yield note(
            "missing_baseline",
            "missing_baseline",
            group,
            **both(group, count=len(group), names=names),
        )
    of_cities = targets["plan_id"].isin(city_plans(seen.ds))
    for _, group in targets[targets["value"].notna() & of_cities].groupby("plan_id", sort=False):
        if without[group.index].all():
            yield note(
                "missing_baseline", "no_baseline_at_all", group, **both(group, count=len(group))
            )


RULES = (
    against_baseline,
    beyond_limit,
    stated_twice,
    copied_figure,
    deadline_past,
    late_publication,
    missing_baseline,
)
