"""Word files: paragraphs, tables, text boxes and footnotes as a person sees them with all changes accepted."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from zipfile import ZipFile

import docx
from docx.oxml.ns import qn
from lxml import etree

from psanalysis.formats.assembly import Block, Missing, Paragraph, Table, raised
from psanalysis.formats.document import DocumentError
from psanalysis.formats.grid import Spanned
from psanalysis.formats.word_cells import filled, merged, placeholder, shaded, within
from psanalysis.formats.word_math import linear
from psanalysis.formats.word_runs import (
    Fields,
    Look,
    attribute,
    local,
    look,
    pieces,
    silent,
    styles_of,
    together,
)

UNPACKED = 400_000_000
GONE = {"del", "moveFrom", "delText", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tcPr", "trPr", "tblGrid", "rt", "proofErr"}  # fmt: skip
FOOTNOTES = ("footnotes", "endnotes")


@dataclass
class _Walk:
    """What is known while one reads: styles, open fields, white text shown on dark ground, blocks that wait for the end of a paragraph."""

    styles: Mapping[str, Look]
    fields: Fields = field(default_factory=Fields)
    dark: bool = False
    waiting: list[Block] = field(default_factory=list)


def docx_blocks(content: bytes, name: str) -> list[Block]:
    """The blocks of a .docx file.

    Tracked insertions count, deletions do not; hidden and struck text does not; content controls,
    fields and equations show their text; text boxes follow their paragraph; a table in a cell
    follows the table around it; footnotes stand at the end.

    Parameters
    ----------
    content, name
        The bytes of the file, and its name for messages.

    Raises
    ------
    DocumentError
        If the file is not a Word document, or unpacks to more than it may.
    """
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED:
                raise DocumentError(
                    name,
                    f"it unpacks to more than {UNPACKED // 1_000_000} MB",
                    "save it without pictures",
                )
        document = docx.Document(io.BytesIO(content))
        styles = document.part._styles_part.element
        body = document.element.body
        notes = list(_footnotes(document))
    except DocumentError:
        raise
    except Exception:  # a broken archive or part: the libraries raise whatever they meet
        raise DocumentError(name, "this is not a Word document", "save it as .docx") from None
    walk = _Walk(styles_of(styles))
    found = list(_blocks(body, walk)) if body is not None else []
    walk = _Walk(walk.styles)
    for number, note in enumerate(notes, 1):
        lines = [one.text for one in _blocks(note, walk) if isinstance(one, Paragraph)]
        found += [Paragraph(f"〔{number}〕{' '.join(lines)}")] if "".join(lines).strip() else []
    return found


def _footnotes(document: docx.document.Document) -> Iterator[etree._Element]:
    for relation in document.part.rels.values():
        if relation.is_external or relation.reltype.rsplit("/", 1)[-1] not in FOOTNOTES:
            continue
        root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False))
        yield from (note for note in root if attribute(note, "type") in ("", "normal"))


def _blocks(parent: etree._Element, walk: _Walk) -> Iterator[Block]:
    """Blocks of a body, cell, text box or content control; a deleted end of a paragraph joins it to the next."""
    text = ""
    for child in parent:
        name = local(child)
        if name == "p":
            text += _paragraph(child, walk)
            if child.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None:
                continue
            yield Paragraph(text)
            yield from walk.waiting
            walk.waiting, text = [], ""
        elif name == "tbl":
            yield from _table(child, walk)
        elif name == "altChunk":
            yield Missing("embedded")
        elif name == "sdt" and placeholder(child):
            continue
        elif name and name not in GONE:
            yield from _blocks(child, walk)
    if text:
        yield Paragraph(text)


def _paragraph(paragraph: etree._Element, walk: _Walk) -> str:
    style = walk.styles.get(attribute(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")), Look())
    shaded = paragraph.find(f"{qn('w:pPr')}/{qn('w:shd')}")
    dark, walk.dark = walk.dark, walk.dark or filled(shaded)
    text = _inline(paragraph, walk, style, "")
    walk.dark = dark
    return text


def _inline(parent: etree._Element, walk: _Walk, style: Look, text: str) -> str:
    """The text so far and that of the runs within."""
    for child in parent:
        name = local(child)
        if name in GONE or (name == "sdt" and placeholder(child)):
            continue
        if name == "r":
            text = _run(child, walk, style, text)
        elif name == "fldSimple" and silent(attribute(child, "instr")):
            continue
        elif name in ("oMath", "oMathPara"):
            text += linear(child) if walk.fields.shown else ""
        elif name:
            text = _inline(child, walk, style, text)
    return text


def _run(run: etree._Element, walk: _Walk, style: Look, text: str) -> str:
    properties = run.find(qn("w:rPr"))
    own = look(properties)
    named = walk.styles.get(attribute(properties.find(qn("w:rStyle"))), Look()) if properties is not None else Look()  # fmt: skip
    # a toggle that is named and off takes back what a style says
    shown = together(iter((own, *(one for one in (style, named) if not _taken_back(properties)))))
    words = "".join(pieces(run, walk.fields))
    _apart(run, walk)
    if shown.hidden or (shown.white and not walk.dark):
        return text
    return text + (raised(text, words) if shown.raised else words)


def _taken_back(properties: etree._Element | None) -> bool:
    toggle = properties.find(qn("w:vanish")) if properties is not None else None
    return toggle is not None and attribute(toggle) in ("0", "false")


def _apart(run: etree._Element, walk: _Walk) -> None:
    """Put what a run carries besides text on the waiting list: text boxes, pictures, formulas as objects."""
    stack = [child for child in run if local(child) not in ("t", "rPr")]
    while stack:
        element = stack.pop(0)
        name = local(element)
        if name == "txbxContent":
            inner = _Walk(walk.styles)
            walk.waiting += list(_blocks(element, inner))
        elif name == "AlternateContent":
            choices = [one for one in element if local(one) in ("Choice", "Fallback")]
            stack = list(choices[0]) + stack if choices else stack
        elif name in ("pic", "imagedata"):
            walk.waiting.append(Missing("picture"))
        elif name == "OLEObject":
            formula = element.get("ProgID", "").startswith("Equation")
            walk.waiting.append(Missing("formula" if formula else "embedded"))
        elif name == "object":
            stack = [one for one in element.iter() if local(one) == "OLEObject"] + stack
        elif name == "ruby":
            continue
        else:
            stack = list(element) + stack


def _table(table: etree._Element, walk: _Walk) -> Iterator[Block]:
    """A table and, after it, the tables within its cells; a box of one cell is what stands in it."""
    inside: list[Block] = []
    rows: list[list[tuple[Spanned, bool]]] = []
    styled = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}") is not None
    boxes: list[list[Block]] = []
    for row in within(table, "tr"):
        properties = row.find(qn("w:trPr"))
        if properties is not None and properties.find(qn("w:del")) is not None:
            continue
        line: list[tuple[Spanned, bool]] = []
        before = attribute(properties.find(qn("w:gridBefore"))) if properties is not None else ""
        if before.isdecimal() and before != "0":
            line.append((("", min(int(before), 100), 1), False))
        for cell in within(row, "tc"):
            own = cell.find(qn("w:tcPr"))
            if own is not None and own.find(qn("w:cellDel")) is not None:
                continue
            dark, walk.dark = walk.dark, walk.dark or styled or shaded(own)
            blocks = list(_blocks(cell, walk))
            walk.dark = dark
            boxes.append(blocks)
            inside += [one for one in blocks if not isinstance(one, Paragraph)]
            text = "\n".join(one.text for one in blocks if isinstance(one, Paragraph))
            wide = attribute(own.find(qn("w:gridSpan"))) if own is not None else ""
            merge = own.find(qn("w:vMerge")) if own is not None else None
            goes_on = merge is not None and attribute(merge) != "restart"
            columns = min(int(wide), 100) if wide.isdecimal() and len(wide) < 4 else 1
            line.append(((text, columns, 1), goes_on))
        rows.append(line)
    if len(boxes) == 1:
        yield from boxes[0]
        return
    yield Table(merged(rows))
    yield from inside
