"""Reads large files and PDFs in a process of their own, whose memory and time are limited.

The libraries have no limits of their own, and a small file from outside may unpack to gigabytes.
`python -m psanalysis.formats.bounded KIND NAME` reads bytes from standard input and writes text,
grids and what could not be read, or the problem and its remedy, as JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import astuple
from importlib import import_module
from pathlib import Path
from typing import Any

from psanalysis.formats.assembly import Assembled, Block, assemble
from psanalysis.formats.document import DocumentError, Unread
from psanalysis.formats.grid import Cell, Grid

MEMORY = 1_000_000_000
SECONDS = 120
ALONE = 2_000_000  # a file of so many bytes or more is read in a process of its own
READERS = {
    "pdf": "psanalysis.formats.pdf:pdf_blocks",
    "docx": "psanalysis.formats.word:docx_blocks",
    "html": "psanalysis.formats.html:html_blocks",
}


def read_bounded(kind: str, content: bytes, name: str) -> Assembled:
    """Text and grids of a file, read within 1 GB of memory and 120 s of a processor.

    Parameters
    ----------
    kind
        `pdf`, `docx` or `html` (bytes in UTF-8).
    content, name
        The bytes of the file, and its name for messages.

    Raises
    ------
    DocumentError
        If the file cannot be read, or not within the budget.
    """
    if kind != "pdf" and len(content) < ALONE:
        return assemble(_reader(kind)(content, name))
    here = str(Path(__file__).parents[2])
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH", "")])),
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONUTF8": "1",
    }
    words = [sys.executable, "-m", "psanalysis.formats.bounded", kind, name]
    try:
        done = subprocess.run(
            words,
            input=content,
            capture_output=True,
            env=environment,
            timeout=5 * SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _over(name) from None
    if done.returncode != 0:
        raise _over(name)
    answer = json.loads(done.stdout)
    if "problem" in answer:
        raise DocumentError(name, answer["problem"], answer["remedy"])
    return (
        answer["text"],
        tuple(map(_grid, answer["grids"])),
        tuple(Unread(*one) for one in answer["unread"]),
    )


def _grid(packed: tuple[int, list[list[Any]]]) -> Grid:
    page, rows = packed
    return Grid(tuple(tuple(map(_cell, row)) for row in rows), page)


def _cell(packed: tuple[str, list[list[int]], bool]) -> Cell:
    text, pieces, covered = packed
    return Cell(text, tuple((start, end) for start, end in pieces), covered)


def _packed(grid: Grid) -> tuple[int, list[list[Any]]]:
    """A grid as plain values for JSON; the inverse of `_grid`."""
    return grid.page, [
        [(cell.text, cell.pieces, cell.covered) for cell in row] for row in grid.rows
    ]


def _over(name: str) -> DocumentError:
    budget = f"{SECONDS} s or {MEMORY // 1_000_000_000} GB of memory"
    return DocumentError(
        name,
        f"it cannot be read within {budget}, or breaks its reader",
        "save the part with the plan alone, or its text as .txt",
    )


def _reader(kind: str) -> Callable[[bytes, str], Iterable[Block]]:
    module, name = READERS[kind].split(":")
    found: Callable[..., Iterable[Block]] = getattr(import_module(module), name)
    if kind == "html":
        return lambda content, file: found(content.decode("utf-8"), file)
    return found


def _limit() -> None:
    """Limits on this process, where the system has them."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main(kind: str, name: str) -> None:
    """Read standard input as a file of a kind and write what was found."""
    _limit()
    reader = _reader(kind)
    try:
        text, grids, unread = assemble(reader(sys.stdin.buffer.read(), name))
        answer: dict[str, object] = {
            "text": text,
            "grids": list(map(_packed, grids)),
            "unread": list(map(astuple, unread)),
        }
    except DocumentError as error:
        answer = {"problem": error.problem, "remedy": error.remedy}
    except (MemoryError, RecursionError):
        sys.exit(1)
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:3])
