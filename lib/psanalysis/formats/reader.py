"""Reading a plan document of any usual kind into one normalised text."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from psanalysis.errors import system_words
from psanalysis.formats.assembly import QUOTED
from psanalysis.formats.bounded import read_bounded
from psanalysis.formats.decoding import declared_encoding, decode
from psanalysis.formats.document import Document, DocumentError, Unread

CHINESE = re.compile(r"[\u3400-\u9fff]")
PAGE = re.compile(rb"<(?:!doctype html|html|head|body|table|div|p)[\s>]", re.IGNORECASE)
MINIMUM = 20
LARGEST = 100_000_000
SUFFIXES = (".txt", ".html", ".htm", ".xhtml", ".shtml", ".docx", ".pdf")
KINDS = ".txt, .html, .docx or .pdf"


def read_document(path: str | Path) -> Document:
    """Read a plan document.

    Parameters
    ----------
    path
        A .txt file (UTF-8, GB18030, Big5), a saved web page (.html, .htm; not .mht), a .docx file,
        or a PDF with a text layer.

    Returns
    -------
    Document
        One text; offsets count its characters. For a UTF-8 .txt file the text is the file itself,
        unchanged.

    Raises
    ------
    DocumentError
        If the file is missing, empty, binary, locked, scanned, a login page, or has hardly any
        Chinese text.
    """
    file = Path(path)
    content = _content(file)
    if not content.strip():
        raise DocumentError(file.name, "the file is empty", "fetch or save the document again")
    document = _read(content, file)
    if "\ufffd" in document.text:
        broken = Unread("bytes", 0, document.text.split("\ufffd")[0][-QUOTED:].strip())
        document = replace(document, unread=(*document.unread, broken))
    if len(CHINESE.findall(document.text)) < MINIMUM:
        raise DocumentError(
            file.name, "it holds hardly any Chinese text", "check that this is the plan document"
        )
    return document


def _content(file: Path) -> bytes:
    """The bytes of a file; an error where it is not a file, or larger than a plan can be."""
    try:
        if file.exists() and not file.is_file():
            raise DocumentError(file.name, "this is no file", "name one document")
        if file.stat().st_size > LARGEST:
            raise DocumentError(
                file.name,
                f"it is larger than {LARGEST // 1_000_000} MB",
                "save the part with the plan alone",
            )
        return file.read_bytes()
    except (OSError, ValueError) as error:
        problem = system_words(error) if isinstance(error, OSError) else str(error)
        raise DocumentError(file.name, f"cannot be read ({problem})", "check the path") from None


def _read(content: bytes, file: Path) -> Document:
    suffix = file.suffix.lower()
    if suffix == ".pdf":
        text, grids, unread = read_bounded("pdf", content, file.name)
        return Document(file.name, "pdf", "", text, grids, unread)
    if suffix == ".docx":
        text, grids, unread = read_bounded("docx", content, file.name)
        return Document(file.name, "docx", "", text, grids, unread)
    if suffix in SUFFIXES[1:5] or (suffix != ".txt" and PAGE.search(content[:2048])):
        source, encoding = decode(content, file.name, declared_encoding(content))
        return _page(source, file.name, encoding)
    text, encoding = decode(content, file.name)
    if PAGE.match(content[:2048].lstrip().removeprefix(b"\xef\xbb\xbf")):
        return _page(text, file.name, encoding)
    controls = sum(1 for char in text if char < " " and char not in "\n\r\t\f\v")
    if controls > len(text) / 200:
        raise DocumentError(
            file.name, "this is a binary file, not text", f"save the document as {KINDS}"
        )
    return Document(file.name, "text", encoding, text)


def _page(source: str, name: str, encoding: str) -> Document:
    text, grids, unread = read_bounded("html", source.encode("utf-8", "replace"), name)
    return Document(name, "html", encoding, text, grids, unread)
