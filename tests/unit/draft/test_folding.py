"""The text as the rules see it keeps its length."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from psanalysis.draft.folding import fold


@given(st.text(max_size=200))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)
