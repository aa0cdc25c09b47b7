"""Documents that are long or edited at random: a draft, or a message; never another exception,
never long.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from tests.campaign.conftest import Kind
from tests.campaign.edited import MAKERS, TEXT

import psanalysis as ps
from psanalysis.draft.drafting import draft_document
from psanalysis.formats.document import Document, DocumentError
from psanalysis.formats.reader import read_document

SHARE = float(os.environ.get("PSANALYSIS_CAMPAIGN") or 0)
SIZE = 10_000_000 if SHARE == 1 else 200_000  # bytes of a text of one kind
PAGE_SIZE = max(SIZE, 2_500_000)  # such as are read by a process of their own
MEMORY = 1_000_000_000
SECONDS = 60

REPEATED = {
    "digits and commas": "1,2,3,45,678,9,", "one clause": "到2025年，入园率达到95%，", "per cent": "95%",
    "lines": "规划\n", "numbers": "95\n",
    "empty lines": "\n", "pipe rows": "| 1 | 入园率 | 90 | 95 |\n", "bars": "|", "tabs": "\t",
    "cells": "指标\t95\t",
    "tables": "指标\t2020年\t2025年\n入园率\t90\t95\n", "heads": "指标\n目标\n序号\n", "one line": TEXT.strip(),
    "Chinese numbers": "三个五所二十万人、",
    "wide blanks": "入园率" + " " * 200 + "95\n", "pledges": "应保尽保、全覆盖，", "changes": "由48%提高到55%，",
    "headings": "（一）", "years": "2025年",
}  # fmt: skip
# reads the names of documents and drafts each in a process of its own, forked once all is imported
DRAFTS = """
import os, resource, sys, traceback
import psanalysis as ps
from psanalysis.draft.drafting import draft_document
from psanalysis.formats.reader import read_document
ds = ps.load()
def draft(path):
    draft_document(read_document(path), "yunhe-14fyp", ds)
    own, reader = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    # ru_maxrss would count what the tests' own process held when it started this one
    peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    return own.ru_utime + reader.ru_utime, int(peak.split()[1]) * 1024, reader.ru_maxrss * 1024
start = draft(sys.argv[1])[0]
for path in map(str.strip, sys.stdin):
    if not os.fork():
        try:
            seconds, *memory = draft(path)
            print(start + seconds, *memory, flush=True)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if os.wait()[1]:
        print("failed", flush=True)
"""


ROW = "<tr><td>入园率<td>%<td>90<td>95"
# what stands before, what is repeated, what stands after
PAGES = {
    "tables": ("", f"<table>{ROW * 6}</table>", ""), "one table": ("<table>", ROW, "</table>"),
    "empty cells": ("<table>", "<tr>" + "<td>" * 20, "</table>"),
    "tables in tables": ("", "<table><tr><td>" * 600 + "入园率" + "</table>" * 600, ""),
    "a table in tables": ("<table><tr><td>x" * 600, "<tr>" + "<td>" * 20, "</table>" * 600),
    "comments": ("<p>", "字<!--x-->", ""), "struck words": ("<p>", "字<s>x</s>", ""),
    "white words": ("<p>", "字<b style='color:#fff'>x</b>", ""),
    "spans": ("<table>", "<tr><td rowspan=50 colspan=10>9<td>8<td>入园率", "</table>"),
    "marks": ("<p>", "95<sup>1</sup>", ""), "deep words": ("<div>" * 200, "<b>字</b>", ""),
    "rules": ("<style>" + "b b b{color:red}" * 1900 + "</style>" + "<b>字" * 200, "<b>字</b>", ""),
    "attributes": ("<table>", "<td a=1 b=2 class=c>", ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], None]]:
    """Draft a document in a process of its own, and compare with the budget what it took there and
    in the process that read it.
    """
    folder = tmp_path_factory.mktemp("drafts")
    first, errors = folder / "first.html", folder / "errors.txt"
    first.write_text(f"<p>{TEXT}", encoding="utf-8")

    def draft(path: Path) -> None:
        print(path, file=process.stdin, flush=True)
        told = process.stdout.readline().strip()
        assert told not in ("", "failed"), errors.read_text(encoding="utf-8")
        seconds, own, reader = map(float, told.split())
        assert seconds < SECONDS
        assert max(own, reader) < MEMORY

    with (
        errors.open("w", encoding="utf-8") as file,
        subprocess.Popen(
            [sys.executable, "-c", DRAFTS, first],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=file,
            text=True,
        ) as process,
    ):
        yield draft


@pytest.mark.parametrize("kind", REPEATED)
def test_any_text_is_drafted_within_a_minute_and_a_gigabyte(  # type: ignore[no-untyped-def]
    drafted, tmp_path: Path, kind: str
) -> None:
    own, path = REPEATED[kind], tmp_path / "plan.txt"
    path.write_text(TEXT + own * (SIZE // len(own.encode())), encoding="utf-8")
    drafted(path)


@pytest.mark.parametrize("kind", PAGES)
def test_any_page_is_drafted_within_a_minute_and_a_gigabyte(  # type: ignore[no-untyped-def]
    drafted, tmp_path: Path, kind: str
) -> None:
    before, own, after = PAGES[kind]
    path = tmp_path / "plan.html"
    path.write_text(
        f"<p>{TEXT}{before}{own * (PAGE_SIZE // len(own.encode()))}{after}", encoding="utf-8"
    )
    drafted(path)


def sound(document: Document) -> bool:
    """True when every cell of every grid stands where it says."""
    return all(
        "".join(document.text[a:b] for a, b in cell.pieces).split()
        == cell.text.replace("\n", "").split()
        for grid in document.grids
        for row in grid.rows
        for cell in row
    )


@pytest.mark.parametrize("name", MAKERS)
def test_an_edited_document_is_read_or_named(
    tmp_path: Path, attacks: Callable[..., Kind], ds: ps.Dataset, name: str
) -> None:
    path = tmp_path / name

    def attack(random: Random) -> str:
        path.write_bytes(MAKERS[name](random))
        begun = time.monotonic()
        try:
            document = read_document(path)
            draft_document(document, "yunhe-14fyp", ds)
        except DocumentError as error:
            assert "->" in str(error)  # noqa: PT017
            return "named"
        assert sound(document)
        document.text.encode("utf-8")
        assert time.monotonic() - begun < SECONDS
        return "drafted, with tables" if document.grids else "drafted"

    kind = attacks(
        f"documents with random edits: {name.removeprefix('plan')}",
        "a text whose tables stand where they say and a draft, or a message with its remedy",
        *(10, 500) if name == "plan.pdf" else (40, 4_000),
        attack,
    )
    drafted = sum(count for seen, count in kind.seen.items() if seen != "named")
    assert drafted > sum(kind.seen.values()) / 3, "edits that no reader takes try nothing else"
