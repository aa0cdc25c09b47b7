"""Reads texts in which a person marked every statement by hand, to score drafts of texts without
curated rows.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd

from psanalysis.comparators import COMPARATORS, ITSELF, NO_NUMBER, RANGE
from psanalysis.draft.lexicon import lexicon
from psanalysis.draft.numerals import arabic_number, plain
from psanalysis.draft.wrapping import Shortened
from psanalysis.formats.document import Document, DocumentError
from psanalysis.formats.reader import read_document

MARK = re.compile(r"\{(?P<written>[^{}=]+)=(?P<code>[^{}=]+)\}")
PLEDGES = {*lexicon()["pledges"], "set_above"}
ROLES = {"B": "baseline", "T": "target", "R": "reference"}
WRITTEN = "|".join(code for code, one in COMPARATORS.items() if one.words)
CODE = re.compile(
    r"(?P<role>[BTR])(?:-|(?P<implied>~?)(?P<year>\d{4})) "
    r"(?:(?P<pledge>[a-z_]{3,})|"
    rf"(?:(?P<comparator>{WRITTEN}) )?"
    r"(?P<value>-?\d[\d.]*)(?:-(?P<high>\d[\d.]*))? (?P<unit>\S+?))(?: x(?P<times>\d))?"
    r"(?: (?P<nature>binding|expected))?(?: @(?P<name>.+))?"
)
COLUMNS = [
    "char_start",
    "char_end",
    "role",
    "year",
    "year_basis",
    "value",
    "value_high",
    "comparator",
    "unit_as_written",
    "pledge",
    "nature",
    "indicator_as_written",
]


def read_marked(path: str | Path) -> tuple[Document, pd.DataFrame]:
    """Read a marked text: the plain document, and its marks as rows.

    Parameters
    ----------
    path
        A document in which each statement is written as `{written=code}`. The code is role and
        year, then value and unit or a pledge: `{93%=T2025 ge 93 %}`, `{3—5所=T~2025 3-5 所}` (~:
        the year is implied), `{1.2个=B- 1.2 个}` (no year), `{应保尽保=T2025 all_eligible}`; `x2`
        where the number serves two indicators. Nature and name may follow: `{93%=T2025 93 % binding
        @入园率}`.

    Returns
    -------
    document, marks
        Rows with char_start, char_end (in the document without marks), role, year, year_basis,
        value, value_high, comparator, unit_as_written, pledge, nature, indicator_as_written (empty
        where not marked); all but the offsets are strings.

    Raises
    ------
    DocumentError
        If a mark cannot be read.
    """
    document = read_document(path)
    marks = list(MARK.finditer(document.text))
    cuts = [cut for m in marks for cut in ((m.start(), m.start() + 1), (m.end("written"), m.end()))]
    plain_text = Shortened(document.text, cuts)
    rows: list[dict[str, object]] = []
    for mark in marks:
        times, row = _row(mark, document.name)
        start, end = plain_text.within(*mark.span("written"))
        rows += [{"char_start": start, "char_end": end} | row] * times
    grids = tuple(grid.moved(plain_text.within) for grid in document.grids)
    unmarked = replace(document, text=plain_text.text, grids=grids)
    return unmarked, pd.DataFrame(rows, columns=COLUMNS)


def _row(mark: re.Match[str], name: str) -> tuple[int, dict[str, object]]:
    code = CODE.fullmatch(mark["code"])
    if code is None or (code["pledge"] and code["pledge"] not in PLEDGES):
        raise DocumentError(
            name,
            f"the mark {mark[0]} cannot be read",
            "write role and year, comparator, value, unit: {93%=T2025 ge 93 %}",
        )
    basis = "" if code["year"] is None else "implied" if code["implied"] else "stated"
    comparator = (
        NO_NUMBER if code["pledge"] else RANGE if code["high"] else code["comparator"] or ITSELF
    )
    return int(code["times"] or 1), {
        "role": ROLES[code["role"]], "year": code["year"] or "", "year_basis": basis,
        "value": _number(code["value"]),
        "value_high": _number(code["high"]), "comparator": comparator,
        "unit_as_written": code["unit"] or "", "pledge": code["pledge"] or "",
        "nature": code["nature"] or "", "indicator_as_written": code["name"] or "",
    }  # fmt: skip


def _number(figures: str | None) -> str:
    return plain(arabic_number(figures)) if figures else ""
