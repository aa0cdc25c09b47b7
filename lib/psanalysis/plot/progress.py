"""The way from baseline to target: how much of it has been made, and how much should have been."""

from __future__ import annotations

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from psanalysis.plot.canvas import MARGIN, SMALL, canvas
from psanalysis.plot.rows import column, depth, dots, ground, head, placed, room, stems
from psanalysis.style import colour
from psanalysis.wording import say

COLUMN = 0.9
TONES = {
    "achieved": "met",
    "held": "met",
    "on_track": "accent",
    "behind": "series-5",
    "far_behind": "expected",
    "moving_away": "series-4",
    "lost": "series-4",
}
MARKS = {
    "achieved": "P",
    "held": "P",
    "on_track": "o",
    "behind": "v",
    "far_behind": "X",
    "moving_away": "<",
    "lost": "<",
}


def progress(frame: pd.DataFrame, *, title: str, subtitle: str, source: str, lang: str) -> Figure:
    """A track from 0 (baseline) to 100 % (target) a row, with the way made and a tick where it should be by now.

    Parameters
    ----------
    frame
        label, group (heading), made (% of the way, cut to what the scale shows; missing without an actual value), due (% of the way that
        should have been made), status, baseline_text, expected_text, current_text, target_text, url.
    title, subtitle, source
        See `psanalysis.plot.canvas.canvas`.
    lang
        zh or en.
    """
    drawn = canvas(title, subtitle, source, body=depth(frame), head_room=0.3)
    rows = placed(frame)
    labels = room(rows["label"], rows["group"])
    both = pd.concat([rows["made"], pd.Series([-4.0, 104.0])])
    keys = [
        "target_text",
        *(["current_text"] if rows["made"].notna().any() else []),
        "expected_text",
        "baseline_text",
    ]
    axes = ground(
        drawn,
        labels,
        drawn.width - len(keys) * COLUMN - 0.25,
        both.min() - 4,
        both.max() + 4,
        say("chart.progress_scale", lang),
    )
    axes.set_xticks([0, 25, 50, 75, 100], ["0", "25%", "50%", "75%", "100%"])
    head(drawn, rows, labels)
    for place, key in enumerate(keys):
        column(
            drawn,
            rows,
            drawn.width - MARGIN - place * COLUMN,
            key,
            say(f"chart.progress_{key}", lang),
            COLUMN,
            size=SMALL,
        )
    stems(
        axes, rows, [0.0] * len(rows), [100.0] * len(rows), ["grid"] * len(rows), "solid", width=7
    )
    known = rows[rows["made"].notna()]
    stems(
        axes,
        known,
        [0.0] * len(known),
        known["made"],
        [TONES[status] for status in known["status"]],
        "solid",
        width=4,
    )
    for status, own in known.groupby("status", sort=False):
        dots(
            axes,
            own,
            own["made"],
            [TONES[str(status)]] * len(own),
            marker=MARKS[str(status)],
            size=58,
        )
    due = rows[rows["due"].notna()]
    dots(axes, due, due["due"], ["ink"] * len(due), marker="|", size=190)
    drawn.key(_key(rows, lang))
    return drawn.figure


def _key(rows: pd.DataFrame, lang: str) -> list[Artist]:
    entries: list[Artist] = [
        Line2D(
            [],
            [],
            marker="|",
            ms=12,
            mew=1.6,
            ls="",
            color=colour("ink"),
            label=say("chart.key_due", lang),
        )
    ]
    known = set(rows.loc[rows["made"].notna(), "status"])
    return entries + [
        Line2D([], [], marker=MARKS[status], ls="-", lw=4, ms=7, color=colour(TONES[status]), label=say(f"progress.{status}", lang))
        for status in TONES if status in known
    ]  # fmt: skip
