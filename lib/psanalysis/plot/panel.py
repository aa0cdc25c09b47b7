"""One panel of small multiples: the plan's own line in colour, those of the other plans in grey,
and the national target as a line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from psanalysis.lines import width_in_ems, wrap
from psanalysis.plot.canvas import SMALL, Canvas, ems, scale_of
from psanalysis.plot.places import Ground
from psanalysis.plot.rowmarks import doubts
from psanalysis.style import colour

# Inches: height of a panel, and reach of a label to each side of its point
PANEL, LABEL_HALF = 1.75, 0.3
# heights at which the words of a pledge may stand, as fractions of the panel
CHIP_HEIGHTS = (0.84, 0.5, 0.16, 0.67, 0.33)


def panel_axes(
    drawn: Canvas,
    place: tuple[float, float, float],
    years: tuple[int, int],
    scale: tuple[float, float, list[float]] | None,
    unit: str,
    numbered: bool,
) -> Axes:
    """Axes at a position (left, right and top in inches), with room for labels beside the outermost
    years.
    """
    left, right, top = place
    axes = drawn.axes(left, right, top, top - PANEL)
    # room for half a label beside the outermost points
    width, span = right - left, years[1] - years[0]
    beside = max(1.6, span * LABEL_HALF / (width - 2 * LABEL_HALF))
    axes.set_xlim(years[0] - beside, years[1] + beside)
    if scale is None:
        axes.set_ylim(0, 1)
        axes.set_yticks([])
        return axes
    axes.set_ylim(scale[0], scale[1])
    axes.set_yticks(scale[2])
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.12g}".replace("-", "−") + unit)
    axes.tick_params(axis="y", labelleft=numbered, labelcolor=colour("muted"))
    axes.grid(axis="y")
    return axes


@dataclass(frozen=True)
class Ways:
    """What the panels of a figure share, taken from its frame once.

    Attributes
    ----------
    own
        The points on the way of each panel, in the order of the years.
    stated
        All points of each panel.
    targets
        panel, year, value and url of every target on a way.
    nation
        value, year and url of the national targets.
    """

    own: Mapping[str, pd.DataFrame]
    stated: Mapping[str, pd.DataFrame]
    targets: Mapping[str, np.ndarray]
    nation: Sequence[tuple[float, float, str]]

    @classmethod
    def of(cls, dated: pd.DataFrame) -> Ways:
        """Take them from all statements with a year and a value. Reads `panel`, `year`, `value`,
        `role`, `path`, `national` and `url`.
        """
        places = dated[~dated["national"]]
        on_way = places[places["path"]]
        targets = on_way[on_way["role"] == "target"].astype({"year": "float64"})
        return cls(
            {
                str(name): rows.sort_values("year")
                for name, rows in on_way.groupby("panel", sort=False)
            },
            {str(name): rows for name, rows in places.groupby("panel", sort=False)},
            {name: targets[name].to_numpy() for name in ("panel", "year", "value", "url")},
            list(dated.loc[dated["national"], ["value", "year", "url"]].itertuples(index=False)),
        )


def draw_panel(axes: Axes, ways: Ways, panel: str) -> None:
    """All statements with a year and a value, as the panel `panel` shows them."""
    k = scale_of(axes)
    others = [rows for name, rows in ways.own.items() if name != panel and len(rows) > 1]
    points = [rows[["year", "value"]].astype("float64").to_numpy() for rows in others]
    lines = LineCollection(points, colors=colour("context"), linewidths=1.2 * k, zorder=1)
    lines.set_urls([str(rows["url"].iloc[-1]) for rows in others])
    axes.add_collection(lines, autolim=False)
    rest = {name: values[ways.targets["panel"] != panel] for name, values in ways.targets.items()}
    grey = axes.scatter(
        rest["year"], rest["value"], s=14 * k * k, color=colour("context"), zorder=1
    )
    grey.set_urls(list(rest["url"]))
    for value, year, url in ways.nation:
        line = axes.hlines(
            value,
            axes.get_xlim()[0],
            year,
            colors=colour("national"),
            linewidths=1.2 * k,
            linestyles=(0, (4, 2)),
            zorder=2,
        )
        line.set_urls([url])
        end = axes.scatter(
            [year],
            [value],
            marker="|",
            s=70 * k * k,
            color=colour("national"),
            linewidths=1.6 * k,
            zorder=3,
        )
        end.set_urls([url])
    stated = ways.stated.get(panel)
    if stated is None:
        return
    _also(axes, stated[~stated["path"]])
    if panel in ways.own:
        _own(axes, ways.own[panel])
    doubts(axes, stated.assign(y=stated["value"]), stated["year"])


def _also(axes: Axes, also: pd.DataFrame) -> None:
    """Small hollow marks for what else the plan states of the indicator. Reads `year`, `value` and
    `url`.
    """
    k = scale_of(axes)
    extra = axes.scatter(also["year"].astype("float64"), also["value"], s=22 * k * k, marker="D",
        facecolors=colour("paper"), edgecolors=colour("muted"),
                         linewidths=1.1 * k, zorder=4)  # fmt: skip
    extra.set_urls(list(also["url"]))


def _own(axes: Axes, own: pd.DataFrame) -> None:
    """The panel's own line, with values at its points. Reads `year`, `value`, `role`, `text` and
    `url`, in the order of the years.
    """
    k = scale_of(axes)
    points = own[["year", "value"]].astype("float64").to_numpy()
    if len(points) > 1:
        line = LineCollection([points], colors=colour("accent"), linewidths=2.2 * k, zorder=3)
        line.set_urls([str(own["url"].iloc[-1])])
        axes.add_collection(line, autolim=False)
    for role, face in (("baseline", "paper"), ("reference", "paper"), ("target", "accent")):
        part = own[own["role"] == role]
        marks = axes.scatter(part["year"].astype("float64"), part["value"], s=46 * k * k,
            facecolors=colour(face), edgecolors=colour("accent"),
                             linewidths=1.6 * k, zorder=5)  # fmt: skip
        marks.set_urls(list(part["url"]))
    box = {"boxstyle": "square,pad=0.08", "fc": colour("paper"), "ec": "none"}
    ground = Ground.of(axes)
    for (x, y), text, url, above in zip(
        points, own["text"], own["url"], _above(points[:, 1]), strict=True
    ):
        place = ground.place((x, y), text, above)
        note = axes.annotate(text, (x, y),
            (place.offset[0] * k, place.offset[1] * k), textcoords="offset points", ha=place.across,
                             va=place.along, fontsize=SMALL * k, zorder=4.5, bbox=box)  # fmt: skip
        note.set_url(url)


def _above(values: np.ndarray) -> list[bool]:
    """Whether the value of each point stands above it or below it, clear of the line: above a peak
    or an end that the line rises to, else below.
    """
    if len(values) == 1:
        return [True]
    neighbours = [
        [values[i] for i in (place - 1, place + 1) if 0 <= i < len(values)]
        for place in range(len(values))
    ]
    return [
        value > np.mean(near) or (value == np.mean(near) and place > 0)
        for place, (value, near) in enumerate(zip(values, neighbours, strict=True))
    ]


def draw_pledges(axes: Axes, rows: pd.DataFrame) -> None:
    """The `text` of the first pledge in a box at its `year`, where it covers least; reads `url`
    too.
    """
    k = scale_of(axes)
    for row in rows[["text", "year", "url"]].head(1).itertuples():
        words = wrap(row.text, ems(2.0, 8.5), 2)
        height = Ground.of(axes).clearest(float(row.year), words, CHIP_HEIGHTS)
        box = {
            "boxstyle": "round,pad=0.35",
            "fc": colour("paper"),
            "ec": colour("muted"),
            "lw": 1.0 * k,
        }
        note = axes.text(
            _within(axes, float(row.year), words, SMALL * k),
            height,
            words,
            transform=axes.get_xaxis_transform(),
            fontsize=SMALL * k,
            ha="center",
            va="center",
            bbox=box,
            zorder=7,
        )
        note.set_url(row.url)


def _within(axes: Axes, x: float, words: str, size: float) -> float:
    """The middle of a text in a box: as near to `x` as the width of the axes allows."""
    low, high = axes.get_xlim()
    inches = axes.get_window_extent().width / axes.figure.dpi
    ems_wide = max(width_in_ems(line) for line in words.split("\n")) + 1
    half = min(0.5, ems_wide * size / 72 / inches / 2) * (high - low)
    return min(max(x, low + half), high - half)
