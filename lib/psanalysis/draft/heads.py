"""Heads of tables in plain text: where one begins, and which pieces of it belong to one column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from psanalysis.draft.columns import HEAD_LENGTH, VALUE_KINDS, Head, head_kind, is_blank, nature_of
from psanalysis.draft.layout import Token
from psanalysis.draft.lexicon import listed, pattern
from psanalysis.draft.placed_heads import placed_heads

MOST_TOKENS, MOST_LINES = 18, 4
MOST_WAYS = 24
MOST_JOINED, BEAM = 4, 24
SINGLE_KINDS = ("index", "nature", "unit")
BRACKET = re.compile(r"[(\[〔【]")
VALUES = frozenset(VALUE_KINDS)


@dataclass(frozen=True)
class HeadWay:
    """A way to read the pieces of a head as columns: the heads, where they stand, and how odd the
    way is.
    """

    heads: tuple[Head, ...]
    places: tuple[int, ...]
    cost: float


def head_lengths(tokens: Sequence[Token], layout: str) -> list[int]:
    """How many of the tokens may belong to a head, the most first; none where they begin no head.

    Parameters
    ----------
    tokens
        Tokens from the possible beginning of a head on.
    layout
        As in `tokens_of`.
    """
    if not tokens or head_kind(tokens[0].text) in (*VALUE_KINDS, "year"):
        return []
    if layout == "pipe":
        length = _whole_lines(tokens)
        return [length] if length and _complete(tokens[:length]) else []
    if layout in ("single", "wide") and _alone(tokens):
        return []
    length = 0
    for index, token in enumerate(tokens[:MOST_TOKENS]):
        if index and token.text == tokens[0].text:
            break  # the head once more
        if token.text and _head_like(token.text):
            length = index + 1
        elif token.text and (token.first or not _stands_in_head(tokens, index)):
            break
    ends = [n for n in range(length, max(1, length - 4), -1) if n == length or tokens[n].first]
    return [n for n in ends if _complete(tokens[:n])]


def _alone(tokens: Sequence[Token]) -> bool:
    """True where the first token is a caption: a line of its own above a line of several heads."""
    if head_kind(tokens[0].text) != "name" or len(tokens) < 3 or not tokens[1].first:
        return False
    below = [t for t in tokens[1:12] if t.line == tokens[1].line and t.text]
    return len(below) >= 3 and all(_head_like(t.text) for t in below[:2])


def _whole_lines(tokens: Sequence[Token]) -> int:
    """The tokens of the lines from the first on that hold words of heads and no values."""
    length = 0
    for number, (_, group) in enumerate(groupby(tokens, key=lambda token: token.line)):
        line = list(group)
        if number == MOST_LINES:
            break
        words = [token.text for token in line if token.text]
        known = sum(bool(_head_like(word)) for word in words)
        odd = any(
            nature_of(w) or is_blank(w) or len(w) > HEAD_LENGTH or _is_number(w) for w in words
        )
        if odd or not words or 2 * known < len(words) or (length and known < len(words) - 1):
            break
        if length and not any(head_kind(w) in (*VALUE_KINDS, "year") for w in words):
            break
        length += len(line)
    return length


def _is_number(word: str) -> bool:
    return bool(re.fullmatch(r"\W*\d[\d.,]*\W*", word)) and not re.fullmatch(r"20[0-4]\d", word)


def _complete(tokens: Sequence[Token]) -> bool:
    kinds = {head_kind(token.text) for token in tokens}
    return bool(kinds & {"name", "category", "index"}) and bool(kinds & {*VALUE_KINDS, "year"})


@lru_cache(maxsize=1 << 14)
def _head_like(text: str) -> bool:
    bare = re.sub(r"\s", "", text)
    ends = len(bare) == 1 and any(word.endswith(bare) for word in listed("table", "spelled"))
    return bool(
        head_kind(bare) or pattern("table", "piece").match(bare) or _bracketed(bare) or ends
    )


def _bracketed(text: str) -> bool:
    return (
        bool(BRACKET.match(text)) and len(text) <= 14 and not re.fullmatch(r"\W*\d[\d.]*\W*", text)
    )


def _stands_in_head(tokens: Sequence[Token], index: int) -> bool:
    """True for an unknown word between known heads of the same line."""
    token = tokens[index]
    rest = [t for t in tokens[index + 1 : index + 6] if t.line == token.line]
    return (
        0 < len(token.text) <= 12
        and not re.search(r"\d", token.text)
        and any(t.text and _head_like(t.text) for t in rest)
    )


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


def _groupings(words: Sequence[Token], layout: str) -> Iterator[tuple[list[list[Token]], float]]:
    """Ways to join neighbouring pieces, with the cost of each."""

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


def _joined_cost(group: list[Token], layout: str) -> float | None:
    text = _text(group)
    kind = head_kind(text)
    if BRACKET.match(group[0].text):
        return None
    cost = 0.0 if kind else 0.4
    for before, token in pairwise(group):
        same = before.line == token.line
        if same and layout in ("pipe", "wide"):
            return None
        bracket = bool(BRACKET.match(token.text))
        kinds = head_kind(before.text), head_kind(token.text)
        if not bracket and (kinds[0] in SINGLE_KINDS or kinds[1] in ("index", "unit")):
            return None
        piece = bool(pattern("table", "piece").match(token.text.replace(" ", "")))
        if not piece and all(kind in VALUE_KINDS for kind in kinds):
            cost += 0.2
        cost += 0.0 if bracket else (0.1 if piece else 0.3) + (0.2 if same else 0.0)
    kinds_of = [head_kind(token.text) for token in group]
    if "year" in kinds_of[1:-1] and len(VALUES.intersection(kinds_of)) > 1:
        cost += 0.5  # the end of one head, a year, and the end of the next
    if len(group) == 1:
        cost += 0.3 if not kind else 0.5 if pattern("table", "stub").match(text) else 0.0
    return cost


def _nested(words: Sequence[Token], layout: str) -> Iterator[HeadWay]:
    """Heads in two storeys: the pieces of the lower one stand under one or more of the upper
    one.
    """
    for cut in range(2, len(words) - 1):
        if words[cut - 1].line == words[cut].line:
            continue
        lower = [g for g in _groupings(words[cut:], layout) if len(g[0]) >= 2][:8]
        if not lower:
            continue
        for upper, cost in list(_groupings(words[:cut], layout))[:12]:
            parents = [
                i
                for i, g in enumerate(upper)
                if head_kind(_text(g)) in (*VALUE_KINDS, "year", "name")
            ]
            for below, more in lower[:8]:
                for over in _spread(parents, len(below)):
                    yield _two_storeys(upper, below, over, cost + more + 0.6)


def _spread(parents: list[int], count: int) -> Iterator[dict[int, int]]:
    """How many lower heads each parent gets: all to one, or the same number to neighbours."""
    for parent in parents:
        yield {parent: count}
    for several in range(2, len(parents) + 1):
        if count % several == 0 and count // several >= 2:
            for begin in range(len(parents) - several + 1):
                yield {parents[begin + k]: count // several for k in range(several)}


def _two_storeys(
    upper: list[list[Token]], below: list[list[Token]], over: dict[int, int], cost: float
) -> HeadWay:
    heads: list[Head] = []
    places: list[int] = []
    rest = list(below)
    if any(_text(upper[i]) in _text(g) for i in over for g in below):
        cost -= 0.7
    for index, group in enumerate(upper):
        for _ in range(over.get(index, 0)):
            own = rest.pop(0)
            text = _text(own) if _text(group) in _text(own) else _text(group) + _text(own)
            spans = [*group, *own] if text.startswith(_text(group)) and text != _text(own) else own
            heads.append(Head(text, tuple((t.start, t.end) for t in spans)))
            places.append(own[0].place)
        if index not in over:
            heads.append(_head(group))
            places.append(group[0].place)
    return HeadWay(tuple(heads), tuple(places), cost)


def _way(groups: list[list[Token]], cost: float) -> HeadWay:
    return HeadWay(tuple(map(_head, groups)), tuple(group[0].place for group in groups), cost)


def _head(group: list[Token]) -> Head:
    return Head(_text(group), tuple((token.start, token.end) for token in group))


def _text(group: Sequence[Token]) -> str:
    return re.sub(r"\s", "", "".join(token.text for token in group))


def _valid(way: HeadWay) -> bool:
    kinds = [head_kind(head.text) for head in way.heads]
    return (
        all(kinds.count(kind) <= 1 for kind in SINGLE_KINDS)
        and any(kind in (*VALUE_KINDS, "year") for kind in kinds)
        and len(kinds) >= 2
    )
