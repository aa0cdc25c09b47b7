"""One indicator in every plan: small multiples on one time axis, each from what the plan states of the past to its horizon."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from psanalysis.lines import width_in_ems, wrap
from psanalysis.plot.canvas import MARGIN, SMALL, Canvas, canvas, ems, scale_of
from psanalysis.plot.doubt import doubt_key, with_doubt
from psanalysis.plot.form import Form, chart
from psanalysis.plot.places import Ground
from psanalysis.plot.rows import HEADING_SIZE
from psanalysis.style import colour
from psanalysis.wording import say

PANEL, HEAD, TICKS, GAP = 1.75, 0.34, 0.3, 0.3
SCALE, CLOSE = 0.55, 2
# Inches that a label reaches to each side of its point
LABEL_HALF = 0.3
# where the words of a pledge may stand, in parts of the height of a panel
CHIP_HEIGHTS = (0.84, 0.5, 0.16, 0.67, 0.33)


@chart("panel role year value text path national tick_unit")
def trajectories(frame: pd.DataFrame, form: Form) -> Figure:
    """A panel a plan: its own way in colour, those of the others in grey, the national target as a line up to its year.

    Parameters
    ----------
    frame
        One row a statement: panel, role (baseline, target, reference), year, value (missing for a pledge), text, path (belongs to the
        line of its panel), national (the national target), tick_unit (what follows the numbers of the scale). National rows have
        no panel of their own unless they are the only ones. It may have url, doubted.

    Examples
    --------
    >>> import pandas as pd
    >>> import psanalysis as ps
    >>> frame = pd.DataFrame({
    ...     "panel": ["Mianyang"] * 2, "role": ["baseline", "target"], "year": [2020, 2025],
    ...     "value": [2.96, 3.2], "text": ["2.96", "≥3.2"], "path": [True, True],
    ...     "national": [False, False], "tick_unit": ["", ""],
    ... })
    >>> len(ps.plot.trajectories(frame, lang="en").axes)
    1
    """
    frame = frame.assign(
        text=frame["text"].where(~frame["doubted"], frame["text"].map(with_doubt)),
        url=frame["url"].where(frame["url"] != "", None),
    )
    shown = frame[frame["value"].isna() | frame["year"].notna()]
    panels = list(shown.loc[~shown["national"], "panel"].unique()) or list(frame["panel"].unique())
    # four stand better in one line than three over one
    columns = 1 if form.narrow else len(panels) if len(panels) <= 4 else 3
    lines = math.ceil(len(panels) / columns)
    dated = frame[frame["value"].notna() & frame["year"].notna()]
    body = lines * (HEAD + PANEL + TICKS) + (lines - 1) * 0.1
    key = [*_key(dated, form.lang), *doubt_key(frame, form.lang)]
    drawn = canvas(form, body, key=key)
    years = (
        (int(frame["year"].min()), int(frame["year"].max()))
        if frame["year"].notna().any()
        else (2020, 2025)
    )
    years = (years[0], years[1]) if years[1] - years[0] >= 4 else (years[1] - 5, years[1])
    scale = _scale(dated["value"])
    width = min((drawn.width - 2 * MARGIN - SCALE - (columns - 1) * GAP) / columns, 4.0)
    for place, panel in enumerate(panels):
        left = MARGIN + SCALE + (place % columns) * (width + GAP)
        top = drawn.body_top - (place // columns) * (HEAD + PANEL + TICKS + 0.1) - HEAD
        drawn.text(
            left,
            top + 0.1,
            wrap(panel, ems(width, HEADING_SIZE), 1),
            fontsize=HEADING_SIZE,
            va="bottom",
        )
        axes = _panel_axes(
            drawn,
            (left, left + width, top),
            years,
            scale,
            str(frame["tick_unit"].iloc[0]),
            numbered=place % columns == 0,
        )
        axes.set_xticks(
            _ticks(
                frame[
                    (frame["panel"] == panel)
                    & frame["year"].notna()
                    & (frame["path"] | frame["value"].isna())
                ]["year"]
            )
        )
        _draw(axes, dated, panel)
        _pledges(axes, frame[(frame["panel"] == panel) & frame["value"].isna()])
    return drawn.figure


def _ticks(years: pd.Series) -> list[int]:
    """The years of a panel's own points, the last one first where they are too close to be printed."""
    kept: list[int] = []
    for year in sorted({int(year) for year in years}, reverse=True):
        if not kept or kept[-1] - year >= CLOSE:
            kept.append(year)
    return kept


def _scale(values: pd.Series) -> tuple[float, float, list[float]] | None:
    """Limits and ticks; where all values are one, that one alone is a tick."""
    if values.empty:
        return None
    low, high = float(values.min()), float(values.max())
    if low == high:
        pad = 0.1 * abs(high) or 1.0
        return low - pad, high + pad, [high]
    pad = 0.36 * (high - low)
    floor = max(low - pad, 0.0 if low >= 0 else -math.inf)
    ticks = MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]).tick_values(low - pad, high + pad)
    return low - pad, high + pad, [float(tick) for tick in ticks if floor <= tick <= high + pad]


def _panel_axes(
    drawn: Canvas,
    place: tuple[float, float, float],
    years: tuple[int, int],
    scale: tuple[float, float, list[float]] | None,
    unit: str,
    numbered: bool,
) -> Axes:
    left, right, top = place
    axes = drawn.axes(left, right, top, top - PANEL)
    # half a label has room beside the outermost points
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


def _draw(axes: Axes, dated: pd.DataFrame, panel: str) -> None:
    k = scale_of(axes)
    paths = {
        str(name): rows.sort_values("year")
        for name, rows in dated[dated["path"] & ~dated["national"]].groupby("panel", sort=False)
    }
    others = [rows for name, rows in paths.items() if name != panel and len(rows) > 1]
    points = [rows[["year", "value"]].astype("float64").to_numpy() for rows in others]
    lines = LineCollection(points, colors=colour("context"), linewidths=1.2 * k, zorder=1)
    lines.set_urls([str(rows["url"].iloc[-1]) for rows in others])
    axes.add_collection(lines, autolim=False)
    rest = dated[
        (dated["panel"] != panel) & dated["path"] & ~dated["national"] & (dated["role"] == "target")
    ]
    grey = axes.scatter(
        rest["year"].astype("float64"),
        rest["value"],
        s=14 * k * k,
        color=colour("context"),
        zorder=1,
    )
    grey.set_urls(list(rest["url"]))
    for row in dated[dated["national"]].itertuples():
        line = axes.hlines(
            row.value,
            axes.get_xlim()[0],
            row.year,
            colors=colour("national"),
            linewidths=1.2 * k,
            linestyles=(0, (4, 2)),
            zorder=2,
        )
        line.set_urls([row.url])
        end = axes.scatter(
            [row.year],
            [row.value],
            marker="|",
            s=70 * k * k,
            color=colour("national"),
            linewidths=1.6 * k,
            zorder=3,
        )
        end.set_urls([row.url])
    own = paths.get(panel)
    _also(axes, dated[(dated["panel"] == panel) & ~dated["path"] & ~dated["national"]])
    if own is not None:
        _own(axes, own)


def _also(axes: Axes, also: pd.DataFrame) -> None:
    """What else the plan states of the indicator, in small hollow marks."""
    k = scale_of(axes)
    extra = axes.scatter(also["year"].astype("float64"), also["value"], s=22 * k * k, marker="D", facecolors=colour("paper"), edgecolors=colour("muted"),
                         linewidths=1.1 * k, zorder=4)  # fmt: skip
    extra.set_urls(list(also["url"]))


def _own(axes: Axes, own: pd.DataFrame) -> None:
    """The panel's own line with values at its points."""
    k = scale_of(axes)
    points = own[["year", "value"]].astype("float64").to_numpy()
    if len(points) > 1:
        line = LineCollection([points], colors=colour("accent"), linewidths=2.2 * k, zorder=3)
        line.set_urls([str(own["url"].iloc[-1])])
        axes.add_collection(line, autolim=False)
    for role, face in (("baseline", "paper"), ("reference", "paper"), ("target", "accent")):
        part = own[own["role"] == role]
        marks = axes.scatter(part["year"].astype("float64"), part["value"], s=46 * k * k, facecolors=colour(face), edgecolors=colour("accent"),
                             linewidths=1.6 * k, zorder=5)  # fmt: skip
        marks.set_urls(list(part["url"]))
    box = {"boxstyle": "square,pad=0.08", "fc": colour("paper"), "ec": "none"}
    ground = Ground.of(axes)
    for row, above in zip(own.itertuples(), _above(points[:, 1]), strict=True):
        place = ground.place((float(row.year), row.value), row.text, above)
        note = axes.annotate(row.text, (float(row.year), row.value), (place.offset[0] * k, place.offset[1] * k), textcoords="offset points", ha=place.across,
                             va=place.along, fontsize=SMALL * k, zorder=4.5, bbox=box)  # fmt: skip
        note.set_url(row.url)


def _above(values: np.ndarray) -> list[bool]:
    """On which side of a point its value keeps clear of the line: above a peak or an end that was risen to, else below."""
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


def _pledges(axes: Axes, rows: pd.DataFrame) -> None:
    k = scale_of(axes)
    for row in rows.head(1).itertuples():
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
    """Where the middle of a text in a box stands, as near to `x` as the axes have room for it."""
    low, high = axes.get_xlim()
    inches = axes.get_window_extent().width / axes.figure.dpi
    ems_wide = max(width_in_ems(line) for line in words.split("\n")) + 1
    half = min(0.5, ems_wide * size / 72 / inches / 2) * (high - low)
    return min(max(x, low + half), high - half)


def _key(dated: pd.DataFrame, lang: str) -> list[Line2D]:
    entries = []
    if (dated["path"] & (dated["role"] == "baseline")).any():
        entries.append(
            Line2D(
                [],
                [],
                marker="o",
                ls="",
                mfc=colour("paper"),
                mec=colour("accent"),
                mew=1.6,
                label=say("chart.key_stated_past", lang),
            )
        )
    if (~dated["national"] & dated["path"] & (dated["role"] == "target")).any():
        entries.append(
            Line2D(
                [],
                [],
                marker="o",
                ls="",
                color=colour("accent"),
                label=say("chart.key_target", lang),
            )
        )
    if (~dated["path"] & ~dated["national"]).any():
        entries.append(
            Line2D(
                [],
                [],
                marker="D",
                ls="",
                ms=5,
                mfc=colour("paper"),
                mec=colour("muted"),
                label=say("chart.key_also", lang),
            )
        )
    if dated.loc[~dated["national"] & dated["path"], "panel"].nunique() > 1:
        entries.append(
            Line2D(
                [],
                [],
                lw=1.2,
                color=colour("context"),
                marker="o",
                ms=3.5,
                label=say("chart.key_others", lang),
            )
        )
    for row in dated[dated["national"]].head(1).itertuples():
        label = say("chart.national_is", lang, value=row.text)
        entries.append(
            Line2D([], [], lw=1.2, ls=(0, (4, 2)), color=colour("national"), label=label)
        )
    return entries
