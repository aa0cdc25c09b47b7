"""A scale of its own for each row: unlike units side by side, with the more demanding end on the
right.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

# Fractions of the width: free at both ends; position of a value that is alone in its row
EDGE, ALONE, LEAST = 0.1, 0.62, 0.02


def positions(frame: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Values of each row as fractions of the width, from its least demanding to its most demanding
    value.

    Parameters
    ----------
    frame
        The columns `keys`, in one unit a row, and side (-1 where less is more demanding).

    Examples
    --------
    >>> rows = pd.DataFrame({"a": [1.0, 10.0], "b": [3.0, 15.0], "side": [1, -1]})
    >>> positions(rows, ["a", "b"]).round(2).values.tolist()
    [[0.1, 0.9], [0.9, 0.1]]
    """
    turned = (
        frame[list(keys)].astype("float64").mul(frame["side"].where(frame["side"] < 0, 1), axis=0)
    )
    low, high = turned.min(axis=1), turned.max(axis=1)
    # nearly equal values stay together
    span = (high - low).where(
        high - low > LEAST * pd.concat([high.abs(), low.abs()], axis=1).max(axis=1)
    )
    parts = turned.sub(low, axis=0).div(span, axis=0)
    spread = EDGE + (1 - 2 * EDGE) * parts
    return spread.where(span.notna(), turned.notna() * ALONE).where(turned.notna())
