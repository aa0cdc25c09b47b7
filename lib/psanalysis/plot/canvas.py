"""Figures laid out in inches. Rows have a fixed height, so sixty rows are as legible as twenty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from psanalysis.lines import width_in_ems, wrap
from psanalysis.plot.form import Form
from psanalysis.style import FONT_SIZE, colour, require_glyphs

TITLE_SIZE, SUBTITLE_SIZE, SMALL = 11.2, 9.5, 8.5
POINTS = 72.0
MOST_LINES = 24
LINE = 1.45
FILLED = 0.975
MARGIN = 0.12
# Above the body: the scale with its caption; below it: an entry of the key
AXIS_ROOM, KEY_LINE, KEY_PAD = 0.44, 0.2, 0.16
# Ems of an entry of the key in addition to its text, and between two entries
HANDLE, BETWEEN = 2.6, 1.6


class Sheet(Figure):
    """A figure that knows its scale (`k`: points of the figure per point of the layout) and into
    how many parts its chart is divided.
    """

    k: float = 1.0
    parts: int = 1


@dataclass(frozen=True)
class Canvas:
    """A figure with words on top where there are some, a body of given height, a key, a source.

    Attributes
    ----------
    figure
        The matplotlib figure.
    width, height
        Inches of the layout.
    body_top, body_bottom
        Inches from the bottom of the layout: the edges of the body.
    """

    figure: Sheet
    width: float
    height: float
    body_top: float
    body_bottom: float

    def axes(
        self, left: float, right: float, top: float | None = None, bottom: float | None = None
    ) -> Axes:
        """Axes between two edges in inches; over the whole body unless top and bottom say
        otherwise.
        """
        top = self.body_top if top is None else top
        bottom = self.body_bottom if bottom is None else bottom
        axes = self.figure.add_axes(
            (
                left / self.width,
                bottom / self.height,
                (right - left) / self.width,
                (top - bottom) / self.height,
            )
        )
        k = self.figure.k
        for spine in axes.spines.values():
            spine.set_linewidth(0.8 * k)
        axes.tick_params(labelsize=SMALL * k, pad=3.5 * k, grid_linewidth=0.8 * k)
        return axes

    def text(self, x: float, y: float, words: str, *, fontsize: float, **look: object) -> Text:
        """Text at a position in inches; its size is in points of the layout."""
        require_glyphs(words)
        return self.figure.text(
            x / self.width,
            y / self.height,
            words,
            fontsize=fontsize * self.figure.k,
            **look,  # type: ignore[arg-type]
        )

    def rule(self, y: float, left: float = MARGIN, right: float | None = None) -> None:
        """A hairline across the figure at a height in inches."""
        ends = (left / self.width, (self.width - MARGIN if right is None else right) / self.width)
        line = Line2D(
            ends,
            (y / self.height,) * 2,
            color=colour("grid"),
            lw=0.8 * self.figure.k,
            transform=self.figure.transFigure,
            zorder=0,
        )
        self.figure.add_artist(line)


def canvas(
    form: Form, body: float, *, key: Sequence[Artist] = (), head_room: float = 0.1
) -> Canvas:
    """A canvas with its title, subtitle, source and key.

    Parameters
    ----------
    form
        Width and words.
    body
        Inches of what comes between.
    key
        The entries of the legend.
    head_room
        Inches kept above the body, for a scale and the heads of columns.
    """
    inner = form.width - 2 * MARGIN
    blocks = [
        (wrap(words, ems(inner, size), MOST_LINES, balanced), size, tone)
        for words, size, tone, balanced in (
            (form.title, TITLE_SIZE, "ink", True),
            (form.subtitle, SUBTITLE_SIZE, "muted", False),
        )
        if words
    ]
    foot = wrap(form.source, ems(inner, SMALL), MOST_LINES, balanced=False) if form.source else ""
    columns, lines = _key_form(key, inner)
    heights = [_height(text, size) for text, size, _ in blocks]
    head = sum(heights) + (0.1 if blocks else 0.0)
    foot_height = MARGIN + (_height(foot, SMALL) + 0.06 if foot else 0.0)
    key_height = KEY_PAD + KEY_LINE * lines if key else 0.0
    height = MARGIN + head + head_room + body + key_height + foot_height
    figure = Sheet(figsize=(form.width * form.k, height * form.k))
    figure.k = form.k
    bottom = foot_height + key_height
    drawn = Canvas(figure, form.width, height, bottom + body, bottom)
    y = height - MARGIN
    for (text, size, tone), block in zip(blocks, heights, strict=True):
        drawn.text(
            MARGIN,
            y,
            text,
            fontsize=size,
            color=colour(tone),
            va="top",
            linespacing=LINE - 0.2,
        )
        y -= block
    if foot:
        drawn.text(
            MARGIN,
            MARGIN,
            foot,
            fontsize=SMALL,
            color=colour("muted"),
            va="bottom",
            linespacing=LINE - 0.2,
        )
    if key:
        _set_key(drawn, key, columns, foot_height)
    return drawn


def _height(text: str, size: float) -> float:
    return (text.count("\n") + 1) * size * LINE / POINTS


def _key_form(key: Sequence[Artist], inner: float) -> tuple[int, int]:
    """Columns of the key, as many as fit, and lines of text that it takes."""
    for entry in key:
        room = ems(inner, SMALL) - HANDLE
        entry.set_label(wrap(str(entry.get_label()), room, 4, balanced=False))
    labels = [str(entry.get_label()).split("\n") for entry in key]
    widths = [max(map(width_in_ems, lines)) + HANDLE for lines in labels]
    for columns in range(len(key), 1, -1):
        parts = np.array_split(np.arange(len(key)), columns)
        total = sum(max(widths[place] for place in part) for part in parts)
        if total + BETWEEN * (columns - 1) <= ems(inner, SMALL):
            return columns, max(sum(len(labels[place]) for place in part) for part in parts)
    return 1, sum(map(len, labels))


def _set_key(drawn: Canvas, key: Sequence[Artist], columns: int, foot: float) -> None:
    k = drawn.figure.k
    for entry in key:
        if isinstance(entry, Line2D):
            entry.set(markersize=entry.get_markersize() * k, linewidth=entry.get_linewidth() * k)
            entry.set_markeredgewidth(entry.get_markeredgewidth() * k)
    drawn.figure.legend(
        handles=list(key),
        loc="lower left",
        ncols=columns,
        frameon=False,
        fontsize=SMALL * k,
        handletextpad=0.6,
        handlelength=2.0,
        columnspacing=BETWEEN,
        labelspacing=0.45,
        borderpad=0.0,
        borderaxespad=0.0,
        bbox_to_anchor=(MARGIN / drawn.width, (foot + 0.04) / drawn.height),
    )


def ems(inches: float, size: float = FONT_SIZE) -> float:
    """How many full-width characters of a size fit into a width, with a little room for the
    rounding of advances to pixels.
    """
    return FILLED * inches * POINTS / size


def bare(axes: Axes) -> None:
    """Axes without frame and ticks, as ground for text and marks."""
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_xticks([])
    axes.set_yticks([])


def scale_of(axes: Axes) -> float:
    """Points of the figure per point of the layout, on these axes."""
    return float(getattr(axes.figure, "k", 1.0))
