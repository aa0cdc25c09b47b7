"""Builds the environment of kernels: this process's environment, without user settings, and with
the paths of library and report.
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from psanalysis.folders import LIBRARY

# variables that could change a page under the same key: settings of Jupyter, IPython, matplotlib,
# pandas and Python, languages, the width of a terminal
NOT_INHERITED = (
    "JUPYTER_",
    "IPYTHON",
    "PYTHON",
    "MPL",
    "MATPLOTLIB",
    "PANDAS_",
    "LC_",
    "PSANALYSIS_DATA",
)
NOT_INHERITED_NAMES = {"LANG", "LANGUAGE", "COLUMNS", "LINES", "FORCE_COLOR", "SOURCE_DATE_EPOCH"}
# paths, which change no content
INHERITED = {
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONPYCACHEPREFIX",
    "PYTHONDONTWRITEBYTECODE",
    "MPLCONFIGDIR",
}
LIBRARY_ROOT = LIBRARY.parent


def environment(folder: Path) -> dict[str, str]:
    """Environment of a kernel: the common one, with data and IPython's profile in the report's
    folder.
    """
    return common() | {
        "PSANALYSIS_DATA": str(folder / "data"),
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(folder),
    }


def common() -> dict[str, str]:
    """The environment that all kernels share: this process's, with the library in use."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name in INHERITED or not (name.startswith(NOT_INHERITED) or name in NOT_INHERITED_NAMES)
    }
    path = [str(LIBRARY_ROOT), *filter(None, inherited.get("PYTHONPATH", "").split(os.pathsep))]
    return (
        inherited
        | {
            "PYTHONPATH": os.pathsep.join(dict.fromkeys(path)),
            "PYTHONHASHSEED": "0",
            "PYTHONNOUSERSITE": "1",
            "PYTHONUTF8": "1",
            "NO_COLOR": "1",
            "LC_ALL": "C",
            "TZ": "UTC",
        }
        | _matplotlib()
    )


def _matplotlib() -> dict[str, str]:
    """Make matplotlib read its own settings file, not the user's, which would change its charts."""
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        return {}
    return {"MATPLOTLIBRC": str(Path(found.origin).parent / "mpl-data" / "matplotlibrc")}


def startup_files() -> list[Path]:
    """Existing files outside the project that a kernel reads when it starts."""
    named = [find_spec(name) for name in ("sitecustomize", "usercustomize")]
    custom = [Path(one.origin) for one in named if one is not None and one.origin]
    folders = ("/etc/ipython", "/usr/local/etc/ipython", f"{sys.prefix}/etc/ipython")
    settings = [
        Path(folder) / f"{name}.{ending}"
        for folder in dict.fromkeys(folders)
        for name in ("ipython_config", "ipython_kernel_config")
        for ending in ("py", "json")
    ]
    return [path for path in (*custom, *settings) if path.is_file()]
