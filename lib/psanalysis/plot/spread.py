"""The targets of all places on one indicator, in its own unit."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from psanalysis.errors import ParameterError
from psanalysis.plot.canvas import MARGIN, SMALL, Canvas, scale_of
from psanalysis.plot.form import Form, chart
from psanalysis.plot.lanes import lanes
from psanalysis.plot.parts import Rows
from psanalysis.plot.places import Ground
from psanalysis.plot.rowmarks import dots, doubts, limits
from psanalysis.plot.rows import Column, Lanes
from psanalysis.style import colour
from psanalysis.wording import say

# Up to so many places each has a line with its name; more stand as a swarm over their quartiles
NAMED = 12
TEXT, ROW = 1.15, 0.27
SWARM, FEWEST = 1.5, 2


def _side(frame: pd.DataFrame) -> int:
    """-1 where less is more demanding (`side` below 0), else 1."""
    return -1 if (frame["side"] < 0).any() else 1


def in_order(places: pd.DataFrame) -> pd.DataFrame:
    """The places as `spread` draws them: those with a `value`, the most demanding first by `side`.

    Examples
    --------
    >>> in_order(pd.DataFrame({"value": [1.0, 3.0, None], "side": 1}))["value"].tolist()
    [3.0, 1.0]
    """
    known = places[places["value"].notna()]
    order = (known["value"] * _side(places)).sort_values(ascending=False, kind="stable").index
    return known.loc[order]


def _rows(places: pd.DataFrame) -> pd.DataFrame:
    """The rows that can be divided into parts: the lines of `in_order`; a swarm counts as one."""
    ordered = in_order(places)
    return ordered if len(ordered) <= NAMED else ordered.head(1)


@chart(
    "label value text",
    rows=Rows(("label",), context="national", drawn=_rows),
    national=False,
    highlight=False,
    side=1,
    scale="",
)
def spread(frame: pd.DataFrame, form: Form) -> Figure:
    """Where the targets of the places lie: a line a place, or from thirteen places on a swarm.

    Right is more demanding. The nation's target is a line through all of them.

    Parameters
    ----------
    frame
        One row a place, only places that can stand side by side, numbers in one unit: label (the
        place), value, text (the target as stated). It may have national (the nation's target),
        highlight (the place that the chart is about), side (-1 where less is more demanding), scale
        (what the numbers are: indicator and unit), url, doubted.

    Raises
    ------
    ParameterError
        If there are fewer than two places.

    Examples
    --------
    >>> import pandas as pd
    >>> import psanalysis as ps
    >>> frame = pd.DataFrame({
    ...     "label": ["Mianyang", "Panjin", "Nation"], "value": [3.2, 3.6, 3.2],
    ...     "text": ["3.2", "≥3.6", "3.2"], "national": [False, False, True],
    ... })
    >>> len(ps.plot.spread(frame, lang="en").axes)
    1
    """
    places = frame[~frame["national"].astype(bool) & frame["value"].notna()].assign(group="")
    nation = frame[frame["national"].astype(bool) & frame["value"].notna()]
    if len(places) < FEWEST:
        raise ParameterError(
            f"plot.spread: {len(places)} place to compare -> show its number in a sentence instead"
        )
    places = in_order(places).reset_index(drop=True)
    draw = _named if len(places) <= NAMED else _swarm
    return draw(places, nation, _side(frame), form)


def _named(places: pd.DataFrame, nation: pd.DataFrame, side: int, form: Form) -> Figure:
    """A line for each place, with its `label` and `text`. Reads `value`, `highlight`, `doubted` and
    `url` too; `nation` has the same columns.
    """
    placed = lanes(form, places, [Column("text", "", TEXT)], row=ROW, beside=True)
    rows = placed.rows
    drawn = placed.canvas(_key(places, nation, form.lang), _caption(places))
    tones = pd.Series(_tones(places), index=places.index)[rows.index]
    axes = _ground(drawn, placed, pd.concat([places["value"], nation["value"]]), side, form)
    _nation(axes, nation, form)
    dots(axes, rows, rows["value"], tones)
    doubts(axes, rows, rows["value"])
    return drawn.figure


def _caption(places: pd.DataFrame) -> str:
    """What the numbers are, from `scale`."""
    return str(places["scale"].iloc[0])


def _ground(drawn: Canvas, placed: Lanes, values: pd.Series, side: int, form: Form) -> Axes:
    low, high = limits(placed, [(value, 0.0, 0.0) for value in values])
    floor = 0 if (values >= 0).all() else None
    axes = placed.ground(drawn, low, high, floor=floor)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.12g}".replace("-", "−"))
    if side < 0:
        axes.invert_xaxis()
    return axes


def _nation(axes: Axes, nation: pd.DataFrame, form: Form) -> None:
    """The nation's `value` as a line through all places, a link to `url`."""
    for row in nation.itertuples():
        line = axes.axvline(row.value, color=colour("national"), lw=1.6 * form.k, zorder=2)
        line.set_url(row.url or None)


def _tones(rows: pd.DataFrame) -> list[str]:
    """Accent colour for the rows with `highlight`, or for all where none has it."""
    lit = rows["highlight"].astype(bool)
    return ["accent" if own or not lit.any() else "context" for own in lit]


def _swarm(places: pd.DataFrame, nation: pd.DataFrame, side: int, form: Form) -> Figure:
    """A swarm over a box of the quartiles; named are the places with `highlight` and both ends.
    Reads `value`, `label`, `text`, `scale` and `url`; `nation` has the same columns.
    """
    # seaborn takes a second to import: only where it is used
    import seaborn as sns

    key = _key(places, nation, form.lang)
    quartiles = say("chart.key_quartiles", form.lang)
    key.append(Patch(facecolor=(colour("muted"), 0.12), edgecolor=colour("muted"), label=quartiles))
    whole = places.assign(first=False, y=SWARM / 2, top=0.0, bottom=SWARM, name_text="", texts="")
    placed = Lanes(form, whole, (), MARGIN, form.width - MARGIN, SWARM)
    drawn = placed.canvas(key, _caption(places))
    axes = _ground(drawn, placed, pd.concat([places["value"], nation["value"]]), side, form)
    values = places["value"].to_numpy(dtype="float64")
    middle = [SWARM / 2] * len(values)
    sns.boxplot(
        x=values,
        y=middle,
        orient="h",
        native_scale=True,
        ax=axes,
        width=0.62 * SWARM,
        fliersize=0,
        linewidth=1.0 * form.k,
        color=colour("paper"),
        linecolor=colour("context"),
        boxprops={"facecolor": (colour("muted"), 0.12)},
        zorder=1,
    )
    sns.swarmplot(
        x=values,
        y=middle,
        orient="h",
        native_scale=True,
        ax=axes,
        size=5.2 * form.k,
        color=colour("context"),
        zorder=3,
    )
    axes.set_ylim(SWARM, 0)
    axes.set_yticks([])
    axes.set_xlabel("")
    axes.set_ylabel("")
    _finish(drawn, axes, places, form)
    _nation(axes, nation, form)
    return drawn.figure


def _finish(drawn: Canvas, axes: Axes, places: pd.DataFrame, form: Form) -> None:
    """Colours, links and names of the swarm, whose marks are in the order of the frame. Reads
    `highlight`, `label`, `text` and `url`.
    """
    swarm = axes.collections[-1]
    # matplotlib sets the positions of the swarm when it draws it
    drawn.figure.draw_without_rendering()
    swarm.set_facecolor([colour(tone) for tone in _tones(places)])
    swarm.set_urls([url or None for url in places["url"]])
    at = np.asarray(swarm.get_offsets(), dtype="float64")
    lit = set(places.index[places["highlight"].astype(bool)]) | {0, len(places) - 1}
    ground, k = Ground.of(axes), scale_of(axes)
    for place in sorted(lit):
        row = places.loc[place]
        x, y = float(at[place][0]), float(at[place][1])
        words = say("chart.titled", form.lang, title=row["label"], text=row["text"])
        spot = ground.place((x, y), words, above=True)
        note = axes.annotate(
            words,
            (x, y),
            (spot.offset[0] * k, spot.offset[1] * k),
            textcoords="offset points",
            ha=spot.across,
            va=spot.along,
            fontsize=SMALL * k,
            bbox={"boxstyle": "square,pad=0.08", "fc": colour("paper"), "ec": "none"},
            zorder=5,
        )
        note.set_url(row["url"] or None)


def _key(rows: pd.DataFrame, nation: pd.DataFrame, lang: str) -> list[Artist]:
    """Legend of the other places, where one has `highlight`, and of the nation's `text`."""
    entries: list[Artist] = []
    if rows["highlight"].any():
        label = say("chart.key_others", lang)
        entries.append(Line2D([], [], marker="o", ls="", color=colour("context"), label=label))
    for row in nation.head(1).itertuples():
        label = say("chart.national_is", lang, value=row.text)
        entries.append(Line2D([], [], lw=1.6, color=colour("national"), label=label))
    return entries
