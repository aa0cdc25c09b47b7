"""Reads a notebook's source and its parameters cell."""

from __future__ import annotations

import ast
import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psanalysis.errors import ParameterError, system_words
from psanalysis.site.model import canonical
from psanalysis.site.plainyaml import LARGEST

KINDS = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "a mapping",
}


@dataclass(frozen=True)
class Notebook:
    """A notebook as the site sees it.

    Attributes
    ----------
    name
        File name without ending.
    source
        JSON of the cells without outputs, execution counts and volatile metadata.
    parameters
        Parameter name -> default.
    """

    name: str
    source: str
    parameters: dict[str, Any]

    def fault(self, name: str, value: object) -> str:
        """The fault of a value for a parameter; empty if it is valid."""
        default = self.parameters[name]
        if (
            default is None
            or type(value) is type(default)
            or (isinstance(default, float) and type(value) is int)
        ):
            return ""
        return f"must be {KINDS.get(type(default), type(default).__name__)}, like {default!r}"

    def required(self) -> list[str]:
        """Parameters that the catalogue must give: those with a default that is not empty."""
        return [
            name
            for name, default in self.parameters.items()
            if default not in (None, "", [], {}) or default is False
        ]


def read_notebook(path: Path, read: Callable[[Path], bytes] = Path.read_bytes) -> Notebook:
    """Read a notebook.

    Parameters
    ----------
    path
        Of the notebook.
    read
        Gives the content of a file.

    Raises
    ------
    ParameterError
        If there is no such notebook, it is not a notebook, or its parameters cell is missing or not
        made of plain values.
    """
    try:
        document = json.loads(read(path).decode("utf-8"))
        cells = _cells(document["cells"])
        bare = {
            "cells": cells,
            "metadata": {"kernelspec": KERNELSPEC, "language_info": {"name": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        source = canonical(bare)
        source.encode()
    except OSError as error:
        raise ParameterError(
            f"{path.name}: cannot be read: {system_words(error)} -> name a notebook of notebooks/"
        ) from None
    except UnicodeEncodeError:
        raise ParameterError(
            f"{path.name}: holds half of a character (a lone surrogate) -> write the character"
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ParameterError(
            f"{path.name}: is not a notebook of format 4 -> save it again from JupyterLab"
        ) from None
    return Notebook(path.stem, source, _parameters(path.name, cells))


KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
CELL_TYPES = ("code", "markdown", "raw")


def _cells(given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Cells reduced to the parts that affect a page, each with an id; without one nbformat would
    make a random id.
    """
    cells: list[dict[str, Any]] = []
    seen: set[str] = set()
    for number, cell in enumerate(given, start=1):
        bare = _bare(cell)
        if not CELL_ID.fullmatch(bare["id"]) or bare["id"] in seen:
            bare["id"] = f"cell-number-{number}"
        seen.add(bare["id"])
        cells.append(bare)
    return cells


def _bare(cell: dict[str, Any]) -> dict[str, Any]:
    """A cell's type, id, tags and source; KeyError, TypeError or ValueError if it is not a cell."""
    source, kind = cell["source"], cell["cell_type"]
    text = source if isinstance(source, str) else "".join(source)
    tags = (cell.get("metadata") or {}).get("tags") or []
    if (
        not isinstance(source, (str, list))
        or kind not in CELL_TYPES
        or not all(isinstance(tag, str) for tag in tags)
    ):
        raise ValueError(kind)
    bare = {
        "cell_type": kind,
        "id": str(cell.get("id", "")),
        "metadata": {"tags": list(tags)} if tags else {},
        "source": text,
    }
    return bare | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def _parameters(name: str, cells: list[dict[str, Any]]) -> dict[str, Any]:
    tagged = [
        cell["source"]
        for cell in cells
        if cell["cell_type"] == "code" and "parameters" in cell["metadata"].get("tags", [])
    ]
    if len(tagged) != 1:
        raise ParameterError(
            f"{name}: has {len(tagged)} cells tagged 'parameters' -> tag exactly one code cell"
        )
    found: dict[str, Any] = {}
    try:
        for statement in ast.parse(tagged[0]).body:
            if (
                isinstance(statement, ast.Assign)
                and len(statement.targets) == 1
                and isinstance(statement.targets[0], ast.Name)
            ):
                found[statement.targets[0].id] = ast.literal_eval(statement.value)
            elif (
                isinstance(statement, ast.AnnAssign)
                and isinstance(statement.target, ast.Name)
                and statement.value is not None
            ):
                found[statement.target.id] = ast.literal_eval(statement.value)
            else:
                raise ValueError(ast.unparse(statement))
        for known, value in found.items():
            if not _of_json(value):
                raise ValueError(f"{known} is a {type(value).__name__}, or holds what JSON lacks")
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError) as error:
        raise ParameterError(
            f"{name}: parameters cell: {error or 'is nested too deeply'} -> assign plain values "
            "to names, one a line"
        ) from None
    return found


def _of_json(value: object) -> bool:
    """True for a value that JSON can represent, with numbers in the range of every program."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and _of_json(item) for key, item in value.items())
    if isinstance(value, list):
        return all(map(_of_json, value))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return math.isfinite(value) and abs(value) <= LARGEST
    return value is None or isinstance(value, (str, bool))
