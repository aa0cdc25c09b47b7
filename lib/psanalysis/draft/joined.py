"""Joins pieces of a text, such as the lines of a cell, and keeps the offset of each character."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from psanalysis.draft.layout import Token

Span = tuple[int, int]


@dataclass(frozen=True)
class Joined:
    """A text joined from pieces, with the offset in the document of each character (-1 for added
    blanks).

    Examples
    --------
    >>> cell = Joined.of([Token("95%", 10, 13, 0, True), Token("以上", 20, 22, 1, True)])
    >>> cell.text, cell.span(0, 6), cell.pieces(0, 6)
    ('95%\\n以上', (10, 22), ((10, 13), (20, 22)))
    """

    text: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, tokens: Sequence[Token], between: str = " ") -> Joined:
        """The joined text of tokens, with `between` between those of one line and a line feed
        between lines.
        """
        text, offsets = "", []
        before: Token | None = None
        for token in tokens:
            if before is not None:
                gap = between if token.line == before.line else "\n"
                text += gap
                offsets += [-1] * len(gap)
            spans = token.pieces or ((token.start, token.end),)
            for index, (a, b) in enumerate(spans):
                if index:
                    offsets.append(-1)
                offsets += range(a, b)
            text += token.text
            before = token
        return cls(text, tuple(offsets))

    def span(self, start: int, end: int) -> Span:
        """The span in the document from the first to the last character of a piece of the text."""
        own = [offset for offset in self.offsets[start:end] if offset >= 0]
        return (own[0], own[-1] + 1) if own else (0, 0)

    def pieces(self, start: int, end: int) -> tuple[Span, ...]:
        """The spans in the document of a piece of the text."""
        found: list[Span] = []
        for offset in self.offsets[start:end]:
            if offset < 0:
                continue
            if found and found[-1][1] == offset:
                found[-1] = (found[-1][0], offset + 1)
            else:
                found.append((offset, offset + 1))
        return tuple(found)
