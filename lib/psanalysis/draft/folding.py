"""The text as the rules see it: simplified characters and half-width signs, every character in its old place."""

from __future__ import annotations

from psanalysis.simplified import simplified

WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
SIGNS = WIDE | str.maketrans(
    "\u3000\xa0\u2009" "\ufe6a\ufe65\ufe64\u2267\u2266\u2a7e\u2a7d" "\u300c\u300d\u300e\u300f\ufe5d\ufe5e\u25cb",
    "   " "%><≥≤≥≤" "“”“”〔〕〇",
)  # fmt: skip


def fold(text: str) -> str:
    """The text in simplified script and half-width signs, with the same length, so that offsets hold.

    Examples
    --------
    >>> fold("嬰兒死亡率為4.08‰")
    '婴儿死亡率为4.08‰'
    """
    return simplified(text.translate(SIGNS))
