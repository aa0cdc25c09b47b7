"""The environment of kernels: nothing in it but what this process has, and what binds them to library and report."""

from __future__ import annotations

import os
from pathlib import Path

from psanalysis.about import LIBRARY

NOT_INHERITED = ("JUPYTER_", "IPYTHON", "PYTHONSTARTUP", "PYTHONHASHSEED", "PSANALYSIS_DATA")
LIBRARY_ROOT = LIBRARY.parent


def environment(folder: Path) -> dict[str, str]:
    """Environment of a kernel: the common one, with data and IPython's profile bound to the report's folder."""
    return common() | {
        "PSANALYSIS_DATA": str(folder / "data"),
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(folder),
    }


def common() -> dict[str, str]:
    """What the environments of all kernels have in common: this one's, with the library bound to the one in use."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(NOT_INHERITED)
    }
    path = [str(LIBRARY_ROOT), *filter(None, inherited.get("PYTHONPATH", "").split(os.pathsep))]
    return inherited | {
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(path)),
        "PYTHONHASHSEED": "0",
        "PYTHONNOUSERSITE": "1",
        "NO_COLOR": "1",
    }
