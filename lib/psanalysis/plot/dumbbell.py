"""Baseline and target of many indicators on one scale: the target is 100."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from psanalysis.plot.canvas import SMALL, Canvas, canvas, ems
from psanalysis.style import colour, wrap
from psanalysis.wording import say

ROW, HEADING = 0.44, 0.34
LABELS, STEPS = 3.15, 1.65
TARGET_MARKS = {"binding": "s", "expected": "o", "unstated": "D"}
TONES = {"binding": "binding", "expected": "expected", "unstated": "series-4"}


def dumbbell(frame: pd.DataFrame, *, title: str, subtitle: str, source: str, lang: str) -> Figure:
    """A dumbbell a row, grouped by domain, with the required step beside it.

    The scale is the baseline as a percentage of the target, so that indicators of unlike units stand together: every target is at 100,
    and a baseline at 80 has a fifth of the target's value still to go. Values as stated are printed at both ends.

    Parameters
    ----------
    frame
        label, group (heading), nature (binding, expected, unstated), commitment, status, position (baseline as % of the target; missing
        without baseline or number), baseline_text, target_text, step_text, url.
    title, subtitle, source
        See `psanalysis.plot.canvas.canvas`.
    lang
        zh or en.
    """
    groups = frame["group"].ne(frame["group"].shift()).sum()
    drawn = canvas(title, subtitle, source, body=len(frame) * ROW + groups * HEADING, axis_room=0.95, head_room=0.3)
    axes = drawn.axes(LABELS, drawn.width - STEPS)
    placed = _rows(frame)
    low, high = _range(frame["position"])
    axes.set_xlim(low, high)
    axes.set_ylim(placed["y"].max() + ROW / 2, -HEADING / 2)
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    axes.grid(axis="x")
    axes.set_xlabel(say("chart.target_is_100", lang), fontsize=SMALL)
    axes.axvline(100, color=colour("muted"), lw=1.0, zorder=1)
    _headings(drawn, axes, placed, lang)
    _labels(drawn, axes, placed)
    _marks(axes, placed, lang)
    _key(drawn, lang)
    return drawn.figure


def _rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Depth of each row in inches below the top of the body; the first row of a group leaves room for its heading."""
    first = frame["group"].ne(frame["group"].shift())
    return frame.assign(first=first, y=(np.arange(len(frame)) + 0.5) * ROW + first.cumsum() * HEADING - HEADING / 2)


def _range(position: pd.Series) -> tuple[float, float]:
    low = min(90.0, position.min()) if position.notna().any() else 0.0
    high = max(100.0, position.max()) if position.notna().any() else 100.0
    span = high - max(0.0, low)
    return max(0.0, low) - 0.27 * span, high + 0.3 * span


def _headings(drawn: Canvas, axes: Axes, rows: pd.DataFrame, lang: str) -> None:
    for row in rows[rows["first"]].itertuples():
        y = drawn.body_top - (row.y - ROW / 2 - HEADING / 2 + HEADING / 2 - 0.04) - HEADING / 2
        drawn.text(0.12, y, row.group, fontsize=9.5, color=colour("accent"), va="bottom")
        axes.axhline(row.y - ROW / 2, color=colour("grid"), lw=0.8, xmin=-LABELS, clip_on=True, zorder=0)
    top = drawn.body_top + 0.08
    drawn.text(drawn.width - 0.12, top, say("chart.step_head", lang), fontsize=SMALL, color=colour("muted"), ha="right", va="bottom")


def _labels(drawn: Canvas, axes: Axes, rows: pd.DataFrame) -> None:
    scale = (axes.get_position().height * drawn.height) / (axes.get_ylim()[0] - axes.get_ylim()[1])
    for row in rows.itertuples():
        y = drawn.body_top - (row.y + HEADING / 2) * scale
        label = wrap(row.label, ems(LABELS - 0.3, 9.0), 2)
        drawn.text(LABELS - 0.12, y, label, fontsize=9.0, ha="right", va="center", linespacing=1.15)
        drawn.text(drawn.width - 0.12, y, row.step_text, fontsize=9.0, ha="right", va="center", color=colour("ink"))


def _marks(axes: Axes, rows: pd.DataFrame, lang: str) -> None:
    numeric = rows[rows["position"].notna()]
    for row in numeric.itertuples():
        tone = "met" if row.status == "already_met" else TONES[row.nature]
        style = (0, (2, 1.6)) if row.commitment == "strive" else "solid"
        axes.plot([row.position, 100], [row.y, row.y], color=colour(tone), lw=2.4, ls=style, zorder=2, solid_capstyle="butt")
        right = row.position > 100
        axes.annotate(row.baseline_text, (row.position, row.y), (7 if right else -7, 0), textcoords="offset points",
                      ha="left" if right else "right", va="center", fontsize=SMALL, color=colour("muted"))  # fmt: skip
        axes.annotate(row.target_text, (100, row.y), (-8 if right else 8, 0), textcoords="offset points",
                      ha="right" if right else "left", va="center", fontsize=SMALL, color=colour("ink"))  # fmt: skip
    points = axes.scatter(numeric["position"], numeric["y"], s=44, marker="o", zorder=4, linewidths=1.5,
                          facecolors=colour("paper"), edgecolors=[_tone(row) for row in numeric.itertuples()])  # fmt: skip
    points.set_urls(list(numeric["url"]))
    for nature, marker in TARGET_MARKS.items():
        own = rows[(rows["nature"] == nature) & rows["has_number"]]
        if len(own):
            ends = axes.scatter([100.0] * len(own), own["y"], s=50, marker=marker, zorder=5, linewidths=0,
                                facecolors=[_tone(row) for row in own.itertuples()])  # fmt: skip
            ends.set_urls(list(own["url"]))
    for row in rows[rows["has_number"] & rows["position"].isna()].itertuples():
        axes.annotate(row.target_text, (100, row.y), (8, 0), textcoords="offset points", ha="left", va="center", fontsize=SMALL)
        axes.annotate(say("chart.no_baseline", lang), (100, row.y), (-8, 0), textcoords="offset points", ha="right", va="center",
                      fontsize=SMALL, color=colour("muted"))  # fmt: skip
    for row in rows[~rows["has_number"]].itertuples():
        words = axes.text(100, row.y, row.target_text, fontsize=9.0, ha="center", va="center", color=colour(TONES[row.nature]),
                          bbox={"boxstyle": "round,pad=0.35", "fc": colour("paper"), "ec": colour(TONES[row.nature]), "lw": 1.0})  # fmt: skip
        words.set_url(row.url)


def _tone(row: object) -> str:
    return colour("met" if row.status == "already_met" else TONES[row.nature])  # type: ignore[attr-defined]


def _key(drawn: Canvas, lang: str) -> None:
    """The legend, in a band of its own below the axis."""
    entries = [
        Line2D([], [], marker="o", ls="", mfc=colour("paper"), mec=colour("muted"), mew=1.5, label=say("chart.key_baseline", lang)),
        Line2D([], [], marker="s", ls="", color=colour("binding"), label=say("chart.key_binding", lang)),
        Line2D([], [], marker="o", ls="", color=colour("expected"), label=say("chart.key_expected", lang)),
        Line2D([], [], marker="D", ls="", color=colour("series-4"), label=say("chart.key_unstated", lang)),
        Line2D([], [], ls=(0, (2, 1.6)), lw=2.4, color=colour("muted"), label=say("chart.key_strive", lang)),
        Line2D([], [], ls="-", lw=2.4, color=colour("met"), label=say("chart.key_met", lang)),
    ]
    drawn.figure.legend(handles=entries, loc="lower center", ncols=len(entries), frameon=False, fontsize=SMALL, handletextpad=0.4,
                        columnspacing=1.4, bbox_to_anchor=(0.5, (drawn.body_bottom - 0.92) / drawn.height))  # fmt: skip

