"""Word files: paragraphs and tables in the order of the document."""

from __future__ import annotations

import io
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph

from psanalysis.formats.document import DocumentError
from psanalysis.formats.grid import pipe_rows


def docx_text(content: bytes, name: str) -> str:
    """The text of a .docx file; a table becomes pipe rows in which a merged cell stands in every place that it covers.

    Parameters
    ----------
    content, name
        The bytes of the file, and its name for messages.

    Raises
    ------
    DocumentError
        If the file is not a Word document.
    """
    try:
        document = docx.Document(io.BytesIO(content))
    except (BadZipFile, KeyError, ValueError, PackageNotFoundError):
        raise DocumentError(name, "this is not a Word document", "save it as .docx") from None
    return "".join(f"{part}\n" for part in map(_part, document.iter_inner_content()) if part)


def _part(block: Paragraph | Table) -> str:
    if isinstance(block, Paragraph):
        return block.text.strip()
    # python-docx gives a horizontally or vertically merged cell once for every place it covers
    return pipe_rows([[cell.text for cell in row.cells] for row in block.rows])
