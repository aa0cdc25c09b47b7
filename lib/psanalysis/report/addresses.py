"""Addresses of pages: the name of a page follows from its parameters, so that one page can link to
another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

# notebooks of the pages that other pages link to; their classes take the names from here
PLAN_PAGES, DOMAIN_PAGES, INDICATOR_PAGES = (
    "01_city_gap",
    "02_city_comparison",
    "03_indicator_profile",
)
STATEMENT_PAGES, FINDINGS_PAGE = "14_statements", "07_findings"


def plan_page(plan_id: str, lang: str) -> str:
    """Address of the page of a plan, relative to another page."""
    return f"../{PLAN_PAGES}/{default_slug({'plan_id': plan_id, 'lang': lang})}.html"


def domain_page(domain_id: str, lang: str) -> str:
    """Address of the page of a domain, relative to another page."""
    return f"../{DOMAIN_PAGES}/{default_slug({'domain_id': domain_id, 'lang': lang})}.html"


def indicator_page(indicator_id: str, lang: str) -> str:
    """Address of the page of an indicator, relative to another page."""
    return f"../{INDICATOR_PAGES}/{default_slug({'indicator_id': indicator_id, 'lang': lang})}.html"


def statements_page(plan_id: str, lang: str, **wanted: str) -> str:
    """Address of the page with all statements of a plan, relative to another page; `wanted` are the
    values of its filters.
    """
    asked = f"?{urlencode(wanted)}#statements" if wanted else ""
    return f"../{STATEMENT_PAGES}/{default_slug({'plan_id': plan_id, 'lang': lang})}.html{asked}"


def finding_id(code: str) -> str:
    """Id of a finding's row on a page."""
    return f"finding-{code}"


def finding_place(code: str, lang: str) -> str:
    """Address of a finding, relative to any page but that of the findings and that of its plan."""
    return f"../{FINDINGS_PAGE}/{default_slug({'lang': lang})}.html#{finding_id(code)}"


def default_slug(parameters: Mapping[str, Any]) -> str:
    """The values of the parameters joined by dots, the language last: `mianyang-14fyp.zh`.

    Examples
    --------
    >>> default_slug({"lang": "en", "plan_id": "panjin-14fyp", "plans": []})
    'panjin-14fyp.en'
    """
    parts = [
        _slug_part(v)
        for name, v in parameters.items()
        if name != "lang" and v not in ("", [], None)
    ]
    parts += [parameters["lang"]] if "lang" in parameters else []
    return re.sub(r"[^a-z0-9._-]+", "-", ".".join(parts).lower()) or "report"


def _slug_part(value: Any) -> str:
    """A value as a part of a slug; of a path only the name counts."""
    return "-".join(map(str, value)) if isinstance(value, list) else Path(str(value)).stem
