"""psanalysis: figures of Chinese city public-service plans, what their targets mean, and how cities
compare.

>>> import psanalysis as ps
>>> ds = ps.load()
>>> gaps = ps.gaps(ds, plan="mianyang-14fyp")

Names are imported on first use, so that the command line starts fast.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from psanalysis.about import __version__

_HOMES = {
    "load": "psanalysis.datapackage.dataset",
    "Dataset": "psanalysis.datapackage.dataset",
    "gaps": "psanalysis.measures.gaps",
    "compare": "psanalysis.measures.compare",
    "ambition": "psanalysis.measures.ambition",
    "pace": "psanalysis.measures.pace",
    "assess": "psanalysis.measures.assess",
    "Assessment": "psanalysis.measures.assess",
    "progress": "psanalysis.measures.progress",
    "outcomes": "psanalysis.measures.outcomes",
    "waiting": "psanalysis.measures.waiting",
    "magnitudes": "psanalysis.measures.magnitudes",
    "coverage": "psanalysis.measures.coverage",
    "succession": "psanalysis.measures.succession",
    "find": "psanalysis.datapackage.search",
    "verify": "psanalysis.datapackage.verify",
    "convert": "psanalysis.measures.units",
    "table": "psanalysis.tables.build",
    "Table": "psanalysis.tables.model",
    "PsanalysisError": "psanalysis.errors",
    "DataError": "psanalysis.errors",
    "UnitError": "psanalysis.errors",
    "ParameterError": "psanalysis.errors",
    "GlyphError": "psanalysis.errors",
}
_MODULES = ("style", "plot", "report")

__all__ = ["__version__", *_HOMES, *_MODULES]

if TYPE_CHECKING:
    from psanalysis import plot as plot
    from psanalysis import report as report
    from psanalysis import style as style
    from psanalysis.datapackage.dataset import Dataset as Dataset
    from psanalysis.datapackage.dataset import load as load
    from psanalysis.datapackage.search import find as find
    from psanalysis.datapackage.verify import verify as verify
    from psanalysis.errors import DataError as DataError
    from psanalysis.errors import GlyphError as GlyphError
    from psanalysis.errors import ParameterError as ParameterError
    from psanalysis.errors import PsanalysisError as PsanalysisError
    from psanalysis.errors import UnitError as UnitError
    from psanalysis.measures.ambition import ambition as ambition
    from psanalysis.measures.assess import Assessment as Assessment
    from psanalysis.measures.assess import assess as assess
    from psanalysis.measures.compare import compare as compare
    from psanalysis.measures.coverage import coverage as coverage
    from psanalysis.measures.gaps import gaps as gaps
    from psanalysis.measures.magnitudes import magnitudes as magnitudes
    from psanalysis.measures.outcomes import outcomes as outcomes
    from psanalysis.measures.pace import pace as pace
    from psanalysis.measures.progress import progress as progress
    from psanalysis.measures.succession import succession as succession
    from psanalysis.measures.units import convert as convert
    from psanalysis.measures.waiting import waiting as waiting
    from psanalysis.tables.build import table as table
    from psanalysis.tables.model import Table as Table


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
    elif name in _MODULES:
        value = import_module(f"psanalysis.{name}")
    else:
        raise AttributeError(f"module 'psanalysis' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
