"""Code that the fork server runs once, because it is slow the first time: lazy imports, lookups
that are kept. Without it each kernel would do this anew.
"""

from __future__ import annotations

import csv
import io
import numbers
import string
from collections import abc
from itertools import islice
from typing import Any

from psanalysis.about import installed
from psanalysis.wording import say

# sizes of text in charts: matplotlib looks up a font once for each size
SIZES = (8.1, 8.5, 9.0, 9.5, 10.0)
# characters whose widths every chart needs
HAN = say("status.hold", "zh")[0]  # a character that every Chinese font has
CHARACTERS = string.printable + "…–—−×·²≥≤±“”‘’"
# rows of each table that are tried
ROWS = 20


def tables() -> None:
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
            rows = list(islice(csv.DictReader(file), ROWS))
        frame = typed(table_of_frame(pd.DataFrame(rows, columns=resource.columns), resource))
        frame.to_dict("records")


def classes() -> None:
    """Ask for the abstract classes of values in frames: the first answer about a class looks at all
    subclasses there are, and is kept.
    """
    import matplotlib.colors
    import numpy as np
    import pandas as pd

    texts = pd.array(["a"], dtype="str")
    arrays = [texts, pd.Categorical(texts), *map(pd.array, ([True], [1], [1.0], [pd.Timestamp(0)]))]
    frames = (*arrays, *map(pd.Series, arrays), pd.DataFrame(), pd.RangeIndex(1), pd.Index(["a"]))
    cells = (pd.NA, pd.NaT, pd.Timestamp(0), np.array([1]), np.float64(1), np.int64(1), np.True_)
    keyed: Any = {}
    many: Any = ((), [], keyed, keyed.keys(), keyed.values(), keyed.items(), set(), iter(()))
    values = (*frames, *cells, *many, "", 1, 1.0, True, None, len, str, classes)
    kinds: tuple[Any, ...] = (
        *(abc.Mapping, abc.Iterable, abc.Iterator, abc.Sequence, abc.Set, abc.Hashable),
        *(abc.Sized, abc.Callable, numbers.Number, numbers.Integral, matplotlib.colors.Norm),
    )
    for value in values:
        [isinstance(value, kind) for kind in kinds]


def facts() -> None:
    """Read what each page would read of the installation: versions, the table of scripts, and the
    shipped words for codes. The versions alone take eight milliseconds.
    """
    from psanalysis.datapackage.shipped import shipped_tables
    from psanalysis.report.provenance import PACKAGES
    from psanalysis.simplified import table

    for name in PACKAGES:
        installed(name)
    table(), shipped_tables()


def figures() -> None:
    """Draw to memory without pyplot, so that lazy imports, font lookups and parsers have run, and
    the entry points of all packages are read, in which matplotlib looks for a kernel's backend.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.backends.registry import backend_registry
    from matplotlib.figure import Figure

    from psanalysis import style
    from psanalysis.lines import width_in_ems

    width_in_ems(CHARACTERS)
    backend_registry.list_all()
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


STEPS = (figures, tables, classes, facts)
