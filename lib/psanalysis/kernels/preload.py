"""Imports that the fork server does before its first fork, and code that it runs once for its
caches. No data, thread or session state is kept.
"""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

from psanalysis.kernels import first_use, internals
from psanalysis.lean import imports

# read when the libraries load; jemalloc would start a thread, OpenBLAS and OpenMP one for each
# core, pydevd would print advice
SETTINGS = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
# how forked kernels hold text, as an option of pandas
SHORT_TEXTS = ("mode.string_storage", "python")
# matplotlib_inline is left out on purpose: at import it hooks into the running shell, and there is
# none yet
STACK = (
    "numpy",
    "pyarrow",
    "pandas",
    "pandas.io.formats.style",
    "pandas.plotting",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "seaborn",
    "jinja2",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "IPython.utils.wildcard",
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "tornado.platform.asyncio",
    "encodings.idna",
    "faulthandler",
    "sqlite3",
)
OWN = ("psanalysis.datapackage", "psanalysis.measures", "psanalysis.plot", "psanalysis.report")


def preload() -> list[str]:
    """Import everything, and run once what is slow the first time.

    Returns
    -------
    list of str
        What could not be imported or run; a notebook that needs it will fail with its own error.
    """
    os.environ.update(SETTINGS)
    with imports():
        missing = [name for name in STACK if not _imported(name)]
        _short_texts()
        missing += [name for name in OWN if not _imported(name)]
        missing += [name for package in OWN for name in _modules(package) if not _imported(name)]
    if "matplotlib" in sys.modules:
        missing += [step.__name__ for step in first_use.STEPS if not _done(step)]
    _forget()
    return missing


def _short_texts() -> None:
    """Let pandas hold text as Python's strings: of a page's few rows each step is twice as fast as
    in Arrow, which is made for many. What a page shows is the same.
    """
    if "pandas" in sys.modules:
        import pandas as pd

        pd.set_option(*SHORT_TEXTS)


def threads() -> int:
    """Number of threads of this process as the system counts them, those of libraries included."""
    return sum(1 for _ in Path("/proc/self/task").iterdir())


def _imported(name: str) -> bool:
    try:
        importlib.import_module(name)
    except Exception:
        return False
    return True


def _modules(package: str) -> Iterator[str]:
    paths = getattr(sys.modules.get(package), "__path__", [])
    return (
        module.name
        for module in pkgutil.walk_packages(paths, f"{package}.", onerror=lambda _: None)
    )


def _done(step: Callable[[], None]) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            step()
    except Exception:
        return False
    return True


def _forget() -> None:
    """Drop state that kernels must not share: open font files (with their offset), warnings already
    given, garbage.
    """
    import linecache

    internals.close_font_files()
    for module in list(sys.modules.values()):
        if isinstance(module, ModuleType):
            vars(module).pop("__warningregistry__", None)
    linecache.clearcache()
    gc.collect()
