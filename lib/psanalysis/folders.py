"""Folders of the installed library."""

from pathlib import Path

LIBRARY = Path(__file__).parent
# the notebooks and examples of the project, which come with an installed library
SHIPPED = LIBRARY / "project" if (LIBRARY / "project").is_dir() else LIBRARY.parents[1]
