"""Version of the library, and versions of its dependencies."""

from functools import cache

__version__ = "0.2.0"
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
