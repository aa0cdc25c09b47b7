"""Bytes to text: the encoding of a Chinese text file is found, never asked for."""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

from psanalysis.formats.document import DocumentError

CANDIDATES = ["gb18030", "big5hkscs", "big5"]
MARKS = {b"\xef\xbb\xbf": "utf_8", b"\xff\xfe": "utf_16", b"\xfe\xff": "utf_16"}
DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE
)
ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs"}
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
        Encoding that the document itself names; tried before guessing.

    Returns
    -------
    text, encoding
        Decoding is exact: encoding the text again gives the bytes (a leading mark is kept out of neither).

    Raises
    ------
    DocumentError
        If the bytes are not text or the encoding cannot be told.

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
            return _strictly(content, encoding, name), encoding
    if b"\x00" in content:
        raise DocumentError(
            name,
            "this is a binary file, not text",
            "save the document as .txt, .docx, .html or .pdf with a text layer",
        )
    for encoding in ("utf_8", ALIASES.get(declared.lower(), declared)):
        try:
            return content.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError):
            continue
    best = from_bytes(content, cp_isolation=CANDIDATES).best()
    if best is None:
        raise DocumentError(
            name,
            "its encoding is none of UTF-8, GB18030 and Big5, or it is not text",
            "save it as UTF-8 text",
        )
    return _strictly(content, best.encoding, name), best.encoding


def declared_encoding(content: bytes) -> str:
    """The charset that a web page names in its head, or nothing.

    Examples
    --------
    >>> declared_encoding(b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">')
    'gb2312'
    """
    found = DECLARED.search(content[:4096])
    return found[1].decode("ascii") if found else ""


def _strictly(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(
            name,
            f"it is broken at byte {error.start} (read as {encoding})",
            "fetch or save the document again",
        ) from None
