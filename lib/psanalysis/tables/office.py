"""What the writers of files share: widths of texts, and the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from unicodedata import east_asian_width

from psanalysis.archives import undated

WIDE = "WF"
CHANGED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</)")


def width(text: str) -> float:
    """Width in ems: a Chinese character is one, a letter about half.

    Examples
    --------
    >>> width("ab"), width("\u57fa\u671f")
    (1.0, 2.0)
    """
    return sum(2 if east_asian_width(sign) in WIDE else 1 for sign in text) / 2


def same_bytes(office: bytes) -> bytes:
    """An Office file without the time at which it was written."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(office)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = CHANGED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", content)
            new.writestr(undated(name), content)
    return made.getvalue()


def as_text(cell: Any, text: str) -> Any:
    """A cell of openpyxl that holds a text as a text, also if it begins like a formula."""
    cell.value = text
    cell.data_type = "s"
    return cell
