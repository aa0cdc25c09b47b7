"""Tables from ruling lines: neighbours with a line between them are two cells, without one a merged
cell.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from psanalysis.formats.pdf_edges import Edge
from psanalysis.formats.pdf_page import Char

SNAP, TOUCH = 3.0, 3.0
PARTED = 0.6
MOST_EDGES, MOST_UNITS = 6_000, 20_000


class Box(NamedTuple):
    """A cell: its row and column, and how many rows and columns it covers."""

    row: int
    column: int
    high: int
    wide: int


@dataclass(frozen=True)
class Ruled:
    """A table of ruling lines.

    Attributes
    ----------
    columns, lines
        x of its vertical lines from left to right, y of its horizontal lines from the top down
        (points, y upwards).
    boxes
        Its cells, row by row.
    """

    columns: tuple[float, ...]
    lines: tuple[float, ...]
    boxes: tuple[Box, ...]

    def holds(self, x: float, y: float) -> bool:
        """True for a point within the table."""
        across = self.columns[0] <= x <= self.columns[-1]
        return across and self.lines[-1] <= y <= self.lines[0]

    def cells(self, chars: Iterable[Char]) -> dict[Box, list[Char]]:
        """Cell -> the characters whose middle is in it; cells in order, empty ones too."""
        own: dict[Box, list[Char]] = {box: [] for box in self.boxes}
        unit = {
            (row, column): box
            for box in self.boxes
            for row in range(box.row, box.row + box.high)
            for column in range(box.column, box.column + box.wide)
        }
        below = [-line for line in self.lines]
        for char in chars:
            x, y = (char.left + char.right) / 2, (char.bottom + char.top) / 2
            column = bisect_right(self.columns, x) - 1
            row = bisect_right(below, -y) - 1
            at = (min(max(row, 0), len(below) - 2), min(max(column, 0), len(self.columns) - 2))
            own[unit[at]].append(char)
        return own


def ruled_tables(edges: Iterable[Edge]) -> list[Ruled]:
    """The tables of a page's ruling lines, from top to bottom.

    Parameters
    ----------
    edges
        Ruling lines of a page. Where a table has no outer vertical lines, the ends of its
        horizontal lines replace them.
    """
    joined = _joined(edges)
    if len(joined) > MOST_EDGES:
        return []
    found = [table for group in _groups(joined) if (table := _table(group)) is not None]
    return sorted(found, key=lambda table: -table.lines[0])


def _joined(edges: Iterable[Edge]) -> list[Edge]:
    """Lines that continue each other joined; lines at nearly the same position moved to one."""
    joined: list[Edge] = []
    for across in (True, False):
        own = sorted((edge for edge in edges if edge.across is across), key=lambda e: e.position)
        clusters: list[list[Edge]] = []
        for edge in own:
            if clusters and edge.position - clusters[-1][0].position <= SNAP:
                clusters[-1].append(edge)
            else:
                clusters.append([edge])
        for cluster in clusters:
            position = sum(edge.position for edge in cluster) / len(cluster)
            runs: list[list[float]] = []
            for edge in sorted(cluster, key=lambda e: e.start):
                if runs and edge.start <= runs[-1][1] + SNAP:
                    runs[-1][1] = max(runs[-1][1], edge.end)
                else:
                    runs.append([edge.start, edge.end])
            joined += [Edge(across, position, start, end) for start, end in runs]
    return joined


def _groups(edges: Sequence[Edge]) -> list[list[Edge]]:
    """The lines in groups that are connected by crossings of vertical and horizontal lines."""
    parent = list(range(len(edges)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    across = sorted(
        (i for i, edge in enumerate(edges) if edge.across), key=lambda i: edges[i].position
    )
    positions = [edges[i].position for i in across]
    for index, edge in enumerate(edges):
        if edge.across:
            continue
        first = bisect_right(positions, edge.start - TOUCH)
        last = bisect_right(positions, edge.end + TOUCH)
        for other in across[first:last]:
            line = edges[other]
            if line.start - TOUCH <= edge.position <= line.end + TOUCH:
                parent[root(other)] = root(index)
    groups: dict[int, list[Edge]] = defaultdict(list)
    for index, edge in enumerate(edges):
        groups[root(index)].append(edge)
    return list(groups.values())


def _table(group: list[Edge]) -> Ruled | None:
    lines = [edge for edge in group if edge.across]
    uprights = [edge for edge in group if not edge.across]
    if len({edge.position for edge in lines}) < 2 or not uprights:
        return None
    ys = sorted({edge.position for edge in lines}, reverse=True)
    uprights += _open_sides(lines, uprights, ys)
    xs = sorted({edge.position for edge in uprights})
    rows, columns = len(ys) - 1, len(xs) - 1
    if columns < 2 or rows * columns > MOST_UNITS:
        return None
    upright = _Covering(uprights)
    across = _Covering(lines)
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    boxes: list[Box] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in owner:
                continue
            wide = 1
            while (
                column + wide < columns
                and (row, column + wide) not in owner
                and not upright(xs[column + wide], ys[row + 1], ys[row])
            ):
                wide += 1
            high = 1
            while row + high < rows and not across(ys[row + high], xs[column], xs[column + wide]):
                if any(
                    upright(xs[c], ys[row + high + 1], ys[row + high])
                    for c in range(column + 1, column + wide)
                ):
                    break
                high += 1
            for r in range(row, row + high):
                for c in range(column, column + wide):
                    owner[r, c] = (row, column)
            boxes.append(Box(row, column, high, wide))
    return Ruled(tuple(xs), tuple(ys), tuple(boxes))


def _open_sides(lines: list[Edge], uprights: list[Edge], ys: list[float]) -> list[Edge]:
    """Vertical lines at the ends of the horizontal ones, for a table that is open at its sides."""
    added = []
    for ends, inner, sign in (
        ([edge.start for edge in lines], min(edge.position for edge in uprights), 1),
        ([edge.end for edge in lines], max(edge.position for edge in uprights), -1),
    ):
        position, count = Counter(round(end / 4) * 4 for end in ends).most_common(1)[0]
        if count >= len(lines) / 2 and (inner - position) * sign > 12:
            added.append(Edge(False, float(position), ys[-1], ys[0]))
    return added


class _Covering:
    """Whether lines at a position cover most of the length from start to end."""

    def __init__(self, edges: Iterable[Edge]):
        self._at: dict[float, list[tuple[float, float]]] = defaultdict(list)
        for edge in edges:
            self._at[edge.position].append((edge.start, edge.end))

    def __call__(self, position: float, start: float, end: float) -> bool:
        shared = sum(max(0.0, min(end, b) - max(start, a)) for a, b in self._at[position])
        return shared >= PARTED * (end - start)
