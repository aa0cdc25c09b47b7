"""Reading within a budget: large files and PDFs are read by a process of their own, whose memory
and time are limited.

A library that unpacks a stranger's file has no limits of its own, and a small file may unpack to
gigabytes. `python -m psanalysis.formats.bounded KIND NAME` reads bytes from standard
input and writes text, grids and what could not be read, or the problem and its remedy, as JSON.
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
ALONE = 2_000_000  # bytes from which a file is read by a process of its own
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
    told = json.loads(done.stdout)
    if "problem" in told:
        raise DocumentError(name, told["problem"], told["remedy"])
    return (
        told["text"],
        tuple(map(_grid, told["grids"])),
        tuple(Unread(*one) for one in told["unread"]),
    )


def _grid(told: tuple[int, list[list[Any]]]) -> Grid:
    page, rows = told
    return Grid(tuple(tuple(map(_cell, row)) for row in rows), page)


def _cell(told: tuple[str, list[list[int]], bool]) -> Cell:
    text, pieces, covered = told
    return Cell(text, tuple((start, end) for start, end in pieces), covered)


def _told(grid: Grid) -> tuple[int, list[list[Any]]]:
    """A grid as `_grid` takes it."""
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
        told: dict[str, object] = {
            "text": text,
            "grids": list(map(_told, grids)),
            "unread": list(map(astuple, unread)),
        }
    except DocumentError as error:
        told = {"problem": error.problem, "remedy": error.remedy}
    except (MemoryError, RecursionError):
        sys.exit(1)
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:3])
