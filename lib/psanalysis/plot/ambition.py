"""How demanding a city's targets are: against the nation's and against the other cities'."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from psanalysis.plot.canvas import MARGIN, SMALL, canvas
from psanalysis.plot.rows import column, depth, dots, ground, head, placed, room
from psanalysis.style import colour
from psanalysis.wording import say

TEXTS = 2.9
COLUMN, LIFT = 0.92, 0.075


def ambition(frame: pd.DataFrame, *, title: str, subtitle: str, source: str, lang: str) -> Figure:
    """Distance of each target from the national one and from the median of the other cities; right of zero is more demanding.

    Parameters
    ----------
    frame
        label, group (heading), nation, peers (% by which the target is more demanding; missing where not comparable), target_text,
        nation_text, peers_text, url.
    title, subtitle, source
        See `psanalysis.plot.canvas.canvas`.
    lang
        zh or en.
    """
    drawn = canvas(title, subtitle, source, body=depth(frame), head_room=0.3)
    rows = placed(frame)
    labels = room(rows["label"], rows["group"])
    both = pd.concat([rows["nation"], rows["peers"], pd.Series([-5.0, 5.0])])
    pad = 0.07 * (both.max() - both.min())
    axes = ground(
        drawn,
        labels,
        drawn.width - TEXTS,
        both.min() - pad,
        both.max() + pad,
        say("chart.ambition_scale", lang),
    )
    axes.axvline(0, color=colour("muted"), lw=1.0, zorder=1)
    axes.xaxis.set_major_formatter(
        lambda value, _: f"{value:+.0f}%".replace("-", "−") if value else "0"
    )
    head(drawn, rows, labels)
    for place, key in enumerate(("peers_text", "nation_text", "target_text")):
        column(
            drawn,
            rows,
            drawn.width - MARGIN - place * COLUMN,
            key,
            say(f"chart.ambition_{key}", lang),
            COLUMN,
            size=SMALL,
        )
    own = rows[rows["nation"].notna()]
    dots(axes, own, own["nation"], ["national"] * len(own), marker="D", size=40, lift=LIFT)
    own = rows[rows["peers"].notna()]
    dots(axes, own, own["peers"], ["accent"] * len(own), hollow=True, lift=-LIFT)
    drawn.key([
        Line2D([], [], marker="D", ls="", color=colour("national"), label=say("chart.key_against_nation", lang)),
        Line2D([], [], marker="o", ls="", mfc=colour("paper"), mec=colour("accent"), mew=1.5, label=say("chart.key_against_peers", lang)),
    ])  # fmt: skip
    return drawn.figure
