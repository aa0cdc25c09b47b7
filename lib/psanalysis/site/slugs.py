"""The slug of a report: the last part of its page's address, from a pattern or from its
parameters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter
from typing import Any

from ruamel.yaml.comments import CommentedMap

from psanalysis.report.addresses import default_slug
from psanalysis.site.catalog_faults import Faults, value_line

SLUG = re.compile(r"[a-z0-9][a-z0-9._-]{0,150}")


def slug_of(entry: CommentedMap, line: int, parameters: dict[str, Any], faults: Faults) -> str:
    """The slug of a report of an entry; empty, with a fault, where its pattern makes none."""
    pattern = entry.get("slug")
    try:
        slug = _filled(str(pattern), parameters) if pattern else default_slug(parameters)
    except (KeyError, ValueError) as error:
        parts = ", ".join("{" + name + "}" for name in parameters)
        rule = f"has an unknown part {error}"
        faults.add(value_line(entry, "slug"), "slug", pattern, rule, f"use {parts}")
        return ""
    if not SLUG.fullmatch(slug) or slug.endswith(".failure"):
        rule = "must be small letters, digits, dots and hyphens, 150 at most"
        faults.add(line, "slug", slug[:80], rule, "give the entry a slug")
        return ""
    return slug


def _filled(pattern: str, parameters: Mapping[str, Any]) -> str:
    """A slug's pattern with parameters replaced by their values; KeyError or
    ValueError for anything else in braces.
    """
    filled = ""
    for text, name, form, conversion in Formatter().parse(pattern):
        if form or conversion:
            raise ValueError(f"{{{name}}}: a name alone can stand in braces")
        filled += text + ("" if name is None else str(parameters[name]))
    return filled
