"""Parameters that papermill puts into a notebook: one that the notebook does not have stops the
run.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from itertools import pairwise

from psanalysis.errors import ParameterError

# first line of the cell that papermill inserts after the one tagged `parameters`
INJECTED = "# Parameters\n"


def require_known_parameters(cells: Sequence[str] | None = None) -> None:
    """Make sure that a notebook was given only parameters that it has: papermill itself only warns
    of others.

    Parameters
    ----------
    cells
        Sources of the cells that ran so far; by default those of the notebook around, if there is
        one.

    Raises
    ------
    ParameterError
        If a name is given that the cell of parameters does not assign.

    Examples
    --------
    >>> require_known_parameters(['lang = "zh"', '# Parameters\\nlang = "en"\\n'])
    >>> require_known_parameters(['lang = "zh"', '# Parameters\\nlan = "en"\\n'])
    Traceback (most recent call last):
    psanalysis.errors.ParameterError: lan is not a parameter of this notebook -> use lang
    """
    for before, cell in pairwise(_history() if cells is None else cells):
        if not cell.startswith(INJECTED):
            continue
        known = _assigned(before)
        unknown = [name for name in _assigned(cell) if name not in known]
        if unknown and known:
            verb = "is not a parameter" if len(unknown) == 1 else "are not parameters"
            raise ParameterError(
                f"{', '.join(unknown)} {verb} of this notebook -> use {', '.join(known)}"
            )


def _history() -> list[str]:
    """Sources of the cells that ran in this kernel."""
    shell = sys.modules.get("IPython")
    running = shell.get_ipython() if shell else None
    return [str(cell) for cell in running.user_ns.get("In", ())] if running else []


def _assigned(cell: str) -> list[str]:
    """Names that a cell assigns at its top level."""
    try:
        body = ast.parse(cell).body
    except SyntaxError:
        return []
    names = []
    for node in body:
        if isinstance(node, ast.Assign):
            names += [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.append(node.target.id)
    return names
