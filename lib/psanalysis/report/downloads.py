"""What the downloads of a table contain in addition to the table: its rows name their statements,
and the source table of the page has the other columns of each.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from psanalysis.comparators import sign
from psanalysis.formatting import exact, in_plain_units
from psanalysis.wording import say

# Further columns of the downloads of a table whose rows show statements
KEYS = (
    "value", "upper", "comparator", "unit", "pledge", "as_stated", "statement", "findings",
    "citation",
)  # fmt: skip


def heads(lang: str) -> str:
    """Headings of these columns, as the source table carries them for the page's script."""
    return "|".join(say(f"download.{key}", lang) for key in KEYS)


def figure(row: Any, unit: str, pledge: str, lang: str) -> dict[str, str]:
    """What the downloads of a table say of a statement in addition to the number in its cell: upper
    end of a range, comparator, unit as the page shows it, pledge; empty ones are left out.

    Parameters
    ----------
    row
        Of statements.csv.
    unit, pledge
        Names of both in the language; empty where there is none.
    lang
        zh or en.
    """
    if pd.isna(row.value):
        return {"pledge": pledge} if pledge else {}
    _, shown = in_plain_units(row.value, unit, lang)
    upper, _ = in_plain_units(row.value_high, unit, lang)
    found = {
        "upper": exact(upper), "comparator": sign(row.comparator) or say("download.equal", lang),
        "unit": shown, "pledge": pledge,
    }  # fmt: skip
    return {key: text for key, text in found.items() if text}
