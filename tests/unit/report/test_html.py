"""A chart of a page is saved as a file, the same bytes each time."""

from __future__ import annotations

import pytest
from pypdfium2 import PdfDocument

from psanalysis.errors import ParameterError
from psanalysis.report import (
    IndicatorProfile,
)


@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_a_figure_is_saved_in_a_line_with_the_same_bytes(ds, tmp_path, ending):
    charts = [IndicatorProfile("nursing_bed_share", "zh", ds).chart() for _ in range(2)]
    first, second = (
        chart.save(tmp_path / f"{name}.{ending}") for name, chart in zip("ab", charts, strict=True)
    )
    assert first.read_bytes() == second.read_bytes()
    if ending == "pdf":
        words = PdfDocument(first)[0].get_textpage().get_text_range()
        assert "绵阳市" in words
        assert "全国目标" in words
    with pytest.raises(ParameterError, match="gif"):
        charts[0].save(tmp_path / "a.gif")
