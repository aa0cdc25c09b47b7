"""The look of every figure: fonts that come with the dependencies, a palette safe for colour-blind readers, reproducible output."""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.ft2font import LoadFlags

from psanalysis.errors import GlyphError, choose
from psanalysis.wording import LANGUAGES

# Hues after Okabe and Ito; lightness chosen so that any two series differ by 10 or more in CAM02-UCS under every common colour-vision
# deficiency and each has a contrast of 4.5 with white; names are those of the CSS custom properties of the pages
COLOURS = {
    "ink": "#1b1f24", "muted": "#57606a", "grid": "#d8dee4", "paper": "#ffffff", "accent": "#0b62a3",
    "binding": "#0b62a3", "expected": "#b34700", "met": "#00523f", "national": "#8a3ffc",
    "series-1": "#0b62a3", "series-2": "#b34700", "series-3": "#00523f", "series-4": "#8c1d62", "series-5": "#4d3a00", "series-6": "#6b6e72",
}  # fmt: skip
SERIES_MARKERS = ("o", "s", "D", "^", "v", "P")
# One family for both languages; the KR face sets Western quotation marks proportionally, the SC face as full-width ones
FACES = {"zh": ["Noto Sans CJK SC", "DejaVu Sans"], "en": ["Noto Sans CJK KR", "DejaVu Sans"]}
FONT_SIZE = 10.0
HASH_SALT = "psanalysis"
CLOSING = ",.;:%)\u201d\u2019\u3001\u3002\u300b\uff0c\uff1b\uff1a\uff09\uff05"


def colour(name: str) -> str:
    """Hex value of a colour of the palette."""
    choose("colour", name, COLOURS)
    return COLOURS[name]


def use(lang: str = "zh") -> None:
    """Set matplotlib up for this project: fonts, sizes, colours, deterministic SVG; a missing glyph becomes an error.

    Parameters
    ----------
    lang
        zh or en: which face comes first. Both languages draw Chinese; nothing depends on the fonts of the machine.

    Raises
    ------
    ParameterError
        If the language is not known.
    """
    choose("lang", lang, LANGUAGES)
    add_fonts()
    mpl.rcParams.update(settings(lang))  # type: ignore[arg-type]
    warnings.filterwarnings("error", message=r"Glyph .* missing from", category=UserWarning)


@contextmanager
def applied(lang: str) -> Iterator[None]:
    """`use` for the length of a with-block; matplotlib's settings are as before afterwards."""
    choose("lang", lang, LANGUAGES)
    add_fonts()
    with mpl.rc_context(settings(lang)), warnings.catch_warnings():  # type: ignore[arg-type]
        warnings.filterwarnings("error", message=r"Glyph .* missing from", category=UserWarning)
        yield


def settings(lang: str) -> dict[str, Any]:
    """The rcParams of the project."""
    return {
        "font.family": FACES[lang], "font.size": FONT_SIZE, "axes.titleweight": "normal", "figure.titleweight": "normal",
        "svg.fonttype": "path", "svg.hashsalt": HASH_SALT, "pdf.fonttype": 42, "axes.unicode_minus": True,
        "text.color": COLOURS["ink"], "axes.labelcolor": COLOURS["muted"], "axes.edgecolor": COLOURS["grid"],
        "xtick.color": COLOURS["muted"], "ytick.color": COLOURS["ink"], "grid.color": COLOURS["grid"], "grid.linewidth": 0.8,
        "hatch.color": COLOURS["muted"], "hatch.linewidth": 0.7,
        "axes.spines.top": False, "axes.spines.right": False, "axes.spines.left": False, "axes.axisbelow": True,
        "axes.facecolor": "none", "figure.facecolor": "none", "savefig.facecolor": "none", "figure.dpi": 96.0,
        "lines.solid_capstyle": "round", "xtick.major.size": 0.0, "ytick.major.size": 0.0,
    }  # fmt: skip


@cache
def add_fonts() -> None:
    """Register the bundled Chinese faces with matplotlib, once a process."""
    from noto_cjk_sans_otc import FONT_PATH

    font_manager.fontManager.addfont(str(FONT_PATH))


@cache
def _characters() -> frozenset[int]:
    covered: set[int] = set()
    for face in FACES["zh"]:
        path = font_manager.findfont(font_manager.FontProperties(family=[face]), fallback_to_default=False)
        covered |= set(font_manager.get_font(path).get_charmap())
    return frozenset(covered)


def require_glyphs(text: str) -> None:
    """Raise GlyphError if a character of the text cannot be drawn, naming each of them."""
    add_fonts()
    missing = sorted({character for character in text if ord(character) not in _characters() and not character.isspace()})
    if missing:
        named = ", ".join(f"{character!r} (U+{ord(character):04X})" for character in missing)
        raise GlyphError(f"no glyph for {named} -> replace the character, or add a font that has it to psanalysis.style.FACES")


@cache
def _advance(character: str) -> float:
    """Width of a character in ems, from the font that draws it."""
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    add_fonts()
    for face in FACES["zh"]:
        font = font_manager.get_font(font_manager.findfont(font_manager.FontProperties(family=[face])))
        if font.get_char_index(ord(character)):
            font.set_size(100, 72)
            return float(font.load_char(ord(character), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / 100
    return 1.0


def width_in_ems(text: str) -> float:
    """Width of a line of text in ems, by the advances of its glyphs."""
    return sum(_advance(character) for character in text)


def wrap(text: str, ems: float, lines: int = 3, balanced: bool = True) -> str:
    """Break a text into lines of at most `ems` width; Chinese breaks anywhere but before closing punctuation, Latin between words.

    Balanced lines come out of about equal length, others fill up one after the other. What does not fit in `lines` lines is cut, with an
    ellipsis.
    """
    total = width_in_ems(text)
    rows = _broken(text, ems)
    if balanced and 1 < len(rows) <= lines:
        width = total / len(rows)
        while len(even := _broken(text, width)) > len(rows):
            width += 0.6
        return "\n".join(even)
    if len(rows) > lines:
        kept = rows[lines - 1]
        while width_in_ems(kept + "…") > ems:
            kept = kept[:-1]
        rows = [*rows[: lines - 1], kept + "…"]
    return "\n".join(rows)


def _broken(text: str, ems: float) -> list[str]:
    rows, row = [], ""
    for piece in _pieces(text):
        if row and width_in_ems(row + piece.rstrip()) > ems and piece[0] not in CLOSING:
            rows.append(row.rstrip())
            row = piece.lstrip()
        else:
            row += piece
    return [*rows, row.rstrip()]


def _pieces(text: str) -> list[str]:
    """Units that must not be broken: a full-width character, or a Latin word with the blank after it."""
    pieces: list[str] = []
    for character in text:
        wide = unicodedata.east_asian_width(character) in "WF"
        if not wide and pieces and not pieces[-1].endswith(" ") and unicodedata.east_asian_width(pieces[-1][-1]) not in "WF":
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces
