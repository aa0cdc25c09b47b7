"""A notebook's source and its parameters cell."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psanalysis.errors import ParameterError
from psanalysis.site.model import canonical

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
        Name of each parameter to its default.
    """

    name: str
    source: str
    parameters: dict[str, Any]

    def fault(self, name: str, value: object) -> str:
        """What is wrong with a value for a parameter, empty if nothing is."""
        default = self.parameters[name]
        if (
            default is None
            or type(value) is type(default)
            or (isinstance(default, float) and type(value) is int)
        ):
            return ""
        return f"must be {KINDS.get(type(default), type(default).__name__)}, like {default!r}"

    def required(self) -> list[str]:
        """Parameters whose default is a value, not an empty one: the catalogue has to say which it means."""
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
        If there is no such notebook, it is not a notebook, or its parameters cell is missing or not made of plain values.
    """
    try:
        document = json.loads(read(path).decode("utf-8"))
        cells = [_bare(cell) for cell in document["cells"]]
    except OSError as error:
        raise ParameterError(
            f"{path.name}: cannot be read: {error.strerror} -> name a notebook of notebooks/"
        ) from None
    except (ValueError, KeyError, TypeError):
        raise ParameterError(
            f"{path.name}: is not a notebook of format 4 -> save it again from JupyterLab"
        ) from None
    bare = {
        "cells": cells,
        "metadata": {"kernelspec": KERNELSPEC, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return Notebook(path.stem, canonical(bare), _parameters(path.name, cells))


KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}


def _bare(cell: dict[str, Any]) -> dict[str, Any]:
    source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
    tags = cell.get("metadata", {}).get("tags", [])
    kept = {
        "cell_type": cell["cell_type"],
        "id": cell.get("id", ""),
        "metadata": {"tags": tags} if tags else {},
        "source": source,
    }
    return kept | ({"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {})


def _parameters(name: str, cells: list[dict[str, Any]]) -> dict[str, Any]:
    tagged = [cell["source"] for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
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
    except (SyntaxError, ValueError) as error:
        raise ParameterError(
            f"{name}: parameters cell: {error} -> assign plain values to names, one a line"
        ) from None
    return found
