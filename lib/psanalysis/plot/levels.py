"""Targets for shares of a whole on their own scale, for plans that state no baselines."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from psanalysis.plot.canvas import KEY_ROOM, MARGIN, canvas
from psanalysis.plot.dumbbell import dashes, target_key, tones
from psanalysis.plot.rows import (
    NATURE_MARKS,
    beside,
    column,
    depth,
    dots,
    ground,
    head,
    placed,
    room,
    stems,
)
from psanalysis.wording import say

YEARS = 0.9


def levels(frame: pd.DataFrame, *, title: str, subtitle: str, source: str, lang: str) -> Figure:
    """A stem from nothing to the target a row, grouped by domain, with the target year beside it.

    Parameters
    ----------
    frame
        label, group (heading), nature, commitment, status, target (in %), target_text, year_text, url.
    title, subtitle, source
        See `psanalysis.plot.canvas.canvas`.
    lang
        zh or en.
    """
    entries = target_key(frame, lang)
    # a legend of one entry distinguishes nothing
    keyed = len(entries) > 1
    drawn = canvas(
        title,
        subtitle,
        source,
        body=depth(frame),
        head_room=0.3,
        key_room=KEY_ROOM if keyed else 0.06,
    )
    rows = placed(frame)
    labels = room(rows["label"], rows["group"])
    high = max(100.0, rows["target"].max())
    axes = ground(
        drawn, labels, drawn.width - YEARS, 0, 1.12 * high, say("chart.target_percent", lang)
    )
    head(drawn, rows, labels)
    column(drawn, rows, drawn.width - MARGIN, "year_text", say("column.year", lang), YEARS - MARGIN)
    stems(axes, rows, [0.0] * len(rows), rows["target"], tones(rows), dashes(rows), width=1.6)
    for nature, marker in NATURE_MARKS.items():
        own = rows[rows["nature"] == nature]
        dots(axes, own, own["target"], tones(own), marker=marker)
    beside(axes, rows, rows["target"], rows["target_text"], [True] * len(rows))
    drawn.key(entries if keyed else [])
    return drawn.figure
