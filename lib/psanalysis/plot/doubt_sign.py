"""The sign of doubt: on words, and in the key of a chart."""

from __future__ import annotations

import pandas as pd
from matplotlib.lines import Line2D

from psanalysis.style import colour
from psanalysis.wording import say

DOUBT = "※"


def with_doubt(words: str) -> str:
    """Words with the sign of doubt, once."""
    return words if DOUBT in words else f"{words} {DOUBT}"


def doubt_key(rows: pd.DataFrame, lang: str) -> list[Line2D]:
    """Legend of the sign of doubt, where `doubted` is True in a row."""
    if not rows["doubted"].any():
        return []
    return [
        Line2D(
            [],
            [],
            ls="",
            marker="o",
            ms=10,
            mfc="none",
            mec=colour("doubt"),
            mew=1.4,
            label=say("chart.key_doubted", lang, sign=DOUBT),
        )
    ]
