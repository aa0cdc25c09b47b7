"""Spares imports, and looking for garbage."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# jsonschema's grammar of IRIs takes a second and a half to import, and is not needed for notebooks
IRI_GRAMMAR = "rfc3987_syntax"
# papermill's Hadoop files; not to be blocked while other threads may import pandas
ARROW = "pyarrow"
# objects that are made before garbage is looked for, instead of 700, and how many young generations
# are looked at before an old one
SELDOM = (10_000, 10, 10)


def collect_seldom() -> None:
    """Have this process look for garbage after each ten thousand new objects.

    Python's 700 are for processes that live long. One that makes a report lives a second: it spends
    three hundredths of its time looking, and needs no more memory if it looks seldom.
    """
    gc.set_threshold(*SELDOM)


@contextmanager
def imports() -> Iterator[None]:
    """Disable the garbage collector within the block, and freeze the imported objects after it, so
    that no collection visits them.
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
    """Make imports of these modules fail within the block, as if they were not installed, unless
    they are imported already.
    """
    absent = [name for name in names if name not in sys.modules]
    # an import of a module that is None here fails
    sys.modules |= dict.fromkeys(absent)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in absent:
            sys.modules.pop(name, None)
