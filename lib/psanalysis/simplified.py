"""Converts traditional to simplified script, character by character, so that names, units and words
are found in both.

All modules use one table. It is OpenCC's (t2s), written into simplified.txt by `python -m
psanalysis.simplified`, so that the library needs no conversion program.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

TABLE = "simplified.txt"
FIRST_HAN = "\u3400"
WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
A_LINE = 16
MOSTLY = 0.08  # share of changed characters from which a text counts as traditional


@cache
def table() -> Mapping[int, str]:
    """Code point of a traditional character -> the simplified one, for `str.translate`."""
    text = files("psanalysis").joinpath(TABLE).read_text(encoding="utf-8")
    pairs = " ".join(line for line in text.splitlines() if not line.startswith("#"))
    # a character, its simplified one and a blank, again and again
    return dict(zip(map(ord, pairs[::3]), pairs[1::3], strict=True))


def simplified(text: str) -> str:
    """The text in simplified script, with the same length, so that offsets stay valid.

    Examples
    --------
    >>> simplified("幼兒園每班3塊") == "幼儿园每班3块"
    True
    """
    return text.translate(table())


def half_width(text: str) -> str:
    """The text with half-width letters, digits and signs, with the same length.

    Examples
    --------
    >>> half_width("９８％")
    '98%'
    """
    return text.translate(WIDE)


def is_traditional(text: str) -> bool:
    """True where at least 8 % of the Chinese characters differ in simplified script.

    Examples
    --------
    >>> is_traditional("覆蓋率達到"), is_traditional("覆盖率达到")
    (True, False)
    """
    han = [char for char in text if char >= FIRST_HAN]
    return sum(ord(char) in table() for char in han) > MOSTLY * max(1, len(han))


def written_by_opencc() -> str:
    """The content of simplified.txt, from OpenCC, which only this function needs."""
    import opencc

    convert = opencc.OpenCC("t2s").convert
    every = (chr(code) for code in range(ord(FIRST_HAN), 0x32400) if not 0xD800 <= code < 0xF900)
    pairs = [char + plain for char in every if len(plain := convert(char)) == 1 and plain != char]
    lines = [" ".join(pairs[start : start + A_LINE]) for start in range(0, len(pairs), A_LINE)]
    head = "# Traditional character and its simplified one, from OpenCC (Apache 2.0), t2s."
    return "\n".join([head, "# Made by: python -m psanalysis.simplified", *lines, ""])


if __name__ == "__main__":
    Path(__file__).with_name(TABLE).write_text(written_by_opencc(), encoding="utf-8")
