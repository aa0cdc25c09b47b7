"""The values that the parameters of pages may have, and the named sets of values that a catalogue
can ask for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import city_plans
from psanalysis.wording import LANGUAGES

Values = Callable[[Dataset], list[str]]


@dataclass(frozen=True)
class Parameter:
    """A parameter of pages.

    Attributes
    ----------
    name
        As in the notebooks.
    codes
        The values that it may hold, from the data; None for any.
    sets
        Name of a set of values to the values, from the data: what the matrix of a catalogue can
        name.
    subject
        Whether it says what a page is about: it decides what rows the page reads, and names its
        files.
    """

    name: str
    codes: Values | None = None
    sets: Mapping[str, Values] = field(default_factory=dict)
    subject: bool = False


def _listed(table: str, column: str) -> Values:
    return lambda ds: list(getattr(ds, table)[column])


def _city_targets(ds: Dataset) -> pd.DataFrame:
    """Targets of the cities: `plan_id`, `indicator_id` and the `domain_id` of the indicator."""
    own = ds.statements["plan_id"].isin(city_plans(ds)) & ds.statements["role"].eq("target")
    targets = ds.statements.loc[own, ["plan_id", "indicator_id"]]
    domain = ds.indicators.set_index("indicator_id")["domain_id"]
    return targets.assign(domain_id=targets["indicator_id"].map(domain))


def _compared(table: str, column: str) -> Values:
    """Codes that the targets of two or more city plans have in common."""

    def shared(ds: Dataset) -> list[str]:
        plans = _city_targets(ds).groupby(column)["plan_id"].nunique()
        return [code for code in getattr(ds, table)[column] if plans.get(code, 0) >= 2]

    return shared


def _plans_with_values(ds: Dataset) -> list[str]:
    """Plans with something to compare their targets with: an actual value of a target with a
    number, or a later plan of the same place.
    """
    targets = ds.statements[(ds.statements["role"] == "target") & ds.statements["value"].notna()]
    keys = ["area_id", "indicator_id"]
    known = set(ds.actuals[keys].itertuples(index=False, name=None))
    rows = targets[[key in known for key in targets[keys].itertuples(index=False, name=None)]]
    latest = ds.plans.groupby("city_id")["period_start"].transform("max")
    earlier = ds.plans.loc[ds.plans["period_start"] < latest, "plan_id"]
    found = {*rows["plan_id"], *earlier}
    return [plan for plan in ds.plans["plan_id"] if plan in found]


def _succeeded_places(ds: Dataset) -> list[str]:
    """Places with two plans or more, in the order of their first plans."""
    return list(ds.plans.loc[ds.plans["city_id"].duplicated(keep=False), "city_id"].unique())


ALL_DOMAINS = "all"
PLAN = Parameter(
    "plan_id",
    _listed("plans", "plan_id"),
    {
        "plans": _listed("plans", "plan_id"),
        "city_plans": city_plans,
        "plans_with_values": _plans_with_values,
    },
    subject=True,
)
DOMAIN = Parameter(
    "domain_id",
    lambda ds: [ALL_DOMAINS, *ds.domains["domain_id"]],
    {
        "domains": _listed("domains", "domain_id"),
        "compared_domains": _compared("domains", "domain_id"),
    },
    subject=True,
)
INDICATOR = Parameter(
    "indicator_id",
    _listed("indicators", "indicator_id"),
    {
        "indicators": _listed("indicators", "indicator_id"),
        "compared_indicators": _compared("indicators", "indicator_id"),
    },
    subject=True,
)
AREA = Parameter(
    "area_id",
    _listed("areas", "area_id"),
    {"succeeded_places": _succeeded_places},
    subject=True,
)
PLANS = Parameter("plans", _listed("plans", "plan_id"))
ACTUALS = Parameter("actuals")
AS_OF = Parameter("as_of")
LANG = Parameter("lang", lambda ds: list(LANGUAGES), {"languages": lambda ds: list(LANGUAGES)})

PARAMETERS = {one.name: one for one in (PLAN, DOMAIN, INDICATOR, AREA, PLANS, ACTUALS, AS_OF, LANG)}


def value_sets(ds: Dataset) -> dict[str, list[str]]:
    """Every set of values that a matrix can name instead of listing them."""
    return {name: values(ds) for one in PARAMETERS.values() for name, values in one.sets.items()}


def known_codes(ds: Dataset) -> dict[str, list[str]]:
    """Allowed values by parameter name, for the parameters that are codes of the data."""
    return {one.name: one.codes(ds) for one in PARAMETERS.values() if one.codes}
