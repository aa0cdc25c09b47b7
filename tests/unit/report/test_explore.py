"""The explorer shows every view, and keeps its choice where one is refused."""

from __future__ import annotations

import pytest
from pypdfium2 import PdfDocument

from psanalysis.errors import ParameterError
from psanalysis.report import (
    Explorer,
)
from psanalysis.report.html import Chart


def test_explorer_shows_every_view(ds):
    explorer = Explorer("zh", ds)
    for view in ("gap", "heatmap", "comparison", "profile"):
        shown = explorer.show(view=view, domain_id="education", indicator_id="nursing_bed_share")
        assert isinstance(shown, Chart)
        # no page's answer stands above it
        assert shown.title
        assert "<figcaption><b>" in shown._repr_html_()
        assert explorer.figure is not None


def test_explorer_saves_for_a_column_and_keeps_its_choice_where_one_is_refused(ds, tmp_path):
    explorer = Explorer("en", ds)
    page = PdfDocument(explorer.save(tmp_path / "a.pdf", width_cm=8.5))[0]
    assert page.get_width() / 72 * 2.54 == pytest.approx(8.5, abs=0.01)
    with pytest.raises(ParameterError, match="width_cm: is for a chart"):
        explorer.save(tmp_path / "a.xlsx", width_cm=8.5)
    before = dict(explorer.choice), explorer.shown
    with pytest.raises(ParameterError, match="atlantis"):
        explorer.show(plan_id="atlantis")
    assert (explorer.choice, explorer.shown) == before
