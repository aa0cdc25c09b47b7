"""A data set in a line, and in Jupyter as a table."""

from __future__ import annotations

import psanalysis as ps
from psanalysis.site.contract import require


def test_the_repr_is_short_and_counts_every_table() -> None:
    ds = ps.load()
    shown = repr(ds)
    assert len(shown) < 400
    assert "\n" not in shown
    for name in ds.package.by_name:
        assert f"{name} {len(getattr(ds, name)):,}" in shown


def test_jupyter_shows_a_table_that_a_page_may_hold() -> None:
    ds = ps.load()
    shown = ds._repr_html_()
    require(shown, "ds")
    assert shown.count("<tr>") == len(ds.package.by_name)
    assert "<code>ds.statements</code>" in shown
