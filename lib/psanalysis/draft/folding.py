"""The text as the rules see it: simplified characters and half-width signs, every character in its old place."""

from __future__ import annotations

from functools import cache

import opencc

from psanalysis.formats.characters import ordinary

WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
SIGNS = {
    **dict.fromkeys(map(chr, (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)), " "),
    **dict.fromkeys("\u2010\u2011\u2012\u2212\ufe63\u207b", "-"),
    **dict.fromkeys("\ufe62\u207a", "+"),
    **dict.fromkeys("\u2236\ua789\ufe55", ":"),
    **dict.fromkeys("\u223c\u301c\u02dc", "~"),
    **dict.fromkeys("\x0b\x85\u2028\u2029", "\n"),
    **dict(zip("\ufe6a\ufe65\ufe64\u2267\u2266\u2a7e\u2a7d", "%><≥≤≥≤", strict=True)),
    **dict(zip("\u300c\u300d\u300e\u300f\ufe5d\ufe5e\u25cb", "“”“”〔〕〇", strict=True)),
}


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def fold(text: str) -> str:
    """The text in simplified script and half-width signs, with the same length, so that offsets hold.

    Examples
    --------
    >>> fold("嬰兒死亡率為4.08‰")
    '婴儿死亡率为4.08‰'
    """
    table: dict[int, str] = {}
    for char in set(text):
        plain = SIGNS.get(char) or WIDE.get(char) or (ordinary(char) if char > "~" else char)
        if plain >= "\u3400":
            plain = _converter().convert(plain)
        if len(plain) == 1 and plain != char:
            table[ord(char)] = plain
    return text.translate(table)


def is_traditional(text: str) -> bool:
    """True when the text is mostly in traditional script.

    Examples
    --------
    >>> is_traditional("覆蓋率達到"), is_traditional("覆盖率达到")
    (True, False)
    """
    changed = sum(1 for char in text if char >= "\u3400" and _simple(char) != char)
    return changed > 0.08 * max(1, sum(1 for char in text if char >= "\u3400"))


@cache
def _simple(char: str) -> str:
    return str(_converter().convert(char))
