"""Replaces look-alike characters and removes invisible ones, so that the rules read what a reader
sees.
"""

from __future__ import annotations

import re
import unicodedata

from psanalysis.formats.lexicon import lexicon

# zero width, soft hyphen, marks of direction, variation selectors, tags
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef"
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]+"
)
LINE_BREAKS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
BLANKS = "\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
# radicals for which Unicode names no ordinary character, and that character
_WORDS = lexicon()["radicals"]
RADICALS = dict(zip(_WORDS["signs"], _WORDS["characters"], strict=True))


def ordinary(char: str) -> str:
    """The ordinary character that one of a few look-alikes stands for; else the character itself.

    Look-alikes are Kangxi and CJK radicals, compatibility ideographs, digits of other styles and
    scripts. The result is always one character, so that offsets stay valid.

    Examples
    --------
    >>> ordinary("\\u2f08") == "\\u4eba", ordinary("\\U0001d7d7"), ordinary("\\u00b2")
    (True, '9', '²')
    """
    if char in RADICALS:
        return RADICALS[char]
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff" or char >= "\U0002f800":
        plain = unicodedata.normalize("NFKC", char)
        return plain if len(plain) == 1 else char
    return char


def visible(text: str) -> str:
    """The text without invisible characters, with ordinary characters for look-alikes, and LF for
    every line break.

    Examples
    --------
    >>> visible("9\\u200b5\\u00ad%\\r\\n")
    '95%\\n'
    """
    text = INVISIBLE.sub("", LINE_BREAKS.sub("\n", text))
    odd = {ord(char): ordinary(char) for char in set(text) if char > "~"}
    return text.translate(odd)


def one_line(text: str) -> str:
    """A name on one line: line breaks and invisible characters are left out.

    Examples
    --------
    >>> one_line("living \\r\\nspace")
    'living space'
    """
    return INVISIBLE.sub("", LINE_BREAKS.sub("", text)).strip()
