"""Writes the briefs of plans as files for mail and meetings: PDF as the browser prints the page,
Word with charts as images and tables as tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from psanalysis.datapackage.dataset import Dataset
from psanalysis.extras import require
from psanalysis.report.city_gap import CityGap
from psanalysis.site.chromium import print_page, require_browser
from psanalysis.site.manifest import Entry, Manifest
from psanalysis.site.steps import fits
from psanalysis.wholefile import write_whole

ENDING = "-briefs"


@dataclass(frozen=True)
class Wanted:
    """The files to make beside a site.

    Attributes
    ----------
    pdf, docx
        Whether the briefs are wanted as such files.
    sources
        Folder of the plans' texts for a local copy of the site that shows their sentences; None
        without one.
    """

    pdf: bool = False
    docx: bool = False
    sources: Path | None = None

    def __bool__(self) -> bool:
        return self.pdf or self.docx or self.sources is not None

    def require(self) -> str:
        """Path of the browser for printing, empty if none is needed.

        Raises
        ------
        SiteError, MissingExtraError
            If the files cannot be made here; the message names what to install.
        """
        if self.docx:
            require("tables")
        return require_browser() if self.pdf else ""


def briefs(
    site: Path,
    manifest: Manifest,
    ds: Dataset,
    target: Path,
    wanted: Wanted,
    browser: str,
    only: str | None = None,
) -> Iterator[Path]:
    """Write the briefs of the plans' pages of a published site; yields each file.

    Parameters
    ----------
    site, manifest
        Its folder and its manifest.
    ds
        The data set that it was built from.
    target
        Folder to write to.
    wanted, browser
        Which files, and the path of the browser.
    only
        Pattern of the reports, as of a build.
    """
    target.mkdir(parents=True, exist_ok=True)
    for name, entry in manifest.reports.items():
        if not (site / entry.path).is_file() or not _is_brief(name, entry, only):
            continue
        stem = Path(entry.path).stem
        if wanted.pdf:
            yield write_whole(target / f"{stem}.pdf", print_page(browser, site / entry.path))
        if wanted.docx:
            from psanalysis.site.brief_word import word

            page = (site / entry.path).read_bytes()
            yield write_whole(target / f"{stem}.docx", word(page, stem, ds))


def _is_brief(name: str, entry: Entry, only: str | None) -> bool:
    if not entry.path.startswith(f"{CityGap.notebook}/") or entry.status == "failed":
        return False
    return fits((name, entry.notebook, Path(entry.path).stem), only)
