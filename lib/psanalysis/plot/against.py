"""A city against the nation and the other cities, by domain: for plans that state no baselines."""

from __future__ import annotations

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from psanalysis.plot.form import Form, chart
from psanalysis.plot.lanes import lanes
from psanalysis.plot.rowmarks import NATURE_MARKS, dots, doubts, nature_key, stems
from psanalysis.plot.rows import Column
from psanalysis.plot.scales import positions
from psanalysis.style import colour
from psanalysis.wording import say

TARGET, NATION, PEERS = 0.85, 0.85, 1.2


@chart(
    "label target target_text nation nation_text peers_low peers_high peers_text",
    nature="expected",
    side=1,
)
def against(frame: pd.DataFrame, form: Form) -> Figure:
    """A row an indicator on a scale of its own: the place's target, the nation's, and the range of
    the other places.

    Right is more demanding. An indicator for which neither the nation nor another place has a
    comparable number is left to a table.

    Parameters
    ----------
    frame
        One row an indicator, numbers in its unit: label, target, target_text, nation (missing where
        not comparable), nation_text, peers_low, peers_high (of the comparable other places; missing
        where there are none), peers_text (how many and which). It may have nature (binding,
        expected, unstated), side (-1 where less is more demanding), group (the domain), url,
        doubted.

    Examples
    --------
    >>> import pandas as pd
    >>> import psanalysis as ps
    >>> frame = pd.DataFrame({
    ...     "label": ["Nurses per 1,000 people"], "target": [4.0], "target_text": ["≥4"],
    ...     "nation": [3.8], "nation_text": ["≥3.8"], "peers_low": [3.6], "peers_high": [4.2],
    ...     "peers_text": ["3.6–4.2"], "group": ["Health"],
    ... })
    >>> len(ps.plot.against(frame, lang="en").axes)
    1
    """
    columns = [
        Column("target_text", say("chart.ambition_target_text", form.lang), TARGET),
        Column("nation_text", say("chart.ambition_nation_text", form.lang), NATION),
        Column("peers_text", say("chart.against_peers_text", form.lang), PEERS),
    ]
    placed = lanes(form, frame, columns)
    rows = placed.rows
    at = positions(rows, ("target", "nation", "peers_low", "peers_high"))
    drawn = placed.canvas(_key(rows, form.lang))
    axes = placed.axes(drawn)
    every = [0.0] * len(rows), [1.0] * len(rows)
    stems(axes, rows, *every, ["grid"] * len(rows), "solid", width=0.8)
    peers = at["peers_low"].notna()
    others, low, high = rows[peers], at["peers_low"][peers], at["peers_high"][peers]
    stems(axes, others, low, high, ["context"] * len(others), "solid", width=6.0)
    # where all places have one number, the line would have no length: a dot
    same = others[low.eq(high)]
    dots(axes, same, low[same.index], ["context"] * len(same), marker="o", size=40)
    known = at["nation"].notna()
    dots(
        axes,
        rows[known],
        at["nation"][known],
        ["national"] * int(known.sum()),
        marker="|",
        size=200,
    )
    for nature, marker in NATURE_MARKS.items():
        own = rows[(rows["nature"] == nature) & at["target"].notna()]
        dots(axes, own, at["target"][own.index], ["accent"] * len(own), marker=marker, size=48)
    doubts(axes, rows, at["target"])
    return drawn.figure


def _key(rows: pd.DataFrame, lang: str) -> list[Artist]:
    """Legend of the marks that occur; reads `nature`, `nation` and `peers_low`."""
    entries = nature_key(rows, lang)
    if rows["nation"].notna().any():
        words = say("chart.key_reference", lang)
        entries.append(
            Line2D([], [], marker="|", ms=12, mew=1.6, ls="", color=colour("national"), label=words)
        )
    if rows["peers_low"].notna().any():
        words = say("chart.key_peers_range", lang)
        entries.append(Line2D([], [], lw=6, color=colour("context"), label=words))
    return entries
