"""Documents with random edits: in what a reader looks at (words, elements, drawing) and in the
bytes of the file.
"""

from __future__ import annotations

import copy
import functools
import io
import re
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import matplotlib as mpl
from lxml import etree, html
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from psanalysis import style

TEXT = "云河市“十四五”公共服务规划，到2025年，学前教育毛入园率达到93%以上。\n"
ROWS = [
    ["序号", "指标", "单位", "2020年", "2025年", "属性"],
    ["1", "学前教育毛入园率", "%", "90.5", "≥95", "预期性"],
    ["2", "九年义务教育巩固率", "%", "97.2", "98", "约束性"],
    ["3", "每千人口托位数", "个", "1.6", "4.8", "预期性"],
]
PAGE = (
    "<html><head><meta charset=utf-8><style>.a{display:none} @media print{b{color:#fff}}</style>"
    "</head><body>"
    f"<p>{TEXT}</p><table><tr><td rowspan=2>指标<td colspan=2>年<tr><td>2020<sup>1</sup>"
    "<td>2025<br>目标<tr><td>入园率<td>90<td>95"
    "</table><div class=a>6</div><ul><li><a href=#x>[1]</a></ul></body></html>"
)
PARTS = [
    b"<table>", b"</tr>", b"<td colspan=9999999>", b"<sup>", b"&#0;", b"&#x110000;", b"\xff\xfe",
    b"\x00", b"</", b"<!--", b"]]>", b"<svg>",
    b"%PDF", b"endobj", b" 0 R", b"/Kids[", b"<<", b">>", b"-1", b"9" * 30, b"stream\n",
    b"\xe4\xb8", "²".encode(), "\u202e".encode(),
    b"<w:tc>", b"<w:vMerge/>", b"w:val=", b"xmlns:w=", b"&lol;", b"<style>", b"{", b"}", b"/*",
    b"1e999", b"/Length 0",
]  # fmt: skip
WORDS = [
    "95%", "到2025年", "2020年", "％", "、", "\t", "\n", "|", "达到", "由48%提高到", "≥", "±", "-", "0",
    "9" * 40, "1,2,3", "三个", "万人", "应保尽保",
    "（一）", "表1", "指标", "\u202e", "\u200b", "\x0c", "²", "𠮷", "\ue000", "％以上", "年", "1/3", "½", "Ⅳ",
    "~", "—",
]  # fmt: skip
VALUES = ["0", "-1", "2", "9", "50000", "9" * 40, "²", "1.5", "", "restart", "none", "000000", "95"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def edited_bytes(random: Random, content: bytes) -> bytes:
    """Bytes with a few random edits: parts put in, left out, moved, repeated."""
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(content) + 1)
        size = random.choice([0, 0, 1, 3, 20, 300])
        start = random.randrange(len(content) + 1)
        own = content[start : start + random.choice([1, 10, 100, 1000])]
        new = random.choice([b"", random.choice(PARTS), random.randbytes(4), own, own * 20])
        content = content[:at] + new + content[at + size :]
    return content


def edited_words(random: Random, text: str) -> str:
    """A text with a few random edits of its words."""
    for _ in range(random.randint(1, 9)):
        at, size = random.randrange(len(text) + 1), random.choice([0, 0, 1, 2, 12])
        start = random.randrange(len(text) + 1)
        own = text[start : start + random.choice([1, 4, 30, 200])]
        text = (
            text[:at] + random.choice(["", random.choice(WORDS), own, own * 9]) + text[at + size :]
        )
    return text


def edit_elements(random: Random, root: etree._Element) -> None:
    """Leave out, repeat, move and wrap elements of a tree, and change words and attributes."""
    for _ in range(random.randint(1, 8)):
        found = [element for element in root.iter() if isinstance(element.tag, str)][1:]
        if not found:
            return
        one, other = random.choice(found), random.choice(found)
        match random.randrange(6):
            case 0 if one.getparent() is not None:
                one.getparent().remove(one)
            case 1:
                other.append(copy.deepcopy(one))
            case 2:
                one.addnext(copy.deepcopy(other))
            case 3:
                one.text = random.choice(
                    [None, "x", *(words for words in WORDS if words != "\x0c")]
                )
            case 4 if one.attrib:
                one.attrib[random.choice(list(one.attrib))] = random.choice(VALUES)
            case _:
                name = random.choice([W + "val", "rowspan", "colspan", "style", "class", "hidden"])
                one.attrib[name] = random.choice([*VALUES, "display:none", "color:#fff"])


def text_file(random: Random) -> bytes:
    """A plan as text in one of the usual encodings."""
    table = "\n".join("\t".join(row) for row in ROWS)
    if random.random() < 0.8:
        words = edited_words(random, TEXT * 9 + table)
        return words.encode(random.choice(["utf-8", "gb18030", "utf-16"]), "surrogatepass")
    return edited_bytes(random, (TEXT * 9 + table).encode(random.choice(["utf-8", "gb18030"])))


def web_page(random: Random) -> bytes:
    """A page with a table, merged cells and what is not shown."""
    if random.random() < 0.3:
        return edited_bytes(random, PAGE.encode(random.choice(["utf-8", "gb18030"])))
    root = html.fromstring(PAGE)
    edit_elements(random, root)
    return html.tostring(root, encoding="utf-8")


def word_file(random: Random) -> bytes:
    """A Word file with elements of its parts edited; now and then with edited bytes."""
    made = io.BytesIO()
    in_bytes = random.random() < 0.2
    with ZipFile(io.BytesIO(_word())) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if (
                entry.filename
                in ("word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels")
                and random.random() < 0.6
            ):
                if in_bytes:
                    content = edited_bytes(random, content)
                else:
                    root = etree.fromstring(content)
                    edit_elements(random, root)
                    content = etree.tostring(root, encoding="utf-8", xml_declaration=True)
            new.writestr(entry, content)
    whole = made.getvalue()
    return edited_bytes(random, whole) if random.random() < 0.1 else whole


@functools.cache
def _word() -> bytes:
    document = docx.Document()
    document.add_heading("云河市“十四五”公共服务规划", 1)
    document.add_paragraph(TEXT)
    table = document.add_table(rows=len(ROWS) + 1, cols=len(ROWS[0]))
    for line, row in enumerate(ROWS, 1):
        for cell, words in zip(table.rows[line].cells, row, strict=True):
            cell.text = words
    table.cell(0, 0).merge(table.cell(0, 5)).text = "主要指标"
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def pdf_file(random: Random) -> bytes:
    """A PDF whose drawing is edited number by number, so that it stays a PDF; now and then with
    edited bytes.
    """
    content = _pdf()
    if random.random() < 0.3:
        return edited_bytes(random, content)
    streams = [found.span(1) for found in re.finditer(rb"stream\r?\n(.*?)endstream", content, re.S)]
    drawn = [
        span
        for span in streams
        if b" Td" in content[slice(*span)] or b" Tm" in content[slice(*span)]
    ]
    out = bytearray(content)
    for _ in range(random.choice([1, 3, 20, 200])):
        start, end = random.choice(drawn)
        # a digit or an operator is written over by another: the file keeps its length and its parts
        places = [
            found.start() for found in re.finditer(rb"\d|(?<= )[mlSBET]\b", bytes(out[start:end]))
        ]
        at = start + random.choice(places)
        out[at] = (
            random.choice(b"0123456789-.") if chr(out[at]).isdigit() else random.choice(b"mlSnWq")
        )
    return bytes(out)


@functools.cache
def _pdf() -> bytes:
    made = io.BytesIO()
    style.use(lang="zh")
    with mpl.rc_context({"pdf.fonttype": 42, "pdf.compression": 0}), PdfPages(made) as pages:
        for _ in range(2):
            sheet = Figure(figsize=(595 / 72, 842 / 72))
            sheet.text(0.07, 0.93, "云河市公共服务规划（本文为测试而编写）", fontsize=10)
            sheet.text(0.07, 0.90, TEXT.strip(), fontsize=10)
            for line, row in enumerate(ROWS):
                y = 0.8 - 0.03 * line
                sheet.add_artist(Line2D([0.05, 0.95], [y + 0.022, y + 0.022], color="black"))
                for column, words in enumerate(row):
                    sheet.text(0.07 + 0.15 * column, y, words, fontsize=9)
            for column in range(7):
                x = 0.05 + 0.15 * column
                sheet.add_artist(Line2D([x, x], [0.822 - 0.03 * len(ROWS), 0.822], color="black"))
            pages.savefig(sheet)
    return made.getvalue()


MAKERS = {
    "plan.txt": text_file,
    "plan.html": web_page,
    "plan.docx": word_file,
    "plan.pdf": pdf_file,
}
