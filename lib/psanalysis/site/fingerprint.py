"""Hashes of the inputs that all reports share: the library's source, the lock file, the versions in
use.
"""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from psanalysis.about import installed
from psanalysis.folders import LIBRARY
from psanalysis.site.errors import SiteError
from psanalysis.site.kernel_environment import startup_files
from psanalysis.site.model import canonical, hash_files, sha256
from psanalysis.site.sources import Sources

SOURCE_ENDINGS = (".py", ".toml", ".j2", ".css", ".js", ".json", ".txt")
PACKAGES = (
    "pandas", "numpy", "pyarrow", "matplotlib", "matplotlib-inline", "contourpy", "kiwisolver",
    "pillow", "seaborn", "papermill",
    "jupyter-client", "nbclient", "nbconvert", "nbformat", "jinja2", "markupsafe", "mistune",
    "pygments", "lxml", "ipykernel", "ipython",
    "traitlets", "noto-cjk-sans-otc", "psanalysis",
)  # fmt: skip
LOCK = "requirements.lock"


@dataclass(frozen=True)
class Library:
    """The library's source as it was read: its hash, and a stamp that shows later edits."""

    hash: str
    stamp: tuple[tuple[str, int, int], ...]

    def require_unedited(self) -> None:
        """Raise SiteError if a source file has been edited since."""
        if library_stamp() != self.stamp:
            raise SiteError(
                "the library's source was edited during the build -> run the build again"
            )


def read_library() -> Library:
    """The library as it is now; the stamp is taken before the hash, so that an edit between the two
    is noticed.
    """
    stamp = library_stamp()
    return Library(library_hash(), stamp)


def library_hash(root: Path | None = None) -> str:
    """Hash over the source files of the library; its data are hashed row by row elsewhere."""
    root = root or LIBRARY
    return hash_files(
        {path.relative_to(root).as_posix(): path for path in map(Path, _sources(root))}
    )


def library_stamp(root: Path | None = None) -> tuple[tuple[str, int, int], ...]:
    """Name, size and time of change of each source file: cheap enough to be taken again before
    each page is stored.
    """
    files = [(path, os.stat(path)) for path in _sources(root or LIBRARY)]  # noqa: PTH116
    return tuple((path, known.st_size, known.st_mtime_ns) for path, known in files)


def _sources(root: Path) -> list[str]:
    """Names of the source files, as strings, because creating a Path takes longer than finding the
    file.
    """
    found = []
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in ("__pycache__", "data"))
        found += [
            f"{folder}{os.sep}{name}" for name in sorted(files) if name.endswith(SOURCE_ENDINGS)
        ]
    return found


@cache
def versions() -> dict[str, str]:
    """Python and the packages whose version can change a page."""
    return {"python": platform.python_version()} | {name: installed(name) for name in PACKAGES}


def environment_hash(sources: Sources) -> str:
    """Hash over the lock file, the versions in use (which may differ from it), and settings files
    that kernels read.
    """
    try:
        lock = sha256(sources.read(sources.project.root / LOCK))
    except FileNotFoundError:
        lock = ""
    settings = [sha256(path.read_bytes()) for path in startup_files()]
    known = {"lock": lock, "versions": versions(), "settings": settings}
    return sha256(canonical(known).encode())
