"""JupyterLab on the project's notebooks: `python -m psanalysis.site.lab [options of jupyter lab]`.

The project's own notebooks are trusted first, so that their stored charts show at once. As root, as
in a container, JupyterLab starts too; its token guards it as usual.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from psanalysis.extras import require


def trust(notebooks: Iterable[Path]) -> None:
    """Sign notebooks for this user, as `jupyter trust` does, so that stored outputs are shown."""
    import nbformat
    from nbformat.sign import NotebookNotary

    notary = NotebookNotary()  # type: ignore[no-untyped-call]
    for path in notebooks:
        notary.sign(nbformat.read(path, as_version=4))  # type: ignore[no-untyped-call]


def arguments(folder: Path, given: Sequence[str], root: bool) -> list[str]:
    """The command line of JupyterLab on a folder.

    Examples
    --------
    >>> arguments(Path("notebooks"), ["--no-browser"], root=True)
    ['--notebook-dir=notebooks', '--allow-root', '--no-browser']
    """
    return [f"--notebook-dir={folder}", *(["--allow-root"] if root else []), *given]


def main() -> None:
    """Trust the notebooks of the project that the working folder is in, and start JupyterLab on
    them.
    """
    from psanalysis.errors import PsanalysisError

    try:
        require("lab")
        from jupyterlab.labapp import LabApp

        from psanalysis.site.project import find_project

        folder = find_project().notebooks
        trust(sorted(folder.glob("*.ipynb")))
    except PsanalysisError as error:
        sys.exit(f"psanalysis: {error}")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    LabApp.launch_instance(arguments(folder, sys.argv[1:], root))


if __name__ == "__main__":
    main()
