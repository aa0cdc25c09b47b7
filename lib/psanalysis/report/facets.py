"""Facets: city and domain by which a reader finds a page in index and search and goes to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from psanalysis.datapackage.dataset import Dataset
from psanalysis.report.addresses import domain_page
from psanalysis.report.frames import names

# stands for all cities: a page about more than MOST_CITIES matches every choice
EVERY = "*"
MOST_CITIES = 12


class Codes:
    """Lookups of one data set, made once for many pages: the city of each plan, the domain of each
    indicator.
    """

    def __init__(self, ds: Dataset):
        self.ds = ds

    @cached_property
    def city_of(self) -> dict[str, str]:
        """Place by plan_id."""
        return dict(zip(self.ds.plans["plan_id"], self.ds.plans["city_id"], strict=True))

    @cached_property
    def domain_of(self) -> dict[str, str]:
        """Domain by indicator_id."""
        indicators = self.ds.indicators
        return dict(zip(indicators["indicator_id"], indicators["domain_id"], strict=True))

    def domain_name(self, domain_id: str, lang: str) -> str:
        """What a domain is called."""
        return str(names(self.ds, "domains", "domain_id", lang)[domain_id])


def cities_named(cities: Iterable[str]) -> str:
    """Codes of cities, separated by blanks; `*` for more than `MOST_CITIES`.

    Examples
    --------
    >>> cities_named(["panjin", "mianyang", "panjin"]), cities_named(map(str, range(13)))
    ('mianyang panjin', '*')
    """
    there = sorted(set(cities))
    return EVERY if len(there) > MOST_CITIES else " ".join(there)


def city_and_domain(
    codes: Codes, parameters: Mapping[str, Any], plans: Iterable[str]
) -> dict[str, str]:
    """City and domain of a page: of its own plan, or of all that it reads; of its domain, or of its
    indicator's.

    Parameters
    ----------
    codes
        Of the data set.
    parameters
        Of the page.
    plans
        Those whose statements it reads.
    """
    own = {parameters["plan_id"]} if "plan_id" in parameters else plans
    domain = str(parameters.get("domain_id", ""))
    if "indicator_id" in parameters:
        domain = codes.domain_of.get(parameters["indicator_id"], "")
    cities = cities_named(codes.city_of[plan] for plan in own if plan in codes.city_of)
    return {"city": cities, "domain": domain}


def of_domain(codes: Codes, parameters: Mapping[str, Any], lang: str) -> list[tuple[str, str]]:
    """Address and name of the page that the page of an indicator hangs under: that of its domain.

    Examples
    --------
    >>> import psanalysis as ps
    >>> of_domain(Codes(ps.load()), {"indicator_id": "nursing_bed_share"}, "en")
    [('../02_city_comparison/eldercare.en.html', 'Old-age care')]
    """
    domain = codes.domain_of.get(parameters.get("indicator_id", ""), "")
    return [(domain_page(domain, lang), codes.domain_name(domain, lang))] if domain else []
