"""Ways to read the tokens of a head as columns: which tokens belong to one column, also where heads
have two levels.

"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from psanalysis.draft.columns import Head
from psanalysis.draft.head_words import OPENING, VALUE_KINDS, head_kind
from psanalysis.draft.layout import Token
from psanalysis.draft.lexicon import pattern
from psanalysis.draft.placed_heads import placed_heads

MOST_WAYS = 24
# most tokens of one head, and most partial ways that are kept (beam search)
MOST_JOINED, BEAM = 4, 24
SINGLE_KINDS = ("index", "nature", "unit")
VALUES = frozenset(VALUE_KINDS)
# of heads with two levels: how many ways to read each level are tried
MOST_UPPER, MOST_LOWER = 12, 8
Group = list[Token]  # the tokens of one head


@dataclass(frozen=True)
class HeadWay:
    """A way to read the tokens of a head as columns: the heads, their positions, and its cost; the
    likeliest way has the lowest.
    """

    heads: tuple[Head, ...]
    positions: tuple[int, ...]
    cost: float


def head_ways(tokens: Sequence[Token], layout: str) -> list[HeadWay]:
    """The likeliest ways to read the tokens of a head as columns, likeliest first."""
    words = [token for token in tokens if token.text]
    ways = [_way(groups, cost) for groups, cost in _groupings(words, layout)]
    if len({token.line for token in words}) > 1:
        ways += list(_nested(words, layout))
        placed = placed_heads(words) if layout == "wide" else None
        if placed and all(head_kind(head.text) for head, _ in placed):
            ways.append(HeadWay(tuple(h for h, _ in placed), tuple(p for _, p in placed), 0.0))
    valid = [way for way in ways if _valid(way)]
    return sorted(valid, key=lambda way: way.cost)[:MOST_WAYS]


def _groupings(words: Sequence[Token], layout: str) -> Iterator[tuple[list[Group], float]]:
    """Ways to join neighbouring tokens, with the cost of each."""
    beams: list[list[tuple[float, tuple[int, ...]]]] = [[(0.0, ())]]
    for end in range(1, len(words) + 1):
        ways = [
            (cost + odd, (*cuts, begin))
            for begin in range(max(0, end - MOST_JOINED), end)
            if (odd := _joined_cost(list(words[begin:end]), layout)) is not None
            for cost, cuts in beams[begin]
        ]
        beams.append(sorted(ways)[:BEAM])
    for cost, cuts in beams[-1]:
        ends = [*cuts[1:], len(words)]
        yield [list(words[a:b]) for a, b in zip(cuts, ends, strict=True)], cost


def _joined_cost(group: Group, layout: str) -> float | None:
    """The cost of joining tokens into one head; None where that is impossible."""
    if OPENING.match(group[0].text):
        return None
    text = _text(group)
    known = bool(head_kind(text))
    cost = 0.0 if known else 0.4
    for before, token in pairwise(group):
        same = before.line == token.line
        if same and layout in ("pipe", "wide"):
            return None
        bracket = bool(OPENING.match(token.text))
        kinds = head_kind(before.text), head_kind(token.text)
        if not bracket and (kinds[0] in SINGLE_KINDS or kinds[1] in ("index", "unit")):
            return None
        piece = bool(pattern("table", "piece").match(token.text.replace(" ", "")))
        if not piece and all(kind in VALUE_KINDS for kind in kinds):
            cost += 0.2
        cost += 0.0 if bracket else (0.1 if piece else 0.3) + (0.2 if same else 0.0)
    kinds_of = [head_kind(token.text) for token in group]
    if "year" in kinds_of[1:-1] and len(VALUES.intersection(kinds_of)) > 1:
        cost += 0.5  # the end of one head, a year, the end of the next head
    if len(group) == 1:
        cost += 0.3 if not known else 0.5 if pattern("table", "stub").match(text) else 0.0
    return cost


def _nested(words: Sequence[Token], layout: str) -> Iterator[HeadWay]:
    """Ways to read a head with two levels: lower heads are below one or more of the upper ones."""
    for cut in range(2, len(words) - 1):
        if words[cut - 1].line == words[cut].line:
            continue
        lower = [way for way in _groupings(words[cut:], layout) if len(way[0]) >= 2][:MOST_LOWER]
        if not lower:
            continue
        for upper, cost in islice(_groupings(words[:cut], layout), MOST_UPPER):
            parents = [
                index
                for index, group in enumerate(upper)
                if head_kind(_text(group)) in (*VALUE_KINDS, "year", "name")
            ]
            for below, more in lower:
                for over in _spread(parents, len(below)):
                    yield _two_levels(upper, below, over, cost + more + 0.6)


def _spread(parents: list[int], count: int) -> Iterator[dict[int, int]]:
    """How many lower heads each upper one gets: all to one, or the same number to neighbours."""
    for parent in parents:
        yield {parent: count}
    for several in range(2, len(parents) + 1):
        if count % several == 0 and count // several >= 2:
            for begin in range(len(parents) - several + 1):
                yield {parents[begin + k]: count // several for k in range(several)}


def _two_levels(
    upper: list[Group], below: list[Group], over: dict[int, int], cost: float
) -> HeadWay:
    """A head of two levels as columns; `over` has the number of lower heads of each upper one."""
    heads: list[Head] = []
    positions: list[int] = []
    rest = list(below)
    # a lower head that repeats the words above it surely belongs below them
    if any(_text(upper[index]) in _text(group) for index in over for group in below):
        cost -= 0.7
    for index, group in enumerate(upper):
        for _ in range(over.get(index, 0)):
            own = rest.pop(0)
            text = _text(own) if _text(group) in _text(own) else _text(group) + _text(own)
            spans = [*group, *own] if text.startswith(_text(group)) and text != _text(own) else own
            heads.append(Head(text, tuple((t.start, t.end) for t in spans)))
            positions.append(own[0].position)
        if index not in over:
            heads.append(_head(group))
            positions.append(group[0].position)
    return HeadWay(tuple(heads), tuple(positions), cost)


def _way(groups: list[Group], cost: float) -> HeadWay:
    return HeadWay(tuple(map(_head, groups)), tuple(group[0].position for group in groups), cost)


def _head(group: Group) -> Head:
    return Head(_text(group), tuple((token.start, token.end) for token in group))


def _text(group: Sequence[Token]) -> str:
    return re.sub(r"\s", "", "".join(token.text for token in group))


def _valid(way: HeadWay) -> bool:
    """True for possible heads of a table: two or more, at least one of values, and no kind twice
    that a table has once.
    """
    kinds = [head_kind(head.text) for head in way.heads]
    return (
        all(kinds.count(kind) <= 1 for kind in SINGLE_KINDS)
        and any(kind in (*VALUE_KINDS, "year") for kind in kinds)
        and len(kinds) >= 2
    )
