"""Who published an actual value, as pages cite it."""

from __future__ import annotations

import pandas as pd
import pytest

from psanalysis.measures.actuals import citation

UNKNOWN = {"publisher": pd.NA, "title": pd.NA, "published_on": pd.NA, "note_zh": pd.NA}
FULL = {"publisher": "统计局", "title": "公报", "published_on": "2026-03-01", "note_zh": "转引"}


@pytest.mark.parametrize(
    ("known", "cited"),
    [
        (FULL, "统计局, 公报, 2026-03-01"),
        ({"title": "公报", "note_zh": "转引"}, "公报"),
        ({"note_zh": "转引自新闻稿"}, "转引自新闻稿"),
        ({}, ""),
    ],
)
def test_what_is_known_of_the_source_is_cited_else_the_note(
    known: dict[str, str], cited: str
) -> None:
    assert citation(UNKNOWN | known) == cited
