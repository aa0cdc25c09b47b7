"""The packages of optional extras, and the error that says what to install."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec

from psanalysis.errors import MissingExtraError

# distribution -> module, where the names differ
MODULES = {
    "jupyter-client": "jupyter_client",
    "python-docx": "docx",
    "ruamel-yaml": "ruamel",
    "charset-normalizer": "charset_normalizer",
    "fonttools": "fontTools",
}
REQUIREMENT = re.compile(r"""([A-Za-z0-9._-]+).*;\s*extra\s*==\s*['"]([a-z]+)['"]""")


@cache
def extras() -> dict[str, tuple[str, ...]]:
    """Module -> the extras with it, from pyproject.toml.

    Examples
    --------
    >>> extras()["distributed"]
    ('cluster',)
    """
    # imported here: every command would wait for it, a fifth of its start
    from importlib.metadata import PackageNotFoundError, requires

    found: dict[str, tuple[str, ...]] = {}
    try:
        lines = requires("psanalysis") or []
    except PackageNotFoundError:  # used from a folder, not installed
        lines = []
    for line in lines:
        named = REQUIREMENT.match(line)
        if named and named[2] != "all":
            name = re.sub(r"[-_.]+", "-", named[1])
            module = MODULES.get(name, name.replace("-", "_"))
            found[module] = (*found.get(module, ()), named[2])
    return found


def has(module: str) -> bool:
    """Whether a module of an extra is installed.

    Examples
    --------
    >>> has("pandas"), has("no_such_module")
    (True, False)
    """
    return find_spec(module) is not None


def require(extra: str, *modules: str) -> None:
    """Make sure that an extra is installed.

    Parameters
    ----------
    extra
        Its name in pyproject.toml.
    modules
        The modules that are needed, if a part is enough: another extra may have this part. All of
        them by default.

    Raises
    ------
    MissingExtraError
        If one is not installed; the message names it, and the command to install it.
    """
    wanted = modules or [module for module, bringing in extras().items() if extra in bringing]
    absent = [module for module in wanted if not has(module)]
    if absent:
        raise MissingExtraError(
            f"not installed: {', '.join(absent)}, of the extra {extra!r}"
            f" -> pip install 'psanalysis[{extra}]'"
        )
