"""Imported once, by the process that worker processes are forked from."""

from __future__ import annotations

from psanalysis.site.lean import ARROW, IRI_GRAMMAR, without

with without(IRI_GRAMMAR, ARROW):
    import psanalysis.site.execute  # noqa: F401
    from psanalysis.site.export import exporter

exporter()
