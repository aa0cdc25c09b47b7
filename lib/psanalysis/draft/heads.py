"""Finds the heads of tables in plain text: which tokens belong to a head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from psanalysis.draft.head_words import (
    HEAD_LENGTH,
    OPENING,
    VALUE_KINDS,
    head_kind,
    is_blank,
    nature_of,
)
from psanalysis.draft.layout import Token
from psanalysis.draft.lexicon import listed, pattern

MOST_TOKENS, MOST_LINES = 18, 4


def head_lengths(tokens: Sequence[Token], layout: str) -> list[int]:
    """The possible numbers of tokens of a head, largest first; empty where no head begins.

    Parameters
    ----------
    tokens
        Tokens from the possible start of a head on.
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
            break  # the head is repeated
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
    """The tokens of the leading lines that have words of heads and no values."""
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
        bool(OPENING.match(text)) and len(text) <= 14 and not re.fullmatch(r"\W*\d[\d.]*\W*", text)
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
