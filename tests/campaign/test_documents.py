"""Documents with random edits: a text whose grids fit it, or a message; never another exception, never long."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
import zlib
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import docx
import pytest

from psanalysis.formats.document import Document, DocumentError
from psanalysis.formats.reader import read_document

SHARE = float(os.environ.get("PSANALYSIS_CAMPAIGN") or 0)
SIZE = 10_000_000 if SHARE == 1 else 200_000  # bytes of a text of one kind
PAGE_SIZE = max(SIZE, 2_500_000)  # such as are read by a process of their own
MEMORY = 1_000_000_000
ROUNDS = int(os.environ.get("CAMPAIGN_DOCUMENTS", "40"))
SECONDS = 60
TEXT = "云河市“十四五”公共服务规划，到2025年，学前教育毛入园率达到93%以上。\n"
PAGE = (
    "<html><head><meta charset=utf-8><style>.a{display:none} @media print{b{color:#fff}}</style></head><body>"
    f"<p>{TEXT}</p><table><tr><td rowspan=2>指标<td colspan=2>年<tr><td>2020<sup>1</sup><td>2025<br>目标<tr><td>入园率<td>90<td>95"
    "</table><div class=a>6</div><ul><li><a href=#x>[1]</a></ul></body></html>"
)
PARTS = [
    b"<table>", b"</tr>", b"<td colspan=9999999>", b"<sup>", b"&#0;", b"&#x110000;", b"\xff\xfe", b"\x00", b"</", b"<!--", b"]]>", b"<svg>",
    b"%PDF", b"endobj", b" 0 R", b"/Kids[", b"<<", b">>", b"-1", b"9" * 30, b"stream\n", b"\xe4\xb8", "²".encode(), "\u202e".encode(),
    b"<w:tc>", b"<w:vMerge/>", b"w:val=", b"xmlns:w=", b"&lol;", b"<style>", b"{", b"}", b"/*", b"1e999", b"/Length 0",
]  # fmt: skip


def edited(random: Random, content: bytes) -> bytes:
    """Bytes with a few random edits: parts put in, left out, moved, repeated."""
    for _ in range(random.randint(1, 6)):
        place = random.randrange(len(content) + 1)
        size = random.choice([0, 0, 1, 3, 20, 300])
        start = random.randrange(len(content) + 1)
        own = content[start : start + random.choice([1, 10, 100, 1000])]
        new = random.choice([b"", random.choice(PARTS), random.randbytes(4), own, own * 20])
        content = content[:place] + new + content[place + size :]
    return content


def word_file(random: Random) -> bytes:
    """A Word file whose parts are edited, or the archive itself."""
    document = docx.Document()
    document.add_paragraph(TEXT)
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "指标"
    stream, made = io.BytesIO(), io.BytesIO()
    document.save(stream)
    if random.random() < 0.3:
        return edited(random, stream.getvalue())
    with ZipFile(stream) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if (
                entry.filename.endswith(("document.xml", "styles.xml", ".rels"))
                and random.random() < 0.5
            ):
                content = edited(random, content)
            new.writestr(entry, content)
    return made.getvalue()


def pdf_file(random: Random) -> bytes:
    """A PDF with text and lines, edited before or after its stream is packed."""
    lines = b"".join(b"72 %d m 500 %d l S\n" % (y, y) for y in range(300, 700, 40))
    drawn = b"BT /F 12 Tf 72 700 Td (2025 95%) Tj ET\n" + lines
    packed = zlib.compress(edited(random, drawn) if random.random() < 0.5 else drawn)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, own in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, own)
    head = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += (
        b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (head, len(out))
    )
    return edited(random, out) if random.random() < 0.7 else out


REPEATED = {
    "digits and commas": "1,2,3,45,678,9,", "one clause": "到2025年，入园率达到95%，", "per cent": "95%", "lines": "规划\n", "numbers": "95\n",
    "empty lines": "\n", "pipe rows": "| 1 | 入园率 | 90 | 95 |\n", "bars": "|", "tabs": "\t", "cells": "指标\t95\t",
    "tables": "指标\t2020年\t2025年\n入园率\t90\t95\n", "heads": "指标\n目标\n序号\n", "one line": TEXT.strip(), "Chinese numbers": "三个五所二十万人、",
    "wide blanks": "入园率" + " " * 200 + "95\n", "pledges": "应保尽保、全覆盖，", "changes": "由48%提高到55%，", "headings": "（一）", "years": "2025年",
}  # fmt: skip
READ = """
import resource, sys
import psanalysis as ps
from psanalysis.draft.drafting import draft_document
from psanalysis.formats.reader import read_document
ds = ps.load()
draft_document(read_document(sys.argv[1]), "yunhe-14fyp", ds)
own, reader = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
# ru_maxrss would count what the tests' own process held when it started this one
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(own.ru_utime + reader.ru_utime, int(peak.split()[1]) * 1024, reader.ru_maxrss * 1024)
"""


ROW = "<tr><td>入园率<td>%<td>90<td>95"
# what stands before, what is repeated, what stands after
PAGES = {
    "tables": ("", f"<table>{ROW * 6}</table>", ""), "one table": ("<table>", ROW, "</table>"), "empty cells": ("<table>", "<tr>" + "<td>" * 20, "</table>"),
    "tables in tables": ("", "<table><tr><td>" * 600 + "入园率" + "</table>" * 600, ""), "a table in tables": ("<table><tr><td>x" * 600, "<tr>" + "<td>" * 20, "</table>" * 600),
    "comments": ("<p>", "字<!--x-->", ""), "struck words": ("<p>", "字<s>x</s>", ""), "white words": ("<p>", "字<b style='color:#fff'>x</b>", ""),
    "spans": ("<table>", "<tr><td rowspan=50 colspan=10>9<td>8<td>入园率", "</table>"), "marks": ("<p>", "95<sup>1</sup>", ""), "deep words": ("<div>" * 200, "<b>字</b>", ""),
    "rules": ("<style>" + "b b b{color:red}" * 1900 + "</style>" + "<b>字" * 200, "<b>字</b>", ""), "attributes": ("<table>", "<td a=1 b=2 class=c>", ""),
}  # fmt: skip


def drafted(path: Path) -> None:
    """Draft a document in a process of its own, and compare with the budget what it took there and in the process that read it."""
    done = subprocess.run([sys.executable, "-c", READ, path], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    seconds, own, reader = map(float, done.stdout.split())
    assert seconds < SECONDS
    assert max(own, reader) < MEMORY


@pytest.mark.parametrize("kind", REPEATED)
def test_any_text_is_drafted_within_a_minute_and_a_gigabyte(tmp_path: Path, kind: str) -> None:
    own, path = REPEATED[kind], tmp_path / "plan.txt"
    path.write_text(TEXT + own * (SIZE // len(own.encode())), encoding="utf-8")
    drafted(path)


@pytest.mark.parametrize("kind", PAGES)
def test_any_page_is_drafted_within_a_minute_and_a_gigabyte(tmp_path: Path, kind: str) -> None:
    before, own, after = PAGES[kind]
    path = tmp_path / "plan.html"
    path.write_text(f"<p>{TEXT}{before}{own * (PAGE_SIZE // len(own.encode()))}{after}", encoding="utf-8")  # fmt: skip
    drafted(path)


MAKERS = {
    "plan.html": lambda random: edited(random, PAGE.encode(random.choice(["utf-8", "gb18030"]))),
    "plan.txt": lambda random: edited(random, (TEXT * 9).encode(random.choice(["utf-8", "gb18030", "utf-16"]))),
    "plan.docx": word_file,
    "plan.pdf": pdf_file,
}  # fmt: skip


def sound(document: Document) -> bool:
    """True when every cell of every grid stands where it says."""
    return all(
        "".join(document.text[a:b] for a, b in cell.pieces).split() == cell.text.replace("\n", "").split()
        for grid in document.grids
        for row in grid.rows
        for cell in row
    )  # fmt: skip


@pytest.mark.parametrize("name", MAKERS)
def test_an_edited_document_is_read_or_named(tmp_path: Path, name: str) -> None:
    rounds = ROUNDS // 4 if name == "plan.pdf" else ROUNDS
    for seed in range(rounds):
        path = tmp_path / name
        try:
            path.write_bytes(MAKERS[name](Random(seed)))
        except BadZipFile:
            continue
        begun = time.monotonic()
        try:
            document = read_document(path)
        except DocumentError as error:
            assert "->" in str(error), seed  # noqa: PT017
        else:
            assert sound(document), seed
            document.text.encode("utf-8")
        assert time.monotonic() - begun < SECONDS, seed
