"""The values that parameters of the catalogue can take, from the data."""

from __future__ import annotations

from psanalysis.datapackage.dataset import Dataset
from psanalysis.wording import LANGUAGES


def value_sets(ds: Dataset) -> dict[str, list[str]]:
    """The sets of values that a matrix can name instead of listing them."""
    level = ds.areas.set_index("area_id")["level"]
    cities = ds.plans.loc[ds.plans["city_id"].map(level) != "nation", "plan_id"]
    targets = ds.statements[
        (ds.statements["role"] == "target") & ds.statements["plan_id"].isin(cities)
    ]
    domain = targets["indicator_id"].map(ds.indicators.set_index("indicator_id")["domain_id"])
    in_plans = targets.groupby("indicator_id")["plan_id"].nunique()
    domain_in_plans = targets.groupby(domain)["plan_id"].nunique()
    return {
        "plans": list(ds.plans["plan_id"]),
        "city_plans": list(cities),
        "domains": list(ds.domains["domain_id"]),
        "compared_domains": [
            name for name in ds.domains["domain_id"] if domain_in_plans.get(name, 0) >= 2
        ],
        "indicators": list(ds.indicators["indicator_id"]),
        "compared_indicators": [
            name for name in ds.indicators["indicator_id"] if in_plans.get(name, 0) >= 2
        ],
        "languages": list(LANGUAGES),
    }


def known_codes(ds: Dataset) -> dict[str, list[str]]:
    """Parameter name to the codes it may hold."""
    return {
        "plan_id": list(ds.plans["plan_id"]),
        "plans": list(ds.plans["plan_id"]),
        "domain_id": list(ds.domains["domain_id"]),
        "indicator_id": list(ds.indicators["indicator_id"]),
        "lang": list(LANGUAGES),
    }
