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
    import re
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        found = distribution(name)
    except PackageNotFoundError:
        return ""
    # the line alone: to parse all that a package says of itself takes three times as long
    line = re.search(r"^Version: *(\S+)", found.read_text("METADATA") or "", re.MULTILINE)
    return line[1] if line else found.version
