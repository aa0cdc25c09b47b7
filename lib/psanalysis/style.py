"""The look of every figure: bundled fonts, a palette for all readers, reproducible output."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager

from psanalysis.errors import GlyphError, choose
from psanalysis.palette import COLOURS, grey
from psanalysis.wording import LANGUAGES

# One family for both languages; the KR face sets Western quotation marks proportionally, the SC
# face as full-width ones
FACES = {"zh": ["Noto Sans CJK SC", "DejaVu Sans"], "en": ["Noto Sans CJK KR", "DejaVu Sans"]}
FONT_SIZE = 10.0
HASH_SALT = "psanalysis"
# Settings of where and how figures are shown, not of how they look
KEPT = ("backend", "interactive", "toolbar", "webagg.", "tk.", "macosx.", "date.epoch")
_greyscale: ContextVar[bool] = ContextVar("greyscale", default=False)


def colour(name: str) -> str:
    """Hex value of a colour of the palette; its grey where `applied` says so."""
    choose("colour", name, COLOURS)
    return grey(COLOURS[name]) if _greyscale.get() else COLOURS[name]


def use(lang: str = "zh") -> None:
    """Set matplotlib up for this project: fonts, sizes, colours, deterministic SVG; a missing glyph
    becomes an error.

    The charts of `psanalysis.plot` have their own settings and need no call of this. It is for
    other figures. Settings of a user's matplotlibrc are replaced.

    Parameters
    ----------
    lang
        zh or en: which face comes first. Both languages draw Chinese; nothing depends on the fonts
        of the machine.

    Raises
    ------
    ParameterError
        If the language is not known.
    """
    choose("lang", lang, LANGUAGES)
    add_fonts()
    mpl.rcParams.update(_changed(lang))  # type: ignore[arg-type]
    warnings.filterwarnings("error", message=r"Glyph .* missing from", category=UserWarning)


@contextmanager
def applied(lang: str, greyscale: bool = False) -> Iterator[None]:
    """`use` for the length of a with-block; matplotlib's settings are as before afterwards.

    Parameters
    ----------
    lang
        zh or en.
    greyscale
        Whether `colour` gives greys of the same lightness.
    """
    choose("lang", lang, LANGUAGES)
    add_fonts()
    shade = _greyscale.set(greyscale)
    try:
        with mpl.rc_context(_changed(lang)), warnings.catch_warnings():  # type: ignore[arg-type]
            warnings.filterwarnings("error", message=r"Glyph .* missing from", category=UserWarning)
            yield
    finally:
        _greyscale.reset(shade)


def _changed(lang: str) -> dict[str, Any]:
    """All settings, which override those of a matplotlibrc, a style sheet or a cell."""
    wanted = settings(lang)
    plain = {
        key: value
        for key, value in mpl.rcParamsDefault.items()
        if not key.startswith(KEPT) and key not in wanted and mpl.rcParams[key] != value
    }
    return plain | wanted


def settings(lang: str) -> dict[str, Any]:
    """The rcParams of the project."""
    return {
        "font.family": FACES[lang],
        "font.size": FONT_SIZE,
        "svg.fonttype": "path",
        "svg.hashsalt": HASH_SALT,
        "pdf.fonttype": 42,
        "text.color": colour("ink"),
        "axes.labelcolor": colour("muted"),
        "axes.edgecolor": colour("grid"),
        "xtick.color": colour("muted"),
        "ytick.color": colour("ink"),
        "grid.color": colour("grid"),
        "grid.linewidth": 0.8,
        "hatch.color": colour("muted"),
        "hatch.linewidth": 0.7,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.axisbelow": True,
        "axes.facecolor": "none",
        "figure.facecolor": colour("paper"),
        "savefig.facecolor": colour("paper"),
        "figure.dpi": 96.0,
        "lines.solid_capstyle": "round",
        "xtick.major.size": 0.0,
        "ytick.major.size": 0.0,
    }


@cache
def add_fonts() -> None:
    """Register the bundled Chinese faces with matplotlib, once a process."""
    from noto_cjk_sans_otc import FONT_PATH

    font_manager.fontManager.addfont(str(FONT_PATH))


@cache
def _characters() -> frozenset[int]:
    covered: set[int] = set()
    for face in FACES["zh"]:
        path = font_manager.findfont(
            font_manager.FontProperties(family=[face]), fallback_to_default=False
        )
        covered |= set(font_manager.get_font(path).get_charmap())
    return frozenset(covered)


def require_glyphs(text: str) -> None:
    """Raise GlyphError if a character of the text cannot be drawn, naming each of them."""
    add_fonts()
    missing = sorted(
        {
            character
            for character in text
            if ord(character) not in _characters() and not character.isspace()
        }
    )
    if missing:
        named = ", ".join(f"{character!r} (U+{ord(character):04X})" for character in missing)
        raise GlyphError(
            f"no glyph for {named} -> replace the character, or add a font that has it to "
            "psanalysis.style.FACES"
        )
