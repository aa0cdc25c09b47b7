"""One plan document as one normalised text that all offsets refer to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from psanalysis.errors import PsanalysisError
from psanalysis.formats.grid import Grid


class DocumentError(PsanalysisError):
    """A file that cannot be read as a plan document; the message names the file, what is wrong, and
    the remedy.
    """

    def __init__(self, file: str, problem: str, remedy: str):
        self.file, self.problem, self.remedy = file, problem, remedy
        super().__init__(f"{file}: {problem} -> {remedy}")


@dataclass(frozen=True)
class Unread:
    """A part of a document that cannot be read as text; a person has to look at it.

    Attributes
    ----------
    kind
        `scan` (a page that is a picture), `recognised` (a scanned page whose text a machine
        guessed), `picture` (may hold a table), `formula`, `embedded` (a file within the file),
        `spans` (a table whose merged cells were read as single ones), `broken` (a page), `bytes`
        (bytes that are invalid in the file's encoding).
    page
        Its page, 0 where the document has none.
    after
        The words before it, where there are some.
    """

    kind: str
    page: int = 0
    after: str = ""


@dataclass(frozen=True)
class Document:
    """A plan document.

    Attributes
    ----------
    name
        File name without its folder.
    kind
        `text`, `html`, `docx` or `pdf`.
    encoding
        Encoding of the file, empty for office files.
    text
        The normalised text; for a UTF-8 .txt file the file itself, unchanged.
    grids
        Its tables in order, where the file marks them (HTML, docx, PDF), with offsets of the text.
        Drafting finds the tables of plain text by its rules.
    unread
        What cannot be read as text, in order.
    """

    name: str
    kind: str
    encoding: str
    text: str
    grids: tuple[Grid, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8; for a UTF-8 .txt file the hash of the file.

        Examples
        --------
        >>> Document("a.txt", "text", "utf_8", "").sha256[:8]
        'e3b0c442'
        """
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()
