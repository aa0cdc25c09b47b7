"""Imported once by the process that worker processes are forked from: what executes and exports reports, without what they never use."""

from __future__ import annotations

import sys

# jsonschema's grammar of IRIs takes a second and a half, papermill's Hadoop files a third of one; neither is asked for by a notebook
NEVER_USED = ("rfc3987_syntax", "pyarrow")

absent = [name for name in NEVER_USED if name not in sys.modules]
sys.modules |= dict.fromkeys(absent)  # type: ignore[arg-type]  # None means that an import of it fails
try:
    import psanalysis.site.execute  # noqa: F401
    from psanalysis.site.export import exporter
finally:
    for name in absent:
        del sys.modules[name]
exporter()
