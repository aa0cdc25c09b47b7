"""Heads of narrow columns, printed with one character on each line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from psanalysis.draft.layout import Line, Token
from psanalysis.draft.lexicon import listed


def spelled_at(text: str, lines: Sequence[Line], index: int) -> bool:
    """True for a line of one character that forms a head with the next line that is not empty."""
    letter = text[lines[index].start : lines[index].end].strip()
    if len(letter) != 1:
        return False
    after = (line for line in lines[index + 1 : index + 3] if line.kind != "none")
    below = next((text[line.start : line.end].strip() for line in after), "")
    return letter + below in listed("table", "spelled")


def whole_heads(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with two single characters that form a head joined.

    Examples
    --------
    >>> [a, b] = min(listed("table", "spelled"))
    >>> whole_heads([Token(a, 0, 1, 0, True), Token(b, 2, 3, 1, True)])[0].pieces
    ((0, 1), (2, 3))
    """
    found: list[Token] = []
    for token in tokens:
        above = found[-1] if found else None
        if (
            above
            and len(above.text) == len(token.text) == 1
            and above.text + token.text in listed("table", "spelled")
        ):
            pieces = ((above.start, above.end), (token.start, token.end))
            found[-1] = replace(above, text=above.text + token.text, end=token.end, pieces=pieces)
        else:
            found.append(token)
    return found


def apart(above: Sequence[Token], below: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """Two lines of a head, with neighbouring narrow heads (one character on each line) split into
    tokens of their own.

    Examples
    --------
    >>> (a, b), (c, d), *_ = sorted(listed("table", "spelled"))
    >>> lines = [[Token(f"{x} {y}", 0, 3, n, True)] for n, (x, y) in enumerate(((a, c), (b, d)))]
    >>> [[token.text for token in line] for line in apart(*lines)] == [[a, c], [b, d]]
    True
    """
    if len(above) != len(below):
        return list(above), list(below)
    lines: tuple[list[Token], list[Token]] = ([], [])
    for pair in zip(above, below, strict=True):
        letters = [_letters(token) for token in pair]
        words = ["".join(t.text for t in own) for own in zip(*letters, strict=False)]
        heads = listed("table", "spelled")
        known = len(letters[0]) == len(letters[1]) > 1 and all(word in heads for word in words)
        for line, token, own in zip(lines, pair, letters, strict=True):
            line += own if known else [token]
    return lines


def _letters(token: Token) -> list[Token]:
    """The words of a token, separated by blanks, as tokens."""
    found: list[Token] = []
    offset = 0
    for word in token.text.split():
        begin = token.text.index(word, offset)
        offset = begin + len(word)
        start = token.start + begin
        first = token.first and not found
        found.append(
            replace(token, text=word, start=start, end=start + len(word), first=first,
                position=token.position + begin, pieces=())
        )  # fmt: skip
    return found
