"""The curated data for functions that are called without a data set, read once as long as no file
changes.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from psanalysis.datapackage.dataset import Dataset, data_folder, load


def shared() -> Dataset:
    """The data set that `load()` gives.

    It is shared by all callers, so none may change its frames.
    """
    folder = data_folder()
    files = [path.stat() for path in sorted(folder.glob("*")) if path.is_file()]
    return _loaded(folder, tuple((file.st_mtime_ns, file.st_size) for file in files))


@lru_cache(maxsize=1)
def _loaded(folder: Path, stamp: tuple[tuple[int, int], ...]) -> Dataset:
    return load(folder)
