"""Imports for the process that worker processes are forked from, so that they happen once."""

from __future__ import annotations

from contextlib import suppress

from psanalysis.lean import ARROW, imports, without

with imports(), without(ARROW):
    import psanalysis.site.execute  # noqa: F401
    from psanalysis.site.export import export_nothing

    with suppress(Exception):  # the first report fails in the same way and gives the reason
        export_nothing()
