"""Figures laid out in inches: rows of fixed height, so that twenty or sixty rows read alike, and nothing is measured twice."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from psanalysis.style import FONT_SIZE, colour, require_glyphs, wrap

TITLE_SIZE, SUBTITLE_SIZE, SMALL = 13.0, 10.0, 8.5
POINTS = 72.0
LINE = 1.45


@dataclass(frozen=True)
class Canvas:
    """A figure with a title block on top, a body of given height, and a footer with the source.

    Attributes
    ----------
    figure
        The matplotlib figure.
    width, height
        Inches.
    body_top, body_bottom
        Inches from the bottom of the figure.
    """

    figure: Figure
    width: float
    height: float
    body_top: float
    body_bottom: float

    def axes(self, left: float, right: float, top: float | None = None, bottom: float | None = None) -> Axes:
        """Axes between two edges in inches; over the whole body unless top and bottom say otherwise."""
        top = self.body_top if top is None else top
        bottom = self.body_bottom if bottom is None else bottom
        return self.figure.add_axes((left / self.width, bottom / self.height, (right - left) / self.width, (top - bottom) / self.height))

    def text(self, x: float, y: float, words: str, **style: object) -> Text:
        """Text at a place in inches."""
        require_glyphs(words)
        return self.figure.text(x / self.width, y / self.height, words, **style)  # type: ignore[arg-type]


def canvas(title: str, subtitle: str, source: str, body: float, width: float = 9.6, axis_room: float = 0.5, head_room: float = 0.1) -> Canvas:
    """A canvas whose title, subtitle and source are set; `body` is the height in inches of what comes between.

    Parameters
    ----------
    title
        The finding.
    subtitle
        What is shown, on which scale, in which unit.
    source
        Where the figures come from.
    axis_room, head_room
        Inches kept below the body for tick labels and above it for column heads.
    """
    margin = 0.12
    blocks = [
        (wrap(title, (width - 2 * margin) * POINTS / TITLE_SIZE, 3), TITLE_SIZE, "ink"),
        (wrap(subtitle, (width - 2 * margin) * POINTS / SUBTITLE_SIZE, 4), SUBTITLE_SIZE, "muted"),
    ]
    foot = wrap(source, (width - 2 * margin) * POINTS / SMALL, 3)
    heights = [len(text.split("\n")) * size * LINE / POINTS for text, size, _ in blocks]
    foot_height = len(foot.split("\n")) * SMALL * LINE / POINTS
    head = sum(heights) + 0.16
    height = margin + head + head_room + body + axis_room + foot_height + margin
    figure = Figure(figsize=(width, height))
    y = height - margin
    drawn = Canvas(figure, width, height, y - head - head_room, margin + foot_height + axis_room)
    for (text, size, tone), block in zip(blocks, heights, strict=True):
        drawn.text(margin, y, text, fontsize=size, color=colour(tone), va="top", linespacing=LINE - 0.2)
        y -= block
    drawn.text(margin, margin, foot, fontsize=SMALL, color=colour("muted"), va="bottom", linespacing=LINE - 0.2)
    return drawn


def ems(inches: float, size: float = FONT_SIZE) -> float:
    """How many full-width characters of a size fit into a width."""
    return inches * POINTS / size


def bare(axes: Axes) -> None:
    """Axes without frame and ticks, as ground for text and marks."""
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_xticks([])
    axes.set_yticks([])
