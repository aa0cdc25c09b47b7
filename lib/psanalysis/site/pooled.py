"""Imported once, by the process that worker processes are forked from."""

from __future__ import annotations

import gc

from psanalysis.site.lean import ARROW, without

gc.disable()  # nothing that is imported becomes garbage
with without(ARROW):
    import psanalysis.site.execute  # noqa: F401
    from psanalysis.site.export import exporter

exporter()
gc.enable()
