"""Imports that take no longer than they must."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# jsonschema's grammar of IRIs, a second and a half to import; what is left checks notebooks just as
# well
IRI_GRAMMAR = "rfc3987_syntax"
# papermill's Hadoop files; not to be hidden where other threads may be importing pandas
ARROW = "pyarrow"


@contextmanager
def imports() -> Iterator[None]:
    """Within the block the garbage collector is off; what was imported is frozen after it, so that
    no collection looks at it.
    """
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if looked:
            gc.enable()


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Within the block an import of these modules fails as if they were not installed, unless they
    are imported already.
    """
    absent = [name for name in names if name not in sys.modules]
    # an import of a module that is None here fails
    sys.modules |= dict.fromkeys(absent)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in absent:
            sys.modules.pop(name, None)
