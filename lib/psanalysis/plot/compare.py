"""Targets of several cities on one scale: the reference is 100."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from psanalysis.plot.canvas import SMALL, Canvas, canvas, ems
from psanalysis.style import SERIES_MARKERS, colour, wrap
from psanalysis.wording import say

LABELS, LINE_OF_CITY, PADDING = 3.1, 0.23, 0.24
VALUES = 2.9


def comparison(frame: pd.DataFrame, *, title: str, subtitle: str, source: str, lang: str) -> Figure:
    """One band an indicator, one line in it a city: target as a percentage of the reference, and the value as stated.

    Parameters
    ----------
    frame
        label, city, series (0, 1, ... for cities, -1 for the national line), position (% of the reference; missing for a pledge or
        what is not comparable), value_text, verdict, url. Rows of an indicator stand together.
    title, subtitle, source
        See `psanalysis.plot.canvas.canvas`.
    lang
        zh or en.
    """
    placed = _placed(frame)
    drawn = canvas(title, subtitle, source, body=placed["y"].max() + LINE_OF_CITY / 2 + PADDING / 2, axis_room=0.62, head_room=0.1)
    axes = drawn.axes(LABELS, drawn.width - VALUES)
    body = drawn.body_top - drawn.body_bottom
    axes.set_ylim(body, 0)
    axes.set_xlim(*_range(placed["position"]))
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    axes.grid(axis="x")
    axes.axvline(100, color=colour("national"), lw=1.4, zorder=1)
    axes.set_xlabel(say("chart.reference_is_100", lang), fontsize=SMALL)
    _bands(drawn, axes, placed)
    _points(axes, placed)
    _values(drawn, placed, lang)
    _key(drawn, lang)
    return drawn.figure


def _placed(frame: pd.DataFrame) -> pd.DataFrame:
    first = frame["label"].ne(frame["label"].shift())
    y = (np.arange(len(frame)) + 0.5) * LINE_OF_CITY + first.cumsum() * PADDING - PADDING / 2
    return frame.assign(first=first, y=y)


def _range(position: pd.Series) -> tuple[float, float]:
    low, high = min(80.0, position.min()), max(105.0, position.max())
    if pd.isna(low) or pd.isna(high):
        return 0.0, 110.0
    span = high - max(0.0, low)
    return max(0.0, low) - 0.06 * span, high + 0.06 * span


def _bands(drawn: Canvas, axes: Axes, rows: pd.DataFrame) -> None:
    for label, band in rows.groupby("label", sort=False):
        top, bottom = band["y"].iloc[0] - LINE_OF_CITY / 2, band["y"].iloc[-1] + LINE_OF_CITY / 2
        lines = max(1, round((bottom - top) / LINE_OF_CITY) - 0)
        text = wrap(str(label), ems(LABELS - 0.3, 9.0), max(2, min(3, lines)))
        drawn.text(LABELS - 0.12, drawn.body_top - (top + bottom) / 2, text, fontsize=9.0, ha="right", va="center", linespacing=1.15)
        axes.axhline(bottom + PADDING / 2, color=colour("grid"), lw=0.8, zorder=0)


def _points(axes: Axes, rows: pd.DataFrame) -> None:
    for series, own in rows[rows["position"].notna()].groupby("series"):
        index = int(str(series))
        tone = colour("national") if index < 0 else colour(f"series-{index % 6 + 1}")
        marker = "|" if index < 0 else SERIES_MARKERS[index % len(SERIES_MARKERS)]
        full = (own["verdict"] == "comparable").to_numpy()
        style = {"color": tone} if index < 0 else {"edgecolors": tone, "facecolors": [tone if solid else colour("paper") for solid in full]}
        points = axes.scatter(own["position"], own["y"], s=90 if index < 0 else 46, marker=marker, linewidths=1.6, zorder=3, **style)
        points.set_urls(list(own["url"]))


def _values(drawn: Canvas, rows: pd.DataFrame, lang: str) -> None:
    left = drawn.width - VALUES + 0.14
    for row in rows.itertuples():
        y = drawn.body_top - row.y
        tone = colour("national") if row.series < 0 else colour(f"series-{row.series % 6 + 1}")
        drawn.text(left, y, wrap(row.city, ems(0.78, SMALL), 1), fontsize=SMALL, va="center", color=tone)
        words = wrap(f"{row.value_text}{'' if row.verdict == 'comparable' else ' ' + say('chart.see_verdict', lang)}", ems(1.9, SMALL), 1)
        text = drawn.text(left + 0.85, y, words, fontsize=SMALL, va="center", color=colour("ink"))
        text.set_url(row.url)


def _key(drawn: Canvas, lang: str) -> None:
    entries = [
        Line2D([], [], marker="o", ls="", color=colour("muted"), label=say("verdict.comparable", lang)),
        Line2D([], [], marker="o", ls="", mfc=colour("paper"), mec=colour("muted"), mew=1.6, label=say("chart.key_caveat", lang)),
        Line2D([], [], marker="|", ms=9, mew=1.6, ls="", color=colour("national"), label=say("chart.key_reference", lang)),
    ]
    drawn.figure.legend(handles=entries, loc="lower center", ncols=3, frameon=False, fontsize=SMALL, handletextpad=0.4,
                        bbox_to_anchor=(0.5, (drawn.body_bottom - 0.64) / drawn.height))  # fmt: skip
