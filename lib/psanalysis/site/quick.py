"""The question before all others: is there anything to do? It is answered from bytes alone, without reading a table."""

from __future__ import annotations

from psanalysis.site.fingerprint import environment_hash, library_hash
from psanalysis.site.manifest import Manifest, intact, read_manifest
from psanalysis.site.project import Project, quick_fingerprint
from psanalysis.site.publish import Place

ALWAYS_THERE = ("index.html", "index.en.html", "changes.html", "changes.en.html")


def unchanged(project: Project, place: Place) -> Manifest | None:
    """The manifest of the published site if it is whole and up to date with every input, None otherwise."""
    folder = place.current()
    manifest = read_manifest(folder)
    if (
        folder is None
        or manifest is None
        or any(entry.status != "current" for entry in manifest.reports.values())
    ):
        return None
    files = [name for name in manifest.inputs.get("files", "").split("\n") if name]
    fingerprint = quick_fingerprint(project, library_hash(), environment_hash(project.root), files)
    same = manifest.inputs.get("quick") == fingerprint
    return manifest if same and intact(folder, manifest, ALWAYS_THERE) else None
