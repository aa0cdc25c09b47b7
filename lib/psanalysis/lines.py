"""Lines of text in figures: their widths, and the line breaks that Chinese and English typesetting
allow.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

from psanalysis.wording import vocabulary

# What no line begins with: closing punctuation, signs of reservation; what no line ends with:
# opening punctuation
CLOSING = frozenset(
    ",.;:!?%‰)]*†‡§¶~…—、。〉》」』】\u201d\u2019\uff0c\uff1b\uff1a\uff01\uff1f\uff09\uff05"
)
OPENING = frozenset("([〈《「『【\u201c\u2018\uff08")
HAN = "[\u3400-\u9fff]"
_WORDS = vocabulary("typesetting.toml")["lines"]
COUNTED = "|".join(_WORDS["counted"])
# A number with its unit, or in English with the word after it
NUMBERED = rf"\d(?:[\d.,–—−]*\d)?(?: ?(?:{COUNTED})| (?:m²|[a-z][a-z/-]*))"
# Words that the rows of a chart would otherwise split
WORDS = "|".join(_WORDS["words"])
# A name with its period in brackets, and the word of a language after the year
PERIOD = re.compile(r"(.+?)\s*[(（](\d{4})[–—-](\d{4})\D?[)）]")
# Unbreakable: numbers, these words, a word with brackets inside, and the double signs of Chinese
UNDIVIDED = re.compile(rf"{NUMBERED}|{HAN}[(（]{HAN}{{1,2}}[)）]{HAN}|{WORDS}|……|——")
# Cost of a break that is not after punctuation, in squared ems of uneven length
RAGGED = 12.0


def wide(character: str) -> bool:
    """True for a character that is one em wide in every font."""
    return unicodedata.east_asian_width(character) in "WF"


@cache
def _advance(character: str) -> float:
    """Width of a character in ems, from the font that draws it."""
    if wide(character):
        return 1.0
    # the pages of a site need NUMBERED only
    from matplotlib import font_manager
    from matplotlib.ft2font import LoadFlags

    from psanalysis.style import FACES, add_fonts

    add_fonts()
    for face in FACES["zh"]:
        font = font_manager.get_font(
            font_manager.findfont(font_manager.FontProperties(family=[face]))
        )
        if font.get_char_index(ord(character)):
            font.set_size(100, 72)
            return (
                float(font.load_char(ord(character), flags=LoadFlags.NO_HINTING).linearHoriAdvance)
                / 65536
                / 100
            )
    return 1.0


def width_in_ems(text: str) -> float:
    """Width of a line of text in ems, by the advances of its glyphs."""
    return sum(_advance(character) for character in text)


def wrap(text: str, ems: float, lines: int = 3, balanced: bool = True) -> str:
    """Break a text into lines of at most `ems` width.

    Chinese breaks between any two characters, unless a rule keeps them together (a number and its
    unit, punctuation at the edge of a line); Latin breaks between words. Balanced lines have about
    equal length and preferably end at a clause; others are filled one after the other. Text beyond
    `lines` lines is cut, with an ellipsis.

    Examples
    --------
    >>> wrap("基期1.33平方米，目标2.6平方米", 9)
    '基期1.33平方米，\\n目标2.6平方米'
    >>> wrap("from 2.4 m² to 2.6 m²", 6.5)
    'from 2.4 m²\\nto 2.6 m²'
    """
    pieces = [
        part
        for piece in _pieces(text)
        for part in (_words(piece) if width_in_ems(piece.rstrip()) > ems else [piece])
    ]
    rows = _filled(pieces, ems)
    if len(rows) > lines:
        kept = rows[lines - 1]
        while width_in_ems(kept + "…") > ems:
            kept = kept[:-1]
        rows = [*rows[: lines - 1], kept + "…"]
    elif balanced and len(rows) > 1:
        rows = _balanced(pieces, ems, len(rows))
    return "\n".join(rows)


def head(name: str, ems: float) -> str:
    """A name above a narrow column: in two lines, and with a period at its end shortened.

    Examples
    --------
    >>> head("南京市（2026—2030年）", 9), head("南京市（2026—2030年）", 5)
    ('南京市\\n（2026—2030年）', '南京市\\n2026–2030')
    >>> head("Nanjing (2026–2030)", 4.2)
    'Nanjing\\n2026–30'
    """
    words = wrap(name, ems, 2)
    period = PERIOD.fullmatch(name)
    if not period or all(width_in_ems(line) <= ems for line in words.split("\n")):
        return words
    name, start, end = period.groups()
    whole = f"{start}–{end}"
    short = f"{start}–{end[2:]}"
    return f"{wrap(name, ems, 1)}\n{whole if width_in_ems(whole) <= ems else short}"


def _pieces(text: str) -> list[str]:
    """The unbreakable pieces of a text; a Latin word includes the blank after it."""
    inside = {
        position
        for match in UNDIVIDED.finditer(text)
        for position in range(match.start() + 1, match.end())
    }
    breaks = [
        position
        for position in range(1, len(text))
        if position not in inside and _may_break(text, position)
    ]
    return [text[start:end] for start, end in pairwise([0, *breaks, len(text)])]


def _words(piece: str) -> list[str]:
    """The parts of a piece that is too long for a line, split at its blanks."""
    return re.findall(r"\S+\s*", piece)


def _may_break(text: str, position: int) -> bool:
    before, after = text[position - 1], text[position]
    if after in CLOSING or after == " " or before in OPENING:
        return False
    return before == " " or wide(before) or wide(after)


def _filled(pieces: list[str], ems: float) -> list[str]:
    rows, row = [], ""
    for piece in pieces:
        if row and width_in_ems((row + piece).rstrip()) > ems:
            rows.append(row.rstrip())
            row = piece
        else:
            row += piece
    return [*rows, row.rstrip()]


def _balanced(pieces: list[str], ems: float, count: int) -> list[str]:
    """The cheapest breaks into `count` lines: the cost is the squared difference of each line from
    the mean, plus a cost for splitting a clause.
    """
    ends = [0.0]
    for piece in pieces:
        ends.append(ends[-1] + width_in_ems(piece))
    mean, size = ends[-1] / count, len(pieces)
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [0])}
    for line in range(count):
        reached: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, way) in best.items():
            for end in range(start + 1, size + 1) if line < count - 1 else (size,):
                width = ends[end] - ends[start]
                if width > ems and end > start + 1:
                    break
                clause = (
                    end == size
                    or pieces[end - 1].rstrip()[-1:] in CLOSING
                    or pieces[end][0] in OPENING
                )
                total = cost + (width - mean) ** 2 + (0.0 if clause else RAGGED)
                if total < reached.get(end, (float("inf"), []))[0]:
                    reached[end] = (total, [*way, end])
        best = reached
    # trailing blanks count in the widths, so that a last line may seem too long: then lines fill up
    if size not in best:
        return _filled(pieces, ems)
    return ["".join(pieces[start:end]).rstrip() for start, end in pairwise(best[size][1])]
