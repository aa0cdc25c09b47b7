"""Figures laid out in inches: rows of fixed height, so that twenty or sixty rows read alike, and nothing is measured twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from psanalysis.lines import wrap
from psanalysis.style import FONT_SIZE, colour, require_glyphs

TITLE_SIZE, SUBTITLE_SIZE, SMALL = 13.0, 10.0, 8.5
POINTS = 72.0
LINE = 1.45
FILLED = 0.975
MARGIN = 0.12
WORDS, GROUND, LABELS = "words", "ground", "labels"
AXIS_ROOM, KEY_ROOM = 0.5, 0.34


@dataclass(frozen=True)
class Caption:
    """The words around a chart, and the inches that they take at the top and at the bottom of the figure."""

    title: str
    subtitle: str
    source: str
    head: float
    foot: float


class Captioned(Figure):
    """A figure that knows the words around its chart, so that a page can set them as text, and how many inches the names of its rows take
    from the left, and what stands below them (scale, key and words) from the bottom.

    The artists of the words have the gid WORDS, the paper GROUND, the names of the rows LABELS.
    """

    caption: Caption
    labels: float = 0.0
    below: float = 0.0


@dataclass(frozen=True)
class Canvas:
    """A figure with a title block on top, a body of given height, and a footer with the source.

    Attributes
    ----------
    figure
        The matplotlib figure.
    width, height
        Inches.
    body_top, body_bottom, foot
        Inches from the bottom of the figure: the edges of the body, and the upper edge of the footer.
    """

    figure: Captioned
    width: float
    height: float
    body_top: float
    body_bottom: float
    foot: float

    def axes(
        self, left: float, right: float, top: float | None = None, bottom: float | None = None
    ) -> Axes:
        """Axes between two edges in inches; over the whole body unless top and bottom say otherwise."""
        top = self.body_top if top is None else top
        bottom = self.body_bottom if bottom is None else bottom
        return self.figure.add_axes(
            (
                left / self.width,
                bottom / self.height,
                (right - left) / self.width,
                (top - bottom) / self.height,
            )
        )

    def text(self, x: float, y: float, words: str, **style: object) -> Text:
        """Text at a place in inches."""
        require_glyphs(words)
        return self.figure.text(x / self.width, y / self.height, words, **style)  # type: ignore[arg-type]

    def rule(self, y: float, left: float = MARGIN, right: float | None = None) -> None:
        """A hairline across the figure at a height in inches."""
        ends = (left / self.width, (self.width - MARGIN if right is None else right) / self.width)
        line = Line2D(
            ends,
            (y / self.height,) * 2,
            color=colour("grid"),
            lw=0.8,
            transform=self.figure.transFigure,
            zorder=0,
        )
        self.figure.add_artist(line)

    def key(self, entries: Sequence[Artist], columns: int | None = None) -> None:
        """The legend, in a band of its own above the footer."""
        if entries:
            self.figure.legend(
                handles=list(entries), loc="lower center", ncols=columns or len(entries), frameon=False, fontsize=SMALL, handletextpad=0.5,
                columnspacing=1.6, borderpad=0.0, borderaxespad=0.0, bbox_to_anchor=(0.5, (self.foot + 0.08) / self.height),
            )  # fmt: skip


def canvas(
    title: str,
    subtitle: str,
    source: str,
    body: float,
    width: float = 9.6,
    axis_room: float = AXIS_ROOM,
    key_room: float = KEY_ROOM,
    head_room: float = 0.1,
) -> Canvas:
    """A canvas whose title, subtitle and source are set; `body` is the height in inches of what comes between.

    Parameters
    ----------
    title
        The finding.
    subtitle
        What is shown, on which scale, in which unit.
    source
        Where the figures come from, and what the signs of reservation stand for.
    axis_room, key_room, head_room
        Inches kept below the body for tick labels and for the legend, and above it for column heads.
    """
    blocks = [
        (wrap(title, ems(width - 2 * MARGIN, TITLE_SIZE), 3), TITLE_SIZE, "ink"),
        (
            wrap(subtitle, ems(width - 2 * MARGIN, SUBTITLE_SIZE), 4, balanced=False),
            SUBTITLE_SIZE,
            "muted",
        ),
    ]
    foot = wrap(source, ems(width - 2 * MARGIN, SMALL), 5, balanced=False)
    heights = [len(text.split("\n")) * size * LINE / POINTS for text, size, _ in blocks]
    foot_height = MARGIN + len(foot.split("\n")) * SMALL * LINE / POINTS
    head = sum(heights) + 0.16
    height = MARGIN + head + head_room + body + axis_room + key_room + foot_height
    figure = Captioned(figsize=(width, height))
    figure.patch.set_gid(GROUND)
    figure.below = foot_height + axis_room + key_room
    figure.caption = Caption(title, subtitle, source, MARGIN + head, foot_height)
    y = height - MARGIN
    drawn = Canvas(
        figure, width, height, y - head - head_room, foot_height + axis_room + key_room, foot_height
    )
    for (text, size, tone), block in zip(blocks, heights, strict=True):
        drawn.text(
            MARGIN,
            y,
            text,
            fontsize=size,
            color=colour(tone),
            va="top",
            linespacing=LINE - 0.2,
            gid=WORDS,
        )
        y -= block
    drawn.text(
        MARGIN,
        MARGIN,
        foot,
        fontsize=SMALL,
        color=colour("muted"),
        va="bottom",
        linespacing=LINE - 0.2,
        gid=WORDS,
    )
    return drawn


def ems(inches: float, size: float = FONT_SIZE) -> float:
    """How many full-width characters of a size fit into a width, with a little room for the rounding of advances to pixels."""
    return FILLED * inches * POINTS / size


def bare(axes: Axes) -> None:
    """Axes without frame and ticks, as ground for text and marks."""
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_xticks([])
    axes.set_yticks([])
