"""Outliers: a value far beyond the others is drawn up to a break, which leaves room for
the others.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from psanalysis.plot.canvas import SMALL, scale_of
from psanalysis.style import colour

# An outlier is more than FAR times as far away as the MOST quantile of the distances
FAR, MOST, LEAST, BEYOND, FEW = 3.0, 0.8, 4, 1.3, 0.25


def cut(values: pd.Series, origin: float = 0.0) -> pd.Series:
    """Values as they are drawn: an outlier ends a little beyond the furthest of the others.

    Examples
    --------
    >>> cut(pd.Series([1.0, 2.0, -2.0, 3.0, 114.0])).round(1).tolist()
    [1.0, 2.0, -2.0, 3.0, 3.9]
    >>> cut(pd.Series([1.0, 40.0])).tolist()
    [1.0, 40.0]
    """
    distance = (values - origin).abs()
    known = distance.dropna()
    known = known[known > 0]
    if len(known) < LEAST:
        return values
    usual = known[known <= FAR * known.quantile(MOST)]
    # an outlier is one of few, and far from all others
    if not 0 < len(known) - len(usual) <= FEW * len(known):
        return values
    end = BEYOND * float(usual.max())
    kept = values.where(distance <= usual.max(), origin + np.sign(values - origin) * end)
    return kept.where(values.notna())


def break_marks(
    axes: Axes, rows: pd.DataFrame, drawn: pd.Series, true: pd.Series, origin: float = 0.0
) -> None:
    """Two strokes across the stem of each value that was cut: where `drawn` is not `true`. Reads
    `y` (inches) and `url`, see `_places`.
    """
    k = scale_of(axes)
    gone = (drawn != true) & true.notna()
    paper = {"boxstyle": "square,pad=0.02", "fc": colour("paper"), "ec": "none"}
    for place, y, url in _places(drawn[gone], rows.loc[gone], origin):
        note = axes.text(
            place,
            y,
            "//",
            fontsize=SMALL * k,
            ha="center",
            va="center",
            color=colour("ink"),
            bbox=paper,
            zorder=3.5,
        )
        note.set_url(url or None)


def _places(
    drawn: pd.Series, rows: pd.DataFrame, origin: float
) -> Iterable[tuple[float, float, str]]:
    """Position on the scale, `y` and `url` of the break of each row."""
    for place, y, url in zip(drawn, rows["y"], rows["url"], strict=True):
        yield origin + 0.86 * (place - origin), y, url
