"""Files of a site that no report makes: the API reference, and documents on the data."""

from __future__ import annotations

import os
from pathlib import Path

from psanalysis.site.downloads import BESIDE
from psanalysis.site.reference import ARCHIVE, unpacked
from psanalysis.site.watcher import Watcher
from psanalysis.site.workshop import Workshop


def said_of_data(workshop: Workshop) -> dict[str, bytes]:
    """The project's documents on its data, for the zip of the data."""
    found = {}
    for name, path in BESIDE.items():
        try:
            found[name] = workshop.sources.read(
                Path(os.path.normpath(workshop.project.data / path))
            )
        except OSError:
            continue
    return found


def api_reference(workshop: Workshop, watcher: Watcher) -> list[tuple[str, bytes]]:
    """The API reference, if `make docs` has made it for this library."""
    try:
        content = workshop.sources.read(workshop.project.root / ARCHIVE)
    except OSError:
        return []
    found = list(unpacked(content, workshop.library.hash))
    if not found:
        watcher.log(f"{ARCHIVE}: describes another version of the library -> make docs")
    return found
