"""Targets of several cities on one scale: the reference is 100."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from psanalysis.lines import wrap
from psanalysis.plot.canvas import MARGIN, SMALL, Canvas, canvas, ems
from psanalysis.plot.rows import fitted, ground, room, row_name
from psanalysis.style import SERIES_MARKERS, colour
from psanalysis.wording import say

LINE_OF_CITY, PADDING = 0.23, 0.24
VALUES, CITY = 3.2, 0.85
HIGHEST = (0, (2.5, 1.6))
MARKS_OF_VERDICT = {"comparable": "", "caveat": " *", "not_comparable": " ⊘"}


def comparison(frame: pd.DataFrame, *, title: str, subtitle: str, source: str, lang: str) -> Figure:
    """One band an indicator, one line in it a city: target as a percentage of the reference, and the value as stated with its year.

    Parameters
    ----------
    frame
        label, city, series (0, 1, ... for cities, -1 for the national line), position (% of the reference; missing for a pledge or
        what is not comparable), signed_text, year, verdict, url. Rows of an indicator stand together.
    title, subtitle, source
        See `psanalysis.plot.canvas.canvas`.
    lang
        zh or en.
    """
    placed = _placed(frame)
    drawn = canvas(title, subtitle, source, body=placed["y"].max() + (LINE_OF_CITY + PADDING) / 2)
    labels = room(placed["label"])
    axes = ground(
        drawn,
        labels,
        drawn.width - VALUES,
        *_range(placed["position"]),
        say("chart.reference_is_100", lang),
        floor=0,
    )
    _bands(drawn, axes, placed, labels)
    _points(axes, placed)
    _values(drawn, placed, lang)
    drawn.key(_key(placed, lang))
    return drawn.figure


def _key(rows: pd.DataFrame, lang: str) -> list[Artist]:
    """Legend of what occurs."""
    drawn = rows[rows["position"].notna()]
    cities, nation = drawn[drawn["series"] >= 0], set(drawn.loc[drawn["series"] < 0, "label"])
    look: dict[str, Any] = {"ls": "", "marker": "o", "mew": 1.6}
    entries: dict[str, tuple[dict[str, Any], bool]] = {
        "verdict.comparable": (
            look | {"color": colour("muted")},
            (cities["verdict"] == "comparable").any(),
        ),
        "chart.key_caveat": (
            look | {"mfc": colour("paper"), "mec": colour("muted")},
            (cities["verdict"] == "caveat").any(),
        ),
        "chart.key_not_comparable": (
            {"ls": ""},
            ((rows["verdict"] == "not_comparable") & (rows["series"] >= 0)).any(),
        ),
        "chart.key_reference": ({"lw": 1.4, "color": colour("national")}, bool(nation)),
        "chart.key_highest": (
            {"lw": 1.4, "ls": HIGHEST, "color": colour("muted")},
            bool(set(drawn["label"]) - nation),
        ),
    }
    return [
        Line2D([], [], label=say(key, lang), **style)
        for key, (style, occurs) in entries.items()
        if occurs
    ]


def _placed(frame: pd.DataFrame) -> pd.DataFrame:
    first = frame["label"].ne(frame["label"].shift())
    y = (np.arange(len(frame)) + 0.5) * LINE_OF_CITY + first.cumsum() * PADDING - PADDING / 2
    return frame.assign(first=first, y=y)


def _range(position: pd.Series) -> tuple[float, float]:
    low, high = min(80.0, position.min()), max(105.0, position.max())
    if pd.isna(low) or pd.isna(high):
        return 0.0, 110.0
    return low - 0.06 * (high - low), high + 0.06 * (high - low)


def _bands(drawn: Canvas, axes: Axes, rows: pd.DataFrame, labels: float) -> None:
    """Name of each indicator, and its reference: a line in the colour of the nation where there is a national target, else a dashed one."""
    references, tones, styles, urls = [], [], [], []
    for label, band in rows.groupby("label", sort=False):
        top, bottom = band["y"].iloc[0] - LINE_OF_CITY / 2, band["y"].iloc[-1] + LINE_OF_CITY / 2
        row_name(drawn, labels, drawn.body_top - (top + bottom) / 2, *fitted(str(label)))
        drawn.rule(drawn.body_top - bottom - PADDING / 2)
        if band["position"].notna().any():
            references.append([(100, top - PADDING / 2 + 0.04), (100, bottom + PADDING / 2 - 0.04)])
            nation = band[(band["series"] < 0) & band["position"].notna()]
            tones.append(colour("muted" if nation.empty else "national"))
            styles.append(HIGHEST if nation.empty else "solid")
            urls.append(
                str(
                    band.loc[band["position"].idxmax(), "url"]
                    if nation.empty
                    else nation["url"].iloc[0]
                )
            )
    lines = LineCollection(references, colors=tones, linestyles=styles, linewidths=1.4, zorder=1)
    lines.set_urls(urls)
    axes.add_collection(lines, autolim=False)


def _points(axes: Axes, rows: pd.DataFrame) -> None:
    for series, own in rows[rows["position"].notna()].groupby("series"):
        index = int(str(series))
        tone = tone_of(index)
        marker = "|" if index < 0 else SERIES_MARKERS[index % len(SERIES_MARKERS)]
        full = (own["verdict"] == "comparable").to_numpy()
        style = (
            {"color": tone}
            if index < 0
            else {
                "edgecolors": tone,
                "facecolors": [tone if solid else colour("paper") for solid in full],
            }
        )
        points = axes.scatter(
            own["position"],
            own["y"],
            s=90 if index < 0 else 46,
            marker=marker,
            linewidths=1.6,
            zorder=3,
            **style,
        )
        points.set_urls(list(own["url"]))


def tone_of(series: int) -> str:
    """Colour of a city, or of the nation."""
    return colour("national") if series < 0 else colour(f"series-{series % 6 + 1}")


def _values(drawn: Canvas, rows: pd.DataFrame, lang: str) -> None:
    left = drawn.width - VALUES + 0.12
    for row in rows.itertuples():
        y = drawn.body_top - row.y
        drawn.text(
            left,
            y,
            wrap(row.city, ems(CITY - 0.05, SMALL), 1),
            fontsize=SMALL,
            va="center",
            color=tone_of(row.series),
        )
        words = wrap(
            row.signed_text + (MARKS_OF_VERDICT[row.verdict] if row.series >= 0 else ""),
            ems(VALUES - 0.12 - CITY - 0.45 - MARGIN, SMALL),
            1,
        )
        drawn.text(left + CITY, y, words, fontsize=SMALL, va="center", color=colour("ink")).set_url(
            row.url
        )
        drawn.text(
            drawn.width - MARGIN,
            y,
            str(row.year),
            fontsize=SMALL,
            va="center",
            ha="right",
            color=colour("muted"),
        )
