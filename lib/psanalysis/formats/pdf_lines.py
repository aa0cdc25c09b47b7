"""Joins the characters of a page into printed lines: pieces, blanks and superscripts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from psanalysis.formats.assembly import raised
from psanalysis.formats.pdf_page import Char

COLUMN_GAP, BLANK = 1.6, 0.28
SMALL, LIFTED = 0.88, 0.15


@dataclass(frozen=True)
class Piece:
    """A run of text without a wide gap: its text and box (points, y upwards), the size of its
    font.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float

    @property
    def middle(self) -> float:
        """The y coordinate of its middle."""
        return (self.bottom + self.top) / 2


Row = list[Piece]


def rows_of(chars: Iterable[Char]) -> list[Row]:
    """Printed lines from top to bottom, each as pieces from left to right."""
    lines: list[list[Char]] = []
    for char in sorted(chars, key=lambda one: (-(one.bottom + one.top), one.left)):
        middle = (char.bottom + char.top) / 2
        if lines:
            anchor = lines[-1][0]
            near = abs(middle - (anchor.bottom + anchor.top) / 2)
            if near < 0.5 * max(char.size, anchor.size):
                lines[-1].append(char)
                if char.size > 1.2 * anchor.size:
                    lines[-1][0], lines[-1][-1] = lines[-1][-1], lines[-1][0]
                continue
        lines.append([char])
    return [_pieces(sorted(line, key=lambda one: one.left)) for line in lines]


def text_of(chars: Iterable[Char]) -> str:
    """The text of a cell; each printed line is a line."""
    return "\n".join(" ".join(piece.text for piece in row) for row in rows_of(chars))


def _pieces(line: Sequence[Char]) -> Row:
    line = [one for index, one in enumerate(line) if not _shadow(line, index)]
    usual = sorted(one.size for one in line)[len(line) // 2]
    full = [one for one in line if one.size >= SMALL * usual]
    foot = sorted(one.base for one in full)[len(full) // 2]
    pieces: Row = []
    run: list[Char] = []
    for char in line:
        if run and char.left - max(one.right for one in run[-2:]) > COLUMN_GAP * max(usual, 6.0):
            pieces.append(_piece(run, usual, foot))
            run = []
        run.append(char)
    pieces.append(_piece(run, usual, foot))
    return [piece for piece in pieces if piece.text.strip()]


def _shadow(line: Sequence[Char], index: int) -> bool:
    """True for a character that is printed a second time almost on itself, to look bold."""
    char = line[index]
    return any(
        other.text == char.text and abs(other.left - char.left) < 0.3 * (char.right - char.left)
        for other in line[max(0, index - 2) : index]
    )


def _piece(run: Sequence[Char], usual: float, foot: float) -> Piece:
    text, lifted = "", ""
    before: Char | None = None
    for char in run:
        high = char.size < SMALL * usual and char.base > foot + LIFTED * usual
        if lifted and not high:
            text += raised(text, lifted)
            lifted = ""
        apart = before is not None and char.left - before.right > BLANK * max(usual, 6.0)
        if high:
            lifted += char.text
        else:
            text += f" {char.text}" if apart and not lifted else char.text
        before = char
    text += raised(text, lifted) if lifted else ""
    return Piece(
        text, run[0].left, min(c.bottom for c in run), max(c.right for c in run),
        max(c.top for c in run), usual
    )  # fmt: skip
