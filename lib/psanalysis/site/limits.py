"""Limits of a report (seconds and memory), for the whole catalogue or one entry."""

from __future__ import annotations

from typing import Any

from ruamel.yaml.comments import CommentedMap

from psanalysis.site.catalog_faults import Faults, key_line
from psanalysis.site.model import Limits
from psanalysis.site.plainyaml import plain

TYPES: dict[str, tuple[type, ...]] = {"seconds": (int, float), "memory_mb": (int,)}
RANGES = {"seconds": (0.1, 86_400), "memory_mb": (0, 2**24)}


def limits_of(mapping: CommentedMap, default: Limits, faults: Faults) -> Limits:
    """The limits in a mapping of the catalogue, with defaults for missing ones."""
    given = faults.mapping(mapping, "limits")
    kept: dict[str, Any] = {}
    for name in given:
        value = plain(given[name])
        number = isinstance(value, TYPES.get(name, ())) and not isinstance(value, bool)
        least, most = RANGES.get(name, (0, 0))
        if number and least <= value <= most:
            kept[name] = value
        else:
            remedy = "write seconds: 180 or memory_mb: 2048"
            faults.add(key_line(given, name), str(name), given[name], "is not a limit", remedy)
    return Limits(**{"seconds": default.seconds, "memory_mb": default.memory_mb, **kept})
