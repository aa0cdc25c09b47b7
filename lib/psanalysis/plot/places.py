"""Where the value of a point is written, so that it covers nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection

from psanalysis.lines import width_in_ems
from psanalysis.plot.canvas import LINE, POINTS, SMALL, scale_of

# Costs of a position: over another mark, over another value, beyond the panel, over a line. Each
# position but the usual one costs 1 more
MARK, VALUE, BEYOND, CROSSED = 20.0, 40.0, 100.0, 2.0
ABOVE, BELOW, ASIDE, SHIFT = 6.0, -7.0, 8.0, 4.0
RADIUS, SAMPLES, OVERHANG, PADDING = 3.5, 60, 9.0, 0.35


@dataclass(frozen=True)
class Place:
    """A position for a text: its offset from the point in points, its alignment, and its corners
    (x0, y0, x1, y1) within the figure.
    """

    offset: tuple[float, float]
    across: str
    along: str
    box: tuple[float, float, float, float]


@dataclass
class Ground:
    """What is drawn on axes before the values are written, in points; values that are written are
    added.
    """

    axes: Axes
    marks: np.ndarray
    lines: list[np.ndarray]
    values: list[tuple[float, float, float, float]] = field(default_factory=list)

    @classmethod
    def of(cls, axes: Axes) -> Ground:
        """The marks and lines of axes whose limits are final."""
        marks = [
            np.asarray(one.get_offsets(), dtype="float64").reshape(-1, 2)
            for one in axes.collections
            if isinstance(one, PathCollection)
        ]
        paths = [
            np.asarray(path.vertices)
            for one in axes.collections
            if isinstance(one, LineCollection)
            for path in one.get_paths()
        ]
        return cls(
            axes,
            _points(axes, np.concatenate([np.empty((0, 2)), *marks])),
            [_sampled(_points(axes, path)) for path in paths],
            _numbers(axes),
        )

    def place(self, point: tuple[float, float], text: str, above: bool) -> Place:
        """The clearest position around a point, rather above it than below, or the reverse."""
        x, y = _points(self.axes, np.array([point]))[0]
        width, height = width_in_ems(text) * SMALL, SMALL * LINE
        over = Place(
            (0, ABOVE),
            "center",
            "bottom",
            (x - width / 2, y + ABOVE, x + width / 2, y + ABOVE + height),
        )
        under = Place(
            (0, BELOW),
            "center",
            "top",
            (x - width / 2, y + BELOW - height, x + width / 2, y + BELOW),
        )
        right = Place(
            (ASIDE, 0),
            "left",
            "center",
            (x + ASIDE, y - height / 2, x + ASIDE + width, y + height / 2),
        )
        left = Place(
            (-ASIDE, 0),
            "right",
            "center",
            (x - ASIDE - width, y - height / 2, x - ASIDE, y + height / 2),
        )
        usual = (over, under) if above else (under, over)
        shifted = [
            Place(
                (shift, place.offset[1]),
                across,
                place.along,
                (start, place.box[1], start + width, place.box[3]),
            )
            for place in usual
            for shift, across, start in (
                (SHIFT, "right", x + SHIFT - width),
                (-SHIFT, "left", x - SHIFT),
            )
        ]
        # of equal costs, the first
        best = min(
            (usual[0], usual[1], right, left, *shifted),
            key=lambda place: self._cost(place) + (place is not usual[0]),
        )
        self.values.append(best.box)
        return best

    def clearest(self, x: float, words: str, heights: Sequence[float]) -> float:
        """The first of some heights, as fractions of the axes, at which a framed text
        covers least.
        """
        frame, scale = self.axes.get_window_extent(), layout_points(self.axes)
        middle = _points(self.axes, np.array([(x, self.axes.get_ylim()[0])]))[0, 0]
        lines = words.split("\n")
        half, tall = (
            max(map(width_in_ems, lines)) * SMALL / 2 + SMALL * PADDING,
            len(lines) * SMALL * LINE / 2 + SMALL * PADDING,
        )

        def cost(height: float) -> float:
            y = (frame.y0 + height * frame.height) * scale
            return self._cost(
                Place(
                    (0, 0), "center", "center", (middle - half, y - tall, middle + half, y + tall)
                )
            )

        return min(heights, key=cost)

    def _cost(self, place: Place) -> float:
        x0, y0, x1, y1 = place.box
        frame = self.axes.get_window_extent()
        scale = layout_points(self.axes)
        beyond = (
            x0 < frame.x0 * scale - OVERHANG
            or x1 > frame.x1 * scale + OVERHANG
            or y0 < frame.y0 * scale
        )
        covered = sum(
            min(x1, other[2]) > max(x0, other[0]) and min(y1, other[3]) > max(y0, other[1])
            for other in self.values
        )
        crossed = sum(_inside(line, place.box, 0.0).any() for line in self.lines)
        return float(
            MARK * _inside(self.marks, place.box, RADIUS).sum()
            + VALUE * covered
            + BEYOND * beyond
            + CROSSED * crossed
        )


def layout_points(axes: Axes) -> float:
    """Points of the layout in a pixel of the figure."""
    return POINTS / float(axes.figure.dpi) / scale_of(axes)


def _numbers(axes: Axes) -> list[tuple[float, float, float, float]]:
    """The corners of the numbers at the left of axes, which are values too."""
    if not axes.yaxis.get_tick_params().get("labelleft", True):
        return []
    ticks, words = axes.get_yticks(), axes.yaxis.get_major_formatter()
    edge, half = axes.get_xlim()[0], SMALL * LINE / 2
    places = _points(axes, np.array([(edge, tick) for tick in ticks]).reshape(-1, 2))
    return [
        (x - width_in_ems(words(tick, n)) * SMALL, y - half, x, y + half)
        for n, (tick, (x, y)) in enumerate(zip(ticks, places, strict=True))
    ]


def _points(axes: Axes, data: np.ndarray) -> np.ndarray:
    return np.asarray(axes.transData.transform(data)) * layout_points(axes)


def _sampled(path: np.ndarray) -> np.ndarray:
    """Points close together on a path."""
    steps = np.linspace(0, len(path) - 1, SAMPLES)
    return np.column_stack(
        [np.interp(steps, np.arange(len(path)), path[:, axis]) for axis in (0, 1)]
    )


def _inside(
    points: np.ndarray, box: tuple[float, float, float, float], margin: float
) -> np.ndarray:
    x0, y0, x1, y1 = box
    return (
        (points[:, 0] > x0 - margin)
        & (points[:, 0] < x1 + margin)
        & (points[:, 1] > y0 - margin)
        & (points[:, 1] < y1 + margin)
    )
