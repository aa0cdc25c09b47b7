"""Decodes files that people hand in, as Excel and editors save them: any usual encoding, with
comma, semicolon or tab.
"""

from __future__ import annotations

import codecs
import csv
import io

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SEPARATORS = ("\t", ";")
ENCODINGS = "UTF-8, UTF-16 with its mark, or GB18030 (GBK)"


def as_text(content: bytes) -> str | None:
    """The text of a file: UTF-8 with or without mark, UTF-16 with mark, or GB18030; None if it is
    none of these.

    Excel saves "CSV UTF-8" with a mark, "CSV" on a Chinese Windows as GBK, and "Unicode text" as
    UTF-16.

    Examples
    --------
    >>> as_text("\\u5317\\u4eac".encode("gbk")) == as_text("\\ufeff\\u5317\\u4eac".encode())
    True
    >>> as_text(b"\\xff\\x00") is None
    True
    """
    encodings = ["utf-16"] if content.startswith(UTF16_MARKS) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def as_csv(content: bytes) -> str | None:
    """The text of a table with commas between its cells; tabs and semicolons, as Excel writes them,
    are replaced.

    Examples
    --------
    >>> as_csv(b"a;b\\n1,5;2\\n")
    'a,b\\n"1,5",2\\n'
    """
    text = as_text(content)
    if text is None:
        return None
    header = text.partition("\n")[0]
    separator = next((one for one in SEPARATORS if one in header and "," not in header), ",")
    if separator == ",":
        return text
    made = io.StringIO(newline="")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    csv.writer(made, lineterminator="\n").writerows(rows)
    return made.getvalue()
