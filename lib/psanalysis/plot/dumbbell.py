"""Baseline and target of many indicators on one scale: the target is 100."""

from __future__ import annotations

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from psanalysis.plot.canvas import MARGIN, canvas
from psanalysis.plot.rows import (
    NATURE_MARKS,
    NATURE_TONES,
    STRIVE,
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
from psanalysis.style import colour
from psanalysis.wording import say

STEPS = 1.75


def dumbbell(frame: pd.DataFrame, *, title: str, subtitle: str, source: str, lang: str) -> Figure:
    """A dumbbell a row, grouped by domain, with the required step beside it.

    The scale is the baseline as a percentage of the target, so that indicators of unlike units stand together: every target is at 100,
    and a baseline at 80 has a fifth of the target's value still to go. Values as stated are printed at both ends.

    Parameters
    ----------
    frame
        label, group (heading), nature (binding, expected, unstated), commitment, status, has_number, position (baseline as % of the
        target; missing without baseline or number), baseline_text, target_text, step_text, url.
    title, subtitle, source
        See `psanalysis.plot.canvas.canvas`.
    lang
        zh or en.
    """
    drawn = canvas(title, subtitle, source, body=depth(frame), head_room=0.3)
    rows = placed(frame)
    labels = room(rows["label"], rows["group"])
    low, high = _range(rows["position"])
    axes = ground(
        drawn, labels, drawn.width - STEPS, low, high, say("chart.target_is_100", lang), floor=0
    )
    axes.axvline(100, color=colour("muted"), lw=1.0, zorder=1)
    head(drawn, rows, labels)
    column(
        drawn, rows, drawn.width - MARGIN, "step_text", say("chart.step_head", lang), STEPS - MARGIN
    )
    _paired(axes, rows[rows["position"].notna()])
    _targets(axes, rows[rows["has_number"]])
    _alone(axes, rows, lang)
    drawn.key(target_key(rows, lang) + _key(rows, lang))
    return drawn.figure


def _range(position: pd.Series) -> tuple[float, float]:
    low = min(90.0, position.min()) if position.notna().any() else 80.0
    high = max(100.0, position.max()) if position.notna().any() else 100.0
    span = high - low
    return low - 0.27 * span, high + 0.3 * span


def tones(rows: pd.DataFrame) -> list[str]:
    """Tone of each row: by the nature of its target, or met."""
    return [
        "met" if status == "already_met" else NATURE_TONES[nature]
        for status, nature in zip(rows["status"], rows["nature"], strict=True)
    ]


def dashes(rows: pd.DataFrame) -> list[object]:
    """Line style of each row: dashed for goals to strive for."""
    return [STRIVE if commitment == "strive" else "solid" for commitment in rows["commitment"]]


def _paired(axes: Axes, rows: pd.DataFrame) -> None:
    stems(axes, rows, rows["position"], [100.0] * len(rows), tones(rows), dashes(rows))
    dots(axes, rows, rows["position"], tones(rows), hollow=True, size=44)
    beyond = rows["position"] > 100
    beside(axes, rows, rows["position"], rows["baseline_text"], beyond, tone="muted", gap=7)
    beside(axes, rows, [100.0] * len(rows), rows["target_text"], ~beyond)


def _targets(axes: Axes, rows: pd.DataFrame) -> None:
    for nature, marker in NATURE_MARKS.items():
        own = rows[rows["nature"] == nature]
        dots(axes, own, [100.0] * len(own), tones(own), marker=marker, size=38)


def _alone(axes: Axes, rows: pd.DataFrame, lang: str) -> None:
    """Targets without a baseline, and pledges in words."""
    single = rows[rows["has_number"] & rows["position"].isna()]
    beside(axes, single, [100.0] * len(single), single["target_text"], [True] * len(single))
    beside(
        axes,
        single,
        [100.0] * len(single),
        [say("chart.no_baseline", lang)] * len(single),
        [False] * len(single),
        tone="muted",
    )
    for row in rows[~rows["has_number"]].itertuples():
        chip(axes, 100, row.y, row.target_text, NATURE_TONES[str(row.nature)], str(row.url))


def chip(axes: Axes, x: float, y: float, words: str, tone: str, url: str) -> None:
    """Words in a frame, for what has no number."""
    box = {"boxstyle": "round,pad=0.35", "fc": colour("paper"), "ec": colour(tone), "lw": 1.0}
    axes.text(
        x, y, words, fontsize=8.5, ha="center", va="center", color=colour(tone), bbox=box, zorder=3
    ).set_url(url)


def target_key(rows: pd.DataFrame, lang: str) -> list[Artist]:
    """Legend of the marks of targets that occur."""
    natures = [nature for nature in NATURE_MARKS if (rows["nature"] == nature).any()]
    entries: list[Artist] = [
        Line2D(
            [],
            [],
            marker=NATURE_MARKS[nature],
            ls="",
            color=colour(NATURE_TONES[nature]),
            label=say(f"chart.key_{nature}", lang),
        )
        for nature in natures
    ]
    if (rows["commitment"] == "strive").any():
        entries.append(
            Line2D(
                [],
                [],
                ls=STRIVE,
                lw=2.4,
                color=colour("muted"),
                label=say("chart.key_strive", lang),
            )
        )
    return entries


def _key(rows: pd.DataFrame, lang: str) -> list[Artist]:
    entries: list[Artist] = []
    if rows["position"].notna().any():
        entries.append(
            Line2D(
                [],
                [],
                marker="o",
                ls="",
                mfc=colour("paper"),
                mec=colour("muted"),
                mew=1.5,
                label=say("chart.key_baseline", lang),
            )
        )
    if (rows["status"] == "already_met").any():
        entries.append(
            Line2D([], [], ls="-", lw=2.4, color=colour("met"), label=say("chart.key_met", lang))
        )
    return entries
