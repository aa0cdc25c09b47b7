"""Finds out from checksums alone whether there is anything to do, without reading a table."""

from __future__ import annotations

from psanalysis.site.fingerprint import Library, environment_hash
from psanalysis.site.manifest import Manifest, intact, read_manifest
from psanalysis.site.publish import Site
from psanalysis.site.sources import Sources

ALWAYS_THERE = ("index.html", "index.en.html", "changes.html", "changes.en.html")


def unchanged(sources: Sources, library: Library, site: Site) -> Manifest | None:
    """The manifest of the published site if it is complete and up to date with every input; else
    None.
    """
    folder = site.current()
    manifest = read_manifest(folder)
    if (
        folder is None
        or manifest is None
        or not manifest.read
        or any(entry.status != "current" for entry in manifest.reports.values())
        or manifest.inputs.get("library") != library.hash
        or manifest.inputs.get("environment") != environment_hash(sources)
        or not sources.same(manifest.read)
    ):
        return None
    return manifest if intact(folder, manifest, ALWAYS_THERE) else None
