"""Imports that the fork server does before its first fork, and code that it runs once for its
caches. No data, thread or session state is kept.
"""

from __future__ import annotations

import csv
import gc
import importlib
import io
import os
import pkgutil
import string
import sys
import warnings
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

from psanalysis.kernels import internals
from psanalysis.lean import imports
from psanalysis.wording import say

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
# sizes of text in charts: matplotlib looks up a font once for each size
SIZES = (8.1, 8.5, 9.0, 9.5, 10.0)
# characters whose widths every chart needs
HAN = say("status.hold", "zh")[0]  # a character that every Chinese font has
CHARACTERS = string.printable + "…–—−×·²≥≤±“”‘’"
# matplotlib_inline is left out on purpose: at import it hooks into the running shell, and there is
# none yet
# how forked kernels hold text, as an option of pandas
SHORT_TEXTS = ("mode.string_storage", "python")
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
        missing += [step.__name__ for step in (_figures, _tables) if not _done(step)]
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


def _tables() -> None:
    """Build a table of the library's own data and drop it, because pandas and Arrow import modules
    only then, which takes a tenth of a report's time.

    Arrow's CSV reader is not run, because it would leave a thread behind.
    """
    import pandas as pd

    from psanalysis.datapackage.dataset import TABLES
    from psanalysis.datapackage.rawtable import table_of_frame
    from psanalysis.datapackage.schema import read_package
    from psanalysis.datapackage.shipped import BUNDLED
    from psanalysis.datapackage.tables import typed

    for resource in read_package(BUNDLED, TABLES).resources:
        with (BUNDLED / resource.path).open(encoding="utf-8") as file:
            typed(
                table_of_frame(
                    pd.DataFrame(list(islice(csv.DictReader(file), 20)), columns=resource.columns),
                    resource,
                )
            )


def _figures() -> None:
    """Draw to memory without pyplot, so that lazy imports, font lookups and parsers have run."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    from psanalysis import style
    from psanalysis.lines import width_in_ems
    from psanalysis.wording import say

    width_in_ems(CHARACTERS)

    for lang in style.FACES:
        say("site.home", lang)
        style.require_glyphs(HAN)
        with style.applied(lang):
            figure = Figure(figsize=(2, 2))
            axes = figure.add_subplot()
            axes.plot([0, 1], [0, 1], label=f"{HAN} baseline 1.0")
            axes.set_title(f"{HAN} target −1", fontweight="normal")
            axes.legend()
            for size in SIZES:
                axes.text(0, 0, HAN, fontsize=size)
            svg: Any = FigureCanvasSVG(figure)
            svg.print_svg(io.StringIO(), metadata={"Date": None})
            agg: Any = FigureCanvasAgg(figure)
            agg.draw()


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
