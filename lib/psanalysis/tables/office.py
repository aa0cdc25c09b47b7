"""What the writers of files share: widths of texts, and the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from unicodedata import east_asian_width

from psanalysis.archives import undated

WIDE = "WF"
# ems: the most that a column asks for, and what stands between a text and the edges of its cell
WIDEST, PADDING = 22, 1.6
# ems of a word that no line parts: of Chinese words, which may be parted anywhere, rather long
# ones, else short ones
WHOLE = (8, 4, 1)
PIECES = {ems: re.compile(f"[^\\s\u3400-\u9fff]+|[\u3400-\u9fff]{{1,{ems}}}") for ems in WHOLE}
# when a file was written, in its properties
DATES = [f"{{http://purl.org/dc/terms/}}{name}" for name in ("created", "modified")]
UNDATED = "1980-01-01T00:00:00Z"


def width(text: str) -> float:
    """Width in ems: a Chinese character is one, a letter about half.

    Examples
    --------
    >>> width("ab"), width("\u57fa\u671f")
    (1.0, 2.0)
    """
    return sum(2 if east_asian_width(sign) in WIDE else 1 for sign in text) / 2


def least_widths(
    heads: list[str], rows: list[list[str]], padding: float = PADDING, whole: int = 1
) -> list[float]:
    """Width of each column in ems in which no word is parted, of Chinese ones none of so many ems.

    Examples
    --------
    >>> least_widths(["year"], [["\u7ea6\u675f\u6027 2025"]], 0, whole=4)
    [3.0]
    """
    texts = [{head, *(row[place] for row in rows)} for place, head in enumerate(heads)]
    return [
        padding + max((_least(word, whole) for text in own for word in text.split()), default=0.0)
        for own in texts
    ]


def _least(word: str, whole: int) -> float:
    """The least width of a word: all of it where it is short, else of its widest piece."""
    all_of_it = width(word)
    return all_of_it if all_of_it <= whole else max(map(width, PIECES[whole].findall(word)))


def column_widths(
    heads: list[str], rows: list[list[str]], room: float, padding: float = PADDING
) -> list[float]:
    """Width of each column in ems: its longest word for certain, of what is left as much as its
    longest text asks for.

    Where there is no room for whole words all columns are narrower.

    Examples
    --------
    >>> column_widths(["year", "reason"], [["2025", "one word more than there is room for"]], 12)
    [3.6, 8.4]
    """
    every = [least_widths(heads, rows, padding, whole) for whole in WHOLE]
    least = next((one for one in every if sum(one) <= room), every[-1])
    asked = [
        min(WIDEST, max((width(row[place]) for row in rows), default=0))
        for place in range(len(heads))
    ]
    more = [max(0.0, padding + wish - low) for wish, low in zip(asked, least, strict=True)]
    spare = max(0.0, room - sum(least))
    share = min(1.0, spare / sum(more)) if sum(more) else 0.0
    small = min(1.0, room / sum(least)) if sum(least) else 1.0
    return [round(small * (low + share * wish), 6) for low, wish in zip(least, more, strict=True)]


def same_bytes(office: bytes) -> bytes:
    """An Office file without the time at which it was written."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(office)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _undated_properties(content)
            new.writestr(undated(name), content)
    return made.getvalue()


def _undated_properties(content: bytes) -> bytes:
    from lxml import etree

    properties = etree.fromstring(content)
    for date in properties.iter(*DATES):
        date.text = UNDATED
    # declared as it was: openpyxl does not, python-docx does
    declared = properties.getroottree().docinfo.standalone
    written: bytes = etree.tostring(properties, encoding="UTF-8", standalone=declared)
    return written


def as_text(cell: Any, text: str) -> Any:
    """A cell of openpyxl that holds a text as a text, also if it begins like a formula."""
    cell.value = text
    cell.data_type = "s"
    return cell
