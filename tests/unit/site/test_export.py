"""The exporter is ready before the first page."""

from __future__ import annotations

from psanalysis.site.export import export_nothing, exporter


def test_what_workers_are_warmed_with_is_a_page() -> None:
    exporter.cache_clear()
    export_nothing()
    assert exporter.cache_info().currsize == 1
    assert list(exporter().environment.cache)
