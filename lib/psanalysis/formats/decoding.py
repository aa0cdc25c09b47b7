"""Decodes the bytes of a Chinese text file; the encoding is detected, never asked for."""

from __future__ import annotations

import contextlib
import re
from functools import cache

from charset_normalizer import from_bytes

from psanalysis.formats.document import DocumentError

CANDIDATES = ["gb18030", "big5hkscs", "big5"]
MARKS = {b"\xef\xbb\xbf": "utf_8", b"\xff\xfe": "utf_16", b"\xfe\xff": "utf_16"}
DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE
)
ALIASES = {
    **dict.fromkeys(("gb2312", "gbk", "gb-2312-80", "gb18030", "x-gbk", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "big5hkscs", "x-big5", "cp950"), "big5hkscs"),
}
SAMPLE = 400_000
FREQUENT = 0.85
# kana, Greek, Cyrillic, boxes, private use: frequent in text that was decoded wrongly
ODD = re.compile("[\u0370-\u04ff\u2500-\u257f\u3040-\u312f\ue000-\uf8ff]")
MOST_ODD = 0.05
MOST_BROKEN = 8
FOREIGN = {
    b"%PDF": ("a PDF whose name does not end in .pdf", "rename it"),
    b"PK\x03\x04": (
        "an office or zip file under a wrong name",
        "save it as .docx, or give it its true suffix",
    ),
    b"\xd0\xcf\x11\xe0": ("an old Word or Excel file", "save it as .docx"),
    b"\x89PNG": ("a picture", "run character recognition and save the text as .txt"),
    b"\xff\xd8\xff": ("a picture", "run character recognition and save the text as .txt"),
}


def decode(content: bytes, name: str, declared: str = "") -> tuple[str, str]:
    """The text of some bytes and the encoding it was found in.

    Parameters
    ----------
    content
        The bytes; UTF-8 (with or without mark), UTF-16 with mark, GB18030 and Big5 are understood.
    name
        File name for messages.
    declared
        Encoding that the document itself names; used where the text is plausible in it.

    Returns
    -------
    text, encoding
        Decoding is exact (a byte order mark stays), except for single invalid bytes, which become
        U+FFFD.

    Raises
    ------
    DocumentError
        If the bytes are not text or the encoding cannot be detected.

    Examples
    --------
    >>> decode("到2025年,覆盖率达到98%以上。".encode("gb18030"), "a.txt")
    ('到2025年,覆盖率达到98%以上。', 'gb18030')
    """
    for mark, (what, remedy) in FOREIGN.items():
        if content.startswith(mark):
            raise DocumentError(name, f"this is {what}", remedy)
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return _leniently(content, encoding, name), encoding
    if b"\x00" in content:
        for encoding in ("utf_16_le", "utf_16_be"):
            if plausible(content[: 2 * SAMPLE].decode(encoding, "replace")):
                return _leniently(content, encoding, name), encoding
        raise DocumentError(
            name,
            "this is a binary file, not text",
            "save the document as .txt, .docx, .html or .pdf with a text layer",
        )
    named = ALIASES.get(declared.lower().replace("_", "-"), "")
    with contextlib.suppress(UnicodeDecodeError):
        return content.decode("utf_8"), "utf_8"
    if named and _fits(content, named):
        return _leniently(content, named, name), named
    if _fits(content, "utf_8"):
        return _leniently(content, "utf_8", name), "utf_8"
    best = from_bytes(content[:SAMPLE], cp_isolation=CANDIDATES).best()
    guesses = dict.fromkeys([best.encoding] if best else [])
    for encoding in guesses | dict.fromkeys(CANDIDATES):
        if _fits(content, encoding):
            return _leniently(content, encoding, name), encoding
    raise DocumentError(
        name,
        "its encoding is none of UTF-8, GB18030 and Big5, or it is not text",
        "save it as UTF-8 text",
    )


def plausible(text: str) -> bool:
    """True when most Han characters of a text are frequent ones, as in real text that was decoded
    rightly.

    Examples
    --------
    >>> words = "覆盖率达到目标以上"
    >>> plausible(words), plausible(words.encode("gb18030").decode("big5", "replace"))
    (True, False)
    """
    if text.count("\ufffd") > max(MOST_BROKEN, len(text) // 200):
        return False
    han = sum("\u3400" <= char <= "\u9fff" for char in text)
    odd = len(ODD.findall(text))
    frequent = sum(map(_is_frequent, text))
    return han > 0 and frequent >= FREQUENT * han and odd <= han * MOST_ODD


def _fits(content: bytes, encoding: str) -> bool:
    return plausible(content[:SAMPLE].decode(encoding, "replace"))


@cache
def _is_frequent(char: str) -> bool:
    """True for a Han character in the frequent levels of GB 2312 or Big5."""
    if not "\u3400" <= char <= "\u9fff":
        return False
    for encoding, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        with contextlib.suppress(UnicodeEncodeError):
            if first <= char.encode(encoding)[0] <= last:
                return True
    return False


def _leniently(content: bytes, encoding: str, name: str) -> str:
    """The text; single invalid bytes become U+FFFD, many are an error."""
    text = content.decode(encoding, "replace")
    if text.count("\ufffd") > max(MOST_BROKEN, len(text) // 1000):
        raise DocumentError(
            name, "many of its bytes are invalid in every usual encoding", "save it as UTF-8 text"
        )
    return text


def declared_encoding(content: bytes) -> str:
    """The charset that a web page names in its head; empty without one.

    Examples
    --------
    >>> declared_encoding(b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">')
    'gb2312'
    """
    found = DECLARED.search(content[:4096])
    return found[1].decode("ascii") if found else ""
