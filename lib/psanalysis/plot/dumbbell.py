"""Baseline and target of many indicators on one scale: the target is 100."""

from __future__ import annotations

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from psanalysis.formatting import MISSING
from psanalysis.plot.breaks import break_marks, cut
from psanalysis.plot.canvas import SMALL, scale_of
from psanalysis.plot.form import Form, chart
from psanalysis.plot.lanes import lanes
from psanalysis.plot.rowmarks import (
    NATURE_MARKS,
    STRIVE,
    beside,
    dots,
    doubts,
    limits,
    nature_key,
    points,
    stems,
)
from psanalysis.plot.rows import Column, Lanes
from psanalysis.style import colour
from psanalysis.wording import say

STEPS = 1.5
# Not met: a total that starts anew below the last one, and a target whose baseline is in doubt
TONES = {"already_met": "met", "anew_lower": "muted", "doubtful": "doubt"}


@chart(
    "label nature status has_number position baseline_text target_text step_text",
    commitment="firm",
)
def dumbbell(frame: pd.DataFrame, form: Form) -> Figure:
    """A dumbbell a row: from the baseline to the target, with the required step beside it.

    The scale is the baseline as a percentage of the target, so that indicators of unlike units
    stand together: every target is at 100, and a baseline at 80 has a fifth of the target's value
    still to go. Values as stated are printed at both ends.

    Parameters
    ----------
    frame
        One row a target, in the order in which they are drawn: label, nature (binding, expected,
        unstated), status (see `psanalysis.gaps`), has_number, position (baseline as % of the
        target; missing without baseline or number), baseline_text, target_text, step_text. It may
        have group (heading over the rows), commitment (firm, strive), url, doubted.

    Examples
    --------
    >>> import pandas as pd
    >>> import psanalysis as ps
    >>> frame = pd.DataFrame({
    ...     "label": ["Doctors per 1,000 people"], "nature": ["expected"], "status": ["to_improve"],
    ...     "has_number": [True], "position": [92.5], "baseline_text": ["2.96"],
    ...     "target_text": ["≥3.2"], "step_text": ["+0.048"],
    ... })
    >>> figure = ps.plot.dumbbell(frame, lang="en", width_cm=8.5)
    >>> f"{figure.get_size_inches()[0] * 2.54:.1f} cm"
    '8.5 cm'
    """
    details = frame.assign(ends=_ends(frame, form.lang))
    columns = [Column("step_text", say("chart.step_head", form.lang), STEPS)]
    placed = lanes(form, details, columns, details=("ends",))
    rows = placed.rows
    every = cut(details["position"], 100.0)
    shown = every[rows.index]
    key = target_key(rows, form.lang) + _key(rows, form.lang)
    drawn = placed.canvas(key, say("chart.target_is_100", form.lang))
    low, high = _range(placed, details, every, form)
    axes = placed.ground(drawn, low, high, floor=0)
    placed.across(axes, [100.0], "muted")
    own = rows["position"].notna()
    _paired(axes, rows[own], shown[own], form)
    break_marks(axes, rows, shown, rows["position"], 100.0)
    _targets(axes, rows[rows["has_number"]])
    _alone(axes, rows, form)
    marked = rows[rows["has_number"]]  # framed words have no mark to ring
    doubts(axes, marked, [100.0] * len(marked))
    return drawn.figure


def _ends(frame: pd.DataFrame, lang: str) -> list[str]:
    """`baseline_text` and `target_text` of each row as one text, for the narrow form, which has no
    values beside the marks.
    """
    return [
        say(
            "chart.from_to" if row.baseline_text != MISSING else "chart.target_alone",
            lang,
            baseline=row.baseline_text,
            target=row.target_text,
        )
        for row in frame.itertuples()
    ]


def _range(placed: Lanes, rows: pd.DataFrame, shown: pd.Series, form: Form) -> tuple[float, float]:
    """Ends of the scale (%) with room for the values beside the marks. Reads `baseline_text` and
    `target_text`; `shown` is the baseline in % of the target.
    """
    marks: list[tuple[float, float, float]] = [(100.0, 0.0, 0.0)]
    nothing = points(say("chart.no_baseline", form.lang))
    for place, row in zip(shown, rows.itertuples(), strict=True):
        before, after = points(str(row.baseline_text)), points(str(row.target_text))
        if form.narrow:
            before = after = 0.0
        if pd.isna(place):
            marks.append((100.0, 0.0 if form.narrow else nothing, after))
        elif place <= 100:
            marks += [(place, before, 0.0), (100.0, 0.0, after)]
        else:
            marks += [(place, 0.0, before), (100.0, after, 0.0)]
    if len({place for place, _, _ in marks}) == 1:
        marks.append((80.0, 0.0, 0.0))
    return limits(placed, marks)


def tones(rows: pd.DataFrame) -> list[str]:
    """Colour of each row by `status`: met, or the accent colour."""
    return [TONES.get(status, "accent") for status in rows["status"]]


def dashes(rows: pd.DataFrame) -> list[object]:
    """Line style of each row by `commitment`: dashed for strive, solid for firm."""
    return [STRIVE if commitment == "strive" else "solid" for commitment in rows["commitment"]]


def _paired(axes: Axes, rows: pd.DataFrame, shown: pd.Series, form: Form) -> None:
    """Rows with a position: stem, baseline and, unless narrow, both values beside the marks. Reads
    `status`, `commitment`, `baseline_text`, `target_text`, `y` and `url`.
    """
    stems(axes, rows, shown, [100.0] * len(rows), tones(rows), dashes(rows))
    dots(axes, rows, shown, tones(rows), hollow=True, size=44)
    if not form.narrow:
        beyond = shown > 100
        beside(axes, rows, shown, rows["baseline_text"], beyond, tone="muted", gap=7)
        beside(axes, rows, [100.0] * len(rows), rows["target_text"], ~beyond)


def _targets(axes: Axes, rows: pd.DataFrame) -> None:
    """The mark of each target at 100, its shape by `nature`, its colour by `status`; reads `y` and
    `url` too.
    """
    for nature, marker in NATURE_MARKS.items():
        own = rows[rows["nature"] == nature]
        dots(axes, own, [100.0] * len(own), tones(own), marker=marker, size=38)


def _alone(axes: Axes, rows: pd.DataFrame, form: Form) -> None:
    """Rows without a `position`: of a target with a number both texts (no baseline, or a target of
    0, of which nothing is a percentage), of a pledge its words in a frame. Reads `has_number`,
    `baseline_text`, `target_text`, `y` and `url`.
    """
    single = rows[rows["has_number"] & rows["position"].isna()]
    if not form.narrow:
        words = [
            say("chart.no_baseline", form.lang)
            if baseline == MISSING
            else say("chart.baseline_beside", form.lang, baseline=baseline)
            for baseline in single["baseline_text"]
        ]
        at = [100.0] * len(single)
        beside(axes, single, at, single["target_text"], [True] * len(single))
        beside(axes, single, at, words, [False] * len(single), tone="muted")
        for row in rows[~rows["has_number"]].itertuples():
            chip(axes, 100, row.y, row.target_text, str(row.url))


def chip(axes: Axes, x: float, y: float, words: str, url: str) -> None:
    """Words in a frame, for what has no number."""
    k = scale_of(axes)
    box = {
        "boxstyle": "round,pad=0.3",
        "fc": colour("paper"),
        "ec": colour("accent"),
        "lw": 1.0 * k,
    }
    axes.text(
        x, y, words, fontsize=SMALL * k, ha="center", va="center", bbox=box, zorder=3
    ).set_url(url or None)


def target_key(rows: pd.DataFrame, lang: str) -> list[Artist]:
    """Legend of the marks of targets that occur; reads `nature` and `commitment`."""
    entries = nature_key(rows, lang)
    if (rows["commitment"] == "strive").any():
        strive = say("chart.key_strive", lang)
        entries.append(Line2D([], [], ls=STRIVE, lw=2.4, color=colour("accent"), label=strive))
    return entries


def _key(rows: pd.DataFrame, lang: str) -> list[Artist]:
    """Legend of baselines and statuses that occur; reads `position` and `status`."""
    entries: list[Artist] = []
    if rows["position"].notna().any():
        entries.append(hollow("accent", say("chart.key_baseline", lang)))
    return entries + [
        Line2D([], [], ls="-", lw=2.4, color=colour(tone), label=say(f"status.{status}", lang))
        for status, tone in TONES.items()
        if (rows["status"] == status).any()
    ]


def hollow(tone: str, label: str, marker: str = "o") -> Line2D:
    """The entry of a hollow mark."""
    return Line2D(
        [],
        [],
        marker=marker,
        ls="",
        mfc=colour("paper"),
        mec=colour(tone),
        mew=1.5,
        label=label,
    )
