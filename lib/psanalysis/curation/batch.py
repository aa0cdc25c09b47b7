"""Drafts all documents of a folder and writes an index with the worst first: documents that could
not be read, then tables that were read in part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import pandas as pd

from psanalysis.curation.review import require_page, review_page
from psanalysis.curation.review_rows import HIGH
from psanalysis.curation.saved import save_draft
from psanalysis.curation.sheets import sheet_bytes
from psanalysis.datapackage.dataset import Dataset
from psanalysis.draft.drafting import Draft, draft_document
from psanalysis.draft.linking import new_slug
from psanalysis.errors import ParameterError, PsanalysisError
from psanalysis.formats.reader import SUFFIXES, read_document
from psanalysis.wholefile import write_whole

LONGEST_CODE = 60
INDEX = "index.csv"


@dataclass(frozen=True)
class Entry:
    """A line of the index: a document and how far it was read."""

    file: str
    plan_id: str
    period_start: str = ""
    period_end: str = ""
    statements: int = 0
    high_confidence: int = 0
    tables: int = 0
    rows_read: int = 0
    rows_expected: int = 0
    share_read: str = ""
    left_out: int = 0
    unread: str = ""
    conflicts: str = ""
    problem: str = ""


def draft_folder(
    folder: Path,
    out: Path,
    ds: Dataset,
    lang: str = "zh",
    period: tuple[int, int] | None = None,
) -> Iterator[Entry]:
    """Draft every document of a folder; yields an entry for each as soon as it is done.

    Parameters
    ----------
    folder
        Documents; the code of each plan is made from the name of its file.
    out
        Folder for tables, texts, pages for the review, and `index.csv`, worst first.
    ds, lang
        The data set, and the language of reasons and pages.
    period
        First and last year of all these plans, if given by the user.

    Raises
    ------
    ParameterError
        If the folder has no document.
    """
    files = sorted(
        one for one in folder.iterdir() if one.suffix.lower() in SUFFIXES and one.is_file()
    )
    if not files:
        raise ParameterError(
            f"{folder} holds no document -> put {', '.join(SUFFIXES)} files into it"
        )
    head = ",".join(field.name for field in fields(Entry)).encode()
    if (out / INDEX).is_file() and head not in (out / INDEX).read_bytes()[:1000]:
        raise ParameterError(
            f"{out / INDEX} is there and is no index of drafts -> name another folder"
        )
    out.mkdir(parents=True, exist_ok=True)
    entries: list[Entry] = []
    codes: dict[str, int] = {}
    for file in files:
        code = plan_code(file.stem)
        codes[code] = codes.get(code, 0) + 1
        if codes[code] > 1:
            code = f"{code}-{codes[code]}"
        try:
            result = draft_document(read_document(file), code, ds, lang=lang, period=period)
            page = out / f"{code}.html"
            require_page(page)
            save_draft(result, out / f"{code}.csv")
            write_whole(page, review_page(result, lang, ds=ds))
            entry = _entry(file, result)
        except PsanalysisError as error:
            entry = Entry(file.name, code, problem=" ".join(str(error).split()))
        except Exception as error:
            entry = Entry(file.name, code, problem=f"breaks the rules ({type(error).__name__})")
        entries.append(entry)
        yield entry
    table = pd.DataFrame(
        [asdict(entry) for entry in sorted(entries, key=_urgency)],
        columns=[field.name for field in fields(Entry)],
    )
    write_whole(out / INDEX, sheet_bytes(table.astype(str), ".csv"))


def plan_code(stem: str) -> str:
    """The code of a plan from the name of its file.

    Examples
    --------
    >>> plan_code("25_Nanjing 15FYP"), plan_code("mianyang-14fyp")
    ('plan-25-nanjing-15fyp', 'mianyang-14fyp')
    """
    plain = stem if stem.isascii() else new_slug(stem).removeprefix("new_")
    code = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:LONGEST_CODE].strip("-")
    return code if code[:1].isalpha() else f"plan-{code}".strip("-")


def _entry(file: Path, result: Draft) -> Entry:
    read = sum(len(table.rows) for table in result.tables)
    expected = sum(max(table.expected, len(table.rows)) for table in result.tables)
    kinds: dict[str, int] = {}
    for one in result.document.unread:
        kinds[one.kind] = kinds.get(one.kind, 0) + 1
    plan, confidence = result.plan, pd.to_numeric(result.statements["confidence"])
    return Entry(
        file.name,
        plan.plan_id,
        _year(plan.start),
        _year(plan.end),
        len(result.statements),
        int((confidence >= HIGH).sum()),
        len(result.tables),
        read,
        expected,
        f"{read / expected:.0%}" if expected else "",
        len(result.left_out),
        " ".join(f"{kind}:{count}" for kind, count in kinds.items()),
        " ".join(f"{one.source}:{one.start}-{one.end}" for one in plan.conflicts),
    )


def _year(year: int | None) -> str:
    return "" if year is None else str(year)


def _urgency(entry: Entry) -> tuple[bool, float, int, str]:
    share = entry.rows_read / entry.rows_expected if entry.rows_expected else 1.0
    return (not entry.problem, share, entry.statements, entry.file)
