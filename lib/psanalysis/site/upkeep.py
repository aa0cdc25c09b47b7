"""Maintains a site's store: keeps data for the next comparison and pages of kept builds, and
removes the rest.
"""

from __future__ import annotations

import shutil

from psanalysis.site.cache import Cache
from psanalysis.site.manifest import read_manifest
from psanalysis.site.publish import Site, remove
from psanalysis.site.workshop import Workshop


def keep_data(site: Site, workshop: Workshop) -> None:
    """Keep the data for the next comparison. A full disk is not an error here: without the data the
    comparison is only less complete.
    """
    folder = site.store / "data" / workshop.files.hash
    part = site.store / "data.part"
    try:
        for path in (part, folder):
            remove(path)
        workshop.files.write(part)
        folder.parent.mkdir(exist_ok=True)
        part.rename(folder)
    except OSError:
        shutil.rmtree(part, ignore_errors=True)


def prune(site: Site, cache: Cache) -> None:
    """Remove builds beyond the last few, and pages and data that no kept build needs."""
    site.prune()
    kept = [manifest for manifest in map(read_manifest, site.builds()) if manifest]
    cache.prune(entry.key for manifest in kept for entry in manifest.reports.values() if entry.key)
    data = {manifest.inputs.get("data", "") for manifest in kept}
    for folder in (site.store / "data").glob("*"):
        if folder.name not in data:
            remove(folder)
