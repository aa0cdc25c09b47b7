"""Version and folder of the library, and versions of its dependencies."""

from functools import cache
from pathlib import Path

__version__ = "0.2.0"
LIBRARY = Path(__file__).parent
# the notebooks and examples of the project, which come with an installed library
SHIPPED = LIBRARY / "project" if (LIBRARY / "project").is_dir() else LIBRARY.parents[1]
# name of the descriptor of a data package; here, so that reading it does not import pandas
DESCRIPTOR = "datapackage.json"


@cache
def installed(name: str) -> str:
    """Version of a package; empty where it is not installed.

    Examples
    --------
    >>> installed("no-such-package")
    ''
    """
    # imported here: it takes as long as all else that `import psanalysis` does
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return ""
