"""Tables from ruling lines: where lines part two places they are two cells, else one."""

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
        Places of its upright lines from left to right, of its lines across from the top down
        (points, y upwards).
    boxes
        Its cells, row by row.
    """

    columns: tuple[float, ...]
    lines: tuple[float, ...]
    boxes: tuple[Box, ...]

    def holds(self, x: float, y: float) -> bool:
        """True for a place within the table."""
        across = self.columns[0] <= x <= self.columns[-1]
        return across and self.lines[-1] <= y <= self.lines[0]

    def cells(self, chars: Iterable[Char]) -> dict[Box, list[Char]]:
        """Cell -> the characters whose middle stands in it; cells in order, empty ones too."""
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
            place = (min(max(row, 0), len(below) - 2), min(max(column, 0), len(self.columns) - 2))
            own[unit[place]].append(char)
        return own


def ruled_tables(edges: Iterable[Edge]) -> list[Ruled]:
    """The tables that ruling lines make, from top to bottom.

    Parameters
    ----------
    edges
        Ruling lines of a page; where the outer upright lines of a table are left out, the ends of
        its lines across stand for them.
    """
    joined = _joined(edges)
    if len(joined) > MOST_EDGES:
        return []
    found = [table for group in _groups(joined) if (table := _table(group)) is not None]
    return sorted(found, key=lambda table: -table.lines[0])


def _joined(edges: Iterable[Edge]) -> list[Edge]:
    """Lines on one another put together; places nearly alike made one."""
    joined: list[Edge] = []
    for across in (True, False):
        own = sorted((edge for edge in edges if edge.across is across), key=lambda e: e.place)
        clusters: list[list[Edge]] = []
        for edge in own:
            if clusters and edge.place - clusters[-1][0].place <= SNAP:
                clusters[-1].append(edge)
            else:
                clusters.append([edge])
        for cluster in clusters:
            place = sum(edge.place for edge in cluster) / len(cluster)
            runs: list[list[float]] = []
            for edge in sorted(cluster, key=lambda e: e.start):
                if runs and edge.start <= runs[-1][1] + SNAP:
                    runs[-1][1] = max(runs[-1][1], edge.end)
                else:
                    runs.append([edge.start, edge.end])
            joined += [Edge(across, place, start, end) for start, end in runs]
    return joined


def _groups(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Lines that touch one another, upright ones across."""
    parent = list(range(len(edges)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    across = sorted(
        (i for i, edge in enumerate(edges) if edge.across), key=lambda i: edges[i].place
    )
    places = [edges[i].place for i in across]
    for index, edge in enumerate(edges):
        if edge.across:
            continue
        first = bisect_right(places, edge.start - TOUCH)
        last = bisect_right(places, edge.end + TOUCH)
        for other in across[first:last]:
            line = edges[other]
            if line.start - TOUCH <= edge.place <= line.end + TOUCH:
                parent[root(other)] = root(index)
    groups: dict[int, list[Edge]] = defaultdict(list)
    for index, edge in enumerate(edges):
        groups[root(index)].append(edge)
    return list(groups.values())


def _table(group: list[Edge]) -> Ruled | None:
    lines = [edge for edge in group if edge.across]
    uprights = [edge for edge in group if not edge.across]
    if len({edge.place for edge in lines}) < 2 or not uprights:
        return None
    ys = sorted({edge.place for edge in lines}, reverse=True)
    uprights += _open_sides(lines, uprights, ys)
    xs = sorted({edge.place for edge in uprights})
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
    """Upright lines at the ends of the lines across, where a table is open at its sides."""
    added = []
    for ends, inner, sign in (
        ([edge.start for edge in lines], min(edge.place for edge in uprights), 1),
        ([edge.end for edge in lines], max(edge.place for edge in uprights), -1),
    ):
        place, count = Counter(round(end / 4) * 4 for end in ends).most_common(1)[0]
        if count >= len(lines) / 2 and (inner - place) * sign > 12:
            added.append(Edge(False, float(place), ys[-1], ys[0]))
    return added


class _Covering:
    """Asks of lines: does any of them at a place part most of a stretch?"""

    def __init__(self, edges: Iterable[Edge]):
        self._at: dict[float, list[tuple[float, float]]] = defaultdict(list)
        for edge in edges:
            self._at[edge.place].append((edge.start, edge.end))

    def __call__(self, place: float, start: float, end: float) -> bool:
        shared = sum(max(0.0, min(end, b) - max(start, a)) for a, b in self._at[place])
        return shared >= PARTED * (end - start)
