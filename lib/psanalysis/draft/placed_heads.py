"""Joins the lines of heads in a text with columns by their positions, not by their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from psanalysis.draft.columns import Head
from psanalysis.draft.layout import Token
from psanalysis.lines import wide

FURTHEST = 4.0  # half-width letters between the middles of two pieces of a head


def placed_heads(words: Sequence[Token]) -> list[tuple[Head, int]] | None:
    """Heads with their positions: those of the fullest line, each with the pieces of other lines
    above or below it.

    None where the head has one line, or a piece is below no head.

    Parameters
    ----------
    words
        The tokens of a head, empty ones left out.

    Examples
    --------
    >>> lines = (((0, "指标"), (10, "单位"), (16, "现状值")), ((19, "(2024年)"),))
    >>> words = [Token(word, 0, 0, n, False, position) for n, line in enumerate(lines) for position,
    ...     word in line]
    >>> [head.text for head, _ in placed_heads(words)]
    ['指标', '单位', '现状值(2024年)']
    """
    lines = [list(group) for _, group in groupby(words, key=lambda token: token.line)]
    if len(lines) < 2:
        return None
    base = max(lines, key=len)
    own: list[list[Token]] = [[token] for token in base]
    middles = _middles(base)
    for line in lines:
        if line is base:
            continue
        taken: set[int] = set()
        for token, middle in zip(line, _middles(line), strict=True):
            near = min(range(len(base)), key=lambda i: abs(middles[i] - middle))
            if near in taken or abs(middles[near] - middle) > FURTHEST:
                return None
            taken.add(near)
            own[near].append(token)
    found = []
    for pieces, first in zip(own, base, strict=True):
        pieces.sort(key=lambda token: token.line)
        text = re.sub(r"\s", "", "".join(token.text for token in pieces))
        found.append((Head(text, tuple((t.start, t.end) for t in pieces)), first.position))
    return found


def _middles(line: Sequence[Token]) -> list[float]:
    """The printed middle of each token, in half-width letters; a full-width letter counts two."""
    found, wider = [], 0
    for token in line:
        added = sum(map(wide, token.text))
        found.append(token.position + wider + (len(token.text) + added) / 2)
        wider += added
    return found
