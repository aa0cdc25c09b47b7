"""What the value of one target decides about it, why it decides nothing, and that in words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from psanalysis.comparators import COMPARATORS
from psanalysis.formatting import difference, stated
from psanalysis.measures.attainment import asked, attained, known
from psanalysis.measures.magnitudes import doubt_words
from psanalysis.measures.units import tidy
from psanalysis.wording import say

VERDICTS = ("met", "missed", "cannot_tell", "pledge", "not_due", "no_value")
EVIDENCE = ("final_value", "last_value", "bound", "next_baseline")
# Why a due target with a value has no verdict
UNTOLD = ("doubted", "implausible", "other_basis", "too_old", "later_value", "bound")
RECENT = 1  # years before the horizon in which a target may be seen to be met already


def verdict(row: dict[str, Any], until: int) -> tuple[str, object, object, float]:
    """Verdict, evidence, why it cannot be told, and margin of a row."""
    none = float("nan")
    if pd.isna(row["target_low"]):
        return "pledge", pd.NA, pd.NA, none
    value = row["value"]
    if pd.isna(value):
        return ("not_due" if row["due"] > until else "no_value"), pd.NA, pd.NA, none
    one, exact = COMPARATORS[row["value_comparator"]], pd.isna(row["value_high"])
    exact &= one.side == 0
    early = row["due"] - row["value_year"]
    kind = (
        "last_value"
        if early > 0
        else "final_value"
        if pd.isna(row["value_statement_id"])
        else "next_baseline"
    )
    kind = kind if exact else "bound"
    margin = _margin(row) if exact else none
    if row["due"] > until:
        return "not_due", kind, pd.NA, margin
    high = None if pd.isna(row["target_high"]) else row["target_high"]
    top = None if pd.isna(row["value_high"]) else row["value_high"]
    met = attained(
        known(value, top, row["value_comparator"]),
        asked(row["target_low"], high, row["comparator"], row["side"]),
        one.exact or not exact,
    )
    untold = _untold(row, early, met)
    if untold:
        return "cannot_tell", kind, untold, margin
    return ("met" if met else "missed"), kind, pd.NA, margin


def _margin(row: dict[str, Any]) -> float:
    """d (V - T); without a better side how far the value is off, never positive."""
    value, low, high = row["value"], row["target_low"], row["target_high"]
    if row["side"]:
        return tidy(row["side"] * (value - row["target"])) + 0.0
    nearest = min(max(value, low), low if pd.isna(high) else high)
    return tidy(-abs(value - nearest)) + 0.0


def _untold(row: dict[str, Any], early: float, met: bool | None) -> str:
    """Why a value decides nothing, or nothing."""
    asked, found = row["period"], row["value_period"]
    alike = asked == found or (pd.isna(asked) and pd.isna(found))
    for code, holds in (
        ("doubted", row["doubted"]),
        ("implausible", row["value_grave"] is True),
        ("other_basis", not alike),
        ("later_value", early < 0),
        ("too_old", early > RECENT or (early > 0 and met is not True)),
        ("bound", met is None),
    ):
        if holds:
            return code
    return ""


def in_words(row: dict[str, Any], units: dict[str, str], lang: str) -> str:
    """The verdict in a sentence."""
    unit, code = units[row["unit_id"]], row["verdict"]
    facts = {
        "due": row["due"],
        "target": stated(row["target_low"], row["target_high"], row["comparator"], unit, lang),
    }
    if pd.notna(row["value"]):
        shown = stated(row["value"], row["value_high"], row["value_comparator"], unit, lang)
        if row["value_status"] == "preliminary":
            shown = say("outcome_reason.preliminary", lang, value=shown)
        facts |= {"year": row["value_year"], "value": shown}
    key = code
    if code == "cannot_tell":
        key = row["untold"]
    elif code == "met":
        key = {"last_value": "met_before", "next_baseline": "met_by_baseline"}.get(
            row["evidence"], "met"
        )
        key = "met_before" if row["value_year"] < row["due"] else key
    elif code == "missed":
        key = "missed" if pd.isna(row["shortfall"]) or row["shortfall"] > 0 else "missed_strictly"
        key = "missed_by_bound" if pd.isna(row["shortfall"]) else key
        facts["short"] = difference(row["shortfall"], unit, lang, signed=False)
    words = say(f"outcome_reason.{key}", lang, **facts)
    if pd.isna(row["value_doubts"]) or not row["value_doubts"] or code == "not_due":
        return words
    doubts = doubt_words(row["value_doubts"], row["value"], unit, lang)
    return words + say("punctuation.sentence", lang) + doubts
