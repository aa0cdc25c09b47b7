"""Targets of several places for one indicator: only those that can stand side by side."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from psanalysis.errors import ParameterError
from psanalysis.plot.breaks import break_marks, cut
from psanalysis.plot.dumbbell import hollow
from psanalysis.plot.form import Form, chart
from psanalysis.plot.lanes import lanes
from psanalysis.plot.parts import Rows
from psanalysis.plot.rowmarks import doubts, limits
from psanalysis.plot.rows import Column, Lanes
from psanalysis.style import colour
from psanalysis.wording import say

PLACE, NARROW_PLACE, YEAR = 1.55, 1.0, 0.42
ROW, HEADING = 0.25, 0.34
HIGHEST = (0, (2.5, 1.6))
FEWEST = 2


def comparable(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that `comparison` draws: of each indicator the targets that the verdict lets stand
    side by side.

    An indicator with fewer than two of them, the nation's included, is left out: of one place there
    is nothing to compare.

    Examples
    --------
    >>> frame = pd.DataFrame({
    ...     "label": ["beds", "beds", "nurses"], "position": [100.0, None, 90.0],
    ...     "verdict": ["comparable", "not_comparable", "caveat"],
    ... })
    >>> len(comparable(frame))
    0
    """
    drawn = frame[(frame["verdict"] != "not_comparable") & frame["position"].notna()]
    return drawn[drawn.groupby("label")["label"].transform("size") >= FEWEST]


@chart(
    "label city series position signed_text year verdict",
    rows=Rows(("label",), drawn=comparable),
    highlight=True,
)
def comparison(frame: pd.DataFrame, form: Form) -> Figure:
    """Under the name of each indicator a line a place, the most demanding first: its target against
    the reference.

    Right is more demanding. Targets that cannot stand side by side are not drawn, nor are
    indicators with fewer than two; `psanalysis.plot.compare.comparable` says which remain.

    Parameters
    ----------
    frame
        One row a target; rows of an indicator stand together: label, city, series (-1 for the
        national line, else 0 or more), position (how demanding the target is, in % of the
        reference, 100; missing for a pledge or what is not comparable), signed_text (the target as
        stated), year, verdict (comparable, caveat, not_comparable). It may have highlight (the
        place that the chart is about), url, doubted.

    Raises
    ------
    ParameterError
        If no indicator has two targets to compare.

    Examples
    --------
    >>> import pandas as pd
    >>> import psanalysis as ps
    >>> frame = pd.DataFrame({
    ...     "label": ["Nurses per 1,000 people"] * 2, "city": ["Mianyang", "Nation"],
    ...     "series": [0, -1], "position": [105.0, 100.0], "signed_text": ["≥4", "≥3.8"],
    ...     "year": [2025, 2025], "verdict": ["comparable", "comparable"],
    ... })
    >>> len(ps.plot.comparison(frame, lang="en").axes)
    1
    """
    shown = comparable(frame)
    if shown.empty:
        raise ParameterError(
            "plot.comparison: no indicator has two targets to compare -> show a sentence instead"
        )
    order = {label: place for place, label in enumerate(shown["label"].unique())}
    shown = shown.assign(order=shown["label"].map(order)).sort_values(
        ["order", "position"], ascending=[True, False], kind="stable"
    )
    caveat = (shown["verdict"] == "caveat") & (shown["series"] >= 0)
    texts = shown["signed_text"].where(~caveat, shown["signed_text"] + " *")
    bands = shown.assign(
        group=shown["label"], label=shown["city"], text=texts, dated=shown["year"].astype("str")
    ).reset_index(drop=True)
    width = NARROW_PLACE if form.narrow else PLACE
    columns = [Column("text", "", width), Column("dated", "", YEAR)]
    placed = lanes(form, bands, columns, row=ROW, heading=HEADING, beside=True)
    rows = placed.rows
    every = cut(bands["position"], 100.0)
    at = every[rows.index]
    drawn = placed.canvas(_key(rows, form.lang), say("chart.reference_is_100", form.lang))
    low, high = limits(placed, [(100.0, 0.0, 0.0), *((one, 0.0, 0.0) for one in every)])
    if high - low < 4:
        low, high = low - 2, high + 2
    axes = placed.ground(drawn, low, high, floor=0)
    _references(axes, placed, form)
    _points(axes, rows, at, form)
    break_marks(axes, rows, at, rows["position"], 100.0)
    doubts(axes, rows, at)
    return drawn.figure


def _references(axes: Axes, placed: Lanes, form: Form) -> None:
    """The reference of each indicator: the national target, else dashed, the most demanding
    place.
    """
    segments, tones, styles, urls = [], [], [], []
    for _, band in placed.rows.groupby("group", sort=False):
        nation = band[band["series"] < 0]
        leader = nation if len(nation) else band.loc[[band["position"].idxmax()]]
        segments.append([(100, band["top"].min() + 0.03), (100, band["bottom"].max() - 0.03)])
        tones.append(colour("national" if len(nation) else "muted"))
        styles.append("solid" if len(nation) else HIGHEST)
        urls.append(leader["url"].iloc[0] or None)
    lines = LineCollection(
        segments, colors=tones, linestyles=styles, linewidths=1.4 * form.k, zorder=1
    )
    lines.set_urls(urls)
    axes.add_collection(lines, autolim=False)


def _points(axes: Axes, rows: pd.DataFrame, at: pd.Series, form: Form) -> None:
    """A mark for each target at `at`: filled where `verdict` is comparable, else hollow; a diamond
    for the nation (`series` below 0). Reads `y`, `highlight` and `url` too.
    """
    size = 46 * form.k**2
    for number, own in rows.groupby(rows["series"].clip(upper=0)):
        national = int(str(number)) < 0
        tones = [
            colour("national" if national else "accent" if lit else "context")
            for lit in own["highlight"]
        ]
        faces = [
            tone if verdict == "comparable" else colour("paper")
            for tone, verdict in zip(tones, own["verdict"], strict=True)
        ]
        look: dict[str, Any] = {"edgecolors": tones, "facecolors": tones if national else faces}
        marks = axes.scatter(
            at[own.index],
            own["y"],
            s=size,
            marker="D" if national else "o",
            linewidths=1.6 * form.k,
            zorder=3,
            **look,
        )
        marks.set_urls([url or None for url in own["url"]])


def _key(rows: pd.DataFrame, lang: str) -> list[Artist]:
    """Legend of the marks that occur; reads `series`, `verdict` and `group`."""
    cities = rows[rows["series"] >= 0]
    nation = rows["series"] < 0
    bands = rows.groupby("group")["series"].min()
    entries: list[Artist] = []
    if (cities["verdict"] == "comparable").any():
        label = say("verdict.comparable", lang)
        entries.append(Line2D([], [], ls="", marker="o", color=colour("accent"), label=label))
    if (cities["verdict"] == "caveat").any():
        entries.append(hollow("accent", say("chart.key_caveat", lang)))
    if nation.any():
        label = say("chart.key_reference", lang)
        entries.append(Line2D([], [], lw=1.4, marker="D", color=colour("national"), label=label))
    if (bands >= 0).any():
        label = say("chart.key_highest", lang)
        entries.append(Line2D([], [], lw=1.4, ls=HIGHEST, color=colour("muted"), label=label))
    return entries
