"""The folders of a project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from psanalysis.about import DESCRIPTOR
from psanalysis.site.errors import SiteError
from psanalysis.site.file_owners import foreign, own_name, owner_name

CATALOG = Path("reports") / "catalog.yml"


@dataclass(frozen=True)
class Project:
    """Folders of a project: root, notebooks, data, and where the site is published."""

    root: Path
    data: Path
    output: Path

    @property
    def catalog(self) -> Path:
        return self.root / CATALOG

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"


def find_project(
    data: Path | None = None, output: Path | None = None, start: Path | None = None
) -> Project:
    """The project around a folder.

    Parameters
    ----------
    data, output
        Other folders than the project's own.
    start
        Where to look from; the working directory by default.

    Raises
    ------
    SiteError
        If neither the folder nor one above it has reports/catalog.yml, or that folder belongs to
        another user.
    """
    start = (start or Path.cwd()).resolve()
    root = next(
        (folder for folder in (start, *start.parents) if (folder / CATALOG).is_file()), None
    )
    if root is None:
        raise SiteError(
            f"{start}: no {CATALOG.as_posix()} here or above -> run this inside the project"
        )
    theirs = foreign([root, root / "reports", root / CATALOG, root / "notebooks"])
    if root != start and theirs:
        raise SiteError(
            f"{theirs}: belongs to {owner_name(theirs)}, and its notebooks would run as "
            f"{own_name()} "
            f"-> run this in {root} itself if you trust that user"
        )
    if data is None:
        own = root / "data"
        if (own / DESCRIPTOR).is_file():
            data = own
        else:
            from psanalysis.datapackage.dataset import data_folder

            data = data_folder()
    return Project(root, data.resolve(), output or root / "reports" / "site")
