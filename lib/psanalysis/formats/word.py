"""Reads Word files: paragraphs, tables, text boxes and footnotes as they look with all changes
accepted.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from zipfile import ZipFile

import docx
from docx.oxml.ns import qn
from lxml import etree

from psanalysis.formats.assembly import Block, Missing, Paragraph, raised
from psanalysis.formats.document import DocumentError
from psanalysis.formats.word_math import linear
from psanalysis.formats.word_runs import (
    Look,
    attribute,
    local,
    look,
    pieces,
    silent,
    styles_of,
    together,
)
from psanalysis.formats.word_tables import Walk, filled, table_blocks

UNPACKED = 400_000_000
GONE = {
    "del",
    "moveFrom",
    "delText",
    "pPr",
    "rPr",
    "sdtPr",
    "sdtEndPr",
    "tblPr",
    "tcPr",
    "trPr",
    "tblGrid",
    "rt",
    "proofErr",
}
FOOTNOTES = ("footnotes", "endnotes")


def docx_blocks(content: bytes, name: str) -> list[Block]:
    """The blocks of a .docx file.

    Tracked insertions are read; deletions, hidden and struck text are not. Content controls, fields
    and equations give their text. Text boxes follow their paragraph, a table in a cell follows the
    table around it, footnotes come at the end.

    Parameters
    ----------
    content, name
        The bytes of the file, and its name for messages.

    Raises
    ------
    DocumentError
        If the file is not a Word document, or is too large once unpacked.
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
        styles = document.styles.element
        body = document.element.body
        notes = list(_footnotes(document))
    except DocumentError:
        raise
    except Exception:  # a broken archive or part: the libraries raise errors of many kinds
        raise DocumentError(name, "this is not a Word document", "save it as .docx") from None
    walk = Walk(styles_of(styles))
    found = list(_blocks(body, walk)) if body is not None else []
    walk = Walk(walk.styles)
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


def _blocks(parent: etree._Element, walk: Walk) -> Iterator[Block]:
    """Blocks of a body, cell, text box or content control; a paragraph whose end mark is deleted is
    joined to the next.
    """
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
            yield from table_blocks(child, walk, _blocks)
        elif name == "altChunk":
            yield Missing("embedded")
        elif name == "sdt" and _placeholder(child):
            continue
        elif name and name not in GONE:
            yield from _blocks(child, walk)
    if text:
        yield Paragraph(text)


def _paragraph(paragraph: etree._Element, walk: Walk) -> str:
    style = walk.styles.get(attribute(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")), Look())
    shaded = paragraph.find(f"{qn('w:pPr')}/{qn('w:shd')}")
    dark, walk.dark = walk.dark, walk.dark or filled(shaded)
    text = _inline(paragraph, walk, style, "")
    walk.dark = dark
    return text


def _inline(parent: etree._Element, walk: Walk, style: Look, text: str) -> str:
    """The text so far with that of the runs within an element."""
    for child in parent:
        name = local(child)
        if name in GONE or (name == "sdt" and _placeholder(child)):
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


def _run(run: etree._Element, walk: Walk, style: Look, text: str) -> str:
    properties = run.find(qn("w:rPr"))
    own = look(properties)
    named = (
        walk.styles.get(attribute(properties.find(qn("w:rStyle"))), Look())
        if properties is not None
        else Look()
    )
    # the run's own `vanish` set to off overrides the styles
    shown = together(iter((own, *(one for one in (style, named) if not _taken_back(properties)))))
    words = "".join(pieces(run, walk.fields))
    _apart(run, walk)
    if shown.hidden or (shown.white and not walk.dark):
        return text
    return text + (raised(text, words) if shown.raised else words)


def _taken_back(properties: etree._Element | None) -> bool:
    toggle = properties.find(qn("w:vanish")) if properties is not None else None
    return toggle is not None and attribute(toggle) in ("0", "false")


def _apart(run: etree._Element, walk: Walk) -> None:
    """Put the contents of a run other than text on the waiting list: text boxes, pictures, formulas
    that are objects.
    """
    stack = [child for child in run if local(child) not in ("t", "rPr")]
    while stack:
        element = stack.pop(0)
        name = local(element)
        if name == "txbxContent":
            inner = Walk(walk.styles)
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


def _placeholder(control: etree._Element) -> bool:
    return control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None
