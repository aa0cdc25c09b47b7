"""Reads publisher, title, date and area from the head of a report or bulletin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import nation, place_names
from psanalysis.draft.drafting import Draft
from psanalysis.draft.folding import fold
from psanalysis.draft.lexicon import pattern
from psanalysis.formats.document import Document
from psanalysis.wording import vocabulary

HEAD, HEAD_LINES, LINE = 4000, 24, 60


@dataclass(frozen=True)
class Imprint:
    """Publisher, title and date of a document; empty where the document does not state them."""

    publisher: str
    title: str
    published_on: str


def imprint_of(read: Draft, ds: Dataset, area: str) -> Imprint:
    """Publisher, title and date as the head of the document prints them; of an annual report the
    publisher is the government.
    """
    head = fold(read.document.text[:HEAD])
    lines = [line.strip() for line in head.split("\n") if line.strip()][:HEAD_LINES]
    first = next((n for n, line in enumerate(lines) if _is_title(line, read.plan.kind)), None)
    title = "" if first is None else reported_pattern("footnote").sub("", lines[first])
    after = lines[(first or 0) + 1 :]
    named = (
        line for line in after if len(line) <= LINE and reported_pattern("office").search(line)
    )
    date = reported_pattern("date").search("\n".join(after))
    published = f"{date[1]}-{int(date[2]):02d}-{int(date[3]):02d}" if date else ""
    publisher = " ".join(next(named, "").split())
    if read.plan.kind == "annual":
        country, other = reported_words()["governments"]
        publisher = (
            country if area == nation(ds) else other.format(place=place_names(ds, "zh")[area])
        )
    return Imprint(publisher, title, published)


def _is_title(line: str, kind: str) -> bool:
    return len(line) <= LINE and bool(pattern("kinds", kind).search(line))


def reported_words() -> dict[str, Any]:
    """The vocabulary of such documents: reported.toml."""
    return vocabulary("curation/reported.toml")


@cache
def reported_pattern(name: str) -> re.Pattern[str]:
    return re.compile(reported_words()[name])


def area_of(document: Document, ds: Dataset) -> str:
    """The area named in the title; of several the one with the longest name; empty without one."""
    lines = [line for line in fold(document.text[:HEAD]).split("\n") if line.strip()][:HEAD_LINES]
    titles = [line for line in lines if _is_title(line, "bulletin") or _is_title(line, "annual")]
    names = sorted(
        zip(ds.areas["name_zh"], ds.areas["area_id"], strict=True), key=lambda one: -len(one[0])
    )
    near = [(re.sub(reported_pattern("level"), "", name), code) for name, code in names]
    for listed in (names, near):
        for name, code in listed:
            if any(fold(name) in title for title in titles):
                return str(code)
    return ""
