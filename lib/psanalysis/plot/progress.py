"""The distance from baseline to target: how much has been covered, and how much was due."""

from __future__ import annotations

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from psanalysis.plot.form import Form, chart
from psanalysis.plot.lanes import lanes
from psanalysis.plot.rowmarks import dots, doubts, stems
from psanalysis.plot.rows import Column
from psanalysis.style import colour
from psanalysis.wording import say

COLUMN = 0.85
TONES = {
    "achieved": "met",
    "held": "met",
    "on_track": "accent",
    "behind": "missed",
    "far_behind": "missed",
    "moving_away": "missed",
    "lost": "missed",
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
KEYS = ("baseline_text", "expected_text", "current_text", "target_text")


@chart("label made due status baseline_text expected_text current_text target_text")
def progress(frame: pd.DataFrame, form: Form) -> Figure:
    """A track from 0 (baseline) to 100 % (target) a row, with the way made and a tick where it
    should be by now.

    Parameters
    ----------
    frame
        One row a target: label, made (% of the way, cut to what the scale shows; missing without an
        actual value), due (% of the way that should have been made), status (see
        `psanalysis.assess`), baseline_text, expected_text, current_text, target_text. It may have
        group, url, doubted.

    Examples
    --------
    >>> import pandas as pd
    >>> import psanalysis as ps
    >>> frame = pd.DataFrame({
    ...     "label": ["Life expectancy"], "made": [100.0], "due": [60.0], "status": ["achieved"],
    ...     "baseline_text": ["77.93"], "expected_text": ["78.57"], "current_text": ["78.6"],
    ...     "target_text": ["78.93"],
    ... })
    >>> len(ps.plot.progress(frame, lang="en").axes)
    1
    """
    keys = [key for key in KEYS if key != "current_text" or frame["made"].notna().any()]
    columns = [Column(key, say(f"chart.progress_{key}", form.lang), COLUMN) for key in keys]
    placed = lanes(form, frame, columns)
    rows = placed.rows
    both = pd.concat([frame["made"], pd.Series([-4.0, 104.0])])
    drawn = placed.canvas(_key(rows, form.lang), say("chart.progress_scale", form.lang))
    low, high = both.min() - 4, both.max() + 4
    axes = placed.ground(drawn, low, high, ticks=(0.0, 50.0, 100.0))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}%" if value else "0")
    whole = [100.0] * len(rows)
    stems(axes, rows, [0.0] * len(rows), whole, ["grid"] * len(rows), "solid", width=7)
    known = rows[rows["made"].notna()]
    tones = [TONES[status] for status in known["status"]]
    stems(axes, known, [0.0] * len(known), known["made"], tones, "solid", width=4)
    for status, own in known.groupby("status", sort=False):
        tone, marker = TONES[str(status)], MARKS[str(status)]
        dots(axes, own, own["made"], [tone] * len(own), marker=marker, size=58)
    due = rows[rows["due"].notna()]
    dots(axes, due, due["due"], ["ink"] * len(due), marker="|", size=190)
    doubts(axes, rows, rows["made"])
    return drawn.figure


def _key(rows: pd.DataFrame, lang: str) -> list[Artist]:
    """Legend of the marks that occur; reads `made` and `status`."""
    due = say("chart.key_due", lang)
    entries: list[Artist] = [
        Line2D([], [], marker="|", ms=12, mew=1.6, ls="", color=colour("ink"), label=due)
    ]
    known = set(rows.loc[rows["made"].notna(), "status"])
    return entries + [
        Line2D(
            [],
            [],
            marker=MARKS[status],
            ls="-",
            lw=4,
            ms=7,
            color=colour(TONES[status]),
            label=say(f"progress.{status}", lang),
        )
        for status in TONES
        if status in known
    ]
